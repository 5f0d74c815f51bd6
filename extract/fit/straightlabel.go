package fit

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// label is a text of the form that stands in one piece or several, or a text that stands where one belongs.
type label struct {
	text     string
	hits     []*node
	pieces   []*piece
	from, to float64
	top, end int // lines
}

func (l *label) middle() float64 { return (l.from + l.to) / 2 }

func (l *label) is(a axis, leaf bool) *node {
	for _, n := range l.hits {
		if n.axis == a && n.leaf() == leaf {
			return n
		}
	}
	return nil
}

// printedTwice reports whether two labels are one of the form that stands twice in the same place, as in a header that
// a page cut.
func (l *label) printedTwice(o *label) bool {
	return (l.end < o.top || o.end < l.top) && l.from < o.to && o.from < l.to && slices.ContainsFunc(l.hits, func(n *node) bool { return slices.Contains(o.hits, n) })
}

// findLabels finds the labels of the form, each beginning with the first piece that no other has.
func (s *straightener) findLabels() {
	for _, p := range s.pieces {
		if p.used || p.number {
			continue
		}
		l := s.grow(p)
		if l == nil {
			continue
		}
		for _, q := range l.pieces {
			q.used = true
		}
		s.labels = append(s.labels, l)
	}
}

// How far two pieces of one label stand from each other, in lines with text and in characters, the most pieces of one,
// and how many are tried as the next.
const (
	linesBetween = 4
	shift        = 4 // characters
	longestLabel = 24
	branches     = 4
	leading      = 1.2 // ideographs of room between the lines of one cell of a page
)

// grow finds the longest label that begins with a piece, or nil.
func (s *straightener) grow(first *piece) (best *label) {
	chain := []*piece{first}
	steps := 0
	var extend func(text string)
	extend = func(text string) {
		if steps++; steps > 400 || len(chain) > longestLabel || !s.lex.begins(text) {
			return
		}
		if hits := s.whole(text); len(hits) > 0 && !otherOrdinal(first.Text, hits) && !withGroup(hits, text) && (best == nil || len(fold(text)) > len(fold(best.text))) {
			best = newLabel(text, hits, chain)
		}
		for _, next := range s.below(chain) {
			chain = append(chain, next)
			extend(text + next.Text)
			chain = chain[:len(chain)-1]
		}
	}
	extend(first.Text)
	return best
}

func newLabel(text string, hits []*node, chain []*piece) *label {
	l := &label{text: text, hits: hits, pieces: slices.Clone(chain), from: math.Inf(1), to: math.Inf(-1), top: chain[0].Line, end: chain[0].Line}
	for _, p := range chain {
		l.from, l.to, l.end = min(l.from, p.From), max(l.to, p.To), max(l.end, p.Line)
	}
	return l
}

// below lists the pieces that may go on with a chain: the nearest ones on the following lines that stand under it, and
// its neighbour to the right.
func (s *straightener) below(chain []*piece) (out []*piece) {
	last := chain[len(chain)-1]
	from, to := math.Inf(1), math.Inf(-1)
	for _, p := range chain {
		from, to = min(from, p.From), max(to, p.To)
	}
	for _, p := range s.byLine[last.Line] {
		if !p.used && !p.number && p.From >= last.To-0.1 && p.From-last.To <= 1 && !parted(last, p) {
			out = append(out, p)
		}
	}
	var aside []*piece // not below, but as near as a page shifts its text
	at, _ := slices.BinarySearch(s.lines, last.Line)
lines:
	for _, line := range s.lines[at+1 : min(at+1+linesBetween, len(s.lines))] {
		under := false
		for _, p := range s.byLine[line] {
			stands := !p.number && p.From < to && p.To > from
			switch {
			case stands && startsNumbered(chain[0].Text) && startsNumbered(p.Text):
				break lines // the next label
			case p.used || p.number || slices.Contains(chain, p) || parted(last, p) || p.From >= to+shift || p.To <= from-shift:
			case p.From < to+1 && p.To > from-1:
				out = append(out, p)
			case !p.drawn():
				aside = append(aside, p)
			}
			under = under || stands
		}
		if under {
			break // what stands farther down goes on from there
		}
	}
	out = append(out, aside...)
	return out[:min(len(out), branches)]
}

