package fit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/extract/text"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// stream makes lines of paragraphs that a source flattened tables to: one cell, one row or one run-together row a
// paragraph. The structure is gone, the order of the cells is not: a label of a row begins a line, what follows it
// stands behind it.
type stream struct {
	f      *fitter
	lines  [][]*items.Item
	cur    []*items.Item
	blanks []*items.Item // empty cells behind a header, until what follows tells whose they are
	blank  bool          // the last piece was an empty cell
	begun  bool          // a label of the form was seen
}

// longestText bounds a piece that may be a damaged label; the longest label of the forms has 60 characters.
const longestText = 60

// wordedNumber is a cell that holds a number with words around it, which the grammar of cells does not read: 减少45,
// 增加约3项.
var wordedNumber = lazyregexp.New(`^\p{Han}{1,3}[+\-－＋]?\d[\d,.]*\p{Han}{0,2}$`)

// paragraph takes the next paragraph of the document.
func (s *stream) paragraph(b *extract.Block, at int, out *[]*line) {
	tokens, ok := s.f.lex.tokenize(b.Text)
	if !ok && s.begun {
		if t, is := s.f.lex.withoutNote(b.Text); is {
			tokens, ok = []token{{tokenLabel, t}}, true // 上一年项目数量 (指2019年事项数)
		}
	}
	if !ok {
		if !s.begun || !text.Short(b.Text, longestText) || s.f.heading(b.Text) {
			s.end(out)
			return
		}
		tokens = []token{{tokenText, b.Text}}
	}
	var line []*items.Item
	for _, t := range tokens {
		i := &items.Item{Cell: &extract.Cell{Text: t.text, Place: b.Place, Recognised: b.Recognised}, Text: t.text, At: at + 1}
		if b.Recognised {
			i.Cell.Doubt = recognisedText
		}
		switch t.kind {
		case tokenLabel, tokenText:
			i.Kind = items.Word
			if wordedNumber.MatchString(t.text) && len(s.f.find(t.text)) == 0 {
				i.Kind, i.Number = items.Value, number.Parse(t.text)
			}
		case tokenNumber:
			i.Kind, i.Number, i.Clear = items.Value, number.Parse(t.text), strings.Contains(b.Text, " "+t.text) || strings.Contains(b.Text, "\t"+t.text)
		case tokenBlank:
			i.Number = number.Value{State: number.Blank}
		}
		s.token(i, t.kind)
		line = append(line, i)
	}
	if s.f.isSpread(line) {
		s.f.spread = append(s.f.spread, line)
	}
}

// token moves the lines on by one piece.
func (s *stream) token(i *items.Item, kind tokenKind) {
	defer func() { s.blank = kind == tokenBlank }()
	header := s.isHeader()
	switch {
	case kind == tokenBlank && !s.begun:
	case kind == tokenBlank && header:
		s.blanks = append(s.blanks, i)
	case i.Kind != items.Word:
		if header {
			s.next()
			s.cur = append(s.cur, s.blanks...)
		}
		s.blanks = nil
		s.cur = append(s.cur, i)
	case kind == tokenText:
		s.blanks = nil
		switch {
		case header && (utf8.RuneCountInString(i.Text) < 24 || s.ofHeader(i.Text)), len(s.cur) == 1 && isUnit(i.Text):
		default:
			s.next()
		}
		s.cur = append(s.cur, i)
	default:
		s.begun = true
		s.label(i, header)
		if s.blank {
			s.f.led[i] = true
		}
	}
}

func (s *stream) label(i *items.Item, header bool) {
	s.blanks = nil
	row, column, title := false, false, false
	for _, n := range s.f.find(i.Text) {
		row = row || n.axis == rowAxis
		column = column || n.axis == columnAxis || n.axis == headAxis
		title = title || n.axis == titleAxis
	}
	switch {
	case title:
		s.next()
	case column && header:
	case row && !column && s.onlyGroups(i.At):
	default:
		s.next()
	}
	s.cur = append(s.cur, i)
}

// isHeader reports whether the line that is open is one of a header.
func (s *stream) isHeader() bool {
	columns := false
	for _, i := range s.cur {
		if i.Kind == items.Value {
			return false
		}
		row, column := false, false
		for _, n := range s.f.find(i.Text) {
			row = row || n.axis == rowAxis
			column = column || n.axis != rowAxis
		}
		if row && !column {
			return false
		}
		columns = columns || column
	}
	return columns
}

// ofHeader reports whether a text has only characters of the header that is open: 结果 结果 其他 尚未 总, the pieces of labels
// broken over lines.
func (s *stream) ofHeader(text string) bool {
	for _, i := range s.cur {
		for _, n := range s.f.find(i.Text) {
			if n.axis != columnAxis || len(n.family.rows) > 0 {
				continue
			}
			header := (&solver{fam: n.family}).pieces()
			return strings.IndexFunc(fold(text), func(r rune) bool { return !strings.ContainsRune(header, r) }) < 0
		}
	}
	return false
}

// onlyGroups reports whether the line that is open has labels of rows only, all of one paragraph: a group and its row.
func (s *stream) onlyGroups(at int) bool {
	return len(s.cur) > 0 && !slices.ContainsFunc(s.cur, func(i *items.Item) bool {
		return i.At != at || i.Kind != items.Word || slices.ContainsFunc(s.f.find(i.Text), func(n *node) bool { return n.axis == rowAxis && n.leaf() })
	})
}

func (s *stream) next() {
	if len(s.cur) > 0 {
		s.lines = append(s.lines, s.cur)
	}
	s.cur = nil
}

