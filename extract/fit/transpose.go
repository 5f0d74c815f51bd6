package fit

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract/items"
)

// transposed reports whether a grid has the form's rows as columns and its columns as rows. It is then read with both
// exchanged.
func (f *fitter) transposed(s *items.Sheet) bool {
	for _, fam := range f.lex.families {
		rows, columns := newSpread(), newSpread()
		for _, i := range s.Items {
			row, column := false, false
			for _, n := range f.hits(i) {
				if n.family == fam && n.leaf() {
					row = row || n.axis == rowAxis
					column = column || n.axis == columnAxis
				} else if n.leaf() && n.axis == rowAxis {
					row, column = true, true // of another table as well
				}
			}
			switch {
			case row && !column:
				rows.add(i)
			case column && !row:
				columns.add(i)
			}
		}
		switch {
		case len(fam.rows) == 0:
			if len(columns.rows) >= 4 && len(columns.cols) <= 2 && !f.otherRows(s, fam) {
				return true
			}
		case len(fam.columns) < 2:
		case len(columns.rows) >= 4 && len(columns.cols) == 1 && len(rows.cols) >= 4:
			return true
		case len(fam.tables) > 1 && len(columns.rows) >= 1 && len(columns.cols) == 1 && len(rows.rows) == 1 && len(rows.cols) >= 1 && rows.beside(columns):
			return true
		}
	}
	return false
}

// otherRows reports whether a sheet has a row label of another table.
func (f *fitter) otherRows(s *items.Sheet, fam *family) bool {
	return slices.ContainsFunc(s.Items, func(i *items.Item) bool {
		hits := f.hits(i)
		return len(hits) > 0 && !slices.ContainsFunc(hits, func(n *node) bool { return n.axis != rowAxis || n.family == fam || !n.leaf() })
	})
}

// spread collects the rows and columns in which labels of one kind stand.
type spread struct{ rows, cols map[int]bool }

func newSpread() spread { return spread{map[int]bool{}, map[int]bool{}} }

func (s spread) add(i *items.Item) {
	s.rows[i.Row] = true
	s.cols[i.Col] = true
}

// beside reports whether the one row of s lies above all rows of other and its columns right of the one column of
// other.
func (s spread) beside(other spread) bool {
	for r := range s.rows {
		for o := range other.rows {
			if o <= r {
				return false
			}
		}
	}
	for c := range s.cols {
		for o := range other.cols {
			if c <= o {
				return false
			}
		}
	}
	return true
}
