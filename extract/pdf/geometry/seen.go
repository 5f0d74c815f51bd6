package geometry

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract"
)

// Hidden is text that stands on a page where nobody sees it, because something was painted over it.
type Hidden struct {
	Box  Box
	Text string
	// Bare: what hides it is white, so that the place looks empty where nothing was painted on it.
	Bare bool
}

// Place is where the text stands.
func (h Hidden) Place(page int) extract.Place { return place(page, h.Box) }

// dropHidden removes text that nobody sees on the page: outside of it, clipped away, painted over, white on white, or
// drawn with no ink at all. White text on a colour that was painted before it is seen; so is, as the picture that it
// was recognised in, text without ink over a picture. recognised reports that there is such text, hidden what was
// painted over.
func dropHidden(p *Page) (glyphs []Glyph, recognised bool, hidden []Hidden) {
	covers := coversOf(p)
	outside := func(g Glyph) bool {
		x, y := g.Box.Center()
		return g.Clipped || x < 0 || y < 0 || x > p.Width || y > p.Height
	}
	pale := func(g Glyph) bool { return g.White || g.Unseen }
	if len(covers) == 0 && !slices.ContainsFunc(p.Glyphs, func(g Glyph) bool { return pale(g) || outside(g) }) {
		return p.Glyphs, false, nil
	}
	shades := shadesOf(p)
	out := make([]Glyph, 0, len(p.Glyphs))
	for _, g := range p.Glyphs {
		if outside(g) {
			continue
		}
		x, y := g.Box.Center()
		if pale(g) {
			pictured := slices.ContainsFunc(p.Images, func(b Box) bool { return b.Contains(x, y) })
			shaded := slices.ContainsFunc(shades, func(s cover) bool { return s.order <= g.Order && s.Contains(x, y) })
			if !pictured && (g.Unseen || !p.Shaded && !shaded) {
				continue
			}
			recognised = recognised || g.Unseen && pictured
			out = append(out, g)
			continue
		}
		if c := covering(covers, g); c != nil && c.scan {
			recognised = true
		} else if c != nil {
			hidden = hide(hidden, g, c.white)
			continue
		}
		out = append(out, g)
	}
	return out, recognised, hidden
}

// cover is a box of the page that shows nothing of what was painted before it.
type cover struct {
	Box
	order int
	white bool
	scan  bool // a picture of much of the page, under which some programs put the text that they recognised in it
}

// coversOf lists the opaque boxes that were painted after some text, in the order of painting.
func coversOf(p *Page) (out []cover) {
	first := 0
	for _, g := range p.Glyphs {
		if first == 0 || g.Order < first {
			first = g.Order
		}
	}
	for _, path := range p.Paths {
		if !path.Fill || path.Order <= first || path.FillColor.A < settings.Paper || path.Blended {
			continue
		}
		for _, s := range path.Subpaths {
			if len(s) < 3 {
				continue
			}
			b := bounds(s)
			if path.Curved {
				b = b.Union(path.Hull)
			}
			if min(b.Width(), b.Height()) > settings.Thinnest && (path.Curved || rectangular(s)) {
				if path.Curved { // an ellipse or a box with round corners hides what lies in its middle
					dx, dy := b.Width()*settings.RoundCorner, b.Height()*settings.RoundCorner
					b = Box{b.X0 + dx, b.Y0 + dy, b.X1 - dx, b.Y1 - dy}
				}
				out = append(out, cover{b, path.Order, path.FillColor.White(), false})
			}
		}
	}
	for _, i := range p.Pictures {
		if i.Order > first {
			large := i.Whole.Width()*i.Whole.Height() > p.Width*p.Height*settings.LargePicture
			out = append(out, cover{i.Box, i.Order, i.White, large})
		}
	}
	return out
}

// rectangular reports whether each side of a path runs along the page or down it.
func rectangular(points []Point) bool {
	for i := 1; i < len(points); i++ {
		if a, b := points[i-1], points[i]; !near(a.X, b.X, 0.5) && !near(a.Y, b.Y, 0.5) {
			return false
		}
	}
	return true
}

// covering returns what hides a glyph: the last box painted after it that holds its middle and most of its height.
func covering(covers []cover, g Glyph) *cover {
	x, y := g.Box.Center()
	for i := len(covers) - 1; i >= 0; i-- {
		if c := &covers[i]; c.order > g.Order && c.Contains(x, y) && min(c.Y1, g.Box.Y1)-max(c.Y0, g.Box.Y0) > settings.Covered*g.Box.Height() {
			return c
		}
	}
	return nil
}

// hide adds a glyph to the hidden text, to that of the glyph before it where both stand on one line.
func hide(hidden []Hidden, g Glyph, white bool) []Hidden {
	if n := len(hidden); n > 0 {
		h := &hidden[n-1]
		if near(h.Box.Y0, g.Box.Y0, 0.5*em(g)) && near(h.Box.X1, g.Box.X0, 0.6*em(g)) && h.Bare == white {
			h.Box, h.Text = h.Box.Union(g.Box), h.Text+g.Text
			return hidden
		}
	}
	return append(hidden, Hidden{g.Box, g.Text, white})
}

// shadesOf lists the filled boxes dark enough for white text.
func shadesOf(p *Page) (out []cover) {
	for _, path := range p.Paths {
		if path.Fill && path.FillColor.A > 100 && int(path.FillColor.R)+int(path.FillColor.G)+int(path.FillColor.B) < 3*settings.Shade {
			for _, b := range fillBoxes(path.Subpaths) {
				if min(b.Width(), b.Height()) > settings.Thinnest {
					out = append(out, cover{Box: b, order: path.Order})
				}
			}
		}
	}
	return out
}
