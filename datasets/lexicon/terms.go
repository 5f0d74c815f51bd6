package lexicon

import (
	"strings"
	"sync"
	"unicode"
)

// Break is the term that stands for punctuation and line ends: no phrase reaches over one.
const Break = "。"

// pairs are the words of two characters.
var pairs = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for line := range strings.Lines(Field + proseWords + Common()) {
		if f := strings.Fields(line); len(f) > 0 && len([]rune(f[0])) == 2 {
			known[f[0]] = true
		}
	}
	return known
})

// Terms cuts a text into the terms by which it is searched: words of one or two characters, numbers and words in
// letters, folded in width and case. A longer word is cut further (政务公开: 政务 公开), the same way wherever it stands, so
// that a part of it is found and the whole is a phrase. Spaces are left out; punctuation is Break.
func Terms(text string) []string {
	var terms []string
	pairs := pairs()
	for piece := range pieces(Fold(text)) {
		switch kindOf(piece[0]) {
		case latin:
			terms = append(terms, string(piece))
		case han:
			for len(piece) > 0 {
				n := 1
				if len(piece) == 2 || len(piece) > 2 && pairs[string(piece[:2])] {
					n = 2
				}
				terms = append(terms, string(piece[:n]))
				piece = piece[n:]
			}
		default:
			if piece[0] != '\n' && unicode.IsSpace(piece[0]) {
				continue
			}
			if n := len(terms); n > 0 && terms[n-1] != Break {
				terms = append(terms, Break)
			}
		}
	}
	return terms
}

// Fold makes the characters of a text half-width and lower-case, one for one.
func Fold(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= 0xff01 && r <= 0xff5e {
			r -= 0xfee0
		}
		return unicode.ToLower(r)
	}, text)
}
