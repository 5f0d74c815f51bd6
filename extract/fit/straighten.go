package fit

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// Programs that turn pages into text (pdftotext -layout and its like) keep the places of words by spaces, and break the label of a narrow cell over
// lines between which those of its neighbours stand. What belongs together only the form tells: pieces below each other are one label where
// together they are one of the form's. Straighten puts the labels of such text together and makes grids of its tables.

// piece is a text of a line between spaces.
type piece struct {
	text     string
	from, to float64 // characters of the line
	line     int
	number   bool
	used     bool
}

// label is a text of the form that stands in one piece or several.
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

// Straighten replaces the tables of aligned text whose labels are broken over lines by grids. Other blocks stay as they are.
func (f *Form) Straighten(blocks []extract.Block) []extract.Block {
	if !slices.ContainsFunc(blocks, aligned) {
		return blocks
	}
	var out []extract.Block
	for start := 0; start < len(blocks); {
		end := start
		for end < len(blocks) && aligned(blocks[end]) {
			end++
		}
		if end == start {
			out = append(out, blocks[start])
			start++
			continue
		}
		out = append(out, f.straighten(blocks[start:end])...)
		start = end
	}
	return out
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

// straighten reads one run of lines.
func (f *Form) straighten(blocks []extract.Block) []extract.Block {
	s := &straightener{lex: f.lex, byLine: map[int][]*piece{}, covers: map[*piece]*label{}}
	for i := range blocks {
		s.collect(&blocks[i])
	}
	if len(s.pieces) > mostPieces {
		return blocks
	}
	s.lines = sortedLines(s.byLine)
	s.findLabels()
	tables := s.tables()
	if len(tables) == 0 {
		return blocks
	}
	return s.replace(blocks, tables)
}

type straightener struct {
	lex    *lexicon
	pieces []*piece
	byLine map[int][]*piece
	lines  []int // that have pieces
	covers map[*piece]*label
	labels []*label
}

// collect takes the pieces of a block, cut at every space.
func (s *straightener) collect(b *extract.Block) {
	cells := b.Pieces
	if b.Grid != nil {
		cells = b.Grid.Cells
	}
	for _, c := range cells {
		at := c.Place.Box[0]
		for _, word := range strings.Split(strings.ReplaceAll(c.Text, "\u00a0", " "), " ") {
			for _, part := range s.parts(word) {
				n := float64(utf8.RuneCountInString(part))
				p := &piece{text: part, from: at, to: at + n, line: c.Place.LineStart}
				kind, v := items.Classify(part)
				p.number = kind == items.Value && (v.State == number.Reported || v.State == number.NotApplicable)
				s.pieces = append(s.pieces, p)
				s.byLine[p.line] = append(s.byLine[p.line], p)
				at += n
			}
			at++
		}
	}
	slices.SortStableFunc(s.pieces, func(a, b *piece) int { return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.from, b.from)) })
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
			q.used, s.covers[q] = true, l
		}
		s.labels = append(s.labels, l)
	}
}

// How far two pieces of one label stand from each other, in lines with text and in characters, the most pieces of one, and how many are tried as the next.
const (
	linesBetween = 4
	shift        = 4 // characters
	longestLabel = 24
	branches     = 4
)

// grow finds the longest label that begins with a piece, or nil.
func (s *straightener) grow(first *piece) (best *label) {
	chain := []*piece{first}
	steps := 0
	var extend func(text string)
	extend = func(text string) {
		if steps++; steps > 400 || len(chain) > longestLabel || !s.begins(text) {
			return
		}
		if hits := s.whole(text); len(hits) > 0 && !withGroup(hits, text) && (best == nil || len(fold(text)) > len(fold(best.text))) {
			best = newLabel(text, hits, chain)
		}
		for _, next := range s.below(chain) {
			chain = append(chain, next)
			extend(text + next.text)
			chain = chain[:len(chain)-1]
		}
	}
	extend(first.text)
	return best
}

func newLabel(text string, hits []*node, chain []*piece) *label {
	l := &label{text: text, hits: hits, pieces: slices.Clone(chain), from: math.Inf(1), to: math.Inf(-1), top: chain[0].line, end: chain[0].line}
	for _, p := range chain {
		l.from, l.to, l.end = min(l.from, p.from), max(l.to, p.to), max(l.end, p.line)
	}
	return l
}

// below lists the pieces that may go on with a chain: the nearest ones on the following lines that stand under it, and its neighbour to the right.
func (s *straightener) below(chain []*piece) (out []*piece) {
	last := chain[len(chain)-1]
	from, to := math.Inf(1), math.Inf(-1)
	for _, p := range chain {
		from, to = min(from, p.from), max(to, p.to)
	}
	for _, p := range s.byLine[last.line] {
		if !p.used && !p.number && p.from >= last.to && p.from-last.to <= 1 {
			out = append(out, p)
		}
	}
	var aside []*piece // not below, but as near as a page shifts its text
	at, _ := slices.BinarySearch(s.lines, last.line)
	for _, line := range s.lines[at+1 : min(at+1+linesBetween, len(s.lines))] {
		for _, p := range s.byLine[line] {
			switch {
			case p.used || p.number || slices.Contains(chain, p) || p.from >= to+shift || p.to <= from-shift:
			case p.from < to+1 && p.to > from-1:
				out = append(out, p)
			default:
				aside = append(aside, p)
			}
		}
	}
	out = append(out, aside...)
	return out[:min(len(out), branches)]
}

// begins reports whether a text is the beginning of a label, or of a label and its note in brackets.
func (s *straightener) begins(text string) bool {
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
	return s.lex.prefixes[folded] || folded == "" || s.lex.prefixes[fold(bare)]
}

// whole returns the labels that a text is, with a note in brackets behind it or without: an ordinal behind it is that of another label.
func (s *straightener) whole(text string) []*node {
	if !closed(text) {
		return nil
	}
	if hits := s.lex.exact[fold(text)]; len(hits) > 0 {
		return hits
	}
	_, bare := splitOrdinal(text)
	if hits := s.lex.exact[fold(bare)]; len(hits) > 0 {
		return hits
	}
	if i := strings.LastIndexAny(text, "（("); i > 0 && utf8.RuneCountInString(text[i:]) > shortestNote && strings.ContainsAny(text[len(text)-1:]+text[max(0, len(text)-3):], "）)") {
		return s.lex.search(text)
	}
	return nil
}

// shortestNote is in characters, with its brackets: （三） is none.
const shortestNote = 5

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

func sortedLines(byLine map[int][]*piece) []int { return slices.Sorted(maps.Keys(byLine)) }
