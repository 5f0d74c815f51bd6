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
	// OpenTop and OpenBottom: no border is drawn there.
	OpenTop, OpenBottom bool
}

// TableCell is a region with its text.
type TableCell struct {
	Region
	Page       int
	Lines      []Line
	Room       float64 // width that a full line has
	Text       string
	Doubt      string // see extract.Cell
	Recognised bool   // see extract.Cell
	Readings   string // see extract.Cell
}

// set joins the lines.
func (c *TableCell) set() { c.Text = JoinLines(c.Lines, c.Room) }

// Tables sets the text of each lattice of a page.
func Tables(page int, lattices []*Lattice, cells [][][]Glyph) []*Table {
	var out []*Table
	for i, l := range lattices {
		t := &Table{Page: page, X: l.X, Y: l.Y, Box: l.Box, OpenTop: l.OpenTop, OpenBottom: l.OpenBottom}
		var regions []int // of the cells
		for k, r := range l.Regions {
			if r.Leaks && len(cells[i][k]) == 0 {
				continue
			}
			t.Cells = append(t.Cells, TableCell{Region: r, Page: page, Lines: CellLines(withoutRaised(cells[i][k]))})
			regions = append(regions, k)
		}
		t.doubtOverprinted(func(cell int) []Glyph { return cells[i][regions[cell]] })
		out = append(out, t)
	}
	joinSpread(out)
	for _, t := range out {
		t.setText()
	}
	return out
}

// SetText sets the text of the cells of a table that was read otherwise than by glyphs.
func (t *Table) SetText() { t.setText() }

// setText joins the lines of each cell. A column has room at least for the widest number that stands in it.
func (t *Table) setText() {
	type column struct{ from, span int }
	widest := map[column]float64{}
	for _, c := range t.Cells {
		for _, l := range c.Lines {
			if k := (column{c.Col, c.ColSpan}); plainNumber(l.String()) {
				widest[k] = max(widest[k], l.pitch()*float64(len(l.Glyphs)))
			}
		}
	}
	for i := range t.Cells {
		c := &t.Cells[i]
		c.Room = max(c.Box.Width()-2*settings.CellMargin, widest[column{c.Col, c.ColSpan}]+0.2)
		c.set()
	}
}

// Grid is the last step: the table as the rest of the program knows it.
func (t *Table) Grid() *extract.Grid {
	g := &extract.Grid{Rows: len(t.Y) - 1, Cols: len(t.X) - 1, Place: place(t.Page, t.Box)}
	for _, c := range t.Cells {
		g.Cells = append(g.Cells, extract.Cell{Row: c.Row, Col: c.Col, RowSpan: c.RowSpan, ColSpan: c.ColSpan, Text: c.Text, Place: place(c.Page, c.Box), Doubt: c.Doubt,
			Recognised: c.Recognised, Readings: c.Readings})
	}
	return g
}

func place(page int, b Box) extract.Place {
	return extract.Place{Page: page, Box: [4]float64{b.X0, b.Y0, b.X1, b.Y1}}
}

// Place is where the number stands.
func (s Straddle) Place(page int) extract.Place { return place(page, s.Box) }
