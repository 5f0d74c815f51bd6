package fit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract/items"
)

const displaced = "the header's labels stand out of their columns"

// scrambled reports whether lines of text do not hold a header of the form in its order: columns that stand in another
// one, or pieces of some that are missing. Sums hold in any order, and programs that dump a page write narrow columns
// in one of their own; so another order is believed only of a whole header with one column moved, each in words that no
// line broke.
func (s *solver) scrambled(columns []column) bool {
	var order []int
	whole := !slices.ContainsFunc(s.words, func(w *items.Item) bool { return len(s.f.hits(w)) == 0 || s.f.origin[w] != nil })
	for _, c := range columns {
		if c.node != nil {
			order = append(order, s.index(c.node))
		}
	}
	all := len(order) == len(s.form.Columns)
	if slices.IsSorted(order) {
		return !all && !whole || s.firstBehind()
	}
	for i := range order {
		if whole && all && slices.IsSorted(slices.Delete(slices.Clone(order), i, i+1)) {
			return false
		}
	}
	return true
}

// firstBehind reports whether the first column of the form is named behind one that a group stands over: it may have
// been the first or the last.
func (s *solver) firstBehind() bool {
	grouped := false
	for _, w := range s.words {
		for _, n := range s.candidates(w) {
			if n == s.fam.columns[0] {
				return grouped
			}
			grouped = grouped || n.parent != nil && n.parent.parent != nil
		}
	}
	return false
}

// byElimination gives the one header word that names no column to the one column that no word names, where they have
// two characters in common (商业公司, 自燃人); the sums of the rows have to confirm it.
func (s *solver) byElimination(columns []column) {
	unnamed, n := -1, 0
	for i, c := range columns {
		if c.node == nil {
			unnamed = i
			n++
		}
	}
	if n != 1 || len(columns) != len(s.form.Columns) {
		return
	}
	for _, a := range s.fam.columns {
		if !s.on(a) || slices.ContainsFunc(columns, func(c column) bool { return c.node == a }) {
			continue
		}
		text, label, common := fold(columns[unnamed].text), fold(a.text), 0
		for _, r := range label {
			if strings.ContainsRune(text, r) {
				common++
			}
		}
		if common >= 2 && !opposed(text, label) {
			columns[unnamed].node, columns[unnamed].confirm = a, true
		}
		return
	}
}

// blankHeaders takes header cells that lost their text for the columns that no other one names, in the order of the
// form; the sums of the rows have to confirm it.
func (s *solver) blankHeaders(columns []column) []column {
	sheet, right, last := s.words[0].Sheet, -1, 0
	for _, w := range s.words {
		if w.Sheet != sheet || sheet.Placement == items.Stream {
			return nil
		}
		if slices.ContainsFunc(s.f.hits(w), func(n *node) bool { return n.axis == titleAxis }) {
			right = w.End()
		}
		last = max(last, w.Below()-1)
	}
	if right < 0 || last >= sheet.Rows {
		return nil
	}
	var blank []*items.Item
	for _, i := range sheet.Line(last) {
		if i.Col >= right && i.Kind == items.Blank {
			blank = append(blank, i)
		}
	}
	var missing []*node
	for _, n := range s.fam.columns {
		if s.on(n) && !slices.ContainsFunc(columns, func(c column) bool { return c.node == n }) {
			missing = append(missing, n)
		}
	}
	if len(blank) == 0 || len(blank) != len(missing) {
		return nil
	}
	out := make([]column, len(blank))
	for i, b := range blank {
		out[i] = newColumn(missing[i], b)
	}
	all := slices.SortedFunc(slices.Values(slices.Concat(columns, out)), func(a, b column) int { return a.from - b.from })
	if !slices.IsSortedFunc(all, func(a, b column) int { return s.place(a) - s.place(b) }) {
		return nil // a cell of the header was lost, and what stands in its row moved
	}
	return out
}

func (s *solver) place(c column) int {
	if c.node == nil {
		return -1
	}
	return s.index(c.node)
}

// covered reports whether every group of the header stands over all columns that it groups. A wrong span moves 总计
// before the last of them, one that was lost before all of them: then the order of the form holds, and the sums have to
// confirm it. A header without any span is another matter.
func (s *solver) covered(columns []column) bool {
	if !slices.ContainsFunc(s.words, func(w *items.Item) bool { return w.Spans > 1 || w.RowSpan > 1 }) {
		return true
	}
	last := -1
	for i, c := range columns {
		if c.node != nil && s.index(c.node) == len(s.form.Columns)-1 {
			last = i
		}
	}
	if last < 0 {
		return true
	}
	for _, c := range columns {
		if c.node == nil || c.node.parent == nil || c.node.parent.parent == nil || c.from <= columns[last].from {
			continue
		}
		var groups []*items.Item
		for _, w := range s.words {
			if g := s.group(w); g != nil && g == c.node.parent {
				groups = append(groups, w)
			}
		}
		if (len(groups) == 0 && c.item.Row > columns[last].item.Row || len(groups) > 0 && c.item.Row > groups[0].Row) &&
			!slices.ContainsFunc(groups, func(g *items.Item) bool { return c.from >= g.Col && c.to <= g.End() }) {
			return false
		}
	}
	return true
}

