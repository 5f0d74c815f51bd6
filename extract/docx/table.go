package docx

import (
	"encoding/xml"
	"strconv"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/word"
)

const maxRows = 5000 // of one table; the longest form has 40

// table reads a tbl and adds it to the story.
func (r *reader) table(s *word.Story, path string) error {
	var rows [][]*word.Cell
	err := r.tableRows(&rows, path, new(int))
	if len(rows) > maxRows {
		rows = rows[:maxRows]
		p := extract.Tell(extract.Truncated, "table_rows_cut", maxRows)
		p.Locator = path
		r.doc.Problems = append(r.doc.Problems, p)
	}
	s.Table(rows, extract.Place{Path: path})
	return err
}

// tableRows reads the rows, also inside content controls.
func (r *reader) tableRows(rows *[][]*word.Cell, path string, no *int) error {
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
func (r *reader) row(path string) (row []*word.Cell, deleted bool, err error) {
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
				c := &word.Cell{Place: extract.Place{Path: path + "/tc[" + strconv.Itoa(no) + "]"}, Cols: 1}
				state, err := r.cell(c)
				if state.deleted {
					return err
				}
				c.Col = min(col, word.MaxCols)
				col = c.Col + c.Cols
				if state.beside && len(row) > 0 {
					row[len(row)-1].Cols += c.Cols
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

// cellState is what the properties of a tc say beside its spans.
type cellState struct {
	beside  bool // continues the cell to the left (hMerge without restart)
	deleted bool // by a tracked change
}

func (r *reader) cell(c *word.Cell) (state cellState, err error) {
	path := c.Place.Path
	outer := r.deleted
	r.deleted = false
	defer func() { c.Deleted(r.deleted); r.deleted = outer }()
	err = r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "tcPr":
			return r.children(func(e xml.StartElement) error {
				switch e.Name.Local {
				case "gridSpan":
					c.Cols = max(span(e), 1)
				case "vMerge":
					c.Merged, c.Below = true, attr(e, "val") != "restart"
				case "hMerge":
					state.beside = attr(e, "val") != "restart"
				case "cellDel":
					state.deleted = true
				}
				return r.skip()
			})
		case "p":
			return r.paragraph(&c.Story, c.Step(path, "p"))
		case "tbl":
			return r.table(&c.Story, c.Step(path, "tbl"))
		}
		return r.wrapper(e, func() error { return r.story(&c.Story, path) })
	})
	return state, err
}

// span reads a number of grid columns.
func span(e xml.StartElement) int {
	n, err := strconv.Atoi(attr(e, "val"))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, word.MaxCols)
}
