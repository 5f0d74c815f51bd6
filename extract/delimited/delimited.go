// Package delimited reads lines of text in which the cells of tables are separated by tabs or bars, as text exports and
// flattened pages write them. Lines that hold a row each become grids; everything else becomes paragraphs.
//
// What the exporter lost is not guessed here: spans are unknown (extract.Grid.Flat), an empty cell may be a blank or a
// covered position. In a stream of one cell a line with bars between (label |, 0 |) the bars are removed; only a cell
// that stands explicitly empty between two bars is kept, as a paragraph with the text "", because it may be the one
// blank in a row of values.
package delimited

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/celltext"
)

// Line is one line of text with its place; Gap says that a blank line or a page break stands before it.
type Line struct {
	Text  string
	Place extract.Place
	Gap   bool
}

// layoutBars is the number of bars before a text that only a layout table leaves behind; the widest form has 15
// columns.
const layoutBars = 20

// Limits of one grid; the longest form has 40 rows.
const (
	maxFields = 100
	maxRows   = 5000
)

// kind of a line.
type kind uint8

const (
	plain  kind = iota
	tabbed      // cells separated by tabs
	barred      // cells separated by bars
	spaced      // cells separated by two spaces or more, or by wide ones
	listed      // a list as programs print rows
	comma       // text with commas, perhaps a line of a table saved by a spreadsheet
)

// item is a line cut into its cells.
type item struct {
	Line
	kind   kind
	fields []string // cleaned; a border bar at the end opens no field, one at the start does
	gapped gapped   // of a spaced line
	commas []string // of a comma line, its cells if it is a row; fields holds the text
	filled int      // fields with text
	led    bool     // the line starts with a bar
	closed bool     // the line ends with a bar
	placed bool     // lines of the text are aligned by spaces, so where its texts stand counts
}

// HasCells reports whether text might hold cells of a table, so that its line ends count. It is cheap and errs on the
// side of yes.
func HasCells(text string) bool {
	return strings.ContainsAny(text, "\t|") || strings.Contains(text, "｜") || strings.Contains(text, "│") || strings.Contains(text, "┃")
}

// Blocks turns lines into paragraphs and grids in their order. Lines without text are dropped, as are pure borders
// (|---|, ┌──┬──┐).
func Blocks(lines []Line) []extract.Block {
	items := make([]item, 0, len(lines))
	for _, l := range unbroken(lines) {
		if it, ok := cut(l); ok {
			items = append(items, it)
		}
	}
	if slices.ContainsFunc(items, func(it item) bool { return it.kind == spaced }) {
		for i := range items {
			items[i].placed = items[i].kind == spaced || items[i].kind == plain
		}
	}
	out := make([]extract.Block, 0, len(items))
	var s stream
	for i := 0; i < len(items); {
		j := i + 1
		for j < len(items) && items[j].kind == items[i].kind {
			j++
		}
		run := items[i:j]
		i = j
		switch {
		case run[0].kind == tabbed:
			s = stream{}
			out = append(out, tabBlocks(run)...)
		case run[0].kind == spaced && isAligned(run):
			s = stream{}
			seen := expand(run)
			grids := gridBlocks(run)
			for _, g := range grids {
				g.Grid.Aligned = !seen
				place(g.Grid, run)
			}
			out = append(out, grids...)
		case run[0].kind == listed:
			s = stream{}
			out = append(out, gridBlocks(run)...)
		case run[0].kind == comma:
			out = append(out, commaBlocks(run, &s)...)
		case run[0].kind == barred && isRows(run):
			s = stream{}
			out = append(out, gridBlocks(dropBorders(run))...)
		default:
			for _, it := range run {
				out = append(out, s.read(it)...)
			}
		}
	}
	return out
}

