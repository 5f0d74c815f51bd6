package geometry

import "slices"

// dropSeals removes the words and the serial number of a seal that stands over the page: characters of the seal's own
// colour within its ring. The part of them that is set along the page would fall into cells.
func dropSeals(p *Page) []Glyph {
	var seals []Path
	for _, path := range p.Paths {
		b := path.Hull
		if c, ok := path.ink(); ok && path.Curved && c.vivid() && min(b.Width(), b.Height()) >= settings.SmallestSeal && max(b.Width(), b.Height()) <= settings.LargestSeal &&
			b.Width() < settings.Oval*b.Height() && b.Height() < settings.Oval*b.Width() {
			seals = append(seals, path)
		}
	}
	if len(seals) == 0 {
		return p.Glyphs
	}
	of := func(g Glyph) bool {
		x, y := g.Box.Center()
		return slices.ContainsFunc(seals, func(s Path) bool {
			c, _ := s.ink()
			return s.Hull.Contains(x, y) && c.like(g.Ink)
		})
	}
	if own := len(slices.DeleteFunc(slices.Clone(p.Glyphs), of)); 2*own < len(p.Glyphs) {
		return p.Glyphs // all the page is set in this colour
	}
	return slices.DeleteFunc(slices.Clone(p.Glyphs), of)
}

// ink is the colour that a path shows.
func (p *Path) ink() (Color, bool) {
	switch {
	case p.Stroke:
		return p.StrokeColor, true
	case p.Fill:
		return p.FillColor, true
	}
	return Color{}, false
}

// vivid reports a colour that is no shade of grey.
func (c Color) vivid() bool {
	return c.A > 40 && int(max(c.R, c.G, c.B))-int(min(c.R, c.G, c.B)) > settings.Vivid
}

// like reports whether two colours are of one hue and strength.
func (c Color) like(o Color) bool {
	d := func(a, b uint8) bool { return int(a)-int(b) < settings.Vivid && int(b)-int(a) < settings.Vivid }
	return o.A > 40 && d(c.R, o.R) && d(c.G, o.G) && d(c.B, o.B)
}
