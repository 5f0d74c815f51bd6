package report

import (
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/normalize/number"
)

// tokenKind tells what one piece of a flattened table is.
type tokenKind uint8

const (
	tokenLabel  tokenKind = iota // a label of the forms
	tokenNumber                  // digits, a dash or 无; several cells may be run together in it
	tokenBlank                   // an explicitly empty cell between two bars
	tokenText                    // anything else, short enough to be a damaged label
)

// token is one piece of a flattened table: the source lost the table's structure and kept the order of its cells.
type token struct {
	kind tokenKind
	text string
	hits []hit
	at   int // index of the paragraph
}

// prefixes holds every beginning of every normalised label, so that the longest label at a place is found in one pass.
var prefixes = func() map[string]bool {
	m := map[string]bool{}
	for text := range lex.exact {
		for i := range text {
			m[text[:i]] = true
		}
		m[text] = true
	}
	return m
}()

// longestText bounds a piece that may be a damaged label; the longest label of the forms has 60 characters.
const longestText = 60

// tokenize cuts a paragraph into labels and numbers. It answers false for text that is neither: narrative, headings.
func tokenize(text string, at int) ([]token, bool) {
	if text == "" {
		return []token{{kind: tokenBlank, at: at}}, true
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
		if n, hits := longestLabel(text[i:]); n > 0 {
			out = append(out, token{tokenLabel, text[i : i+n], hits, at})
			i += n
			if strings.TrimSpace(text[i:]) == "/" && out[len(out)-1].is(servColumn) {
				break // 本年增/: the rest of 增/减 was lost
			}
			continue
		}
		if o := listOrdinal(text[i:]); o > 0 {
			if n, hits := longestLabel(text[i+o:]); n > 0 {
				out = append(out, token{tokenLabel, text[i : i+o+n], hits, at})
				i += o + n
				continue
			}
		}
		n := numberLength(text[i:])
		if n == 0 {
			return nil, false
		}
		out = append(out, token{tokenNumber, text[i : i+n], nil, at})
		i += n
	}
	return out, len(out) > 0
}

// skip counts the bytes of white space and bars that open s.
func skip(s string) int {
	return len(s) - len(strings.TrimLeft(s, " \t\r\n\u00a0\u3000|｜│"))
}

// longestLabel finds the longest label that opens s: its length in bytes and its meanings.
func longestLabel(s string) (length int, hits []hit) {
	text := make([]byte, 0, 192)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		one := normalise(s[i : i+size])
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
		if !prefixes[string(text)] {
			break
		}
		if h, ok := lex.exact[string(text)]; ok {
			length, hits = i, h
		}
	}
	if length == 0 || isNumberOnly(s[:length]) {
		return 0, nil
	}
	return length, hits
}

func isNumberOnly(s string) bool { return strings.Trim(s, "0123456789.,-+ ") == "" }

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

// startsUnit tells whether a word that is a unit opens s.
func startsUnit(s string) bool {
	if i := strings.IndexAny(s, " \t\r\n\u00a0\u3000|｜│"); i >= 0 {
		s = s[:i]
	}
	return isUnit(s)
}

// numberLength returns the length of the cell value that opens s, up to white space, a bar or the start of a label.
func numberLength(s string) int {
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
		if n, _ := longestLabel(s[end:]); n == 0 {
			return 0
		}
	}
	return end
}
