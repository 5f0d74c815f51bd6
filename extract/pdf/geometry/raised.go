package geometry

import (
	"slices"
	"strings"
	"unicode"
)

// withoutRaised drops the raised marks of notes from the characters of a cell: small, set above the line, right behind
// a larger character.
func withoutRaised(glyphs []Glyph) []Glyph {
	if len(glyphs) < 2 || len(glyphs) > mostGlyphs {
		return glyphs
	}
	raised := make([]bool, len(glyphs))
	found := false
	behind := func(a, b Glyph, size float64) bool {
		gap := b.Box.X0 - a.Box.X1
		return gap > -0.3*size && gap < 0.6*size
	}
	for again := true; again; {
		again = false
		for i, g := range glyphs {
			r := firstRune(g.Text)
			if raised[i] || !unicode.IsDigit(r) && !strings.ContainsRune("*※[]()（）［］〔〕注①②③④⑤⑥⑦⑧⑨", r) {
				continue
			}
			for k, b := range glyphs {
				mark := raised[k] && near(b.Y, g.Y, 0.2*em(g)) && behind(b, g, em(g))
				if s := em(b); mark || !raised[k] && em(g) <= 0.8*s && g.Y-b.Y >= 0.15*s && g.Y-b.Y <= 0.8*s && behind(b, g, s) {
					raised[i], found, again = true, true, true
					break
				}
			}
		}
	}
	if !found {
		return glyphs
	}
	i := -1
	return slices.DeleteFunc(slices.Clone(glyphs), func(Glyph) bool { i++; return raised[i] })
}
