package docx

import (
	"encoding/xml"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/heading"
)

// Limits of one table; the widest form has 15 columns, the longest 40 rows.
const (
	maxRows  = 5000
	maxCols  = 200
	longText = 120 // characters of a cell that is prose and not a label
)

// cell is a tc before it has its place.
type cell struct {
	story
	path      string
	row, col  int
	rows, num int  // rows and columns that it covers
	merged    bool // is part of a vertical merge (vMerge)
	below     bool // continues the cell above (vMerge without restart)
	beside    bool // continues the cell to the left (hMerge without restart)
	alone     bool // the only cell of its row
	deleted   bool // by a tracked change
	text      string
	image     string
}

// table reads a tbl and adds it to the story: as a grid, or as blocks where it only frames text.
func (r *reader) table(s *story, path string) error {
	var rows [][]*cell
	err := r.tableRows(&rows, path, new(int))
	s.endSegment()
	if len(rows) > maxRows {
		rows = rows[:maxRows]
		r.doc.Problems = append(r.doc.Problems, extract.Problem{Kind: extract.Truncated, Locator: path, Detail: fmt.Sprintf("only the first %d rows of a table were read", maxRows)})
	}
	merge(rows)
	filled, sections, long := 0, uint8(0), false
	var last *cell
	for _, row := range rows {
		for _, c := range row {
			c.text, c.image = c.cellText()
			if c.text != "" || c.image != "" || c.tables() {
				filled++
				last = c
			}
			if c.alone {
				sections |= heading.Bit(c.text)
				long = long || utf8.RuneCountInString(c.text) >= longText
			}
		}
	}
	if filled <= 1 {
		s.take(last)
		return err
	}
	report, from := long || bits.OnesCount8(sections) >= 4, 0
	for i, row := range rows {
		text := i == from && (i+1 == len(rows) || len(rows[i+1]) == 1 && rows[i+1][0].alone && heading.Bit(rows[i+1][0].text) != 0) // 无 under the last heading
		if !report || len(row) != 1 || !row[0].alone ||
			heading.Bit(row[0].text) == 0 && utf8.RuneCountInString(row[0].text) < longText && !text && !strings.Contains(row[0].text, "。") {
			continue
		}
		s.grid(rows[from:i], path)
		s.take(row[0])
		from = i + 1
	}
	s.grid(rows[from:], path)
	return err
}

// tableRows reads the rows, also inside content controls.
func (r *reader) tableRows(rows *[][]*cell, path string, no *int) error {
	return r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tr":
			*no++
			row, deleted, err := r.row(path + "/tr[" + strconv.Itoa(*no) + "]")
			if !deleted {
				*rows = append(*rows, row)
			}
			return err
		}
		return r.wrapper(e, func() error { return r.tableRows(rows, path, no) })
	})
}

// row reads one tr. deleted is true for a row that tracked changes deleted or that is hidden.
func (r *reader) row(path string) (row []*cell, deleted bool, err error) {
	col, no := 0, 0
	var content func() error
	content = func() error {
		return r.children(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "trPr":
				return r.children(func(e xml.StartElement) error {
					switch e.Name.Local {
					case "gridBefore":
						col += span(e)
					case "del":
						deleted = true
					case "hidden":
						deleted = attr(e, "val") != "0" && attr(e, "val") != "false"
					}
					return r.skip()
				})
			case "tc":
				no++
				c := &cell{path: path + "/tc[" + strconv.Itoa(no) + "]", num: 1, rows: 1}
				err := r.cell(c)
				if c.deleted {
					return err
				}
				c.col = min(col, maxCols)
				col = c.col + c.num
				if c.beside && len(row) > 0 {
					row[len(row)-1].num += c.num
				} else {
					row = append(row, c)
				}
				return err
			}
			return r.wrapper(e, content)
		})
	}
	err = content()
	return row, deleted, err
}

func (r *reader) cell(c *cell) error {
	c.counts = map[string]int{}
	return r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tcPr":
			return r.children(func(e xml.StartElement) error {
				switch e.Name.Local {
				case "gridSpan":
					c.num = max(span(e), 1)
				case "vMerge":
					c.merged, c.below = true, attr(e, "val") != "restart"
				case "hMerge":
					c.beside = attr(e, "val") != "restart"
				case "cellDel":
					c.deleted = true
				}
				return r.skip()
			})
		case "p":
			return r.paragraph(&c.story, c.step(c.path, "p"))
		case "tbl":
			return r.table(&c.story, c.step(c.path, "tbl"))
		}
		return r.wrapper(e, func() error { return r.story(&c.story, c.path) })
	})
}

// span reads a number of grid columns.
func span(e xml.StartElement) int {
	n, err := strconv.Atoi(attr(e, "val"))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, maxCols)
}

// merge joins cells that continue the one above: the same first column and width. What a continuing cell holds is not
// shown by Word and is dropped. A continuing cell below none that is merged is a cell of its own.
func merge(rows [][]*cell) {
	open := map[int]*cell{} // by first column
	for i, row := range rows {
		next := map[int]*cell{}
		kept := row[:0]
		for _, c := range row {
			c.row = i
			c.alone = len(row) == 1
			if above := open[c.col]; c.below && above != nil && above.merged && above.row+above.rows == i && above.num == c.num {
				above.rows++
				next[c.col] = above
				continue
			}
			kept = append(kept, c)
			next[c.col] = c
		}
		rows[i], open = kept, next
	}
}

func (c *cell) tables() bool {
	for _, b := range c.blocks {
		if b.Kind == extract.Table {
			return true
		}
	}
	return false
}

// take adds what a cell holds as if it stood outside the table.
func (s *story) take(c *cell) {
	if c == nil {
		return
	}
	c.endSegment()
	s.blocks = append(s.blocks, c.blocks...)
}

// grid adds the rows as one grid, then the tables that stand in their cells.
func (s *story) grid(rows [][]*cell, path string) {
	filled := false
	g := &extract.Grid{Rows: len(rows), Place: extract.Place{Path: path}}
	var nested []extract.Block
	starts := map[int]bool{}
	first := -1
	for i, row := range rows {
		for _, c := range row {
			if first < 0 {
				first = c.row - i
			}
			starts[c.col] = true
			filled = filled || c.text != "" || c.image != "" || c.tables()
		}
	}
	if !filled {
		return
	}
	var rank [2*maxCols + 2]int // columns before this one in which a cell starts: spans wider than the table mean nothing
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
			col := rank[c.col]
			cols := rank[min(c.col+c.num, len(rank)-1)] - col
			g.Cells = append(g.Cells, extract.Cell{Row: r, Col: col, RowSpan: min(c.rows, len(rows)-r), ColSpan: cols, Text: c.text, Image: c.image, Place: extract.Place{Path: c.path}})
			for _, b := range c.blocks {
				if b.Kind == extract.Table {
					nested = append(nested, b)
				}
			}
		}
	}
	s.blocks = append(s.blocks, extract.Block{Kind: extract.Table, Grid: g, Place: g.Place})
	s.blocks = append(s.blocks, nested...)
}
