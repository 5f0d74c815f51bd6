package chart

import (
	"strings"
	"unicode"
)

// clean keeps a text on one line, without control and direction characters that could turn what stands beside it.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}

// advance is about how wide a character is in a font of size 1: the reader's fonts are not known here.
func advance(r rune) float64 {
	switch {
	case r >= 0x2e80:
		return 1
	case strings.ContainsRune("iljtfI.,:;'| ", r):
		return .32
	case unicode.IsUpper(r) || r == 'm' || r == 'w':
		return .75
	}
	return .57
}

// fitted breaks a text into at most so many lines of a width, at blanks or between Chinese characters; what is too long
// ends in an ellipsis.
func fitted(s string, size, room float64, most int) []string {
	var out []string
	line, width, blank := []rune{}, 0., 0
	for _, r := range clean(s) {
		w := advance(r) * size
		if width+w > room && len(line) > 0 {
			if len(out) == most-1 {
				return append(out, strings.TrimRight(string(line[:len(line)-1]), " ")+"…")
			}
			cut := len(line)
			if blank > 0 && r < 0x2e80 {
				cut = blank
			}
			out = append(out, strings.TrimRight(string(line[:cut]), " "))
			line, width, blank = append([]rune{}, line[cut:]...), 0, 0
			for _, kept := range line {
				width += advance(kept) * size
			}
		}
		line, width = append(line, r), width+w
		if r == ' ' || r >= 0x2e80 {
			blank = len(line)
		}
	}
	return append(out, string(line))
}
