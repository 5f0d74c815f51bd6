package report

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract"
)

// reach is where the numbers may belong that ended in no fact: rows of grids and paragraphs of flattened tables, each with such a number.
type reach struct {
	rows       map[*table]map[int]*cell
	paragraphs map[int]*cell
}

// withinReach makes the blank cells unreadable that a lost number could belong to: a blank beside a number that found no place is no blank.
func (w *walker) withinReach() {
	r := w.results
	read := map[*cell]bool{}
	for i := range r.facts {
		read[r.facts[i].cell] = true
	}
	lost := slices.DeleteFunc(append(r.lost, w.strays()...), func(c *cell) bool { return read[c] })
	if len(lost) == 0 {
		return
	}
	out := r.reachOf(lost)
	for i := range r.facts {
		f := &r.facts[i]
		if f.cell.src.Text != "" && f.cell.kind != empty || f.doubt != "" || f.cell.src.Image != "" || f.cell.value.State != extract.Blank {
			continue
		}
		c := out.at(f.cell)
		if c == nil {
			continue
		}
		f.doubt = "a number beside the blank cell was read as nothing and may be its own"
		r.problemAt(extract.AmbiguousReading, f.factKey, f.cell, "%s: %s: %q", f.factKey, f.doubt, c.text())
		p := &r.problems[len(r.problems)-1]
		p.Code, p.Args, p.Indicator = "blank_beside_lost", []string{c.text()}, f.indicator
		if f.applicant != "" {
			p.Applicant = &f.applicant
		}
	}
}

// strays returns the numbers that stand alone in their column of a form table, as before the labels of a row: serial numbers do not.
func (w *walker) strays() (out []*cell) {
	for _, t := range w.forms {
		in := map[int]int{}
		number := func(c *cell) bool { return c.kind == value && c.value.State == extract.Reported }
		for i := range t.cells {
			if number(&t.cells[i]) {
				in[t.cells[i].col]++
			}
		}
		for i := range t.cells {
			if c := &t.cells[i]; number(c) && in[c.col] == 1 {
				out = append(out, c)
			}
		}
	}
	return out
}

// reachOf tells how far the lost numbers reach: over their own row and, where no label starts in it, as when a rule or a page cut a row, to the
// nearest rows above and below that hold facts.
func (r *results) reachOf(lost []*cell) reach {
	out := reach{map[*table]map[int]*cell{}, map[int]*cell{}}
	facts := map[*table]map[int]bool{}
	for _, f := range r.facts {
		if facts[f.cell.t] == nil {
			facts[f.cell.t] = map[int]bool{}
		}
		for row := f.cell.row; row < f.cell.row+f.cell.rows; row++ {
			facts[f.cell.t][row] = true
		}
	}
	for _, c := range lost {
		if c.at > 0 {
			for at := c.at - 1; at <= c.at+1; at++ {
				out.paragraphs[at] = c
			}
			continue
		}
		from, to := c.row, c.row+c.rows
		if !c.t.labelled(from, to) {
			for from--; from > 0 && !facts[c.t][from]; from-- {
			}
			for to++; to < c.t.rows && !facts[c.t][to-1]; to++ {
			}
		}
		if out.rows[c.t] == nil {
			out.rows[c.t] = map[int]*cell{}
		}
		for row := from; row < to; row++ {
			out.rows[c.t][row] = c
		}
	}
	return out
}

// at returns a lost number that may belong to the cell, or nil.
func (r reach) at(c *cell) *cell {
	if c.at > 0 {
		return r.paragraphs[c.at]
	}
	for row := c.row; row < c.row+c.rows; row++ {
		if l := r.rows[c.t][row]; l != nil {
			return l
		}
	}
	return nil
}

// labelled reports whether a label stands in the rows that none around them shares.
func (t *table) labelled(from, to int) bool {
	return slices.ContainsFunc(t.cells, func(c cell) bool {
		return c.kind == label && c.row >= from && c.row+c.rows <= to
	})
}