// cut splits one line into fields and classifies it. ok is false for lines that hold nothing.
func cut(l Line) (item, bool) {
	text := l.Text
	if strings.Contains(text, "｜") || strings.Contains(text, "│") || strings.Contains(text, "┃") || strings.Contains(text, "║") {
		text = bars.Replace(text)
	}
	text = stripLayout(text)
	it := item{Line: l}
	cells, isList := splitList(text)
	switch {
	case isList:
		it.kind, it.fields = listed, cells
	case strings.ContainsRune(text, '|'):
		trimmed := strings.TrimSpace(text)
		it.kind = barred
		it.led, it.closed = strings.HasPrefix(trimmed, "|"), strings.HasSuffix(trimmed, "|") && len(trimmed) > 1
		if it.closed {
			trimmed = trimmed[:len(trimmed)-1]
		}
		it.fields = strings.Split(trimmed, "|")
	case strings.ContainsRune(text, '\t'):
		it.kind = tabbed
		text = strings.TrimRight(text, "\r\n")
		it.fields = strings.Split(text, "\t")
		if quoted, ok := splitQuoted(strings.Trim(text, " \u00a0\u3000"), "\t"); ok {
			it.fields = quoted
		}
	default:
		it.fields = []string{text}
		if strings.Contains(text, "  ") || strings.Contains(text, "\u00a0") || strings.Contains(text, "\u3000") {
			if it.gapped = cutGaps(text); len(it.gapped.texts) > 1 {
				it.kind = spaced
				it.fields = append([]string(nil), it.gapped.texts...)
			}
		}
		if strings.ContainsRune(text, ',') && (it.kind == plain || strings.ContainsRune(withoutNumbers.ReplaceAllString(text, ""), ',')) {
			if cells, ok := splitQuoted(strings.TrimSpace(text), ","); ok && len(cells) > 1 && len(cells) <= maxFields {
				it.kind, it.commas, it.fields = comma, cells, []string{text}
				for i, f := range cells {
					cells[i] = field(f)
				}
			}
		}
	}
	rule := true
	for i, f := range it.fields {
		f = field(f)
		it.fields[i] = f
		if f != "" {
			it.filled++
		}
		rule = rule && isRule(f)
	}
	if it.kind != barred && it.kind != listed && it.filled == 0 || rule && it.filled > 0 {
		return it, false
	}
	if it.filled > 0 && len(it.fields) > maxFields {
		it.kind = plain
	}
	return it, true
}

var (
	bars   = strings.NewReplacer("｜", "|", "│", "|", "┃", "|", "║", "|")
	breaks = strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n", "**", "")
)

// field cleans one cell; a literal <br> of a markdown export is a line end inside it, as is one between quotes.
func field(f string) string {
	if strings.ContainsAny(f, "<*\n") {
		return celltext.Join(strings.Split(breaks.Replace(f), "\n"))
	}
	return celltext.Clean(f)
}

// stripLayout removes the bars that a layout table left before (or instead of) the text.
func stripLayout(text string) string {
	if strings.Count(text, "|") < layoutBars {
		return text
	}
	rest := strings.TrimLeft(text, "| \t\u00a0\u3000")
	if strings.Count(text[:len(text)-len(rest)], "|") < layoutBars {
		return text
	}
	return rest
}

// isRule tells a piece of a drawn border: ┌──┬──┐, +----+. Dashes alone may be a value and are judged by dropBorders.
func isRule(f string) bool {
	boxed := false
	for _, r := range f {
		switch {
		case r >= 0x2500 && r <= 0x257f, r == '+':
			boxed = true
		case r != '-' && r != '=' && r != ' ':
			return false
		}
	}
	return boxed && utf8.RuneCountInString(f) > 1
}

// isRows reports whether a run of barred lines writes one row a line (F4, F5, F10) and not one cell a line (F2, F3).
func isRows(run []item) bool {
	rows, wide, number := 0, 0, false
	cells := 0
	for _, it := range run {
		if it.filled >= 2 {
			cells = max(cells, len(it.fields))
			rows++
			wide = max(wide, it.filled)
			number = number || isNumber(it.fields[len(it.fields)-1])
		}
	}
	if rows > 1 {
		for _, it := range run { // a label and empty cells
			if it.filled == 1 && len(it.fields) > 2 && (it.fields[0] != "" || it.led && it.fields[1] != "") && len(it.fields) <= cells {
				rows++
			}
		}
	}
	switch rows {
	case 0:
		return false
	case 1: // 首页 | 政务公开 is no table
		return wide >= 4 || number && rows*3 >= len(run)
	}
	return rows*3 >= len(run)
}

