package fit

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract/items"
)

// Columns of several groups bear the same words (section four has 结果维持 three times): the groups over them determine
// which is whose.

// byPosition gives each word with several meanings the group above it.
func (s *solver) byPosition() (out []column, ok bool) {
	spanned := slices.ContainsFunc(s.words, func(w *items.Item) bool { return s.group(w) != nil && w.Spans > 1 })
	for _, w := range s.words {
		c := s.candidates(w)
		if len(c) == 0 || s.overOthers(w) {
			continue
		}
		g := s.above(w, spanned)
		if g == nil {
			return nil, false
		}
		group := s.group(g)
		if group == nil { // another group than the form's
			out = append(out, newColumn(nil, w))
			continue
		}
		i := slices.IndexFunc(c, func(n *node) bool { return n.parent == group })
		if i < 0 || s.taken[c[i]] {
			return nil, false
		}
		s.taken[c[i]] = true
		out = append(out, newColumn(c[i], w))
	}
	return out, len(out) > 1
}

// overOthers reports whether a word stands over several others, so that it is a group, whatever else it may be.
func (s *solver) overOthers(w *items.Item) bool {
	n := 0
	for _, o := range s.words {
		if o.Row >= w.Below() && o.Col >= w.Col && o.End() <= w.End() {
			n++
		}
	}
	return n > 1
}

// above finds the nearest word over another one: the one whose positions cover it, or where groups lost their spans the
// last one that starts at or before it.
func (s *solver) above(w *items.Item, spanned bool) (best *items.Item) {
	for _, g := range s.words {
		if g.Row >= w.Row || len(s.candidates(g)) > 0 && s.group(g) == nil && !s.overOthers(g) || g.Col > w.Col || spanned && g.End() < w.End() {
			continue
		}
		if best == nil || g.Row > best.Row || g.Row == best.Row && g.Col > best.Col {
			best = g
		}
	}
	return best
}

// byGroups gives the words in reading order to the groups in theirs, as many to each as the form has.
func (s *solver) byGroups() (out []column, ok bool) {
	var groups []*node
	var leaves []*items.Item
	for _, w := range s.words {
		if g := s.group(w); g != nil {
			if len(g.children) > 0 && g.children[0].leaf() && !slices.Contains(groups, g) {
				groups = append(groups, g)
			}
		} else if len(s.candidates(w)) > 0 {
			leaves = append(leaves, w)
		}
	}
	if len(groups) == 0 || len(groups) > 1 && groups[0] != s.fam.columns[0].parent {
		return nil, false // the order of reading is not the order of the columns
	}
	at := 0
	for _, g := range groups {
		taken := map[*node]bool{}
		for range g.children {
			if at == len(leaves) {
				return nil, false
			}
			i := slices.IndexFunc(s.candidates(leaves[at]), func(n *node) bool { return n.parent == g })
			if i < 0 {
				return nil, false
			}
			n := s.candidates(leaves[at])[i]
			if taken[n] {
				return nil, false
			}
			taken[n] = true
			out = append(out, newColumn(n, leaves[at]))
			at++
		}
	}
	return out, at == len(leaves) && !s.cutByLines(out)
}

// cutByLines reports whether labels that lines of text cut stand in another order than the form's: then those that were
// not cut were written behind them, and sums hold in any order.
func (s *solver) cutByLines(columns []column) bool {
	return s.words[0].Sheet.Placement != items.Drawn &&
		!slices.IsSortedFunc(columns, func(a, b column) int { return s.place(a) - s.place(b) }) &&
		slices.ContainsFunc(s.words, func(w *items.Item) bool { return len(s.f.hits(w)) == 0 || s.f.origin[w] != nil || openBracket(w.Text) })
}

// openBracket reports whether a text ends within a bracket, as one that a line end cut.
func openBracket(text string) bool {
	return strings.LastIndexAny(text, "(（") > strings.LastIndexAny(text, ")）")
}

// resultsOnly takes a header without groups: the rows name them.
func (s *solver) resultsOnly() (out []column, ok bool) {
	seen := map[string]bool{}
	for _, w := range s.words {
		c := s.candidates(w)
		if s.group(w) != nil || len(c) > 0 && seen[c[0].text] {
			return nil, false
		}
		if len(c) == 0 {
			continue
		}
		seen[c[0].text] = true
		k := newColumn(nil, w)
		k.any = c
		out = append(out, k)
	}
	return out, len(out) > 0
}

// pieces is the header of the form, all its cells run together.
func (s *solver) pieces() (text string) {
	seen := map[*node]bool{}
	for _, n := range s.fam.columns {
		var up []string
		for g := n.parent; g != nil && !seen[g]; g = g.parent {
			seen[g] = true
			up = append(up, fold(g.text))
		}
		slices.Reverse(up)
		text += strings.Join(up, "") + fold(n.text)
	}
	return text
}

// wholeInPieces reports whether the words, in whatever order lines cut them, are those of the whole header.
func (s *solver) wholeInPieces() bool {
	text := ""
	for _, w := range s.words {
		text += fold(w.Text)
	}
	got, want := []rune(text), []rune(s.pieces())
	slices.Sort(got)
	slices.Sort(want)
	return slices.Equal(got, want)
}

// groupsExchanged reports whether a group is printed before one that the form has before it: sums hold in either order.
// A cell over two rows of the header may be written behind one of the first row; where the characters of the page are
// known they tell which stands left.
func (s *solver) groupsExchanged() bool {
	var printed []*items.Item
	for _, w := range s.words {
		if g := s.group(w); g != nil && g.parent == nil {
			printed = append(printed, w)
		}
	}
	place := func(w *items.Item) int {
		g := s.group(w)
		return slices.IndexFunc(s.fam.columns, func(n *node) bool { return n.under(g) })
	}
	for i := 1; i < len(printed); i++ {
		before, after := printed[i-1], printed[i]
		if place(before) <= place(after) {
			continue
		}
		a, b := before.Cell.Place, after.Cell.Place
		if a.LineStart == 0 || a.Box[2] <= a.Box[0] || b.Box[2] <= b.Box[0] || a.Box[0] < b.Box[0] {
			return true
		}
	}
	return false
}

// allGroups reports whether the words name all groups of the form in its order, whatever of their columns is printed
// twice.
func (s *solver) allGroups() bool {
	var want, have []*node
	for _, n := range s.fam.columns {
		if !slices.Contains(want, n.parent) {
			want = append(want, n.parent)
		}
	}
	for _, w := range s.words {
		if g := s.group(w); g != nil && slices.Contains(want, g) {
			have = append(have, g)
		}
	}
	return slices.Equal(want, have)
}

func (s *solver) formOrder() (out []column) {
	for _, n := range s.fam.columns {
		out = append(out, newColumn(n, s.words[0]))
		out[len(out)-1].text = n.text
	}
	return out
}
