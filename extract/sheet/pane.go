package sheet

import (
	"fmt"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/heading"
	"github.com/gongkai-data/gongkai/extract/word"
	"github.com/xuri/excelize/v2"
)

// pane is what is seen of one sheet.
type pane struct {
	name   string
	rows   [][]spot // without hidden rows and columns
	styles *styles
}

// spot is one position of the sheet.
type spot struct {
	text, doubt string
	name        string // B3
	cols, rows  int    // that its merged area covers, counting what is seen
	beside      bool   // it is covered by a cell on its left
	below       bool   // it is covered by a cell above
}

// readPane reads the cells as they are shown, and the areas that are merged.
func readPane(f *excelize.File, name string) (*pane, error) {
	shown, err := f.GetRows(name)
	if err != nil {
		return nil, err
	}
	kept, err := f.GetRows(name, excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, err
	}
	if len(shown) > maxRows {
		return nil, fmt.Errorf("it has %d rows, more than the limit of %d", len(shown), maxRows)
	}
	formulated := anyFormula(f) // before the library takes the sheet apart
	merged, err := f.GetMergeCells(name)
	if err != nil {
		return nil, err
	}
	if formulated {
		if err := formulas(f, name, shown, len(merged)); err != nil {
			return nil, err
		}
	}
	width := 0
	for _, row := range shown {
		width = max(width, len(row))
	}
	areas, width, height := areasOf(merged, width, len(shown))
	columns, err := seen(width, func(i int) (bool, error) {
		column, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return false, err
		}
		return f.GetColVisible(name, column)
	})
	if err != nil {
		return nil, err
	}
	if height < maxRows {
		height++ // the row below the last text may be framed, see blank
	}
	lines, err := seen(height, func(i int) (bool, error) { return f.GetRowVisible(name, i+1) })
	if err != nil {
		return nil, err
	}
	p := &pane{name: name, styles: newStyles(f)}
	formats := newFormats(f, name)
	for _, r := range lines {
		row := make([]spot, 0, len(columns))
		for _, c := range columns {
			s, top, left := spot{cols: 1, rows: 1}, r, c
			if a := areas[[2]int{r, c}]; a != nil {
				s.below, s.beside = r != first(lines, a.top), c != first(columns, a.left)
				s.cols, s.rows = between(columns, a.left, a.right), between(lines, a.top, a.bottom)
				top, left = a.top, a.left // its text stands in the corner, which may be hidden
			}
			s.name, _ = excelize.CoordinatesToCellName(c+1, r+1)
			corner, _ := excelize.CoordinatesToCellName(left+1, top+1)
			if s.text, s.doubt, err = formats.seen(corner, at(shown, top, left), at(kept, top, left)); err != nil {
				return nil, err
			}
			if s.doubt == "" && !s.below && !s.beside && word.Figure(s.text) {
				if s.doubt, err = p.styles.doubt(name, corner); err != nil {
					return nil, err
				}
			}
			row = append(row, s)
		}
		p.rows = append(p.rows, row)
	}
	return p, nil
}

// maxCells bounds the positions that merged areas cover.
const maxCells = 1_000_000

type area struct{ top, left, bottom, right int }

// areasOf maps positions to the merged area that covers them, and widens the sheet to hold all areas that begin in it.
func areasOf(merged []excelize.MergeCell, width, height int) (map[[2]int]*area, int, int) {
	areas := map[[2]int]*area{}
	texts, lines := width, height
	for _, m := range merged {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			continue
		}
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil || left > texts || top > lines {
			continue
		}
		right = min(right, word.MaxCols)
		bottom = min(bottom, lines)
		a := &area{top - 1, left - 1, bottom - 1, right - 1}
		if len(areas)+(bottom-top+1)*(right-left+1) > maxCells {
			break
		}
		width = max(width, right)
		for r := a.top; r <= a.bottom; r++ {
			for c := a.left; c <= a.right; c++ {
				areas[[2]int{r, c}] = a
			}
		}
	}
	return areas, min(width, word.MaxCols), height
}

// seen lists the indexes below n that are not hidden.
func seen(n int, visible func(int) (bool, error)) ([]int, error) {
	var out []int
	for i := range n {
		ok, err := visible(i)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, i)
		}
	}
	return out, nil
}

func first(seen []int, from int) int {
	for _, i := range seen {
		if i >= from {
			return i
		}
	}
	return -1
}

func between(seen []int, from, to int) (n int) {
	for _, i := range seen {
		if i >= from && i <= to {
			n++
		}
	}
	return n
}

func at(rows [][]string, r, c int) string {
	if r < len(rows) && c < len(rows[r]) {
		return rows[r][c]
	}
	return ""
}

const longText = 120 // characters of a cell that is prose and not a label

// add puts what the sheet shows into a story: rows of one text as paragraphs, the runs of other rows as tables.
func (p *pane) add(s *word.Story) {
	var table [][]*word.Cell
	end := func() {
		if len(table) > 0 {
			s.Table(table, extract.Place{Path: p.name})
			table = nil
		}
	}
	for no, row := range p.rows {
		only, filled := 0, 0
		for i, c := range row {
			if c.text != "" && !c.below && !c.beside {
				only = i
				filled++
			}
		}
		switch {
		case filled == 0 && !open(row) && !(len(table) > 0 && p.blank(no)):
			end()
		case filled == 1 && p.alone(row, only):
			end()
			s.Paragraph(extract.Place{Path: p.name + "!" + row[only].name}, strings.Split(row[only].text, "\n")...)
		default:
			table = append(table, p.cells(row))
		}
	}
	end()
	s.End()
}

// blank reports whether a row without text is the blank row of a table, as one that nothing was filled into: lines are
// drawn around its cells, at least under all texts of the row above. A second one below it is none: sheets are framed
// further than they are filled.
func (p *pane) blank(no int) bool {
	under := 0
	for i, above := range p.rows[no-1] {
		if above.text == "" && !above.beside && !above.below {
			continue
		}
		if under++; !p.styles.framed(p.name, p.rows[no][i].name) {
			return false
		}
	}
	return under > 1
}

// open reports whether a merged area of rows above goes on in a row.
func open(row []spot) bool {
	for _, c := range row {
		if c.below && c.text != "" {
			return true
		}
	}
	return false
}

// alone reports whether the one text of a row stands outside a table: a heading, prose, or a line across all of the
// sheet that is no caption.
func (p *pane) alone(row []spot, i int) bool {
	text := row[i].text
	return row[i].rows == 1 && (heading.Bit(text) != 0 || len([]rune(text)) >= longText || strings.Contains(text, "。") || strings.Contains(text, "年度报告"))
}

func (p *pane) cells(row []spot) []*word.Cell {
	var out []*word.Cell
	for i, c := range row {
		if c.beside {
			continue
		}
		cell := &word.Cell{Place: extract.Place{Path: p.name + "!" + c.name}, Col: i, Cols: c.cols, Merged: c.rows > 1, Below: c.below, Doubt: c.doubt}
		cell.Paragraph(cell.Place, strings.Split(c.text, "\n")...)
		out = append(out, cell)
	}
	return out
}
