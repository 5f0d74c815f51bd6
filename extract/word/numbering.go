package word

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/gongkai-data/gongkai/extract/celltext"
)

// Numbering holds the automatic numbers of lists: Word prints them and does not store them in the text.
type Numbering struct {
	Levels map[string][]Level // by list; at most MaxLevels each
	counts map[string][]int
}

// Level is one level of a list.
type Level struct {
	Format string // ST_NumberFormat (ECMA-376 part 1, 17.18.59): decimal, chineseCounting, ...
	Text   string // with %1 to %9 in place of the numbers of the levels
	Start  int
}

// MaxLevels of a list.
const MaxLevels = 9

// Next returns the printed number of the next paragraph of a list, e.g. "一、"; "" for bullets and unknown lists, and
// celltext.Object for one that is printed and not known.
func (n *Numbering) Next(list string, at int) string {
	levels := n.Levels[list]
	if at < 0 || at >= len(levels) {
		return ""
	}
	counts := n.counts[list]
	if counts == nil {
		if n.counts == nil {
			n.counts = map[string][]int{}
		}
		counts = make([]int, len(levels))
		for i, l := range levels {
			counts[i] = l.Start - 1
		}
		n.counts[list] = counts
	}
	counts[at]++
	for i := at + 1; i < len(counts); i++ {
		counts[i] = levels[i].Start - 1
	}
	text := levels[at].Text
	if levels[at].Format == "bullet" || levels[at].Format == "none" {
		return mark(text)
	}
	for i := 0; i <= at; i++ {
		mark := "%" + strconv.Itoa(i+1)
		if !strings.Contains(text, mark) {
			continue
		}
		printed, ok := numeral(levels[i].Format, max(counts[i], levels[i].Start))
		if !ok {
			return string(celltext.Object)
		}
		text = strings.ReplaceAll(text, mark, printed)
	}
	return text
}

// mark is what a list without numbers prints: nothing that matters, unless its author wrote a number there, or chose
// one of a symbol font.
func mark(text string) string {
	for _, r := range withoutLevels.Replace(text) {
		if unicode.IsNumber(r) || r >= 0xf080 && r <= 0xf095 { // digits in circles, in Wingdings
			return string(celltext.Object)
		}
	}
	return ""
}

var withoutLevels = strings.NewReplacer("%1", "", "%2", "", "%3", "", "%4", "", "%5", "", "%6", "", "%7", "", "%8", "", "%9", "")

// numeral prints a number in one of the formats that Chinese reports use (ECMA-376 part 1, 17.18.59).
func numeral(format string, n int) (string, bool) {
	switch format {
	case "decimal", "decimalFullWidth", "":
		return strconv.Itoa(n), true
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand", "ideographDigital", "koreanDigital2":
		return chinese(n), n > 0 && n < 100
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return string(rune('①' + n - 1)), n > 0 && n <= 20
	case "lowerLetter":
		return string(rune('a' + n - 1)), n > 0 && n <= 26
	case "upperLetter":
		return string(rune('A' + n - 1)), n > 0 && n <= 26
	}
	return "", false
}

func chinese(n int) string {
	digits := []rune("零一二三四五六七八九")
	if n <= 0 || n >= 100 {
		return ""
	}
	s := ""
	if n >= 20 {
		s = string(digits[n/10])
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 {
		s += string(digits[n%10])
	}
	return s
}
