package fit

import (
	"maps"
	"math"
	"slices"

	"github.com/gongkai-data/gongkai/extract"
)

// Programs that turn pages into text (pdftotext -layout and its like) keep the places of words by spaces, and break the
// label of a narrow cell over lines between which those of its neighbours stand. What belongs together only the form
// tells: pieces below each other are one label where together they are one of the form's. Straighten puts the labels of
// such text together and makes grids of its tables.

// Straighten replaces the tables of aligned text whose labels are broken over lines, and those of pages without rules,
// by grids. Other blocks stay as they are. isHeading reports whether a text heads a section of the report: no table
// goes on behind one.
func (f *Form) Straighten(blocks []extract.Block, isHeading func(string) bool) []extract.Block {
	type run struct {
		blocks []extract.Block
		s      *straightener
		tables []*straightTable
	}
	var runs []run
	broken, astray := 0, 0
	spread := spreadLines(blocks) >= fewestSpread
	for start := 0; start < len(blocks); {
		end := start + 1
		inColumns := aligned(blocks[start])
		for inColumns && end < len(blocks) && aligned(blocks[end]) && !f.heads(blocks[end], isHeading) {
			end++
		}
		r := run{blocks: blocks[start:end]}
		if inColumns {
			r.s, r.tables = f.straighten(r.blocks, spread)
		}
		for _, t := range r.tables {
			broken += t.broken
			astray += t.astray(r.s)
		}
		runs = append(runs, r)
		start = end
	}
	var out []extract.Block
	for _, r := range runs {
		if broken < 2 { // whole lines of text say as much
			r.tables = slices.DeleteFunc(r.tables, func(t *straightTable) bool { return !t.drawn })
		}
		if len(r.tables) == 0 {
			out = append(out, r.blocks...)
			continue
		}
		for _, t := range r.tables {
			t.headed = astray == 0
		}
		out = append(out, r.s.replace(r.blocks, r.tables)...)
	}
	return out
}

// heads reports whether a block heads a section, and is no row of a table.
func (f *Form) heads(b extract.Block, isHeading func(string) bool) bool {
	return len(b.Pieces) == 1 && isHeading(b.Text) && !f.lex.begins(b.Text)
}

// aligned reports whether a block is of a text that has its words in columns.
func aligned(b extract.Block) bool {
	if b.Kind == extract.Table && b.Grid != nil {
		return b.Grid.Flat && slices.ContainsFunc(b.Grid.Cells, func(c extract.Cell) bool { return c.Place.LineStart > 0 && c.Place.Box[2] > 0 })
	}
	return b.Kind == extract.Paragraph && b.Pieces != nil
}

// mostPieces bounds the pieces of one run of lines: a report has some thousand.
const mostPieces = 20000

type straightener struct {
	open   int // the line at which the source ends; 0: what ends it is closed
	lex    *lexicon
	spread bool // digits one space apart are those of one number
	pieces []*piece
	byLine map[int][]*piece
	lines  []int // that have pieces
	labels []*label
}

// straighten finds the tables of one run of aligned lines.
func (f *Form) straighten(blocks []extract.Block, spread bool) (*straightener, []*straightTable) {
	s := &straightener{lex: f.lex, spread: spread, byLine: map[int][]*piece{}}
	for i := range blocks {
		s.collect(&blocks[i])
		if lines := linesOf(&blocks[i]); blocks[i].IsOpen() && len(lines) > 0 {
			s.open = lines[len(lines)-1]
		}
	}
	if len(s.pieces) > mostPieces {
		return s, nil
	}
	s.lines = slices.Sorted(maps.Keys(s.byLine))
	s.dropRepeated()
	s.findLabels()
	s.joinNumbers()
	return s, s.tables()
}

// dropRepeated drops the beginning of a header that a page cut and the next page shows again, whole: nothing but words
// stands between its first line there and the same line here.
func (s *straightener) dropRepeated() {
	for i, line := range s.lines {
		for _, next := range s.lines[i+1:] {
			a, b := s.byLine[line], s.byLine[next]
			if a[0].used || slices.ContainsFunc(b, func(p *piece) bool { return p.number }) || b[0].Place.Page > a[0].Place.Page+1 {
				break
			}
			if len(a) > 1 && b[0].Place.Page == a[0].Place.Page+1 && slices.EqualFunc(a, b, (*piece).again) {
				for _, l := range s.lines[i:] {
					if l >= next {
						break
					}
					for _, p := range s.byLine[l] {
						p.used = true
					}
				}
				break
			}
		}
	}
}

// again reports whether a piece stands on another page as it does on its own.
func (p *piece) again(o *piece) bool {
	return p.Text == o.Text && math.Abs(p.From-o.From) < 0.5 && !p.number
}
