package items

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// Programs that dump tables write a mark at each position that a span covers: None (pdfplumber), NaN (pandas), null;
// people write ditto marks. Where a grid has such marks its spans are known again. A mark among the values stands for a
// blank cell, or for one that a merged value covers.

var (
	covered = lazyregexp.New(`^(?i:none|nan|null|nil|<na>|nat|unnamed: ?\d+(_level_\d+)*)$`)
	ditto   = lazyregexp.New(`^(〃|″|''|"|同上)$`)
)

// Doubts of a number with a mark right of it or below it, and of that mark. Sums can confirm both, but for a zero,
// which adds nothing.
const (
	MaybeMerged = "a mark stands here for an empty cell or for one that a merged value covers"
	MergedZero  = "a mark stands here for an empty cell or for one that a merged zero covers"
)

// uncover gives items the spans that marks say they have, and makes blanks of the marks that are left. A header reaches
// as far as the marks right of it do, a label only over columns that have no numbers, a number as far as the header
// over it; but None is never an empty cell.
func (s *Sheet) uncover() {
	m := &marks{sheet: s, at: map[[2]int]*Item{}, gone: map[*Item]bool{}, figures: map[[2]int]bool{}, body: s.Rows}
	for _, i := range s.Items {
		if mayMark(i.Text) && (covered.MatchString(i.Text) || ditto.MatchString(i.Text)) {
			m.at[[2]int{i.Row, i.Col}] = i
		}
	}
	if len(m.at) == 0 {
		return
	}
	m.survey()
	m.across = slices.ContainsFunc(s.Items, func(i *Item) bool { return m.is(i) && i.Row == 0 && i.Col > 0 })
	for _, i := range s.Items {
		if i.Kind == Word && !m.is(i) {
			m.widen(i)
			m.deepen(i)
		}
	}
	amongLabels := len(m.gone) > 0
	for _, i := range s.Items {
		if i.Kind == Value && !m.is(i) {
			m.widenNumber(i)
		}
	}
	kept := s.Items[:0]
	for _, i := range s.Items {
		if m.gone[i] {
			continue
		}
		if m.is(i) && covered.MatchString(i.Text) {
			i.Kind, i.Number = Blank, number.Value{State: number.Blank}
		}
		kept = append(kept, i)
	}
	s.Items = kept
	m.doubt(kept, amongLabels)
	if amongLabels && s.Placement == Ordered && m.full() {
		s.Placement = Drawn
	}
}

// mayMark reports whether a text begins as a mark does: nearly none does, and the expressions are slow.
func mayMark(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return text != "" && strings.ContainsRune("nNuU<\"'〃″同", first)
}

// doubt puts numbers in doubt that the marks right of them or below them may extend, and those marks: all where the
// grid has marks among its labels too, else those that are never empty cells.
func (m *marks) doubt(all []*Item, amongLabels bool) {
	over := map[[2]int]*Item{}
	for _, i := range all {
		over[[2]int{i.Row, i.Col}] = i
	}
	for _, i := range all {
		if !m.is(i) || i.Kind != Blank || i.Row < m.body || !m.numbers[i.Row] || !amongLabels && !m.never(i.Row, i.Col) {
			continue
		}
		for _, step := range [][2]int{{1, 0}, {0, 1}} {
			at := [2]int{i.Row - step[0], i.Col - step[1]}
			for over[at] != nil && m.is(over[at]) {
				at[0], at[1] = at[0]-step[0], at[1]-step[1]
			}
			if n := over[at]; n != nil && n.Kind == Value && at[0] >= m.body {
				why := MaybeMerged
				if n.Number.Value == 0 {
					why = MergedZero
				}
				n.doubt(why)
				i.doubt(why)
			}
		}
	}
}

// doubt puts the item in doubt, whose cell others may share.
func (i *Item) doubt(why string) {
	if i.Cell.Doubt == "" || i.Cell.Doubt == MaybeMerged {
		c := *i.Cell
		c.Doubt = why
		i.Cell = &c
	}
}

// is reports whether an item is a mark.
func (m *marks) is(i *Item) bool { return m.at[[2]int{i.Row, i.Col}] == i }

// marks are the marks of one sheet.
type marks struct {
	sheet   *Sheet
	at      map[[2]int]*Item
	gone    map[*Item]bool  // those that a span has taken
	body    int             // first row with a word and a number, or a word and marks for its numbers
	numbers []bool          // rows with a number
	words   []int           // of each row
	values  []bool          // columns with a number in the body
	figures map[[2]int]bool // positions with a number
	across  bool            // marks stand in the first row, so they all, ditto marks too, stand for spans to the right as well
}

