package txt

import (
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract/celltext"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// pageNumber is a line that can only be the number of a page: - 3 -, —3—, 第3页 共8页. A bare 3 may be a cell.
var pageNumber = lazyregexp.New(`^(?:[-—–－]+\s*\d{1,3}\s*[-—–－]+|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*[共/]\s*\d{1,3}\s*页)?)$`)

// furniture is what an exporter copied from the margins of the pages: numbers, and a running title.
type furniture struct {
	titles map[string]int // lines that may be a running title, and how often they stand in the text
	seen   map[string]bool
}

// runningTitles is how often a title stands in a text that has it on its pages.
const runningTitles = 3

func newFurniture(text []byte) *furniture {
	f := &furniture{titles: map[string]int{}, seen: map[string]bool{}}
	for line := range strings.FieldsFuncSeq(string(text), func(r rune) bool { return r == '\n' || r == '\r' || r == '\f' }) {
		if key, ok := titled(line); ok {
			f.titles[key]++
		}
	}
	return f
}

// titled reports a line that names an annual report and nothing else.
func titled(line string) (string, bool) {
	if n := len(line); n > 240 || !strings.Contains(line, "年度报告") && !strings.Contains(line, "年报") {
		return "", false
	}
	key := celltext.Clean(line)
	n := utf8.RuneCountInString(key)
	return key, n >= 8 && n <= 60 && !strings.ContainsAny(key, "，。；|\t")
}

// drop reports a line that stands on every page; the first title is the document's own.
func (f *furniture) drop(line string) bool {
	if pageNumber.MatchString(strings.TrimSpace(line)) {
		return true
	}
	key, ok := titled(line)
	if !ok || f.titles[key] < runningTitles {
		return false
	}
	again := f.seen[key]
	f.seen[key] = true
	return again
}
