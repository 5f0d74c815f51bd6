// Package items holds what any reader saw of a table as one type: pieces of text with their place, whether they come
// from a grid with spans, from a grid that lost them, or from lines of text.
package items

import (
	"strings"
	"unicode"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// Kind is what an item looks like before its place tells what it is.
type Kind uint8

const (
	Blank Kind = iota
	Value      // a number, a dash, or text that is more number than label
	Word       // text
)

// Placement says how much of the layout of a sheet is known.
type Placement uint8

const (
	Drawn   Placement = iota // positions and spans are those of the page
	Ordered                  // every item is one position wide; a span left blank items or none, so rows may be shifted
	Spaced                   // as Ordered, and blank cells have left no trace
	Stream                   // lines of text: a label and what follows it
)

// Item is one piece of a page.
type Item struct {
	Sheet          *Sheet
	Cell           *extract.Cell // where it comes from
	Kind           Kind
	Text           string // as published; the pieces of a label that a page break cut are put together
	Number         number.Value
	Row, Col       int  // zero-based position of its top left corner
	RowSpan, Spans int  // positions it covers downwards and to the right
	Clear          bool // white space stands before it in the text that it was cut out of
	At             int  // 1-based index of the paragraph it comes from; 0 in a grid
}

// End is the position behind the item.
func (i *Item) End() int { return i.Col + i.Spans }

// Below is the row behind the item.
func (i *Item) Below() int { return i.Row + i.RowSpan }

// Sheet is a grid, or a run of lines, under study.
type Sheet struct {
	No         int // 1-based order of the grid in the document; 0 for lines of text
	Grid       *extract.Grid
	Placement  Placement
	Rows, Cols int
	Items      []*Item
	Transposed bool
	lattice    [][]*Item
}

// MaxCells bounds the lattice of one grid; the largest form has 30 × 12 positions, so more is a layout gone wrong.
const MaxCells = 1 << 18

// FromGrid takes the cells of a grid. A transposed sheet has rows and columns exchanged. It returns nil for a grid
// without positions or with more than MaxCells.
func FromGrid(no int, g *extract.Grid, transposed bool) *Sheet {
	if g.Rows <= 0 || g.Cols <= 0 || g.Rows > MaxCells/g.Cols {
		return nil
	}
	s := &Sheet{No: no, Grid: g, Rows: g.Rows, Cols: g.Cols, Transposed: transposed}
	switch {
	case g.Aligned:
		s.Placement = Spaced
	case g.Flat:
		s.Placement = Ordered
	}
	if transposed {
		s.Rows, s.Cols = g.Cols, g.Rows
	}
	all := make([]Item, len(g.Cells))
	s.Items = make([]*Item, 0, len(g.Cells))
	for n := range g.Cells {
		c := &g.Cells[n]
		i := &all[n]
		*i = Item{Sheet: s, Cell: c, Text: c.Text, Row: c.Row, Col: c.Col, RowSpan: max(c.RowSpan, 1), Spans: max(c.ColSpan, 1)}
		if transposed {
			i.Row, i.Col, i.RowSpan, i.Spans = i.Col, i.Row, i.Spans, i.RowSpan
		}
		i.Kind, i.Number = Classify(c.Text)
		s.Items = append(s.Items, i)
	}
	s.uncover()
	return s
}

// FromLines makes a sheet of lines of text.
func FromLines(lines [][]*Item) *Sheet {
	s := &Sheet{Placement: Stream, Rows: len(lines), Grid: &extract.Grid{}}
	for r, line := range lines {
		s.Cols = max(s.Cols, len(line))
		for c, i := range line {
			i.Sheet, i.Row, i.Col, i.RowSpan, i.Spans = s, r, c, 1, 1
			s.Items = append(s.Items, i)
		}
	}
	return s
}

// At returns the item that covers a position, or nil.
func (s *Sheet) At(row, col int) *Item {
	if s.lattice == nil {
		s.cover()
	}
	if row < 0 || col < 0 || row >= s.Rows || col >= s.Cols {
		return nil
	}
	return s.lattice[row][col]
}

func (s *Sheet) cover() {
	flat := make([]*Item, s.Rows*s.Cols)
	s.lattice = make([][]*Item, s.Rows)
	for r := range s.lattice {
		s.lattice[r] = flat[r*s.Cols : (r+1)*s.Cols]
	}
	for _, i := range s.Items {
		for r := i.Row; r < min(i.Below(), s.Rows); r++ {
			for k := i.Col; k < min(i.End(), s.Cols); k++ {
				if s.lattice[r][k] == nil {
					s.lattice[r][k] = i
				}
			}
		}
	}
}

// Line returns the distinct items that cover a row, from left to right.
func (s *Sheet) Line(row int) (out []*Item) {
	if s.lattice == nil {
		s.cover()
	}
	if row < 0 || row >= s.Rows {
		return nil
	}
	n, last := 0, (*Item)(nil)
	for _, i := range s.lattice[row] {
		if i != nil && i != last {
			n, last = n+1, i
		}
	}
	out = make([]*Item, 0, n)
	for _, i := range s.lattice[row] {
		if i != nil && (len(out) == 0 || out[len(out)-1] != i) {
			out = append(out, i)
		}
	}
	return out
}

// Classify distinguishes a value from a word by the text alone.
func Classify(text string) (Kind, number.Value) {
	v := number.Parse(text)
	switch v.State {
	case number.Blank:
		return Blank, v
	case number.Reported, number.NotApplicable:
		return Value, v
	}
	if number.IsNumeral(text) { // 一 for a dash, 一百五: a number, whichever it is
		return Value, v
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
	if digits > 0 && digits >= han || digits == 0 && han == 0 && len(strings.TrimSpace(text)) < 12 {
		return Value, v
	}
	return Word, v
}

// Drop takes columns, or rows, out of a sheet with what stands nowhere else; the others move up.
func (s *Sheet) Drop(gone map[int]bool, columns bool) {
	size := s.Rows
	if columns {
		size = s.Cols
	}
	place := make([]int, size+1) // of each line, how many stay before it
	for k := range size {
		place[k+1] = place[k]
		if !gone[k] {
			place[k+1]++
		}
	}
	kept := s.Items[:0]
	for _, i := range s.Items {
		at, spans := &i.Row, &i.RowSpan
		if columns {
			at, spans = &i.Col, &i.Spans
		}
		from, to := place[min(*at, size)], place[min(*at+*spans, size)]
		if *at, *spans = from, to-from; to > from {
			kept = append(kept, i)
		}
	}
	s.Items, s.lattice = kept, nil
	if columns {
		s.Cols = place[size]
	} else {
		s.Rows = place[size]
	}
}