// dropBorders removes the first empty field where every line of the run starts with a bar (there it is the table's left
// border), markdown's rule under the header, and lines of bars alone. Where lines do without a bar at the end, one
// there is no border but stands before an empty cell.
func dropBorders(run []item) []item {
	led, open := 0, 0
	for _, it := range run {
		if it.led {
			led++
		}
		if !it.closed {
			open++
		}
	}
	border, closed := led*10 >= len(run)*9, open*10 < len(run)
	kept := run[:0]
	for i, it := range run {
		if it.filled == 0 && len(it.fields) > layoutBars || it.filled == 0 && len(it.fields) < 3 {
			continue
		}
		if border && it.led {
			it.fields = it.fields[1:]
		}
		inner := it.fields
		if it.led && len(inner) > it.filled {
			inner = inner[1:] // the line has the border that the rows do without
		}
		if it.filled == len(inner) && underlined(inner, i == 1, i+1 < len(run)) {
			continue
		}
		if it.closed && !closed {
			it.fields = append(it.fields, "")
		}
		kept = append(kept, it)
	}
	return kept
}

// underlined tells markdown's line under a header: dashes with optional colons in every field. A row of dashes can be a
// row of values, so beyond the second line three dashes are asked for, and the last line of a table is never one.
func underlined(fields []string, second, followed bool) bool {
	for _, f := range fields {
		dashes := strings.Trim(f, ":")
		if dashes == "" || strings.Trim(dashes, "-") != "" || !second && len(dashes) < 3 {
			return false
		}
	}
	return followed
}

// paragraph is the line as text, its cells apart by a space, or by the bars they had.
func (it *item) paragraph() extract.Block {
	between := " "
	if it.kind == barred {
		between = " | "
	}
	texts := make([]string, 0, it.filled)
	for _, f := range it.fields {
		if f != "" {
			texts = append(texts, f)
		}
	}
	b := extract.Block{Kind: extract.Paragraph, Text: strings.Join(texts, between), Place: it.Place}
	if it.placed {
		b.Pieces = it.pieces()
	}
	return b
}

// gridBlocks makes grids of rows. Where blank lines stand between some rows the table was cut there (a page break): the
// rows after the cut are a grid of their own that continues the first. Where they stand between nearly all rows they
// mean nothing.
func gridBlocks(rows []item) []extract.Block {
	gaps := 0
	for _, it := range rows[min(1, len(rows)):] {
		if it.Gap {
			gaps++
		}
	}
	apart := gaps*10 >= (len(rows)-1)*6
	var out []extract.Block
	for i := 0; i < len(rows); {
		j := i + 1
		for j < len(rows) && j-i < maxRows && (apart || !rows[j].Gap) {
			j++
		}
		g := grid(rows[i:j])
		if len(out) > 0 {
			before := out[len(out)-1].Grid
			// One column more or less: a page's first row may carry a trailing tab that the others lack.
			g.Continues = max(before.Cols, g.Cols)-min(before.Cols, g.Cols) <= 1
		}
		out = append(out, extract.Block{Kind: extract.Table, Grid: g, Place: g.Place})
		i = j
	}
	return out
}

// place notes where on their lines the cells of aligned text stand.
func place(g *extract.Grid, run []item) {
	left := map[int][]extract.Piece{}
	for i := range run {
		left[run[i].Place.LineStart] = run[i].pieces()
	}
	for i := range g.Cells {
		c := &g.Cells[i]
		if pieces := left[c.Place.LineStart]; c.Text != "" && len(pieces) > 0 {
			c.Place.Box, left[c.Place.LineStart] = [4]float64{pieces[0].From, 0, pieces[0].To, 0}, pieces[1:]
		}
	}
}

func grid(rows []item) *extract.Grid {
	g := &extract.Grid{Rows: len(rows), Flat: true, Place: rows[0].Place}
	g.Place.LineEnd = rows[len(rows)-1].Place.LineEnd
	n := 0
	for _, it := range rows {
		n += len(it.fields)
		g.Cols = max(g.Cols, len(it.fields))
	}
	g.Cells = make([]extract.Cell, 0, n)
	for r, it := range rows {
		for c, f := range it.fields {
			g.Cells = append(g.Cells, extract.Cell{Row: r, Col: c, RowSpan: 1, ColSpan: 1, Text: f, Place: it.Place})
		}
	}
	return g
}
