package geometry

import (
	"math"
	"slices"
)

// direction of the step from glyph a to glyph b, which the stream shows after it; ok is false when they are not
// neighbours in one piece of text.
func direction(a, b Glyph) (dx, dy float64, ok bool) {
	dx, dy = b.X-a.X, b.Y-a.Y
	step := math.Hypot(dx, dy)
	size := max(a.Size, b.Size)
	if step < settings.Step[0]*size || step > settings.Step[1]*size {
		return 0, 0, false
	}
	return dx / step, dy / step, true
}

// dropSlanted removes text that is set neither along the page nor down it: watermarks and the round text of seals,
// whose characters would fall into cells. Where characters stand tells nothing: the digits of numbers set one below the
// other make slanted lines too.
func dropSlanted(glyphs []Glyph) []Glyph {
	if !slices.ContainsFunc(glyphs, func(g Glyph) bool { return g.Slanted }) {
		return glyphs
	}
	out := make([]Glyph, 0, len(glyphs))
	for _, g := range glyphs {
		if !g.Slanted {
			out = append(out, g)
		}
	}
	return out
}

// sideways returns the quarter turns counter-clockwise in which the text of a page runs as displayed: 0 when it runs to
// the right. Most steps must agree, and some text be there to tell.
func sideways(glyphs []Glyph) int {
	var steps [4]int
	all := 0
	for i := 1; i < len(glyphs); i++ {
		x, y, ok := direction(glyphs[i-1], glyphs[i])
		if !ok {
			continue
		}
		all++
		switch {
		case x > settings.Turned:
			steps[0]++
		case y > settings.Turned:
			steps[1]++
		case x < -settings.Turned:
			steps[2]++
		case y < -settings.Turned:
			steps[3]++
		}
	}
	for turns := 1; turns < 4; turns++ {
		// Text set downwards, one upright glyph below the other, runs like text turned clockwise; its glyphs are
		// determined from their boxes.
		if steps[turns]*5 > all*4 && all >= settings.TurnedSteps && !(turns == 3 && upright(glyphs)) {
			return turns
		}
	}
	return 0
}

// upright reports whether digits and Latin letters are higher than wide, or, where a page has none, that the page is
// set downwards and not turned.
func upright(glyphs []Glyph) bool {
	tall, flat := 0, 0
	for _, g := range glyphs {
		if r := firstRune(g.Text); r >= '0' && r <= '9' && r != '1' || r >= 'A' && r <= 'Z' {
			if g.Box.Height() > g.Box.Width() {
				tall++
			} else {
				flat++
			}
		}
	}
	return tall >= flat
}

// turned maps boxes and points of a page by quarter turns clockwise, for text that runs as many turns
// counter-clockwise.
type turned struct {
	turns         int
	width, height float64 // of the page before
}

func (t turned) point(x, y float64) (float64, float64) {
	switch t.turns {
	case 1:
		return y, t.width - x
	case 2:
		return t.width - x, t.height - y
	case 3:
		return t.height - y, x
	}
	return x, y
}

func (t turned) box(b Box) Box {
	x0, y0 := t.point(b.X0, b.Y0)
	x1, y1 := t.point(b.X1, b.Y1)
	return Box{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}
}

// back is the turn that undoes t.
func (t turned) back() turned {
	out := turned{turns: (4 - t.turns) % 4, width: t.width, height: t.height}
	if t.turns&1 == 1 {
		out.width, out.height = t.height, t.width
	}
	return out
}

// TurnedBy says that the picture of the sheet was turned by so many quarter turns clockwise before it was read. Its
// places are then given on the page as displayed.
func (s *Sheet) TurnedBy(turns int) {
	s.back = turned{turns: (4 - turns) % 4, width: s.Width, height: s.Height}
}

// Upright drops slanted text and turns a page that is displayed sideways, so that its text runs to the right. It
// returns the page and the turn that leads back to the page as displayed.
func Upright(p *Page) (*Page, turned) {
	out := *p
	out.Turns = 0
	out.Glyphs = dropSlanted(p.Glyphs)
	t := turned{turns: p.Turns, width: p.Width, height: p.Height}
	if t.turns == 0 {
		t.turns = sideways(out.Glyphs)
	}
	if t.turns == 0 {
		return &out, t.back()
	}
	if t.turns&1 == 1 {
		out.Width, out.Height = p.Height, p.Width
	}
	glyphs := make([]Glyph, len(out.Glyphs))
	for i, g := range out.Glyphs {
		g.Box = t.box(g.Box)
		g.X, g.Y = t.point(g.X, g.Y)
		glyphs[i] = g
	}
	out.Glyphs = glyphs
	if p.Turns != 0 {
		out.Glyphs = out.Glyphs[:0:0]
		for _, l := range Lines(glyphs) {
			out.Glyphs = append(out.Glyphs, l.Glyphs...)
		}
	}
	out.Images = make([]Box, len(p.Images))
	for i, b := range p.Images {
		out.Images[i] = t.box(b)
	}
	out.Paths = make([]Path, len(p.Paths))
	for i, path := range p.Paths {
		subpaths := make([][]Point, len(path.Subpaths))
		for k, s := range path.Subpaths {
			subpaths[k] = make([]Point, len(s))
			for j, q := range s {
				x, y := t.point(q.X, q.Y)
				subpaths[k][j] = Point{x, y}
			}
		}
		path.Subpaths = subpaths
		out.Paths[i] = path
	}
	return &out, t.back()
}
