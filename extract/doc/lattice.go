package doc

import (
	"slices"
	"sort"

	"github.com/gongkai-data/gongkai/extract/word"
)

// tolerance is how far apart two edges of different rows may lie and still be one line, in twentieths of a point: rows
// that were dragged by hand or have other margins of cells differ by less than a millimetre, columns are wider.
const tolerance = 40

// lattice holds the vertical lines of a table, ascending.
type lattice []int

func newLattice(rows []row) lattice {
	var edges []int
	narrow := tolerance
	for _, r := range rows {
		edges = append(edges, r.defs.edges...)
		for i := range r.defs.cells {
			if w := r.defs.edges[i+1] - r.defs.edges[i]; w > 0 {
				narrow = min(narrow, (w-1)/2) // no two edges of a cell are one line
			}
		}
	}
	slices.Sort(edges)
	var lines lattice
	for i, e := range edges {
		if i == 0 || e-edges[i-1] > narrow {
			lines = append(lines, e)
		}
	}
	return lines
}

// column is the line that an edge lies on.
func (l lattice) column(edge int) int {
	return sort.Search(len(l), func(i int) bool { return l[i] > edge }) - 1
}

// place gives the cells of a row their columns. A cell that is merged with the one on its left is part of it: what it
// holds is not shown.
func (l lattice) place(r row) []*word.Cell {
	var out []*word.Cell
	for i, c := range r.cells {
		def := r.defs.cells[i]
		from, to := l.column(r.defs.edges[i]), l.column(r.defs.edges[i+1])
		if def.beside && len(out) > 0 {
			last := out[len(out)-1]
			last.Cols = min(max(to-last.Col, 1), word.MaxCols)
			continue
		}
		if from == to { // a cell without width is not shown
			continue
		}
		c.Col, c.Cols = min(from, word.MaxCols), min(to-from, word.MaxCols)
		c.Merged, c.Below = def.merged, def.below
		out = append(out, c)
	}
	return out
}
