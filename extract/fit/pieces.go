package fit

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract/items"
)

// heads reports whether any of the labels can stand in the header of the family's tables.
func heads(hits []*node, fam *family) bool {
	return slices.ContainsFunc(hits, func(n *node) bool { return n.family == fam && n.axis != rowAxis })
}

// joinPieces joins header words that a page break or a drawn line cut into cells one below the other (结果 over 维持), or
// that lines of text cut one behind the other, where the pieces together are a label of the header.
func (f *fitter) joinPieces(fam *family, words []*items.Item) []*items.Item {
	gone := map[*items.Item]bool{}
	for n, w := range words {
		if gone[w] {
			continue
		}
		text, last := w.Text, w
		whole := heads(f.hits(w), fam)
		var pieces []*items.Item
		for range 3 {
			next := f.nextPiece(words, n+len(pieces)+1, last, gone)
			if next == nil {
				break
			}
			last = next
			pieces = append(pieces, next)
			text += next.Text
			whole = whole && heads(f.hits(next), fam)
			if hits := f.lex.exact[fold(text)]; whole || !heads(hits, fam) {
				continue
			}
			joined := *w
			joined.Text, joined.Kind = text, items.Word
			joined.RowSpan = last.Below() - w.Row
			if last.Sheet != w.Sheet || w.Sheet.Placement == items.Stream {
				joined.RowSpan = w.RowSpan
			}
			f.origin[&joined] = w
			words = slices.Clone(words)
			words[n] = &joined
			for _, p := range pieces {
				gone[p] = true
			}
			break
		}
	}
	return slices.DeleteFunc(slices.Clone(words), func(w *items.Item) bool { return gone[w] })
}

// nextPiece is the word that may hold what follows a piece: right below it, or next in a line of text.
func (f *fitter) nextPiece(words []*items.Item, at int, last *items.Item, gone map[*items.Item]bool) *items.Item {
	if last.Sheet.Placement == items.Stream {
		if at < len(words) && words[at].Sheet == last.Sheet && !gone[words[at]] {
			return words[at]
		}
		return nil
	}
	i := slices.IndexFunc(words, func(w *items.Item) bool { return !gone[w] && stacked(last, w) })
	if i < 0 {
		return nil
	}
	return words[i]
}

// stacked reports whether b stands right below a, in one grid or over the end of one and the beginning of the next.
func stacked(a, b *items.Item) bool {
	if a.Col != b.Col || a.End() != b.End() {
		return false
	}
	if a.Sheet == b.Sheet {
		return b.Row == a.Below()
	}
	return b.Sheet.No == a.Sheet.No+1 && b.Row == 0 && a.Sheet.Cols == b.Sheet.Cols && a.Below() == a.Sheet.Rows
}

// withoutRepeats takes a header in which an exporter wrote the label of a span at each of its positions: groups side by
// side become one again, and a label below its like goes.
func withoutRepeats(f *fitter, fam *family, words []*items.Item) (out []*items.Item) {
	group := func(w *items.Item) bool {
		return slices.ContainsFunc(f.hits(w), func(n *node) bool { return n.family == fam && n.axis == columnAxis && !n.leaf() })
	}
	twice := f.tooMany(fam, words)
	for _, w := range words {
		same := func(o *items.Item) bool { return o.Sheet == w.Sheet && fold(o.Text) == fold(w.Text) }
		if w.Sheet.Placement == items.Stream {
			out = append(out, w)
			continue
		}
		beside := slices.IndexFunc(out, func(o *items.Item) bool {
			return same(o) && o.Row == w.Row && o.RowSpan == w.RowSpan && o.End() == w.Col && group(w)
		})
		if beside >= 0 {
			wide := *out[beside]
			wide.Spans += w.Spans
			f.origin[&wide] = out[beside]
			out[beside] = &wide
			continue
		}
		if twice && slices.ContainsFunc(out, func(o *items.Item) bool {
			return same(o) && o.Below() == w.Row && o.Col == w.Col && o.Spans == w.Spans
		}) {
			continue
		}
		out = append(out, w)
	}
	return out
}

