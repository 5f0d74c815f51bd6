package text

import (
	"strings"
	"unicode"
)

// Halfwidth returns the ASCII character that r is the full-width form of, or r.
func Halfwidth(r rune) rune {
	if r >= 0xff01 && r <= 0xff5e {
		return r - 0xfee0
	}
	return r
}

// Squeeze brings a line, as a title or a name, to the characters that matter: no blanks and nothing that shows nothing,
// letters, digits and brackets in half width. The marks that part or end sentences (，：；？！～) stay as Chinese text has
// them.
func Squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r > ' ' && r < 0x7f:
			return r
		case Harmless(r), unicode.IsSpace(r), r != object && Damage(r):
			return -1
		case r == '，', r == '：', r == '；', r == '？', r == '！', r == '～':
			return r
		}
		return Halfwidth(r)
	}, s)
}