// inReadingOrder orders the columns of a header that has lost its spans: those of a group stand in the place of the
// group's label. Guessed says that the last column of the form was printed first, so that only the sums can tell where
// it is.
func (s *solver) inReadingOrder(columns []column) (order []column, guessed bool) {
	if beside, ok := besideEachOther(columns); ok {
		return beside, false
	}
	var outer, inner []column
	insert, innerFirst := -1, false
	for _, w := range s.words {
		if g := s.group(w); g != nil && g.parent != nil {
			if insert < 0 {
				insert = len(outer)
			}
			continue
		}
		i := slices.IndexFunc(columns, func(c column) bool { return c.item == w })
		switch {
		case i < 0:
		case columns[i].node != nil && (columns[i].node.parent == nil || columns[i].node.parent.parent == nil):
			outer = append(outer, columns[i])
			innerFirst = innerFirst || columns[i].node == s.fam.columns[0] && len(inner) > 0
		default:
			inner = append(inner, columns[i])
		}
	}
	first := func() int {
		return slices.IndexFunc(outer, func(c column) bool { return c.node == s.fam.columns[0] })
	}
	if insert < 0 {
		insert = first() + 1
	}
	if insert > len(outer) {
		insert = len(outer)
	}
	// The group stands lower than the first column in the form but may be set higher on the page: in text the order of
	// the form holds. In a drawn grid such a header is out of place, and with it the columns; and where the first
	// column is printed behind columns of the group, nothing tells which order holds.
	outOfPlace := innerFirst
	if natural := first(); natural >= 0 && natural == insert && len(inner) > 0 {
		insert = natural + 1
		outOfPlace = outOfPlace || s.words[0].Sheet.Placement == items.Drawn
	}
	if outOfPlace && insert > first() {
		for _, columns := range [][]column{inner, outer} {
			for i := range columns {
				columns[i].doubt = displaced
			}
		}
	}
	// The last column printed before the first is a header cell over all rows of the header that was written first; the
	// column is the last one.
	if len(outer) == 2 && outer[0].node == s.fam.columns[len(s.fam.columns)-1] {
		outer[0], outer[1] = outer[1], outer[0]
		insert, guessed = 1, true
	}
	return slices.Concat(outer[:insert], inner, outer[insert:]), guessed
}

// besideEachOther orders columns by the characters of the page that their labels stand on, where text aligned by spaces
// has kept them and no two labels stand over one another.
func besideEachOther(columns []column) ([]column, bool) {
	out := slices.SortedFunc(slices.Values(columns), func(a, b column) int { return cmp.Compare(a.item.Cell.Place.Box[0], b.item.Cell.Place.Box[0]) })
	for i, c := range out {
		at := c.item.Cell.Place
		if at.LineStart == 0 || at.Box[2] <= at.Box[0] || i > 0 && at.Box[0] < out[i-1].item.Cell.Place.Box[2] {
			return nil, false
		}
	}
	return out, len(out) > 0
}

// guessHeader takes a header that lines of text cut into pieces for that of the form, where the beginnings of all its
// columns are there and those of each group in its order; the sums of the rows have to confirm every number.
func (f *fitter) guessHeader(fam *family, b *block) *header {
	said := fold(b.said)
	last := map[*node]int{}
	h := &header{fam: fam, form: fam.forms[len(fam.forms)-1], sheet: b.rows[0].sheet, words: b.words, guessed: true}
	for _, n := range fam.columns {
		label := []rune(fold(n.text))
		at := strings.LastIndex(said, string(label[:min(2, len(label))]))
		if at < 0 || n.parent != nil && n.parent.parent != nil && at < last[n.parent] {
			return nil
		}
		last[n.parent] = at
		h.columns = append(h.columns, newColumn(n, b.words[0]))
		h.columns[len(h.columns)-1].text = n.text
	}
	h.columns = numbered(h.columns)
	return h
}

// anchored reports whether every column has positions of its own.
func anchored(columns []column) bool {
	for i, a := range columns {
		if a.to <= a.from {
			return false
		}
		for _, b := range columns[:i] {
			if a.from < b.to && b.from < a.to {
				return false
			}
		}
	}
	return len(columns) > 0
}

// adjacent reports whether no position lies between the columns: where one does, the header has lost its spans.
func adjacent(columns []column) bool {
	from, to, width := 1<<30, 0, 0
	for _, c := range columns {
		from, to, width = min(from, c.from), max(to, c.to), width+c.to-c.from
	}
	return to-from == width
}

// numbered gives columns of which only the order is known the positions 0, 1, 2, …
func numbered(columns []column) []column {
	out := make([]column, len(columns))
	for i, c := range columns {
		c.from, c.to = i, i+1
		out[i] = c
	}
	return out
}
