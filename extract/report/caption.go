package report

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
)

// caption is a line over a form table, or a row of its own in it, that states a year.
type caption struct {
	t    *table
	cell *cell // nil for a line
	text string
}

// longestCaption is in characters; longer lines are text.
const longestCaption = 40

var statedYear = regexp.MustCompile(`20\d\d年`)

// isCaption recognises the name of a table in a row over its full width.
func (c *cell) isCaption() bool {
	return c.kind == label && len(c.hits) == 0 && c.t.cols > 1 && c.cols >= c.t.cols && utf8.RuneCountInString(c.text()) <= longestCaption &&
		(strings.HasSuffix(normalise(c.text()), "情况") || strings.HasSuffix(normalise(c.text()), "表"))
}

// caption notes what names a form table: the line right above it, and rows of it.
func (w *walker) caption(t *table) {
	if utf8.RuneCountInString(w.above) <= longestCaption && !strings.Contains(w.above, "。") {
		w.captions = append(w.captions, caption{t, nil, w.above})
	}
	for i := range t.cells {
		if c := &t.cells[i]; c.isCaption() {
			c.used = true
			w.captions = append(w.captions, caption{t, c, c.text()})
		}
	}
}

// otherYears tells captions that state another year than the title: last year's table, or its caption kept by mistake.
func (w *walker) otherYears(title string) {
	year := statedYear.FindAllString(title, -1)
	if len(year) != 1 {
		return
	}
	for _, c := range w.captions {
		stated := statedYear.FindAllString(c.text, -1)
		if len(stated) == 0 || slices.Contains(stated, year[0]) {
			continue
		}
		w.problem(extract.DoubtfulIdentity, c.cell, "table %d is headed %q, the report is of %s", c.t.no, c.text, year[0])
		if c.cell == nil {
			w.problems[len(w.problems)-1].TableNo = c.t.no
		}
	}
}
