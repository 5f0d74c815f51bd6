package fit

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// sheetLines makes lines of the rows of a sheet. Where two tables, or two halves of one, stand side by side, the right
// one follows the left one.
func (f *fitter) sheetLines(s *items.Sheet) (out []*line) {
	from, at := f.sideBySide(s)
	var right []*line
	for r := range s.Rows {
		all := s.Line(r)
		if len(all) == 0 {
			continue
		}
		if at > 0 && r >= from {
			i := slices.IndexFunc(all, func(c *items.Item) bool { return c.Col >= at })
			if i > 0 {
				right = append(right, newLine(s, r, all[i:]))
				all = all[:i]
			}
		}
		if i := f.secondLabel(all); i > 0 {
			right = append(right, newLine(s, r, all[i:]))
			right[len(right)-1].loose = true
			all = all[:i]
		}
		out = append(out, newLine(s, r, all))
	}
	return append(out, right...)
}

func newLine(s *items.Sheet, row int, all []*items.Item) *line {
	l := &line{sheet: s, row: row, all: all, own: make([]*items.Item, 0, len(all))}
	for _, c := range all {
		if c.Row == row {
			l.own = append(l.own, c)
		}
	}
	return l
}

// sideBySide finds the row in which a header begins a second time in the same words, and the position where it does:
// 统计指标 | 统计数 | 统计指标 | 统计数. It answers 0, 0 for a sheet without one.
func (f *fitter) sideBySide(s *items.Sheet) (row, col int) {
	if s.No == 0 {
		return 0, 0
	}
	for r := range s.Rows {
		words := startingIn(s, r)
		n := len(words) / 2
		if n < 2 || len(words)%2 != 0 || len(f.hits(words[0])) == 0 || !headOnly(f.hits(words[0])) {
			continue
		}
		same := true
		for i := range n {
			same = same && words[i].Kind == items.Word && fold(words[i].Text) == fold(words[n+i].Text)
		}
		if same {
			return r, words[n].Col
		}
	}
	return 0, 0
}

// secondLabel returns the place of a label behind a number where a table with one value in a row goes on in the same
// row, or 0.
func (f *fitter) secondLabel(line []*items.Item) int {
	single := func(c *items.Item) bool {
		return slices.ContainsFunc(f.hits(c), func(n *node) bool {
			return n.axis == rowAxis && len(n.family.columns) == 1
		})
	}
	named, numbered := false, false
	for i, c := range line {
		switch {
		case single(c) && named && numbered:
			return i
		case single(c):
			named = true
		case named && c.Kind == items.Value:
			numbered = true
		}
	}
	return 0
}

// countingRows is how many rows must count on by one to make a column one of serials.
const countingRows = 5

// withoutSerials takes the numbers that only count the rows out of the rows of a table whose header does not say which
// column is which.
func (f *fitter) withoutSerials(rows []*row) {
	if len(rows) == 0 || len(rows[0].h.columns) != 1 || rows[0].h.anchored {
		return
	}
	n, at, broken := map[int]int{}, map[int]float64{}, map[int]bool{}
	for _, r := range rows {
		for _, c := range r.own {
			if c.Kind != items.Value {
				continue
			}
			broken[c.Col] = broken[c.Col] || n[c.Col] > 0 && c.Number.Value != at[c.Col]+1
			n[c.Col], at[c.Col] = n[c.Col]+1, c.Number.Value
		}
	}
	serial := func(c *items.Item) bool { return c.Kind == items.Value && n[c.Col] >= countingRows && !broken[c.Col] }
	for _, r := range rows {
		for _, c := range r.own {
			if serial(c) {
				f.used(c)
			}
		}
		r.all = slices.DeleteFunc(slices.Clone(r.all), serial)
		r.own = slices.DeleteFunc(slices.Clone(r.own), serial)
	}
}

// unitLost reports whether a row that stands out of place has no unit between label and number, where the header has a
// place for it.
func (f *fitter) unitLost(r *row) bool {
	if len(r.h.columns) != 1 || len(r.h.skip) < 2 || !r.h.anchored || r.drawn() || r.loose {
		return false
	}
	v := r.values[0]
	return v != nil && v.Kind == items.Value && v.Number.State == number.Reported && v.Col != r.h.columns[0].from &&
		!slices.ContainsFunc(r.all, func(c *items.Item) bool { return isUnit(c.Text) })
}
