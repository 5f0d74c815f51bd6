package report

import (
	"slices"
	"strings"
)

// choose finds the cell of the number of each row: the one under 统计数; else the only number that is no serial. Where several are left, the
// columns of another year or of a quarter among them, none is chosen.
func (s *statState) choose(rows []*statLine) {
	counting := map[*table][]bool{}
	for _, l := range rows {
		if _, ok := counting[l.t]; !ok {
			counting[l.t] = countingColumns(l.t, rows)
		}
	}
	for _, l := range rows {
		if c, ok := s.headed(l); ok {
			l.value = c
			continue
		}
		var values []*cell
		var last *cell // that is not a label
		for _, c := range l.cells {
			if c.kind == value && !s.serial(l, c) && !counting[l.t][c.col] {
				values = append(values, c)
			}
			if counting[l.t][c.col] {
				c.used = true // 代码
			}
			if last = nil; c.kind == empty {
				last = c
			}
		}
		switch {
		case len(values) == 1:
			l.value = values[0]
		case len(values) > 1:
			l.several = values
		case len(l.cells) > 1:
			l.value = last
		}
	}
}

// headed finds the cell under 统计数. A page that goes on without a header has the columns of the one before.
func (s *statState) headed(l *statLine) (under *cell, ok bool) {
	for _, h := range s.heads {
		if !h.is(statColumn) || h.t != l.t && (!l.t.grid.Continues || h.t.cols != l.t.cols) {
			continue
		}
		for _, c := range l.cells {
			if c.col >= h.end() || c.end() <= h.col || l.name != nil && c.col <= l.name.col && c != l.name {
				continue
			}
			if ok && c != under {
				return nil, false // two columns of one name
			}
			under, ok = c, true
		}
	}
	if ok && under.kind == label {
		under = nil
	}
	return under, ok
}

// serial tells a number that only counts the rows: it stands before the label or under 序号, 代码.
func (s *statState) serial(l *statLine, c *cell) bool {
	if c.kind != value {
		return false
	}
	return l.name != nil && c.col < l.name.col || slices.ContainsFunc(s.heads, func(h *cell) bool {
		return h.t == l.t && serialHeads[normalise(h.text())] && c.col < h.end() && c.end() > h.col
	})
}

// serialHeads are the header labels over numbers that count the rows. A number under 单位 is a value that stands out of its column.
var serialHeads = map[string]bool{"序号": true, "代码": true, "编号": true, "行次": true}

// countingRows is how many rows must count on by one to make a column one of serials.
const countingRows = 5

// countingColumns tells the columns of a table whose numbers count the rows on by one.
func countingColumns(t *table, rows []*statLine) []bool {
	n := make([]int, t.cols)
	at := make([]float64, t.cols)
	broken := make([]bool, t.cols)
	for _, l := range rows {
		if l.t != t {
			continue
		}
		for _, c := range l.cells {
			if c.kind != value || c.col >= t.cols {
				continue
			}
			broken[c.col] = broken[c.col] || n[c.col] > 0 && c.value.Value != at[c.col]+1
			n[c.col], at[c.col] = n[c.col]+1, c.value.Value
		}
	}
	for i := range n {
		broken[i] = !broken[i] && n[i] >= countingRows
	}
	return broken
}

// doubt says why the blank cell of a row may not be its number, or nothing.
func (s *statState) doubt(l *statLine) string {
	if l.value == nil || l.value.kind != empty || l.name == nil {
		return ""
	}
	if endsInNumber(l.name.text()) {
		return "the number may stand behind the label, in one cell"
	}
	for _, h := range s.heads {
		if g := l.t.grid; h.t == l.t && h.is(statColumn) && g.Flat && !g.Aligned && len(l.t.line(l.value.row)) != len(l.t.line(h.row)) {
			return "the row has not as many cells as the header, so its number may be lost"
		}
	}
	return ""
}

// endsInNumber tells a label that has a number glued to its end.
func endsInNumber(text string) bool {
	text = strings.TrimSpace(text)
	return text != "" && strings.ContainsRune("0123456789", rune(text[len(text)-1]))
}

// under tells whether any header stands over a cell.
func (s *statState) under(c *cell) bool {
	return slices.ContainsFunc(s.heads, func(h *cell) bool { return h.t == c.t && c.col < h.end() && c.end() > h.col })
}
