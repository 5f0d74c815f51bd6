package text

import (
	_ "embed"
	"unicode"
	"unicode/utf8"
)

// t2s.txt holds pairs of characters, traditional and simplified: the first choice of OpenCC's TSCharacters
// (Apache-2.0), one character each.
//
//go:embed t2s.txt
var t2s string

const (
	hanFirst = 0x4e00
	hanEnd   = 0xa000
)

// simplified holds for every character of the main block the one it has in simplified script, or 0.
var simplified = func() (table [hanEnd - hanFirst]uint16) {
	var last rune
	for _, r := range t2s {
		switch {
		case r == '\n':
		case last == 0:
			last = r
		default:
			if last >= hanFirst && last < hanEnd && r <= 0xffff {
				table[last-hanFirst] = uint16(r)
			}
			last = 0
		}
	}
	return table
}()

// Simplified returns the character that r is in simplified script; r itself where it is the same or none is known.
func Simplified(r rune) rune {
	if r >= hanFirst && r < hanEnd {
		if s := simplified[r-hanFirst]; s != 0 {
			return rune(s)
		}
	}
	return r
}

// IsHan reports a Chinese character; punctuation is none.
func IsHan(r rune) bool { return r >= 0x3400 && r < hanEnd || r >= 0x20000 && r <= 0x3ffff }

// Gloss returns the length in bytes of the pinyin gloss that s opens with, brackets included (發|(fā)), or 0.
func Gloss(s string) int {
	letters := 0
	for i, r := range s {
		switch {
		case i == 0 && (r == '(' || r == '（'), i > 0 && r == ' ':
		case i > 0 && (r == ')' || r == '）'):
			if letters == 0 {
				return 0
			}
			return i + utf8.RuneLen(r)
		case i > 0 && GlossLetter(r) && letters < 7:
			letters++
		default:
			return 0
		}
	}
	return 0
}

// GlossLetter reports a letter that pinyin is written with, tone marks of their own included.
func GlossLetter(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xc0 && r < 0x250 && unicode.IsLetter(r) || r == 'ɑ' || r == 'ɡ' || r >= 0x300 && r < 0x310
}

// WithoutGlosses drops the pinyin glosses behind Chinese characters, as mirror sites print them (規(guī)范), and counts
// them.
func WithoutGlosses(s string) (out string, glosses int) {
	var b []byte
	kept, han := 0, false
	for i, r := range s {
		if i < kept {
			continue
		}
		if han && (r == '(' || r == '（') {
			if n := Gloss(s[i:]); n > 0 {
				if b == nil {
					b = make([]byte, 0, len(s))
				}
				b = append(b, s[kept:i]...)
				kept = i + n
				glosses++
				continue
			}
		}
		han = IsHan(r)
	}
	if glosses == 0 {
		return s, 0
	}
	return string(append(b, s[kept:]...)), glosses
}
