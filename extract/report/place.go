package report

import "slices"

// bodyRow is a row of values under a header.
type bodyRow struct {
	h      *header
	t      *table
	row    int
	line   []*cell
	values []*cell // one per column of h; nil when the row has no values, or none that fit
	doubt  string  // why the values allow more than one reading
}

// place finds the values of rows that stand under one header in one table.
//
// Where the source kept its spans the values stand under their headers. Text exports lose spans, so a row with a deeper label is
// shifted against the header; rows that are full tell the shift of the rows with labels at the same depth. A row with blanks whose
// shift nothing tells is doubtful, not guessed. Rows on another page than the header, with another lattice, are compared by order.
func place(rows []*bodyRow) {
	arrange(rows)
	for _, r := range rows {
		r.allBlank()
	}
	twoInOne(rows)
	shortRows(rows)
	raggedRows(rows)
}

// arrange finds the values of the rows.
func arrange(rows []*bodyRow) {
	ragged := false
	for _, r := range rows {
		if !r.standsUnderHeader() && hasValues(r.line) {
			ragged = true
		}
	}
	if !ragged {
		return
	}
	standUnderFull(rows)
	votes := map[int]map[int]int{}
	choices := make([][]int, len(rows))
	for i, r := range rows {
		if !r.open() {
			continue
		}
		r.values = nil
		choices[i] = r.shifts()
		if len(choices[i]) == 1 {
			depth := lastLabel(r.spots())
			if votes[depth] == nil {
				votes[depth] = map[int]int{}
			}
			votes[depth][choices[i][0]]++
		}
	}
	unfit := 0
	for i, r := range rows {
		if choices[i] != nil || r.open() {
			r.choose(choices[i], votes[lastLabel(r.spots())])
		}
		if r.values == nil && r.doubt != "" {
			unfit++
		}
	}
	if 2*unfit > len(rows) { // the header itself is out of place
		for _, r := range rows {
			if r.doubt == "" && filled(r.values) > 0 {
				r.doubt = "most rows of the table do not fit its header"
			}
		}
	}
}

// standUnderFull reads the rows of a grid that kept its spans, but has other columns than its header has: the full rows tell the positions of
// the columns, when all of them agree, and a row with blanks is read at the same positions.
func standUnderFull(rows []*bodyRow) {
	var at []spot
	for _, r := range rows {
		if r.aligned() || r.t.grid.Flat {
			return
		}
		line := spots(r.line, false)
		after := lastLabel(line)
		var full []spot
		for _, c := range line {
			if c.kind == value && c.from > after {
				full = append(full, c)
			}
		}
		if len(full) != len(r.h.columns) {
			continue
		}
		if at != nil && !slices.EqualFunc(at, full, samePosition) {
			return
		}
		at = full
	}
	if at == nil {
		return
	}
	for _, r := range rows {
		line := spots(r.line, false)
		values := make([]*cell, 0, len(at))
		for _, p := range at {
			if i := slices.IndexFunc(line, func(c spot) bool { return samePosition(c, p) && c.kind != label }); i >= 0 {
				values = append(values, line[i].cell)
			}
		}
		if len(values) == len(at) && filled(values) == countValues(line) && filled(values) > 0 {
			r.values = values
		}
	}
}

func samePosition(a, b spot) bool { return a.from == b.from && a.to == b.to }

// open tells whether the row's shift has to be found. In a grid without spans a row that fits the header unshifted may still be a shifted
// row with blanks.
func (r *bodyRow) open() bool {
	if r.values == nil {
		return hasValues(r.line)
	}
	return r.t.grid.Flat && (hasValues(r.line) || filled(r.line) > 0)
}

// aligned tells whether the positions of the header hold for the row.
func (r *bodyRow) aligned() bool {
	return r.h.anchored && (r.t == r.h.t || r.t.cols == r.h.t.cols)
}

func (r *bodyRow) spots() []spot { return spots(r.line, !r.aligned()) }

func (r *bodyRow) columns() []column {
	if r.aligned() {
		return r.h.columns
	}
	return numbered(r.h.columns)
}

// standsUnderHeader reads the row at the positions of the header, if every column has a cell there.
func (r *bodyRow) standsUnderHeader() bool {
	if !r.aligned() {
		return false
	}
	for _, lenient := range []bool{false, true} {
		v, ok := fit(spots(r.line, false), r.h.columns, 0, lenient)
		if ok && present(v) == len(v) && (!lenient || !r.t.grid.Flat) {
			r.values = v
			return true
		}
	}
	return false
}

// shifts lists the shifts at which the line fits the header.
func (r *bodyRow) shifts() (ds []int) {
	line, columns := r.spots(), r.columns()
	for d := -r.t.cols; d <= r.t.cols; d++ {
		v, ok := fit(line, columns, d, false)
		if ok && present(v) == len(v) && filled(v) == countValues(line) {
			ds = append(ds, d)
		}
	}
	return ds
}

func (r *bodyRow) choose(ds []int, votes map[int]int) {
	line, columns := r.spots(), r.columns()
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
		// A row of a real table that ends early: the cells that are there stand where they stand.
		if v, ok := fit(line, columns, 0, true); ok && r.aligned() && !r.t.grid.Flat {
			r.values = v
			if present(v) < len(v) {
				r.doubt = "the row has fewer cells than the header has columns"
			}
			return
		}
		r.doubt = "the row's values do not fit the columns of the header"
		return
	case len(ds) > 1 && countValues(line) > 0:
		r.doubt = "blank cells leave open under which columns the row's values stand"
	}
	best := ds[0]
	for _, d := range ds {
		if columns[0].from+d == lastLabel(line)+1 {
			best = d
		}
	}
	r.values, _ = fit(line, columns, best, false)
}

// allBlank reads a row without numbers where the positions of the header do not hold: where as many empty cells stand behind its label as the
// header has columns, each column is blank under any shift.
func (r *bodyRow) allBlank() {
	if r.values != nil || r.doubt != "" || r.h == nil || r.t.grid.Aligned || hasValues(r.line) {
		return
	}
	after, n := lastLabel(spots(r.line, false)), len(r.h.columns)
	var blanks []*cell
	for _, c := range r.line {
		if c.col > after && c.kind == empty {
			blanks = append(blanks, c)
		}
	}
	if len(blanks) >= n {
		r.values = blanks[len(blanks)-n:]
	}
}

// doubtAt says why the cell under a column allows more than one reading, or nothing.
func (r *bodyRow) doubtAt(c *cell) string {
	if c.kind == empty || r.doubt != "" {
		return r.doubt
	}
	under := 0
	for _, v := range r.values {
		if v == c {
			under++
		}
	}
	if under > 1 {
		return "one cell stands under several columns"
	}
	return ""
}
