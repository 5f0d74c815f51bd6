package geometry

import "slices"

// dropHidden removes text that nobody sees on the page: white on white, or drawn with no ink at all. White text on a colour is seen; so is, as the
// picture that it was recognised in, text without ink over a picture. recognised tells that there is such text.
func dropHidden(p *Page) (glyphs []Glyph, recognised bool) {
	hidden := func(g Glyph) bool { return g.White || g.Unseen }
	if !slices.ContainsFunc(p.Glyphs, hidden) {
		return p.Glyphs, false
	}
	var shades []Box
	for _, path := range p.Paths {
		if path.Fill && path.FillColor.A > 100 && int(path.FillColor.R)+int(path.FillColor.G)+int(path.FillColor.B) < 3*200 {
			for _, b := range fillBoxes(path.Subpaths) {
				if min(b.Width(), b.Height()) > thinnest {
					shades = append(shades, b)
				}
			}
		}
	}
	out := make([]Glyph, 0, len(p.Glyphs))
	for _, g := range p.Glyphs {
		x, y := g.Box.Center()
		over := func(b Box) bool { return b.Contains(x, y) }
		pictured := hidden(g) && slices.ContainsFunc(p.Images, over)
		if hidden(g) && !pictured && (g.Unseen || !p.Shaded && !slices.ContainsFunc(shades, over)) {
			continue
		}
		recognised = recognised || g.Unseen && pictured
		out = append(out, g)
	}
	return out, recognised
}