func (m *marks) survey() {
	m.numbers, m.words, m.values = make([]bool, m.sheet.Rows), make([]int, m.sheet.Rows), make([]bool, m.sheet.Cols)
	isNumber := func(i *Item) bool { return i.Kind == Value && !m.is(i) }
	for _, i := range m.sheet.Items {
		if isNumber(i) {
			m.numbers[i.Row], m.figures[[2]int{i.Row, i.Col}] = true, true
		}
		if i.Kind == Word && !m.is(i) {
			m.words[i.Row]++
		}
	}
	for r := m.sheet.Rows - 1; r >= 0; r-- {
		if m.numbers[r] && m.words[r] > 0 || m.empty(r) {
			m.body = r
		}
	}
	for _, i := range m.sheet.Items {
		if i.Row >= m.body && isNumber(i) {
			m.values[i.Col] = true
		}
	}
}

// empty reports whether a row below a header is a label with marks for its values: a row without a number, and no title
// over a header of its own.
func (m *marks) empty(row int) bool {
	below := false
	for r := range row {
		below = below || m.words[r] > 1 && !m.numbers[r]
	}
	if !below || m.words[row] != 1 || m.numbers[row] || row+1 < m.sheet.Rows && m.words[row+1] > 1 && !m.numbers[row+1] {
		return false
	}
	var first *Item
	for _, i := range m.sheet.Items {
		if i.Row != row {
			continue
		}
		if m.is(i) && m.never(i.Row, i.Col) {
			return false
		}
		if first == nil || i.Col < first.Col {
			first = i
		}
	}
	return !m.is(first)
}

// head reports whether a row is of a header: above all numbers, or without one of its own and with several words.
func (m *marks) head(row int) bool { return row < m.body || !m.numbers[row] && m.words[row] > 1 }

func (m *marks) free(row, col int) bool {
	mark := m.at[[2]int{row, col}]
	return mark != nil && !m.gone[mark]
}

// take lets an item span the mark right of it.
func (m *marks) take(i *Item) {
	m.gone[m.at[[2]int{i.Row, i.End()}]] = true
	i.Spans++
}

// widen lets a word span the marks right of it, but for one that a number above it may cover.
func (m *marks) widen(i *Item) {
	head := m.head(i.Row)
	for m.free(i.Row, i.End()) && (head || !m.values[i.End()] || m.never(i.Row, i.End()) && !m.belowNumber(i.Row, i.End())) && (m.across || covered.MatchString(m.at[[2]int{i.Row, i.End()}].Text)) {
		m.take(i)
	}
}

// belowNumber reports whether the nearest item above a mark that is no mark is a number.
func (m *marks) belowNumber(row, col int) bool {
	for row--; row >= m.body; row-- {
		if m.at[[2]int{row, col}] == nil {
			return m.figures[[2]int{row, col}]
		}
	}
	return false
}

// deepen lets a word span the marks below it, those of its own header or of the labels under it.
func (m *marks) deepen(i *Item) {
	head := m.head(i.Row)
	for row := i.Below(); row < m.sheet.Rows && m.head(row) == head; row++ {
		for col := i.Col; col < i.End(); col++ {
			if !m.free(row, col) || !head && m.values[col] {
				return
			}
		}
		for col := i.Col; col < i.End(); col++ {
			m.gone[m.at[[2]int{row, col}]] = true
		}
		i.RowSpan++
	}
}

// widenNumber lets a number span the marks right of it: as many as the header above it does, or all that are no empty
// cells.
func (m *marks) widenNumber(i *Item) {
	for m.free(i.Row, i.End()) && (m.never(i.Row, i.End()) || m.under(i)) {
		m.take(i)
	}
}

// never reports whether a mark is never an empty cell.
func (m *marks) never(row, col int) bool { return m.at[[2]int{row, col}].Text == "None" }

// under reports whether the nearest word of a header over a number begins where it does and reaches further.
func (m *marks) under(i *Item) bool {
	var over *Item
	for _, w := range m.sheet.Items {
		if w.Row < i.Row && w.Kind == Word && m.head(w.Row) && w.Col == i.Col && (over == nil || w.Row > over.Row) {
			over = w
		}
	}
	return over != nil && over.End() > i.End()
}

// full reports whether every position of the sheet is that of an item.
func (m *marks) full() bool {
	n := 0
	for _, i := range m.sheet.Items {
		n += i.RowSpan * i.Spans
	}
	return n == m.sheet.Rows*m.sheet.Cols
}
