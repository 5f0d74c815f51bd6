package geometry

import (
	"fmt"
	"html"
	"strings"
)

// Draw returns an SVG picture of what each step of the ladder saw on a page that was read with keep: glyph boxes grey, rules red, joined edges
// blue, the regions of lattices filled, and their text.
func (s *Sheet) Draw() string {
	if s.Steps == nil {
		return ""
	}
	var b strings.Builder
	p := s.Steps.Page
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.1f %.1f" font-size="5">`+"\n", p.Width, p.Height)
	b.WriteString(`<rect width="100%" height="100%" fill="white"/>` + "\n")
	box := func(c Box, style string) {
		fmt.Fprintf(&b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" %s/>`+"\n", c.X0, p.Height-c.Y1, c.Width(), c.Height(), style)
	}
	line := func(r Rule, style string) {
		x1, y1, x2, y2 := r.From, r.At, r.To, r.At
		if !r.Horizontal {
			x1, y1, x2, y2 = r.At, r.From, r.At, r.To
		}
		fmt.Fprintf(&b, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" %s/>`+"\n", x1, p.Height-y1, x2, p.Height-y2, style)
	}
	for _, l := range s.Steps.Lattices {
		for i, r := range l.Regions {
			box(r.Box, fmt.Sprintf(`fill="hsl(%d,80%%,90%%)"`, i*67%360))
		}
	}
	for _, g := range p.Glyphs {
		box(g.Box, `fill="none" stroke="silver" stroke-width="0.3"`)
	}
	for _, r := range s.Steps.Rules {
		line(r, `stroke="red" stroke-width="1.2"`)
	}
	for _, e := range s.Steps.Edges {
		line(e, `stroke="blue" stroke-width="0.5"`)
	}
	for _, t := range s.Tables {
		for _, c := range t.Cells {
			fmt.Fprintf(&b, `<text x="%.1f" y="%.1f">%d,%d %s</text>`+"\n", c.Box.X0+1, p.Height-c.Box.Y1+5, c.Row, c.Col, html.EscapeString(c.Text))
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}
