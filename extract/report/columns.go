package report

import "strings"

// column is one value column of a table, from its header.
type column struct {
	key  string // of the code book; empty for a header that no form has there
	cell *cell  // the header cell
	from int    // first position
	to   int    // behind the last position
	path []string
	unit string
}

// header is the solved header of a table.
type header struct {
	t       *table
	columns []column
	// anchored: the columns' positions are those of the values below. Otherwise only their order is known, because the source lost its spans.
	anchored bool
}

// anchoredColumns tells whether every column has positions of its own.
func anchoredColumns(columns []column) bool {
	for i, a := range columns {
		if a.cell == nil || a.to <= a.from {
			return false
		}
		for _, b := range columns[:i] {
			if a.from < b.to && b.from < a.to {
				return false
			}
		}
	}
	return len(columns) > 0
}

// numbered gives columns of which only the order is known the positions 0, 1, 2, …
func numbered(columns []column) []column {
	out := make([]column, len(columns))
	for i, c := range columns {
		c.from, c.to = i, i+1
		out[i] = c
	}
	return out
}

// fit puts the cells of a line under the columns shifted by d positions: the result has one cell per column, nil where the line has none.
// It fails when a label stands among the values, a number outside of them, or two cells under one column. A lenient fit takes text for a value
// that is damaged.
func fit(line []*cell, columns []column, d int, lenient bool) ([]*cell, bool) {
	out := make([]*cell, len(columns))
	first, last := 1<<30, -1
	for _, c := range columns {
		first, last = min(first, c.from+d), max(last, c.to+d)
	}
	if first < 0 {
		return nil, false
	}
	lastLabel := -1
	for _, c := range line {
		if c.kind == label && c.col < first {
			lastLabel = c.col
		}
	}
	for _, c := range line {
		if c.end() <= first || c.col >= last {
			if c.kind == value && c.col > lastLabel {
				return nil, false
			}
			continue
		}
		if c.kind == label && (!lenient || len(c.hits) > 0 || c.col < first) {
			return nil, false
		}
		if c.col < first && c.kind == value {
			return nil, false
		}
		for j, k := range columns {
			if c.col >= k.to+d || c.end() <= k.from+d {
				continue
			}
			if out[j] != nil {
				if c.kind == empty {
					continue
				}
				if out[j].kind != empty {
					return nil, false
				}
			}
			out[j] = c
		}
	}
	return out, true
}

// filled counts the cells that are not empty.
func filled(cells []*cell) (n int) {
	for _, c := range cells {
		if c != nil && c.kind != empty {
			n++
		}
	}
	return n
}

// present counts the cells that are there.
func present(cells []*cell) (n int) {
	for _, c := range cells {
		if c != nil {
			n++
		}
	}
	return n
}

// bodyRow is a row of values under a header.
type bodyRow struct {
	h      *header
	t      *table
	row    int
	line   []*cell
	values []*cell // one per column of h; nil when the row has no values at all
	doubt  string
}

// place finds the values of rows that stand under one header in one table.
//
// Where the source kept its spans the values stand under their headers. Text exports lose spans, so a row with a deeper label is
// shifted against the header; rows that are full tell the shift of the rows with labels at the same depth. A row with blanks whose
// shift nothing tells is doubtful, not guessed.
func place(rows []*bodyRow) {
	votes := map[int]map[int]int{}
	var open []*bodyRow
	choices := make(map[*bodyRow][]int)
	ragged := false
	for _, r := range rows {
		if r.standsUnderHeader() || !hasValues(r.line) {
			continue // the second: a heading over the whole width, or a piece of a label
		}
		ragged = true
	}
	if !ragged {
		return
	}
	for _, r := range rows {
		if r.values != nil && (!hasValues(r.line) || !r.t.grid.Flat) || allLabels(r.line) {
			continue
		}
		r.values = nil
		ds := shifts(r)
		choices[r] = ds
		if len(ds) == 1 {
			depth := lastLabel(r.line)
			if votes[depth] == nil {
				votes[depth] = map[int]int{}
			}
			votes[depth][ds[0]]++
		}
		open = append(open, r)
	}
	for _, r := range open {
		r.choose(choices[r], votes[lastLabel(r.line)])
	}
}

// standsUnderHeader reads the row at the positions of the header, if every column has a cell there.
func (r *bodyRow) standsUnderHeader() bool {
	if !r.h.anchored || r.t != r.h.t && r.t.cols != r.h.t.cols {
		return false
	}
	for _, lenient := range []bool{false, true} {
		v, ok := fit(r.line, r.h.columns, 0, lenient)
		if ok && present(v) == len(v) && (!lenient || !r.t.grid.Flat) {
			r.values = v
			return true
		}
	}
	return false
}

// shifts lists the shifts at which the line fits the header.
func shifts(r *bodyRow) (ds []int) {
	for d := -r.t.cols; d <= r.t.cols; d++ {
		v, ok := fit(r.line, r.h.columns, d, false)
		if ok && present(v) == len(v) && filled(v) == countValues(r.line) {
			ds = append(ds, d)
		}
	}
	return ds
}

func (r *bodyRow) choose(ds []int, votes map[int]int) {
	var voted []int
	for _, d := range ds {
		if votes[d] > 0 {
			voted = append(voted, d)
		}
	}
	switch {
	case len(voted) == 1:
		ds = voted
	case len(ds) == 0:
		if v, ok := fit(r.line, r.h.columns, 0, true); ok && r.h.anchored {
			r.values = v
			return
		}
		r.doubt = "the row's values do not fit the columns of the header"
		return
	case len(ds) > 1 && countValues(r.line) > 0:
		r.doubt = "blank cells leave open under which columns the row's values stand"
	}
	best := ds[0]
	for _, d := range ds {
		if r.h.columns[0].from+d == lastLabel(r.line)+1 {
			best = d
		}
	}
	r.values, _ = fit(r.line, r.h.columns, best, false)
}

func hasValues(line []*cell) bool { return countValues(line) > 0 }

// countValues counts the values right of the last label.
func countValues(line []*cell) (n int) {
	from := lastLabel(line)
	for _, c := range line {
		if c.kind == value && c.col > from {
			n++
		}
	}
	return n
}

func allLabels(line []*cell) bool {
	for _, c := range line {
		if c.kind != label {
			return false
		}
	}
	return true
}

// lastLabel is the position of the last label of a line, -1 if it has none. Unknown text behind a number is no label but a damaged value.
func lastLabel(line []*cell) int {
	last, number := -1, false
	for _, c := range line {
		switch {
		case c.kind == label && (len(c.hits) > 0 || !number):
			last = c.end() - 1
		case c.kind == value && strings.ContainsAny(c.text(), "0123456789"):
			number = number || c.value.State == "reported"
		}
	}
	return last
}
