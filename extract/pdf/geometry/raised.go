package geometry

import (
	"slices"
	"strings"
	"unicode"
)

// withoutRaised drops the raised marks of notes from the characters of a cell: small, set above the line, right behind
// a larger character.
func withoutRaised(glyphs []Glyph) []Glyph {
	if len(glyphs) < 2 || len(glyphs) > settings.MostGlyphs {
		return glyphs
	}
	raised := make([]bool, len(glyphs))
	found := false
	behind := func(a, b Glyph, size float64) bool {
		gap := b.Box.X0 - a.Box.X1
		return gap > settings.MarkGap[0]*size && gap < settings.MarkGap[1]*size
	}
	for again := true; again; {
		again = false
		for i, g := range glyphs {
			r := firstRune(g.Text)
			if raised[i] || !unicode.IsDigit(r) && !strings.ContainsRune("*※[]()（）［］〔〕注①②③④⑤⑥⑦⑧⑨", r) {
				continue
			}
			for k, b := range glyphs {
				mark := raised[k] && near(b.Y, g.Y, settings.Level*em(g)) && behind(b, g, em(g))
				if s := em(b); mark || !raised[k] && em(g) <= settings.Raised[1]*s && g.Y-b.Y >= settings.Raised[0]*s && g.Y-b.Y <= settings.Raised[1]*s && behind(b, g, s) {
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
