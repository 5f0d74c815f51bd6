package geometry

import (
	"cmp"
	"math"
	"slices"

	"github.com/gongkai-data/gongkai/extract"
)

// setting is how the running text of a document is set.
type setting struct {
	left, right float64 // edges of the text area
	leading     float64 // usual distance of baselines
	size        float64 // usual type size
}

// measure measures the setting from the lines outside tables.
func measure(sheets []*Sheet) setting {
	var x0, x1, gaps, sizes []float64 // x1 once for each glyph of its line, so that full lines decide
	for _, s := range sheets {
		for i, l := range s.Lines {
			x0, sizes = append(x0, l.Box.X0), append(sizes, l.Size)
			x1 = append(x1, slices.Repeat([]float64{l.Box.X1}, len(l.Glyphs))...)
			if i > 0 {
				if g := s.Lines[i-1].Y - l.Y; g > 0 && g < 4*l.Size {
					gaps = append(gaps, g)
				}
			}
		}
	}
	if len(x0) == 0 {
		return setting{}
	}
	for _, v := range [][]float64{x0, x1, gaps, sizes} {
		slices.Sort(v)
	}
	out := setting{left: x0[len(x0)/20], right: x1[len(x1)*3/4], size: sizes[len(sizes)/2]}
	if len(gaps) > 0 {
		out.leading = gaps[len(gaps)*2/5]
	}
	return out
}

// continues reports whether line b goes on the paragraph that line a is in. turn is true when a page ends between the
// two.
func (m setting) continues(a, b Line, width float64, turn bool) bool {
	if math.Abs(a.Size-b.Size) > settings.SameSize*max(a.Size, b.Size) {
		return false
	}
	size := max(a.Size, b.Size)
	gap := a.Y - b.Y
	if title := size > settings.TitleSize*m.size && centred(a, width) && centred(b, width); title {
		return !turn && gap < settings.TitleGap*size
	}
	usual := m.leading
	if usual == 0 {
		usual = settings.Leading * size
	}
	if !turn && gap > settings.ParagraphGap*max(usual, size) {
		return false
	}
	if b.Box.X0 > m.left+settings.Indent*size {
		return false // indented: a new paragraph
	}
	return a.Box.X1+firstWord(b)+settings.FullLine*size > m.right
}

// centred reports whether a line stands in the middle of the page, clear of both sides.
func centred(l Line, width float64) bool {
	x, _ := l.Box.Center()
	return math.Abs(x-width/2) < settings.Centred*width
}

// firstWord is the width that the start of a line needs unbroken: a character, or a word of Latin letters and digits.
func firstWord(l Line) float64 {
	end := l.Glyphs[0].Box.X1
	for i := 1; i < len(l.Glyphs) && !wide(firstRune(l.Glyphs[i].Text)) && !spaced(l.Glyphs[i-1], l.Glyphs[i]); i++ {
		end = l.Glyphs[i].Box.X1
	}
	return end - l.Box.X0
}

// Compose puts the sheets of one document together: blocks in reading order, furniture dropped, paragraphs joined over
// lines and pages, tables over pages.
func Compose(sheets []*Sheet) []extract.Block {
	slices.SortFunc(sheets, func(a, b *Sheet) int { return cmp.Compare(a.Number, b.Number) })
	DropFurniture(sheets)
	for _, s := range sheets {
		if s.Pictured {
			s.number()
		}
		if s.Recognised {
			s.doubt(inPicture)
		}
	}
	m, n, em, number := measure(sheets), &strips{map[strip]int{}}, unit(sheets), 0
	var blocks []extract.Block
	var lines []Line // of the open paragraph
	var where extract.Place
	var pieces []extract.Piece
	recognised := false // the open paragraph, in a picture
	var table *Table    // the open table: nothing has stood after it
	var tablePage *Sheet
	flushText := func() {
		if len(lines) > 0 {
			blocks = append(blocks, extract.Block{Kind: extract.Paragraph, Text: JoinLines(lines, m.right-m.left-m.size), Place: where, Recognised: recognised, Pieces: pieces})
		}
		lines, pieces = nil, nil
	}
	continues := false
	flushTable := func() {
		if table != nil {
			g := table.Grid()
			g.Continues = continues
			blocks = append(blocks, extract.Block{Kind: extract.Table, Grid: g, Place: g.Place})
		}
		table, continues = nil, false
	}
	for i, s := range sheets {
		turn := i > 0
		for _, it := range s.items() {
			if it.picture != nil {
				flushText()
				flushTable()
				at := place(s.Number, *it.picture)
				blocks = append(blocks, extract.Block{Kind: extract.Image, Source: at.Locator(), Place: at})
				turn = false
				continue
			}
			if it.table != nil {
				flushText()
				joined, follows := false, false
				if table != nil && turn {
					joined, follows = table.extend(it.table, tablePage, s)
				}
				if !joined {
					flushTable()
					table, continues = it.table, follows
				}
				tablePage, turn = s, false
				continue
			}
			flushTable()
			l := *it.line
			if n := len(lines); n > 0 && !m.continues(lines[n-1], l, s.Width, turn) {
				flushText()
			}
			if len(lines) == 0 {
				where, recognised = place(s.Number, l.Box), s.Pictured
			} else if where.Page == s.Number {
				b := Box{where.Box[0], where.Box[1], where.Box[2], where.Box[3]}.Union(l.Box)
				where = place(s.Number, b)
			}
			lines = append(lines, l)
			if number++; !s.Pictured {
				pieces = append(pieces, n.pieces(s, l, number, em)...)
			}
			turn = false
		}
	}
	flushText()
	flushTable()
	asDisplayed(blocks, sheets)
	return blocks
}

const inPicture = "the text was recognised in a picture"

// asDisplayed turns the places of blocks and cells back to the pages as they are displayed.
func asDisplayed(blocks []extract.Block, sheets []*Sheet) {
	at := map[int]*Sheet{}
	for _, s := range sheets {
		for i := range s.Straddle {
			s.Straddle[i].Box = s.displayed(s.Straddle[i].Box)
		}
		for i := range s.Hidden {
			s.Hidden[i].Box = s.displayed(s.Hidden[i].Box)
		}
		at[s.Number] = s
	}
	turn := func(p *extract.Place) {
		if s := at[p.Page]; s != nil {
			*p = place(s.Page, s.displayed(Box{p.Box[0], p.Box[1], p.Box[2], p.Box[3]}))
		}
	}
	for i := range blocks {
		turn(&blocks[i].Place)
		for k := range blocks[i].Pieces {
			turn(&blocks[i].Pieces[k].Place)
		}
		if blocks[i].Kind == extract.Image {
			blocks[i].Source = blocks[i].Place.Locator()
		}
		if g := blocks[i].Grid; g != nil {
			turn(&g.Place)
			for k := range g.Cells {
				turn(&g.Cells[k].Place)
			}
		}
	}
}

// displayed returns where a box of the sheet stands on its page as displayed.
func (s *Sheet) displayed(b Box) Box {
	b = s.back.box(b)
	return Box{b.X0 + s.Left, b.Y0 + s.Bottom, b.X1 + s.Left, b.Y1 + s.Bottom}
}