// wholeAbove drops a row that a page break left of header labels which the repeated header above it shows whole: 维持
// below 结果维持, beside labels that were whole on either page.
func (f *fitter) wholeAbove(words []*items.Item) []*items.Item {
	type place struct {
		sheet *items.Sheet
		row   int
	}
	rest, other := map[place]bool{}, map[place]bool{}
	for _, c := range words {
		i := slices.IndexFunc(words, func(a *items.Item) bool {
			return len(f.hits(a)) > 0 && stacked(a, c) && strings.HasSuffix(fold(a.Text), fold(c.Text))
		})
		switch k := (place{c.Sheet, c.Row}); {
		case i < 0:
			other[k] = true
		case fold(words[i].Text) != fold(c.Text):
			rest[k] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(words), func(w *items.Item) bool {
		k := place{w.Sheet, w.Row}
		return rest[k] && !other[k]
	})
}

// tooMany reports whether a header has more columns than the groups in it have on the form.
func (f *fitter) tooMany(fam *family, words []*items.Item) bool {
	groups, room, columns := map[*node]bool{}, 0, 0
	for _, w := range words {
		for _, n := range f.hits(w) {
			switch {
			case n.family != fam || n.axis != columnAxis:
			case n.leaf():
				columns++
			case !groups[n]:
				groups[n] = true
				for _, c := range n.children {
					if c.leaf() {
						room++
					}
				}
			}
			if n.family == fam && n.axis == columnAxis {
				break
			}
		}
	}
	return columns > room
}

// overPages joins a header that a page cut in the middle of its labels: as many cells in its last row on one page as in
// the first row on the next, and together they are labels that they are not alone. They then stand where the lower ones
// do.
func (f *fitter) overPages(fam *family, words []*items.Item) []*items.Item {
	if len(words) < 2 {
		return words
	}
	upper, lower := words[0].Sheet, words[len(words)-1].Sheet
	if upper == lower || upper.Placement == items.Stream || lower.No != upper.No+1 {
		return words
	}
	a, b := startingIn(upper, upper.Rows-1), startingIn(lower, 0)
	if len(a) != len(b) {
		return words
	}
	var out []*items.Item
	gained := 0
	for n := range a {
		joined := *b[n]
		joined.Text = a[n].Text + b[n].Text
		if joined.Text == "" {
			continue
		}
		joined.Kind = items.Word
		whole := f.find(joined.Text)
		if len(whole) > 0 && !slices.ContainsFunc(whole, func(n *node) bool { return n.family == fam && n.axis != rowAxis }) || len(whole) == 0 && b[n].Kind != items.Blank {
			return words
		}
		if len(f.hits(a[n])) == 0 && len(whole) > 0 {
			gained++
		}
		f.origin[&joined] = b[n]
		out = append(out, &joined)
	}
	if gained == 0 {
		return words
	}
	return append(slices.DeleteFunc(slices.Clone(words), func(w *items.Item) bool { return slices.Contains(a, w) || slices.Contains(b, w) }), out...)
}

// startingIn returns the items that start in a row of a sheet.
func startingIn(s *items.Sheet, row int) []*items.Item {
	return slices.DeleteFunc(s.Line(row), func(i *items.Item) bool { return i.Row != row })
}

// pieceOf reports whether text is a piece of the label of a group of rows, such as one character of the vertical
// 三、本年度办理结果.
func pieceOf(fam *family, text string) bool {
	if text == "" {
		return true
	}
	return slices.ContainsFunc(fam.all, func(n *node) bool {
		return n.axis == rowAxis && (!n.leaf() || len(n.children) > 0) && (strings.Contains(fold(n.text), text) ||
			slices.ContainsFunc(n.words, func(w []rune) bool { return strings.Contains(string(w), text) }))
	})
}
