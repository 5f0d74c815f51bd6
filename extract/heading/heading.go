// Package heading knows the headings of the six legal sections of a report: how each is worded, and by which words a
// line or a page shows that it treats one. headings.csv is the one list of them; crawl and the readers use the same.
package heading

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"unicode/utf8"
)

// headings.csv says for each section (1 to 6) its wordings, by use: name is a whole heading, folded (of the forms in
// force first, then of the outline that 条例 2008 第三十二条 gave); chapter holds words, parted by spaces, that together show
// what a freely worded chapter is about: the first row that fits decides; line is a word by which a numbered line is a
// heading of a report; topic is one by which a page treats the section's subject.
//
//go:embed headings.csv
var headingsCSV string

// row is one line of headings.csv.
type row struct {
	section int
	words   []string
}

var (
	names                   = map[string]int{}
	first                   [7]string // the name of each section in the forms in force
	chapters, lines, topics []row
)

func init() {
	rows, err := csv.NewReader(strings.NewReader(headingsCSV)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("heading: reading the embedded headings.csv: %v", err))
	}
	for _, r := range rows[1:] {
		one := row{int(r[0][0] - '0'), strings.Fields(r[2])}
		switch r[1] {
		case "name":
			names[r[2]] = one.section
			if first[one.section] == "" {
				first[one.section] = r[2]
			}
		case "chapter":
			chapters = append(chapters, one)
		case "line":
			lines = append(lines, one)
		case "topic":
			topics = append(topics, one)
		default:
			panic("heading: headings.csv has no use " + r[1])
		}
	}
}

// Name returns the heading of a section (1 to 6) in the forms in force, folded.
func Name(section int) string { return first[section] }

// Named returns the section (1 to 6) that a folded text is the heading of, or 0.
func Named(folded string) int { return names[folded] }

// Chapter returns the section (1 to 6) that the folded heading of a numbered chapter is about, however it is worded, or
// 0.
func Chapter(folded string) int {
	for _, c := range chapters {
		if holds(folded, c.words) {
			return c.section
		}
	}
	return 0
}

func holds(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// Topics counts the legal subjects, of six, that a text treats. A page that treats several is a report; one that merely
// is long is not.
func Topics(text string) int {
	n, last := 0, 0
	for _, t := range topics {
		if t.section != last && holds(text, t.words) {
			n, last = n+1, t.section
		}
	}
	return n
}

// window is how far behind its numeral, in bytes, a heading names its section.
const window = 30 * 3

// Bit returns 1<<i for a line that opens with a Chinese numeral and the words of section i+1 (一、总体情况 gives 1), else 0.
// The line may be cut after 120 bytes and may lack its spaces.
func Bit(line string) uint8 {
	rest := strings.TrimPrefix(strings.TrimLeft(line, "\u3000\u00a0\ufeff\u200b#* "), "第")
	first, n := utf8.DecodeRuneInString(rest)
	if !strings.ContainsRune("一二三四五六七八九", first) {
		return 0
	}
	rest = strings.TrimLeft(strings.TrimPrefix(rest[n:], "部分"), " ")
	sep, n := utf8.DecodeRuneInString(rest)
	if !strings.ContainsRune("、.．,，:：。\u3000\u00a0·", sep) {
		return 0
	}
	if rest = rest[n:]; len(rest) > window {
		rest = rest[:window]
	}
	for _, l := range lines {
		if holds(rest, l.words) {
			return 1 << (l.section - 1)
		}
	}
	return 0
}
