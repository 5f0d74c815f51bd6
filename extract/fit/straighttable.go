package fit

import (
	"cmp"
	"math"
	"slices"

	"github.com/gongkai-data/gongkai/extract/text"
)

// straightTable is one table of aligned text: its header, and the lines with its numbers.
type straightTable struct {
	fam     *family  // of the form's tables
	title   *label   // nil where it has none
	head    []*label // labels of the header, groups and heads among them
	columns []*label // of the columns, from left to right
	numbers []int    // lines with numbers below the header
	labels  []*label // of rows
	rows    []straightRow
	broken  int  // labels in several pieces
	drawn   bool // it stands on pages
	headed  bool // numbers stand under the labels of their columns, as far as the text shows
	top     int
	end     int // lines
}

// tables finds the tables: each begins with a header and has the numbers and row labels up to the next one, or up to a
// line of prose.
func (s *straightener) tables() []*straightTable {
	starting := map[int][]*label{}
	for _, l := range s.labels {
		starting[l.top] = append(starting[l.top], l)
	}
	var all []*straightTable
	var cur *straightTable
	for _, line := range s.lines {
		for _, l := range starting[line] {
			body := cur != nil && (len(cur.numbers) > 0 || len(cur.labels) > 0)
			switch {
			case l.ofRow(body):
				if cur != nil {
					cur.labels = append(cur.labels, l)
				}
			case l.ofHeader():
				if cur == nil || body {
					cur = &straightTable{drawn: l.pieces[0].drawn()}
					all = append(all, cur)
				}
				cur.head = append(cur.head, l)
			}
		}
		switch {
		case cur == nil:
		case s.prose(line):
			cur = nil
		case slices.ContainsFunc(s.byLine[line], func(p *piece) bool { return p.number && !p.used }):
			cur.numbers = append(cur.numbers, line)
		}
	}
	return slices.DeleteFunc(all, func(t *straightTable) bool { return !t.solve(s) })
}

// ofRow reports whether a label is that of a row. Below the header of a table one that could also be of a column is.
func (l *label) ofRow(belowHeader bool) bool {
	return l.is(rowAxis, true) != nil && (belowHeader || l.is(columnAxis, true) == nil)
}

// ofHeader reports whether a label is a title, or one over columns.
func (l *label) ofHeader() bool {
	return l.is(columnAxis, true) != nil || l.is(titleAxis, true) != nil || l.is(columnAxis, false) != nil || l.is(headAxis, true) != nil
}

// longestPiece is in characters: what is longer, and no label of the form, is prose.
const longestPiece = 16

// prose reports whether a line holds a text that is too long for a piece of a label.
func (s *straightener) prose(line int) bool {
	return slices.ContainsFunc(s.byLine[line], func(p *piece) bool { return !p.used && p.To-p.From > longestPiece && !s.lex.begins(p.Text) })
}

// solve finds the columns and gives each line of numbers its label. It reports whether the table is understood.
func (t *straightTable) solve(s *straightener) bool {
	t.fam = t.familyOf(s.lex)
	if t.fam == nil || len(t.numbers) == 0 {
		return false
	}
	t.takeHeader()
	if !t.ordered() || t.severalYears(s) {
		return false
	}
	t.labels = slices.DeleteFunc(t.labels, func(l *label) bool { return !t.has(l, rowAxis, true) })
	t.labels = slices.DeleteFunc(t.labels, t.overOthers)
	for _, l := range t.labels {
		t.countBroken(l)
	}
	if len(t.fam.rows) == 0 {
		t.oneRow(s)
		return len(t.columns) == len(t.fam.columns)
	}
	t.match(s)
	for i := range t.rows {
		t.rows[i].beside(s)
	}
	if !t.complete(s) {
		return false
	}
	return slices.ContainsFunc(t.rows, func(r straightRow) bool { return r.label != nil })
}

// familyOf is the family of tables that most columns of the header are of; nil where no label is a column's.
func (t *straightTable) familyOf(lex *lexicon) (most *family) {
	votes := map[*family]int{}
	for _, l := range t.head {
		if n := l.is(columnAxis, true); n != nil {
			votes[n.family]++
		}
	}
	for _, fam := range lex.families {
		if votes[fam] > votes[most] {
			most = fam
		}
	}
	return most
}

// takeHeader finds the title and the columns among the labels of the header.
func (t *straightTable) takeHeader() {
	t.top = math.MaxInt
	for _, l := range t.head {
		t.top = min(t.top, l.top)
		switch {
		case t.has(l, columnAxis, true):
			t.columns = append(t.columns, l)
		case t.has(l, titleAxis, true):
			t.title = l
		}
		t.countBroken(l)
	}
	slices.SortFunc(t.columns, func(a, b *label) int { return cmp.Compare(a.middle(), b.middle()) })
	t.columns = slices.CompactFunc(t.columns, func(a, b *label) bool { return a.printedTwice(b) })
}

