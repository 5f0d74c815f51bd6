package geometry

import (
	"fmt"
	"html"
	"strings"
)

// Picture returns an SVG picture of the page made of the glyphs that are seen, its paths and the frames of its images,
// with a red frame around each marked box (x0, y0, x1, y1 in points). id names the first frame.
func (p *Page) Picture(id string, mark ...[4]float64) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %.1f %.1f" style="max-width:60em;background:white" font-family="serif">`+"\n", p.Width, p.Height)
	for _, path := range p.Paths {
		p.draw(&b, path)
	}
	for _, i := range p.Images {
		p.frame(&b, i, `fill="#eee" stroke="silver"`)
	}
	glyphs, _, _ := dropHidden(p)
	for _, g := range glyphs {
		ink := ""
		if g.Ink.A > 0 {
			ink = ` fill="` + css(true, g.Ink) + `"`
		}
		fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" font-size="%.1f"%s>%s</text>`+"\n", g.X, p.Height-g.Y, g.Size, ink, html.EscapeString(g.Text))
	}
	for i, m := range mark {
		name := ""
		if i == 0 {
			name = ` id="` + html.EscapeString(id) + `"`
		}
		p.frame(&b, Box{m[0] - 1, m[1] - 1, m[2] + 1, m[3] + 1}, `fill="none" stroke="#dc0000" stroke-width="2"`+name)
	}
	b.WriteString("</svg>\n")
	return b.String()
}

func (p *Page) frame(b *strings.Builder, c Box, look string) {
	fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" %s/>`+"\n", c.X0, p.Height-c.Y1, c.Width(), c.Height(), look)
}

func (p *Page) draw(b *strings.Builder, path Path) {
	b.WriteString(`<path d="`)
	for _, sub := range path.Subpaths {
		for i, q := range sub {
			op := 'L'
			if i == 0 {
				op = 'M'
			}
			fmt.Fprintf(b, "%c%.1f %.1f", op, q.X, p.Height-q.Y)
		}
	}
	b.WriteString(`" fill="` + css(path.Fill, path.FillColor) + `" stroke="` + css(path.Stroke, path.StrokeColor) + `"`)
	fmt.Fprintf(b, ` stroke-width="%.2f"/>`+"\n", max(path.LineWidth, 0.3))
}

func css(drawn bool, c Color) string {
	if !drawn || c.A == 0 {
		return "none"
	}
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}
