package report

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// shortRows doubts rows of a flattened table that end before their fellows do. Where every full row ends in fillers, a row that uses one of
// them for a value has lost a blank cell somewhere.
func shortRows(rows []*bodyRow) {
	fillers := -1
	for _, r := range rows {
		if !r.t.grid.Flat {
			return
		}
		if len(r.values) > 0 && filled(r.values) == len(r.values) {
			if n := r.behind(); fillers < 0 || n < fillers {
				fillers = n
			}
		}
	}
	if fillers < 0 {
		fillers = fillersOf(rows[0].h)
	}
	for _, r := range rows {
		if r.doubt == "" && len(r.values) > 0 && filled(r.values) > 0 && filled(r.values) < len(r.values) && r.behind() < fillers {
			r.doubt = "the row has fewer cells than the others, so a blank one was lost"
		}
	}
}

// behind counts the cells of the row behind its last value.
func (r *bodyRow) behind() int {
	last := -1
	for i, c := range r.line {
		if slices.Contains(r.values, c) {
			last = i
		}
	}
	return len(r.line) - 1 - last
}

// fillersOf counts the empty cells behind every row of a header that names columns.
func fillersOf(h *header) int {
	last := map[int]int{} // of each row, the last column that names one
	for _, c := range h.columns {
		if c.cell == nil || c.cell.t != h.t {
			return 0
		}
		last[c.cell.row] = max(last[c.cell.row], c.cell.col)
	}
	fewest := -1
	for row, col := range last {
		line := h.t.line(row)
		n := 0
		for n < len(line) && line[len(line)-1-n].kind == empty && line[len(line)-1-n].col > col {
			n++
		}
		if fewest < 0 || n < fewest {
			fewest = n
		}
	}
	return max(fewest, 0)
}

// cutOff reports a number alone on the line below a table of text, which may be the end of its last row. The walk of the table has ended.
func (w *walker) cutOff(blocks []extract.Block, i int) {
	b := &blocks[i]
	if i == 0 || blocks[i-1].Kind != extract.Table || !blocks[i-1].Grid.Flat || b.Place.LineStart != blocks[i-1].Grid.Place.LineEnd+1 {
		return
	}
	if len(w.forms) == 0 || w.forms[len(w.forms)-1].grid != blocks[i-1].Grid || w.flat.taken[i] {
		return
	}
	if v := number.Parse(b.Text); v.State == number.Reported {
		w.problem(extract.LeftoverCell, w.flat.cell(token{text: b.Text, at: i}, v), "a number alone below the table may be the end of its last row")
	}
}

// raggedRows doubts rows of a flattened table that hold a blank and have more or fewer cells than the rows like them: a cell was lost or came
// in, before the blank or behind it, and nothing tells where. In any table a label that ends in a number may have swallowed the blank one's.
func raggedRows(rows []*bodyRow) {
	spansLost := !slices.ContainsFunc(rows, func(r *bodyRow) bool { return !r.t.grid.Flat || r.t.grid.Aligned })
	for _, r := range rows {
		switch {
		case r.doubt != "" || filled(r.values) == len(r.values) || filled(r.line) == 0:
		case slices.ContainsFunc(labelsOf(r.line), func(c *cell) bool { return c.kind == label && endsInNumber(c.text()) }):
			r.doubt = "a number may stand behind the label, in one cell"
		case spansLost && !r.wide(rows), r.longest():
			r.doubt = "the row has not as many cells as the others, so a cell was lost or came in beside a blank one"
		}
	}
}

// twoInOne doubts a row with numbers between its labels: the end of a row was lost, and the next one goes on in it.
func twoInOne(rows []*bodyRow) {
	for _, r := range rows {
		named, numbers := false, false
		for _, c := range r.line {
			known := c.kind == label && len(c.hits) > 0 && !c.is(statHead)
			if known && numbers && r.doubt == "" {
				r.doubt = "numbers stand between the row's labels, as when two rows have run into one"
			}
			named = named || known
			numbers = numbers || named && c.kind == value && c.value.State == number.Reported
		}
	}
}

// cells counts the cells behind the row's last label.
func (r *bodyRow) cells() (n int) {
	after := lastLabel(spots(r.line, false))
	for _, c := range r.line {
		if c.col > after {
			n++
		}
	}
	return n
}

// longest tells whether the row of a grid that kept its spans goes on behind the last column and all other rows of the table.
func (r *bodyRow) longest() bool {
	if r.t.grid.Flat || !r.aligned() {
		return false
	}
	end, last := 0, 0
	for _, c := range r.line {
		end = max(end, c.end())
	}
	for _, c := range r.h.columns {
		last = max(last, c.to)
	}
	if end <= last || end > r.t.cols {
		return false
	}
	for row := range r.t.lattice {
		if c := r.t.lattice[row][end-1]; c != nil && row != r.row {
			return false
		}
	}
	return true
}

// wide tells whether the row has as many cells as another one with labels at the same depth; where it is the only one of its depth, as many as
// most rows have, in all or behind the label; where it is the only row, as many as the header.
func (r *bodyRow) wide(rows []*bodyRow) bool {
	same, alone := 0, true
	widths, tails := map[int]int{}, map[int]int{}
	depth := lastLabel(spots(r.line, true))
	for _, o := range rows {
		if o == r || len(o.line) == 0 || !hasValues(o.line) {
			continue
		}
		d := lastLabel(spots(o.line, true))
		widths[len(o.line)]++
		tails[len(o.line)-d]++
		if d == depth {
			alone = false
			if len(o.line) == len(r.line) {
				same++
			}
		}
	}
	if !alone {
		return same > 0
	}
	if len(widths) > 0 {
		return len(r.line) == most(widths) || len(r.line)-depth == most(tails)
	}
	if n := headerWidth(r.h); n > 0 && r.h.t == r.t {
		return len(r.line) == n
	}
	return true
}

// most is the key with the highest count, the smaller one of equals.
func most(counts map[int]int) (best int) {
	for k, n := range counts {
		if n > counts[best] || n == counts[best] && k < best {
			best = k
		}
	}
	return best
}

// headerWidth counts the cells of a header of one row, or is 0.
func headerWidth(h *header) int {
	row := headerRow(h)
	if row < 0 {
		return 0
	}
	return len(h.t.line(row))
}

// headerRow is the row of a header of one row, or -1.
func headerRow(h *header) int {
	row := -1
	for _, c := range h.columns {
		if c.cell == nil || c.cell.t != h.t || row >= 0 && c.cell.row != row {
			return -1
		}
		row = c.cell.row
	}
	return row
}
