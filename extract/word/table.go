package word

import (
	"cmp"
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/heading"
)

// MaxCols is the greatest number of columns of a table; the widest form has 15.
const MaxCols = 200

const longText = 120 // characters of a cell that is prose and not a label

// Cell is a cell of a table before it has its place on the lattice.
type Cell struct {
	Story
	Place  extract.Place
	Col    int    // first column, below MaxCols
	Cols   int    // columns that it covers, at least 1
	Merged bool   // is part of a vertical merge
	Below  bool   // continues the cell above
	Doubt  string // see extract.Cell

	row, rows int
	alone     bool // the only cell of its row
	text      string
	image     string
}

// Table adds a table to the story: as a grid, or as blocks where it only frames text.
func (s *Story) Table(rows [][]*Cell, place extract.Place) {
	s.End()
	merge(rows)
	filled, own, sections, long := 0, 0, uint8(0), false
	var last *Cell
	for _, row := range rows {
		for _, c := range row {
			c.text, c.image = c.cellText()
			if c.text != "" || c.image != "" || c.tables() {
				filled++
				last = c
			}
			if c.text != "" || c.image != "" {
				own++
			}
			if c.alone {
				sections |= heading.Bit(c.text)
				long = long || utf8.RuneCountInString(c.text) >= longText
			}
		}
	}
	if filled <= 1 {
		s.take(last)
		return
	}
	if own == 0 { // it only frames other tables
		for _, row := range rows {
			for _, c := range row {
				s.take(c)
			}
		}
		return
	}
	report, from := long || bits.OnesCount8(sections) >= 4, 0
	for i, row := range rows {
		text := i == from && (i+1 == len(rows) || len(rows[i+1]) == 1 && rows[i+1][0].alone && heading.Bit(rows[i+1][0].text) != 0) // 无 under the last heading
		if !report || len(row) != 1 || !row[0].alone ||
			heading.Bit(row[0].text) == 0 && utf8.RuneCountInString(row[0].text) < longText && !text && !strings.Contains(row[0].text, "。") {
			continue
		}
		s.grid(rows[from:i], place)
		s.take(row[0])
		from = i + 1
	}
	s.grid(rows[from:], place)
}

// merge joins cells that continue the one above: the same first column and width. What a continuing cell holds is not
// shown by Word and is dropped. A continuing cell below none that is merged is a cell of its own.
func merge(rows [][]*Cell) {
	open := map[int]*Cell{} // by first column
	for i, row := range rows {
		next := map[int]*Cell{}
		kept := row[:0]
		for _, c := range row {
			c.row, c.rows = i, 1
			c.alone = len(row) == 1
			if above := open[c.Col]; c.Below && above != nil && above.Merged && above.row+above.rows == i && above.Cols == c.Cols {
				above.rows++
				next[c.Col] = above
				continue
			}
			kept = append(kept, c)
			next[c.Col] = c
		}
		rows[i], open = kept, next
	}
}

// take adds what a cell holds as if it stood outside the table.
func (s *Story) take(c *Cell) {
	if c == nil {
		return
	}
	c.End()
	s.Blocks = append(s.Blocks, c.Blocks...)
}

// grid adds the rows as one grid, then the tables that stand in their cells.
func (s *Story) grid(rows [][]*Cell, place extract.Place) {
	filled := false
	g := &extract.Grid{Rows: len(rows), Place: place}
	var nested []extract.Block
	starts := map[int]bool{}
	first := -1
	for i, row := range rows {
		for _, c := range row {
			if first < 0 {
				first = c.row - i
			}
			starts[c.Col] = true
			filled = filled || c.text != "" || c.image != "" || c.tables()
		}
	}
	if !filled {
		return
	}
	var rank [2*MaxCols + 2]int // columns before this one in which a cell starts: spans wider than the table mean nothing
	for i := range len(rank) - 1 {
		rank[i+1] = rank[i]
		if starts[i] {
			rank[i+1]++
		}
	}
	g.Cols = rank[len(rank)-1]
	for _, row := range rows {
		for _, c := range row {
			r := c.row - first
			col := rank[c.Col]
			cols := rank[min(c.Col+c.Cols, len(rank)-1)] - col
			g.Cells = append(g.Cells, extract.Cell{Row: r, Col: col, RowSpan: min(c.rows, len(rows)-r), ColSpan: cols, Text: c.text, Image: c.image, Doubt: cmp.Or(c.Doubt, c.doubt), Place: c.Place})
			for _, b := range c.Blocks {
				if b.Kind == extract.Table {
					nested = append(nested, b)
				}
			}
		}
	}
	s.Blocks = append(s.Blocks, extract.Block{Kind: extract.Table, Grid: g, Place: g.Place})
	s.Blocks = append(s.Blocks, nested...)
}
