package html

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/gongkai-data/gongkai/extract/html/style"
)

// columns takes the cells of collapsed columns off the rows (CSS 2.2, 17.5.5). Those of columns that are said not to be
// shown stay, in doubt: the standard shows them, older browsers do not.
func (w *walker) columns(table *html.Node, rows []*tableRow) {
	looks := w.columnLooks(table)
	if len(looks) == 0 {
		return
	}
	over := func(c *rawCell, is func(style.Look) bool) bool {
		for i := c.col; i < c.col+c.colSpan; i++ {
			if i >= len(looks) || !is(looks[i]) {
				return false
			}
		}
		return c.colSpan > 0
	}
	for _, row := range rows {
		kept := row.cells[:0]
		for _, c := range row.cells {
			if over(c, func(l style.Look) bool { return l.Collapsed }) {
				continue
			}
			if c.doubt == "" && over(c, func(l style.Look) bool { return l.Gone }) {
				c.doubt = hiddenColumn
			}
			kept = append(kept, c)
		}
		row.cells = kept
	}
}

// columnLooks are those of the columns of a table that has a collapsed or hidden one, else nil.
func (w *walker) columnLooks(table *html.Node) (looks []style.Look) {
	odd := false
	add := func(n *html.Node, of style.Look) {
		odd = odd || of.Collapsed || of.Gone
		for range min(spanOf(attr(n, "span"), 1), maxColSpan, max(widest-len(looks), 0)) {
			looks = append(looks, of)
		}
	}
	for group := table.FirstChild; group != nil; group = group.NextSibling {
		if group.DataAtom != atom.Colgroup {
			continue
		}
		of, any := w.survey.looks[group], false
		for col := group.FirstChild; col != nil; col = col.NextSibling {
			if col.DataAtom != atom.Col {
				continue
			}
			any = true
			l := w.survey.looks[col]
			l.Collapsed = l.Collapsed || of.Collapsed && !l.Bared
			l.Gone = l.Gone || of.Gone
			add(col, l)
		}
		if !any {
			add(group, of)
		}
	}
	if !odd {
		return nil
	}
	return looks
}
