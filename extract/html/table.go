package html

import (
	"math/bits"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/celltext"
	"github.com/gongkai-data/gongkai/extract/fence"
)

// Limits of one table; the widest form has 15 columns, the longest 40 rows.
const (
	maxRows     = 5000
	maxCols     = 200
	maxColSpan  = 1000    // as browsers do
	widest      = 4000    // columns that spans may open before unused ones are dropped
	longText    = 120 * 3 // bytes of a cell that is prose and not a label: 120 Han characters
	longestData = 60 * 3  // bytes of a cell in a row that looks like data
)

// table reads one <table>: as a grid where it is data, as blocks in order where it only lays out the page.
func (w *walker) table(n *html.Node) {
	rows := w.rows(n)
	place(rows)
	w.columns(n, rows)
	if isLayout(rows) {
		for _, row := range rows {
			for _, c := range row.cells {
				w.cellBlocks(c)
			}
		}
		return
	}
	report := isReportTable(rows)
	from := 0
	for i, row := range rows {
		c := row.alone
		text := i == from && (i+1 == len(rows) || rows[i+1].alone != nil && rows[i+1].alone.headings() != 0) // 无 under the last heading
		if !report || c == nil || c.headings() == 0 && c.size() < longText && !text && !strings.Contains(c.text(), "。") {
			continue
		}
		w.grid(n, rows[from:i])
		w.cellBlocks(c)
		from = i + 1
	}
	w.grid(n, rows[from:])
}

// fenced reads one <table>; a fault in it leaves the rest of the page.
func (w *walker) fenced(n *html.Node) {
	w.endSegment()
	before, path := len(w.doc.Blocks), string(w.path)
	if p := fence.Run("a table of the page", func() { w.table(n) }); p != nil {
		p.Locator = path
		w.doc.Blocks, w.doc.Problems = w.doc.Blocks[:before], append(w.doc.Problems, *p)
		w.path, w.lines, w.line = []byte(path), nil, inline{}
	}
}

// tableRow is a visible row with the cells that start in it.
type tableRow struct {
	cells []*rawCell
	alone *rawCell // the only cell of the row, when no other cell reaches into it
	group int      // number of its row group
}

// rows collects the visible rows of a table in the order in which a browser shows them: head, bodies, foot. Tables
// inside cells are not entered.
func (w *walker) rows(table *html.Node) []*tableRow {
	var head, body, foot []*tableRow
	size, k, group := len(w.path), 0, 0
	for c := table.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		k++
		if w.survey.isHidden(c) {
			continue
		}
		w.path = step(w.path, c, k)
		group++
		switch c.DataAtom {
		case atom.Caption:
			w.children(c)
			w.endLine()
		case atom.Thead:
			head = append(head, w.groupRows(c, group)...)
		case atom.Tfoot:
			foot = append(foot, w.groupRows(c, group)...)
		case atom.Tbody:
			body = append(body, w.groupRows(c, group)...)
		}
		w.path = w.path[:size]
	}
	w.endSegment()
	return append(append(head, body...), foot...)
}

func (w *walker) groupRows(group *html.Node, no int) []*tableRow {
	var out []*tableRow
	size, k := len(w.path), 0
	usual := 0 // cells, as many as the row before
	for tr := group.FirstChild; tr != nil; tr = tr.NextSibling {
		if tr.Type != html.ElementNode {
			continue
		}
		k++
		if tr.DataAtom != atom.Tr || w.survey.isHidden(tr) {
			continue
		}
		w.path = step(w.path, tr, k)
		row := &tableRow{group: no, cells: make([]*rawCell, 0, usual)}
		rowSize, i := len(w.path), 0
		for td := tr.FirstChild; td != nil; td = td.NextSibling {
			if td.Type != html.ElementNode {
				continue
			}
			i++
			if td.DataAtom != atom.Td && td.DataAtom != atom.Th || w.survey.isHidden(td) {
				continue
			}
			w.path = step(w.path, td, i)
			row.cells = append(row.cells, w.readCell(td, string(w.path)))
			w.path = w.path[:rowSize]
		}
		out, usual = append(out, row), len(row.cells)
		w.path = w.path[:size]
	}
	return out
}

func (w *walker) readCell(td *html.Node, path string) *rawCell {
	c := &rawCell{node: td, path: path, rows: 1, cols: 1}
	if v := attr(td, "rowspan"); v != "" {
		c.rows = spanOf(v, 0)
	}
	if v := attr(td, "colspan"); v != "" {
		c.cols = min(spanOf(v, 1), maxColSpan)
	}
	look := w.survey.looks[td]
	if look.Unseen {
		if w.survey.bares(td) {
			c.lines = []string{string(celltext.Object)}
		}
		return c
	}
	r := cellReader{cell: c, survey: w.survey, ground: look.Ground}
	if look.Altered && !strings.ContainsFunc(innerText(td), unicode.IsLetter) {
		r.line.write(0x202e)
	}
	r.doubts(td, look)
	r.read(td)
	r.endLine()
	switch {
	case look.Generated, w.survey.scripted(td), !c.filled() && (c.deleted || look.Pictured || runsScript(td)):
		c.lines = append(c.lines, string(celltext.Object))
	case c.deleted && c.doubt == "":
		c.doubt = besideDeleted
	}
	return c
}