// parted reports whether a rule is drawn between two pieces, or more room than between the lines of one cell.
func parted(a, b *piece) bool {
	if a.Strip > 0 && b.Strip > 0 && a.Strip != b.Strip {
		return true
	}
	if note := strings.IndexAny(b.Text, "（(") == 0; note && (a.Place.Page != b.Place.Page || b.Line > a.Line+besides) {
		return true // the note of another label
	}
	if a.Place.Page != b.Place.Page {
		return false
	}
	if !a.drawn() {
		return false
	}
	em := (a.Place.Box[2] - a.Place.Box[0]) / max(a.To-a.From, 0.1)
	return a.Place.Box[1]-b.Place.Box[3] > leading*em
}

// startsNumbered reports whether a text begins with an ordinal: （三）不予, 1.
func startsNumbered(text string) bool {
	num, _ := splitOrdinal(text + "其他")
	return num != (ordinal{})
}

// isOrdinal reports whether a text is nothing but an ordinal: 5.
func isOrdinal(text string) bool {
	num, rest := splitOrdinal(text + "其他")
	return num != (ordinal{}) && rest == "其他"
}

// otherOrdinal reports whether a text is an ordinal alone and none that labels have on the form: that of another row,
// whose text stands above it.
func otherOrdinal(text string, hits []*node) bool {
	num, _ := splitOrdinal(text + "其他")
	return isOrdinal(text) && !slices.ContainsFunc(hits, func(n *node) bool { return n.num == (ordinal{}) || n.num == num })
}

// begins reports whether a text is the beginning of a label, or of a label and its note in brackets.
func (l *lexicon) begins(text string) bool {
	if i := strings.IndexAny(text, "（("); i > 0 && !strings.ContainsAny(text[:i], "）)") && utf8.RuneCountInString(text[:i]) > 1 {
		text = text[:i]
	} else if j := strings.LastIndexAny(text, "（("); j > 0 {
		text = text[:j]
	}
	folded := ""
	for _, r := range text {
		folded += fold(string(r))
	}
	_, bare := splitOrdinal(text)
	return l.prefixes[folded] || folded == "" || l.prefixes[fold(bare)]
}

// whole returns the labels that a text is, with a note in brackets behind it or without: an ordinal behind it is that
// of another label.
func (s *straightener) whole(text string) []*node {
	if !closed(text) {
		return nil
	}
	for i := len(text); i > 0; i = strings.LastIndexAny(text[:i], "（(") {
		if i < len(text) && !isNote(text[i:]) {
			continue
		}
		_, bare := splitOrdinal(text[:i])
		for _, t := range []string{text[:i], bare} {
			if hits := s.lex.exact[fold(t)]; len(hits) > 0 {
				return hits
			}
		}
	}
	return nil
}

// isNote reports whether a text is one note in brackets.
func isNote(text string) bool {
	depth := 0
	for i, r := range text {
		switch r {
		case '（', '(':
			depth++
		case '）', ')':
			depth--
		}
		if depth == 0 {
			return text[i+utf8.RuneLen(r):] == "" && utf8.RuneCountInString(text) >= shortestNote
		}
	}
	return false
}

// shortestNote is in characters, with its brackets: （三） and （十一） are none.
const shortestNote = 6

// withGroup reports whether a text is a label behind the one of its group: in aligned text the two stand in cells of
// their own.
func withGroup(hits []*node, text string) bool {
	_, bare := splitOrdinal(text)
	return slices.ContainsFunc(hits, func(n *node) bool {
		if n.parent == nil {
			return false
		}
		_, group := splitOrdinal(n.parent.text)
		_, own := splitOrdinal(n.text)
		return strings.HasPrefix(fold(bare), fold(group)) && !strings.HasPrefix(fold(own), fold(group))
	})
}

// closed reports whether every bracket of a text is closed.
func closed(text string) bool {
	return strings.Count(text, "（")+strings.Count(text, "(") <= strings.Count(text, "）")+strings.Count(text, ")")
}
