package geometry

import (
	"github.com/gongkai-data/gongkai/extract"
)

// Table is one table of one page: the lattice with the text of its regions.
type Table struct {
	Page  int
	X, Y  []float64 // lattice lines, left to right and top to bottom
	Box   Box
	Cells []TableCell // ordered by Row, then Col
	Ruled bool        // false when its columns were told by alignment
	// OpenTop and OpenBottom: no border is drawn there.
	OpenTop, OpenBottom bool
}

// TableCell is a region with its text.
type TableCell struct {
	Region
	Page int
	Text string
}

// Tables sets the text of each lattice of a page.
func Tables(page int, lattices []*Lattice, cells [][][]Glyph) []*Table {
	var out []*Table
	for i, l := range lattices {
		t := &Table{Page: page, X: l.X, Y: l.Y, Box: l.Box, Ruled: true, OpenTop: l.OpenTop, OpenBottom: l.OpenBottom}
		for k, r := range l.Regions {
			if r.Leaks && len(cells[i][k]) == 0 {
				continue
			}
			right := r.Box.X1 - cellMargin(r.Box)
			t.Cells = append(t.Cells, TableCell{Region: r, Page: page, Text: CellText(cells[i][k], right)})
		}
		out = append(out, t)
	}
	return out
}

// cellMargin is the space that producers leave at the sides of a cell, at most.
func cellMargin(b Box) float64 { return min(6, b.Width()/10) }

// Grid is the last step: the table as the rest of the program knows it.
func (t *Table) Grid() *extract.Grid {
	g := &extract.Grid{Rows: len(t.Y) - 1, Cols: len(t.X) - 1, Place: place(t.Page, t.Box)}
	for _, c := range t.Cells {
		g.Cells = append(g.Cells, extract.Cell{Row: c.Row, Col: c.Col, RowSpan: c.RowSpan, ColSpan: c.ColSpan, Text: c.Text, Place: place(c.Page, c.Box)})
	}
	return g
}

func place(page int, b Box) extract.Place {
	return extract.Place{Page: page, Box: [4]float64{b.X0, b.Y0, b.X1, b.Y1}}
}
