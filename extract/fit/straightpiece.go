package fit

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// piece is a text of a line that nothing is known to part.
type piece struct {
	extract.Piece
	number, used bool
}

// drawn reports whether a piece stands on a page, so that distances are those of print.
func (p *piece) drawn() bool { return p.Place.Page > 0 }

// collect takes the pieces of a block, cut at every space.
func (s *straightener) collect(b *extract.Block) {
	pieces := piecesOf(b)
	for _, whole := range pieces {
		at := 0.0
		if s.spread && spreadNumber.MatchString(whole.Text) {
			s.add(&piece{Piece: whole, number: true}, digitsSpread)
			continue
		}
		if whole.Place.Page == 0 {
			whole.Place.Box = [4]float64{}
		}
		for _, word := range strings.Split(whole.Text, " ") {
			for _, part := range s.parts(word) {
				s.add(&piece{Piece: share(whole, at, part), number: isNumber(part)}, "")
				at += width(part, whole.Place.Page > 0)
			}
			at += width(" ", whole.Place.Page > 0)
		}
	}
	slices.SortStableFunc(s.pieces, func(a, b *piece) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.From, b.From)) })
}

func (s *straightener) add(p *piece, doubt string) {
	if p.Doubt == "" {
		p.Doubt = doubt
	}
	s.pieces = append(s.pieces, p)
	s.byLine[p.Line] = append(s.byLine[p.Line], p)
}

// spreadNumber is a text of digits one space apart.
var spreadNumber = lazyregexp.New(`^[1-9]( \d)+$`)

// spreadLines counts the lines on which digits stand one space apart beside a number that stands alone.
func spreadLines(blocks []extract.Block) (n int) {
	spread, alone := map[int]bool{}, map[int]bool{}
	for i := range blocks {
		if !aligned(blocks[i]) {
			continue
		}
		for _, p := range piecesOf(&blocks[i]) {
			spread[p.Line] = spread[p.Line] || spreadNumber.MatchString(p.Text)
			alone[p.Line] = alone[p.Line] || isNumber(p.Text)
		}
	}
	for line, is := range spread {
		if is && alone[line] {
			n++
		}
	}
	return n
}

// piecesOf returns the pieces of a block of aligned text, whose spaces are plain ones.
func piecesOf(b *extract.Block) []extract.Piece {
	pieces := slices.Clone(b.Pieces)
	if b.Grid != nil {
		for _, c := range b.Grid.Cells {
			pieces = append(pieces, extract.Piece{Text: c.Text, Place: c.Place, Line: c.Place.LineStart, From: c.Place.Box[0], To: c.Place.Box[2], Doubt: c.Doubt})
		}
	}
	for i := range pieces {
		pieces[i].Text = strings.ReplaceAll(pieces[i].Text, "\u00a0", " ")
	}
	return pieces
}

// isNumber reports whether a text is a number or a sign for none. 三 alone is a piece of a label.
func isNumber(text string) bool {
	if text != "" && strings.Trim(text, "0123456789") == "" {
		return true // 08: the rest of a number that a narrow cell broke
	}
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
