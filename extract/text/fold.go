// Package text knows characters: which of them tell a label apart, and how labels are numbered. It is a leaf.
package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold folds a label to what tells it apart: Han characters, letters and digits, in half-width and simplified script.
// Spaces, line ends, brackets and punctuation go, and so do pinyin glosses in brackets (發(fā)) that some copies put
// behind characters.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r >= hanFirst && r < hanEnd { // a letter of its own, without width or case
			b.WriteRune(Simplified(r))
			i += size
			continue
		}
		if r == '(' || r == '（' {
			if n := Gloss(s[i:]); n > 0 {
				i += n
				continue
			}
		}
		if r == '[' && strings.HasPrefix(s[i:], "[^") { // a note's mark
			if end := strings.IndexByte(s[i:min(len(s), i+24)], ']'); end > 0 {
				i += end + 1
				continue
			}
		}
		i += size
		r = Halfwidth(r)
		if r >= supplementFirst && r < radicalsEnd || r >= 0xf900 && r < 0xfb00 {
			r = Unify(r)
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		b.WriteRune(unicode.ToLower(Simplified(r)))
	}
	return strings.ReplaceAll(b.String(), "规范性档案", "规范性文件") // Taiwan's word for 文件
}

// Ordinal is the numbering before a label: 三、 is {1, 3}, （三） {2, 3}, 3. {3, 3}. The zero Ordinal is no numbering.
type Ordinal struct{ Level, N int }

var chineseOrdinals = map[rune]int{'一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '十': 10}

// SplitOrdinal cuts the numbering from the front of a label as published. A numeral counts as numbering only with a
// mark after it: 三安全 is no numbering, and neither is 1属于, which may be a value and a label run together.
func SplitOrdinal(s string) (Ordinal, string) {
	rest := strings.TrimLeft(s, " \t\r\n\u00a0\u3000（(")
	bracket := strings.ContainsAny(s[:len(s)-len(rest)], "（(")
	rest = strings.TrimLeft(rest, " \u00a0\u3000")
	o, end, closed := Ordinal{}, 0, false
scan:
	for i, r := range rest {
		r = Halfwidth(r)
		if r >= supplementFirst && r < radicalsEnd || r >= 0xf900 && r < 0xfb00 {
			r = Unify(r)
		}
		switch n := chineseOrdinals[r]; {
		case r >= '0' && r <= '9' && o.Level != 1 && o.N < 10:
			o = Ordinal{3, o.N*10 + int(r-'0')}
		case n > 0 && o.Level == 0:
			o = Ordinal{1, n}
		case n > 0 && o == Ordinal{1, 10} && n < 10:
			o.N += n
		case strings.ContainsRune(")、.,。:", r) && o.Level > 0:
			end, closed = i+utf8.RuneLen(r), true
			break scan
		case r == ' ' || r == 0xa0 || r == 0x3000:
		default:
			break scan
		}
	}
	if !closed {
		return Ordinal{}, s
	}
	if bracket && o.Level == 1 {
		o.Level = 2
	}
	return o, rest[end:]
}
