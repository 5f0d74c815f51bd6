package fit

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
)

// The grids of straightened tables: a title, the groups over columns, the columns, a row for each line of numbers, and
// what else stands between.

// straightGrid is the grid of a table in the making.
type straightGrid struct {
	*extract.Grid
}

// add puts a cell into the last row of a grid; its place is that of the pieces.
func (g *straightGrid) add(col, span int, text, doubt string, pieces ...*piece) {
	c := extract.Cell{Row: g.Rows - 1, Col: col, RowSpan: 1, ColSpan: span, Text: text, Doubt: doubt}
	for _, p := range pieces {
		p.used = true
		if c.Doubt == "" {
			c.Doubt = p.Doubt
		}
		c.Place = union(c.Place, p.Place)
	}
	g.Cells = append(g.Cells, c)
	g.Place = union(g.Place, c.Place)
}

// union is the place of two pieces: where they stand on several pages, that on the first.
func union(a, b extract.Place) extract.Place {
	switch {
	case a == (extract.Place{}):
		return b
	case b == (extract.Place{}) || a.Page != b.Page:
		return a
	case a.Page > 0:
		a.Box = [4]float64{min(a.Box[0], b.Box[0]), min(a.Box[1], b.Box[1]), max(a.Box[2], b.Box[2]), max(a.Box[3], b.Box[3])}
		return a
	}
	return extract.Place{LineStart: min(a.LineStart, b.LineStart), LineEnd: max(a.LineEnd, b.LineEnd)}
}

// grid makes the grid of the table, and marks what it holds as used. Words between labels and numbers have a column of
// their own.
func (t *straightTable) grid(s *straightener) *extract.Grid {
	first := 1
	if slices.ContainsFunc(t.rows, func(r straightRow) bool { return r.label != nil && len(r.words) > 0 }) {
		first = 2
	}
	g := &straightGrid{&extract.Grid{Cols: first + len(t.columns)}}
	if t.title != nil {
		g.Rows++
		g.add(0, g.Cols, t.title.text, "", t.title.pieces...)
	}
	if groups := t.groups(); groups != nil {
		g.Rows++
		g.add(0, first, "", "")
		at := first
		for _, n := range groups {
			g.add(at, len(n.children), n.text, "", t.columns[at-first].pieces...)
			at += len(n.children)
		}
	}
	g.Rows++
	g.add(0, first, "", "")
	for k, c := range t.columns {
		g.add(first+k, 1, c.text, "", c.pieces...)
	}
	laid := make([]laidRow, len(t.rows)) // all before the first is added: then its numbers are used, and no witness of where columns stand
	for i := range t.rows {
		laid[i].numbers = s.numbersOf(t.rows[i])
		laid[i].values, laid[i].ok = t.values(s, i)
	}
	for i := range t.rows {
		t.row(s, g, i, first, laid[i])
	}
	s.leftovers(t, g)
	return g.Grid
}

// laidRow is a row of numbers and what stands under each column; ok is false where that is open.
type laidRow struct {
	numbers, values []*piece
	ok              bool
}

// row adds a row of numbers. The numbers of one that nothing names, or of which the columns are open, stand in one
// cell.
func (t *straightTable) row(s *straightener, g *straightGrid, i, first int, laid laidRow) {
	r, values, ok, numbers := t.rows[i], laid.values, laid.ok, laid.numbers
	g.Rows++
	switch {
	case r.label != nil && first > 1:
		g.add(0, 1, r.label.text, "", r.label.pieces...)
		g.add(1, 1, textOf(r.words), "", r.words...)
	case r.label != nil:
		g.add(0, first, r.label.text, "", r.label.pieces...)
	default:
		g.add(0, first, textOf(r.words), "", r.words...)
	}
	if len(t.fam.rows) > 0 && r.label == nil && len(r.words) == 0 || !ok || t.torn(i) == labelsOverlap {
		g.add(first, len(t.columns), textOf(numbers), "", numbers...)
		return
	}
	for k, v := range values {
		if v == nil {
			g.add(first+k, 1, "", t.blankDoubt(i))
			g.Cells[len(g.Cells)-1].Place = numbers[0].Place
			continue
		}
		g.add(first+k, 1, v.Text, t.torn(i), v)
	}
	if r.line == s.open { // what follows its last number may be lost
		for k := len(g.Cells) - 1; k >= 0 && g.Cells[k].Row == g.Rows-1; k-- {
			if g.Cells[k].Open = true; g.Cells[k].Text != "" {
				break
			}
		}
	}
}

func textOf(pieces []*piece) string {
	var texts []string
	for _, p := range pieces {
		texts = append(texts, p.Text)
	}
	return strings.Join(texts, " ")
}

// leftovers adds what stands within the table and is none of it, so that it is told.
func (s *straightener) leftovers(t *straightTable, g *straightGrid) {
	for _, line := range s.lines {
		if line < t.top || line > t.end {
			continue
		}
		if rest := slices.DeleteFunc(slices.Clone(s.byLine[line]), func(p *piece) bool { return p.used }); len(rest) > 0 {
			g.Rows++
			g.add(0, g.Cols, textOf(rest), "", rest...)
		}
	}
}

// replace puts the grids in the place of the lines that they take.
func (s *straightener) replace(blocks []extract.Block, tables []*straightTable) (out []extract.Block) {
	of := func(line int) *straightTable {
		for _, t := range tables {
			if line >= t.top && line <= t.end {
				return t
			}
		}
		return nil
	}
	done := map[*straightTable]bool{}
	for i := range blocks {
		b := &blocks[i]
		var kept []int
		lines := linesOf(b)
		keep := func() {
			if len(kept) == len(lines) {
				out = append(out, *b)
			} else if len(kept) > 0 {
				out = append(out, part(b, kept))
			}
			kept = nil
		}
		for _, line := range lines {
			t := of(line)
			if t == nil {
				kept = append(kept, line)
				continue
			}
			keep()
			if !done[t] {
				done[t] = true
				g := t.grid(s)
				out = append(out, extract.Block{Kind: extract.Table, Grid: g, Place: g.Place})
			}
		}
		keep()
	}
	return out
}

// linesOf lists the lines that a block stands on.
func linesOf(b *extract.Block) (out []int) {
	for _, p := range b.Pieces {
		out = append(out, p.Line)
	}
	if b.Grid != nil {
		for _, c := range b.Grid.Cells {
			out = append(out, c.Place.LineStart)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// part is what stands on some lines of a block.
func part(b *extract.Block, lines []int) extract.Block {
	if b.Grid != nil {
		g := &extract.Grid{Flat: true, Aligned: b.Grid.Aligned, Cols: b.Grid.Cols}
		row := -1
		for _, c := range b.Grid.Cells {
			if !slices.Contains(lines, c.Place.LineStart) {
				continue
			}
			if c.Row != row {
				row, g.Rows = c.Row, g.Rows+1
			}
			c.Row = g.Rows - 1
			g.Cells = append(g.Cells, c)
		}
		g.Place = extract.Place{LineStart: lines[0], LineEnd: lines[len(lines)-1]}
		return extract.Block{Kind: extract.Table, Grid: g, Place: g.Place}
	}
	out := extract.Block{Kind: b.Kind, Recognised: b.Recognised}
	for _, p := range b.Pieces {
		if slices.Contains(lines, p.Line) {
			out.Pieces = append(out.Pieces, p)
			out.Place = union(out.Place, p.Place)
			if out.Text != "" && p.Text != "" && out.Text[len(out.Text)-1] < 0x80 && p.Text[0] < 0x80 {
				out.Text += " "
			}
			out.Text += p.Text
		}
	}
	return out
}