// runsScript reports whether a script stands in an element: what it writes there is not known.
func runsScript(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Script && !strings.Contains(attr(d, "type"), "json") && !strings.Contains(attr(d, "type"), "template") &&
			(has(d, "src") || d.FirstChild != nil && strings.TrimSpace(d.FirstChild.Data) != "") {
			return true
		}
	}
	return false
}

// isLayout reports a table that only lays out the page: one filled cell; cells that hold sections of the report; or
// tables in its cells with no rows of data of its own.
func isLayout(rows []*tableRow) bool {
	filled, nested, long, data, sections := 0, 0, 0, 0, uint8(0)
	most := 0
	for _, row := range rows {
		short, tooLong := 0, false
		for _, c := range row.cells {
			if !c.filled() {
				continue
			}
			filled++
			nested += len(c.nested)
			size := c.size()
			if h := c.headings(); h != 0 && row.alone == nil {
				sections |= h
				most = max(most, bits.OnesCount8(h))
			}
			if size > longText {
				long++
			}
			if size > 0 && size <= longestData {
				short++
			}
			tooLong = tooLong || size > longText
		}
		if short >= 2 && !tooLong {
			data++
		}
	}
	switch {
	case filled <= 1:
		return true
	case nested > 0:
		return data < 2 || sections != 0 || long > 0
	}
	return most >= 2 || sections != 0 && long > 0 && data < 2
}

// isReportTable reports a table that holds a whole report in its rows: text and headings over the full width between
// the rows of data.
func isReportTable(rows []*tableRow) bool {
	var sections uint8
	for _, row := range rows {
		if c := row.alone; c != nil {
			if c.size() >= longText {
				return true
			}
			sections |= c.headings()
		}
	}
	return bits.OnesCount8(sections) >= enough
}

// cellBlocks reads the content of a cell as if it stood in the page.
func (w *walker) cellBlocks(c *rawCell) {
	path := w.path
	w.path = []byte(c.path)
	w.endLine()
	w.children(c.node)
	w.endLine()
	w.path = path
}

// grid appends a table of the rows given, then the tables that stand in its cells. Rows and columns in which no cell
// starts are left out: they come from spans that are larger than the table.
func (w *walker) grid(table *html.Node, rows []*tableRow) {
	first, end, cells, filled, width := -1, 0, 0, 0, 0
	for _, row := range rows {
		for _, c := range row.cells {
			width = max(width, c.col+max(c.colSpan, 1))
		}
	}
	starts := make([]bool, width)
	for _, row := range rows {
		for _, c := range row.cells {
			if first < 0 {
				first = c.row
			}
			if c.colSpan > 0 {
				starts[c.col] = true
			}
			end = max(end, c.row+1)
			cells++
			if c.filled() {
				filled++
			}
		}
	}
	if filled == 0 {
		return
	}
	// rowRank[i] and colRank[i] count the rows and columns before i in which a cell starts.
	rowRank, colRank := make([]int, end-first+1), make([]int, width+1)
	for _, row := range rows {
		if len(row.cells) > 0 {
			rowRank[row.cells[0].row-first+1] = 1
		}
	}
	for i := 1; i < len(rowRank); i++ {
		rowRank[i] += rowRank[i-1]
	}
	for i, is := range starts {
		colRank[i+1] = colRank[i]
		if is {
			colRank[i+1]++
		}
	}
	w.endSegment()
	g := &extract.Grid{Rows: min(rowRank[len(rowRank)-1], maxRows), Cols: min(colRank[width], maxCols), Cells: make([]extract.Cell, 0, cells), Place: extract.Place{Path: string(w.path)}}
	cut := false
	var nested []*html.Node
	for _, row := range rows {
		for _, c := range row.cells {
			r, k := rowRank[c.row-first], colRank[min(c.col, width)]
			if r >= maxRows || k >= maxCols || c.colSpan == 0 {
				cut = true
				continue
			}
			cell := extract.Cell{Row: r, Col: k, Text: c.text(), Image: c.image, Doubt: c.doubt, Place: extract.Place{Path: c.path}, Open: c.node == w.openCell}
			if c.pieces && cell.Text == "" {
				cell.Text = string(celltext.Object) // numbers stand in it, so it is no blank
			}
			cell.RowSpan = min(rowRank[min(c.row-first+c.rowSpan, len(rowRank)-1)], maxRows) - r
			cell.ColSpan = min(colRank[min(c.col+c.colSpan, width)], maxCols) - k
			g.Cells = append(g.Cells, cell)
			nested = append(nested, c.nested...)
		}
	}
	w.doc.Blocks = append(w.doc.Blocks, extract.Block{Kind: extract.Table, Grid: g, Place: g.Place})
	if cut {
		w.doc.Problems = append(w.doc.Problems, at(extract.Tell(extract.Truncated, "table_cut", maxRows, maxCols), g.Place.Path))
	}
	for _, t := range nested {
		path := w.path
		w.path = rootPath(t, w.survey.ids)
		w.table(t)
		w.path = path
	}
}
