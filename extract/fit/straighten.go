package fit

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// Programs that turn pages into text (pdftotext -layout and its like) keep the places of words by spaces, and break the label of a narrow cell over
// lines between which those of its neighbours stand. What belongs together only the form tells: pieces below each other are one label where
// together they are one of the form's. Straighten puts the labels of such text together and makes grids of its tables.

// piece is a text of a line that nothing is known to part.
type piece struct {
	extract.Piece
	number, used bool
}

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

// Straighten replaces the tables of aligned text whose labels are broken over lines, and those of pages without rules, by grids. Other blocks stay as
// they are. isHeading reports whether a text heads a section of the report: no table goes on behind one.
func (f *Form) Straighten(blocks []extract.Block, isHeading func(string) bool) []extract.Block {
	type run struct {
		blocks []extract.Block
		s      *straightener
		tables []*straightTable
	}
	var runs []run
	broken := 0
	for start := 0; start < len(blocks); {
		end := start + 1
		for aligned(blocks[start]) && end < len(blocks) && aligned(blocks[end]) && !f.heads(blocks[end], isHeading) {
			end++
		}
		r := run{blocks: blocks[start:end]}
		r.s, r.tables = f.straighten(r.blocks)
		for _, t := range r.tables {
			broken += t.broken
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

// drawn reports whether a piece stands on a page, so that distances are those of print.
func (p *piece) drawn() bool { return p.Place.Page > 0 }

// mostPieces bounds the pieces of one run of lines: a report has some thousand.
const mostPieces = 20000

// straighten finds the tables of one run of lines.
func (f *Form) straighten(blocks []extract.Block) (*straightener, []*straightTable) {
	s := &straightener{lex: f.lex, byLine: map[int][]*piece{}}
	for i := range blocks {
		if aligned(blocks[i]) {
			s.collect(&blocks[i])
			if lines := linesOf(&blocks[i]); blocks[i].IsOpen() && len(lines) > 0 {
				s.open = lines[len(lines)-1]
			}
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

type straightener struct {
	open   int // the line at which the source ends; 0: what ends it is closed
	lex    *lexicon
	pieces []*piece
	byLine map[int][]*piece
	lines  []int // that have pieces
	labels []*label
}

// collect takes the pieces of a block, cut at every space.
func (s *straightener) collect(b *extract.Block) {
	pieces := b.Pieces
	if b.Grid != nil {
		for _, c := range b.Grid.Cells {
			pieces = append(pieces, extract.Piece{Text: c.Text, Place: c.Place, Line: c.Place.LineStart, From: c.Place.Box[0], To: c.Place.Box[2], Doubt: c.Doubt})
		}
	}
	for _, whole := range pieces {
		at := 0.0
		if whole.Place.Page == 0 {
			whole.Place.Box = [4]float64{}
		}
		for _, word := range strings.Split(strings.ReplaceAll(whole.Text, "\u00a0", " "), " ") {
			for _, part := range s.parts(word) {
				p := &piece{Piece: share(whole, at, part)}
				p.number = isNumber(part)
				s.pieces = append(s.pieces, p)
				s.byLine[p.Line] = append(s.byLine[p.Line], p)
				at += width(part, p.drawn())
			}
			at += width(" ", whole.Place.Page > 0)
		}
	}
	slices.SortStableFunc(s.pieces, func(a, b *piece) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.From, b.From)) })
}

// isNumber reports whether a text is a number or a sign for none. 三 alone is a piece of a label.
func isNumber(text string) bool {
	kind, v := items.Classify(text)
	return kind == items.Value && (v.State == number.NotApplicable || v.State == number.Reported && strings.ContainsFunc(text, unicode.IsDigit))
}

// share is a part of a piece, which begins behind so much of its text.
func share(whole extract.Piece, at float64, text string) extract.Piece {
	drawn := whole.Place.Page > 0
	all := max(width(whole.Text, drawn), 0.5)
	from, to := at/all, (at+width(text, drawn))/all
	p := whole
	p.Text = text
	p.From, p.To = whole.From+from*(whole.To-whole.From), whole.From+to*(whole.To-whole.From)
	if drawn {
		x, room := whole.Place.Box[0], whole.Place.Box[2]-whole.Place.Box[0]
		p.Place.Box[0], p.Place.Box[2] = x+from*room, x+to*room
	}
	return p
}

// width is how wide a text stands, in ideographs; in text that spaces align every character takes one place.
func width(text string, drawn bool) (w float64) {
	for _, r := range text {
		if w++; drawn && r < 0x2000 {
			w -= 0.45
		}
	}
	return w
}

// parts cuts a word in which no space parts the labels of narrow columns, or a label from its number: 商业企业科研, 规范性文件266.
func (s *straightener) parts(word string) []string {
	if word == "" {
		return nil
	}
	n := s.lex.longestLabel(word)
	rest := word[n:]
	switch {
	case n == 0 || rest == "":
	case strings.Trim(rest, "0123456789,.") == "":
		return []string{word[:n], rest}
	case s.columns(word[:n]) && (s.columns(rest[:s.lex.longestLabel(rest)]) || utf8.RuneCountInString(rest) > 1 && s.lex.prefixes[fold(rest)]):
		return append([]string{word[:n]}, s.parts(rest)...)
	}
	return []string{word}
}

// columns reports whether a text is the label of a column.
func (s *straightener) columns(text string) bool {
	return slices.ContainsFunc(s.lex.exact[fold(text)], func(n *node) bool { return n.axis == columnAxis })
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

// dropRepeated drops the beginning of a header that a page cut and the next page shows again, whole: nothing but words stands between its first line
// there and the same line here.
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

// How far two pieces of one label stand from each other, in lines with text and in characters, the most pieces of one, and how many are tried as the next.
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
		if hits := s.whole(text); len(hits) > 0 && !withGroup(hits, text) && (best == nil || len(fold(text)) > len(fold(best.text))) {
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

// startsNumbered reports whether a text begins with an ordinal: （三）不予, 1.
func startsNumbered(text string) bool {
	num, _ := splitOrdinal(text + "其他")
	return num != (ordinal{})
}

func newLabel(text string, hits []*node, chain []*piece) *label {
	l := &label{text: text, hits: hits, pieces: slices.Clone(chain), from: math.Inf(1), to: math.Inf(-1), top: chain[0].Line, end: chain[0].Line}
	for _, p := range chain {
		l.from, l.to, l.end = min(l.from, p.From), max(l.to, p.To), max(l.end, p.Line)
	}
	return l
}

// below lists the pieces that may go on with a chain: the nearest ones on the following lines that stand under it, and its neighbour to the right.
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

// whole returns the labels that a text is, with a note in brackets behind it or without: an ordinal behind it is that of another label.
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

// withGroup reports whether a text is a label behind the one of its group: in aligned text the two stand in cells of their own.
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