// has reports whether a label can be one of the table's.
func (t *straightTable) has(l *label, a axis, leaf bool) bool {
	return slices.ContainsFunc(l.hits, func(n *node) bool { return n.family == t.fam && n.axis == a && n.leaf() == leaf })
}

// ordered reports whether the order of the columns is sure: that of the form, or labels that stand clear of each other,
// in text on one line too, for a line that has no room for its words goes on farther right than the one above. Sums
// would hold in any.
func (t *straightTable) ordered() bool {
	for i := 1; i < len(t.columns); i++ {
		a, b := t.columns[i-1], t.columns[i]
		for _, n := range a.hits {
			if n.family != t.fam || n.axis != columnAxis || !n.leaf() {
				continue
			}
			later := slices.ContainsFunc(b.hits, func(m *node) bool { return m.family == t.fam && m.axis == columnAxis && m.leaf() && m.order > n.order })
			if !later && len(t.fam.rows) > 0 && (a.to > b.from || !t.drawn && !a.leftOf(b)) {
				return false
			}
			break
		}
	}
	return true
}

// leftOf reports whether a label stands left of another on one line.
func (l *label) leftOf(o *label) bool {
	return slices.ContainsFunc(l.pieces, func(p *piece) bool {
		return slices.ContainsFunc(o.pieces, func(q *piece) bool { return p.Line == q.Line && p.To <= q.From })
	})
}

// overOthers reports whether a label that stands for several rows stands left of them here.
func (t *straightTable) overOthers(l *label) bool {
	return slices.ContainsFunc(l.hits, func(n *node) bool {
		return n.family == t.fam && n.axis == rowAxis && len(n.children) > 0 && slices.ContainsFunc(t.labels, func(o *label) bool {
			return l.to < o.from+1 && slices.ContainsFunc(o.hits, func(c *node) bool { return c.parent == n })
		})
	})
}

// countBroken counts a label that is broken over lines.
func (t *straightTable) countBroken(l *label) {
	if l.end > l.top {
		t.broken++
	}
}

// complete adds the columns whose labels the header lost: the widest rows have a number there. It reports whether every
// label stands over one column.
func (t *straightTable) complete(s *straightener) bool {
	var widest []*piece
	for _, r := range t.rows {
		if n := s.numbersOf(r); len(n) > len(widest) {
			widest = n
		}
	}
	if len(widest) <= len(t.columns) {
		return true
	}
	columns := make([]*label, len(widest))
	for _, l := range t.columns {
		best := 0
		for k, p := range widest {
			if math.Abs(p.From+p.To-2*l.middle()) < math.Abs(widest[best].From+widest[best].To-2*l.middle()) {
				best = k
			}
		}
		if columns[best] != nil {
			return false
		}
		columns[best] = l
	}
	for k, p := range widest {
		if columns[k] == nil {
			columns[k] = t.unknown(s, p)
		} else if columns[k].pieces[0].Line < t.numbers[0] && len(t.unknown(s, p).pieces) > 0 {
			return false // it stands over several columns, which have labels of their own
		}
	}
	t.columns = columns
	return true
}

// severalYears reports whether the header has columns for several years, which is not understood here.
func (t *straightTable) severalYears(s *straightener) bool {
	first := ""
	for _, line := range s.lines {
		if line < t.top || line >= t.numbers[0] {
			continue
		}
		for _, p := range s.byLine[line] {
			name := fold(p.Text)
			_, known := relative[name]
			switch {
			case p.used || !known && len(text.Years(name)) != 1:
			case first == "":
				first = name
			case name != first:
				return true
			}
		}
	}
	return false
}

// unknown is what the header has over a number and no label of the form is.
func (t *straightTable) unknown(s *straightener, under *piece) *label {
	l := &label{from: under.From, to: under.To, top: t.top, end: t.top}
	for _, line := range s.lines {
		if line < t.top || line >= t.numbers[0] {
			continue
		}
		for _, p := range s.byLine[line] {
			if !p.used && !p.number && p.From < under.To+1 && p.To > under.From-1 {
				p.used = true
				l.text, l.pieces = l.text+p.Text, append(l.pieces, p)
			}
		}
	}
	return l
}

// groups returns the groups over the columns of a table whose rows have no names, from left to right; nil where one
// does not stand over its columns.
func (t *straightTable) groups() (out []*node) {
	if len(t.fam.rows) > 0 {
		return nil
	}
	for i := 0; i < len(t.fam.columns); {
		n := t.fam.columns[i].parent
		end := i
		for end < len(t.fam.columns) && t.fam.columns[end].parent == n {
			end++
		}
		if !slices.ContainsFunc(t.head, func(l *label) bool {
			return slices.Contains(l.hits, n) && l.middle() > t.columns[i].from-shift && l.middle() < t.columns[end-1].to+shift
		}) {
			return nil
		}
		out = append(out, n)
		i = end
	}
	return out
}
