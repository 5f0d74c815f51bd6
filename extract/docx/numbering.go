package docx

import (
	"encoding/xml"
	"path"
	"strconv"
	"strings"
)

// numbering holds the automatic numbers of lists: Word prints them and does not store them in the text.
type numbering struct {
	levels map[string][]level // by numId
	counts map[string][]int
}

type level struct {
	format, text string
	start        int
}

const maxLevels = 9

// numbering reads the numbering part beside the main part; without one there are no automatic numbers.
func (p *pack) numbering(main string) *numbering {
	abstract := map[string][]level{}
	n := &numbering{levels: map[string][]level{}, counts: map[string][]int{}}
	id, num, at := "", "", -1
	_ = p.decode(path.Join(path.Dir(main), "numbering.xml"), func(d *xml.Decoder) error {
		return tokens(d, func(t xml.Token) {
			e, ok := t.(xml.StartElement)
			if !ok {
				return
			}
			switch e.Name.Local {
			case "abstractNum":
				id, num, at = attr(e, "abstractNumId"), "", -1
			case "num":
				id, num, at = "", attr(e, "numId"), -1
			case "abstractNumId":
				if num != "" {
					n.levels[num] = abstract[attr(e, "val")]
				}
			case "lvl":
				at = -1
				if i, err := strconv.Atoi(attr(e, "ilvl")); err == nil && i >= 0 && i < maxLevels && id != "" {
					at = i
					for len(abstract[id]) <= i {
						abstract[id] = append(abstract[id], level{start: 1})
					}
				}
			case "start", "numFmt", "lvlText":
				if at < 0 || id == "" {
					return
				}
				l := &abstract[id][at]
				switch e.Name.Local {
				case "start":
					if v, err := strconv.Atoi(attr(e, "val")); err == nil {
						l.start = v
					}
				case "numFmt":
					l.format = attr(e, "val")
				default:
					l.text = attr(e, "val")
				}
			}
		})
	})
	return n
}

// next returns the printed number of the next paragraph of a list, e.g. "一、", or "" for bullets and unknown lists.
func (n *numbering) next(numID string, at int) string {
	levels := n.levels[numID]
	if at < 0 || at >= len(levels) {
		return ""
	}
	counts := n.counts[numID]
	if counts == nil {
		counts = make([]int, len(levels))
		for i, l := range levels {
			counts[i] = l.start - 1
		}
		n.counts[numID] = counts
	}
	counts[at]++
	for i := at + 1; i < len(counts); i++ {
		counts[i] = levels[i].start - 1
	}
	text := levels[at].text
	for i := 0; i <= at; i++ {
		mark := "%" + strconv.Itoa(i+1)
		if !strings.Contains(text, mark) {
			continue
		}
		printed, ok := numeral(levels[i].format, max(counts[i], levels[i].start))
		if !ok {
			return ""
		}
		text = strings.ReplaceAll(text, mark, printed)
	}
	if levels[at].format == "bullet" || levels[at].format == "none" {
		return ""
	}
	return text
}

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
