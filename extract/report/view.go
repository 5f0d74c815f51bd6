package report

import (
	"strings"
	"unicode"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// kind is what a cell looks like before its place tells what it is.
type kind uint8

const (
	empty kind = iota
	value      // a number, a dash, or text that is more number than label
	label      // text
)

// cell is one cell of a grid under study.
type cell struct {
	src        *extract.Cell
	t          *table
	row, col   int // zero-based, of the table as read (a transposed table has them exchanged)
	rows, cols int // spans
	kind       kind
	hits       []hit
	value      number.Value
	name       string // of a label that a page break cut into cells: the pieces together
	at         int    // of a piece of a flattened table: its paragraph, from 1
	used       bool   // it ended in a fact, in a problem, or is a recognised label
}

func (c *cell) text() string {
	if c.name != "" {
		return c.name
	}
	return c.src.Text
}

func (c *cell) end() int { return c.col + c.cols }

func (c *cell) is(r role) bool {
	for _, h := range c.hits {
		if h.role == r {
			return true
		}
	}
	return false
}

// key returns the key of the cell's meaning in a role.
func (c *cell) key(r role) (string, bool) {
	for _, h := range c.hits {
		if h.role == r {
			return h.key, true
		}
	}
	return "", false
}

// table is a grid under study.
type table struct {
	no         int // 1-based order of the grid in the document
	grid       *extract.Grid
	rows, cols int
	cells      []cell
	lattice    [][]*cell
	transposed bool
}

// noTable is the table of a cell that stands in no grid: a piece of a flattened table, a number in the text. Its positions tell nothing.
func noTable() *table { return &table{grid: &extract.Grid{Flat: true}} }

// maxCells bounds the lattice of one grid; the largest form has 30 × 12 positions, so more is a layout gone wrong.
const maxCells = 1 << 18

func newTable(no int, g *extract.Grid, transposed bool) *table {
	t := &table{no: no, grid: g, rows: g.Rows, cols: g.Cols, transposed: transposed, cells: make([]cell, len(g.Cells))}
	if transposed {
		t.rows, t.cols = g.Cols, g.Rows
	}
	flat := make([]*cell, t.rows*t.cols)
	t.lattice = make([][]*cell, t.rows)
	for r := range t.lattice {
		t.lattice[r] = flat[r*t.cols : (r+1)*t.cols]
	}
	for i := range g.Cells {
		src, c := &g.Cells[i], &t.cells[i]
		*c = cell{src: src, t: t, row: src.Row, col: src.Col, rows: max(src.RowSpan, 1), cols: max(src.ColSpan, 1)}
		if transposed {
			c.row, c.col, c.rows, c.cols = c.col, c.row, c.cols, c.rows
		}
		c.kind, c.value = look(src.Text)
		if c.kind != empty {
			c.hits = lex.find(src.Text)
			if len(c.hits) > 0 && c.value.State != number.Reported {
				c.kind = label
			}
		}
		for r := c.row; r < min(c.row+c.rows, t.rows); r++ {
			for k := c.col; k < min(c.end(), t.cols); k++ {
				if t.lattice[r][k] == nil {
					t.lattice[r][k] = c
				}
			}
		}
	}
	return t
}

// look tells a value from a label by the text alone.
func look(text string) (kind, number.Value) {
	v := number.Parse(text)
	switch v.State {
	case number.Blank:
		return empty, v
	case number.Reported, number.NotApplicable:
		return value, v
	}
	digits, han := 0, 0
	for _, r := range text {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.Is(unicode.Han, r):
			han++
		}
	}
	if number.IsNumeral(text) || digits > 0 && digits >= han || digits == 0 && han == 0 && len(strings.TrimSpace(text)) < 12 {
		return value, v
	}
	return label, v
}

// line returns the distinct cells that cover a row, from left to right.
func (t *table) line(row int) []*cell {
	var out []*cell
	for _, c := range t.lattice[row] {
		if c != nil && (len(out) == 0 || out[len(out)-1] != c) {
			out = append(out, c)
		}
	}
	return out
}