// end closes the lines that are open.
func (s *stream) end(out *[]*line) {
	s.next()
	if s.begun && len(s.lines) > 0 {
		sheet := items.FromLines(s.lines)
		if slices.ContainsFunc(sheet.Items, s.f.listsYears) {
			s.f.openAll(sheet) // the years lost their columns
		}
		*out = append(*out, s.f.sheetLines(sheet)...)
	}
	*s = stream{f: s.f}
}

// tokenKind is what one piece of a flattened table is.
type tokenKind uint8

const (
	tokenLabel  tokenKind = iota // a label of the forms
	tokenNumber                  // digits, a dash or 无; several cells may be run together in it
	tokenBlank                   // an explicitly empty cell between two bars
	tokenText                    // anything else, short enough to be a damaged label
)

type token struct {
	kind tokenKind
	text string
}

// tokenize cuts a paragraph into labels and numbers. It answers false for text that is neither: narrative, headings.
func (l *lexicon) tokenize(text string) ([]token, bool) {
	if text == "" {
		return []token{{kind: tokenBlank}}, true
	}
	if len(text) > 4000 {
		return nil, false
	}
	var out []token
	for i := 0; i < len(text); {
		if n := skip(text[i:]); n > 0 {
			i += n
			continue
		}
		if n := l.longestLabel(text[i:]); n > 0 {
			out = append(out, token{tokenLabel, text[i : i+n]})
			i += n
			if strings.TrimSpace(text[i:]) == "/" {
				break // 本年增/: the rest of 增/减 was lost
			}
			continue
		}
		if o := listOrdinal(text[i:]); o > 0 {
			if n := l.longestLabel(text[i+o:]); n > 0 {
				out = append(out, token{tokenLabel, text[i : i+o+n]})
				i += o + n
				continue
			}
		}
		n := l.numberLength(text[i:])
		if n == 0 || len(out) > 0 && text[i] == ',' || strings.HasPrefix(text[i:], "，") {
			return nil, false // a comma stands between cells, so whether one within digits does is open
		}
		out = append(out, token{tokenNumber, text[i : i+n]})
		i += n
	}
	return out, len(out) > 0
}

// skip counts the bytes of white space and bars that open s.
func skip(s string) int {
	return len(s) - len(strings.TrimLeft(s, " \t\r\n\u00a0\u3000|｜│"))
}

// longestLabel finds the longest label that opens s: its length in bytes.
func (l *lexicon) longestLabel(s string) (length int) {
	text := make([]byte, 0, 192)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		one := fold(s[i : i+size])
		if r == '(' || r == '（' {
			if n := gloss(s[i:]); n > 0 {
				i += n
				continue
			}
		}
		i += size
		if one == "" {
			if length == i-size && strings.ContainsRune("）)”\"", r) && len(text) > 0 {
				length = i // the mark that closes the label
			}
			if r == '|' {
				break
			}
			continue
		}
		text = append(text, one...)
		if !l.prefixes[string(text)] {
			break
		}
		if _, ok := l.exact[string(text)]; ok {
			length = i
		}
	}
	if length == 0 || strings.Trim(s[:length], "0123456789.,-+ ") == "" {
		return 0
	}
	return length
}

// listOrdinal returns the length of a list number that opens s: 2. before a label is no number of the row before.
func listOrdinal(s string) int {
	if len(s) < 2 || s[0] < '1' || s[0] > '9' {
		return 0
	}
	r, n := utf8.DecodeRuneInString(s[1:])
	if !strings.ContainsRune(".．、", r) {
		return 0
	}
	return 1 + n + skip(s[1+n:])
}

// startsUnit reports whether a word that is a unit opens s.
func startsUnit(s string) bool {
	if i := strings.IndexAny(s, " \t\r\n\u00a0\u3000|｜│"); i >= 0 {
		s = s[:i]
	}
	return isUnit(s)
}

// numberLength returns the length of the cell value that opens s, up to white space, a bar or the start of a label.
func (l *lexicon) numberLength(s string) int {
	end := 0
	for i, r := range s {
		if r >= '0' && r <= '9' || r >= '０' && r <= '９' || strings.ContainsRune("+-－＋.．,，—–/", r) {
			end = i + utf8.RuneLen(r)
			continue
		}
		break
	}
	gap := 0
	if rest := strings.TrimLeft(s[end:], " \u00a0\u3000"); end > 0 && startsUnit(rest) {
		gap = len(s) - end - len(rest) // 5 件
	}
	word := s[end+gap:]
	if i := strings.IndexAny(word, " \t\r\n\u00a0\u3000|｜│"); i >= 0 {
		word = word[:i]
	}
	if end == 0 && word == "无" || end > 0 && word != "" && number.Parse(s[:end]+word).State == number.Reported {
		return end + gap + len(word) // a unit, or 无
	}
	if end > 0 && word != "" {
		if l.longestLabel(s[end:]) == 0 {
			return 0
		}
	}
	return end
}

// withoutNote reads a label that a filling note in brackets follows: 规章(设区的市人民政府应提供相关数据).
func (l *lexicon) withoutNote(text string) (string, bool) {
	i := strings.IndexAny(text, "(（")
	if i < 6 || utf8.RuneCountInString(text[:i]) > 24 {
		return "", false
	}
	label := strings.TrimSpace(text[:i])
	if len(l.exact[fold(label)]) > 0 {
		return label, true
	}
	return label, utf8.RuneCountInString(text) > longestText // a row of the publisher's own, with its note
}
