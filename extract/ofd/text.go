package ofd

import (
	"math"
	"strings"
	"unicode"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// Parts of the em above and below the baseline, as of the usual Chinese fonts.
const (
	ascent  = 0.88
	descent = 0.12
	narrow  = 0.5 // width of a Latin letter or digit
)

// text draws a text object (11.2): each TextCode is a run of characters with the distances between them.
func (c *canvas) text(o *node, at matrix, layer string) {
	size := number(o.attr("Size"), 0)
	if size <= 0 {
		return
	}
	s := c.style(o, layer)
	filled, stroked := truth(o.attr("Fill"), true), truth(o.attr("Stroke"), false)
	m := transform(o.attr("CTM")).then(place(o)).then(at)
	white := !(filled && !s.fill.White()) && !(stroked && !s.stroke.White())
	run := textRun{m: m, size: size, wide: number(o.attr("HScale"), 1), turn: number(o.attr("CharDirection"), 0), white: white, unseen: !filled && !stroked}
	x, y := 0.0, 0.0
	for _, code := range o.kids {
		if code.name != "TextCode" {
			continue
		}
		x, y = number(code.attr("X"), x), number(code.attr("Y"), y)
		x, y = c.run(run, code, x, y, number(o.attr("ReadDirection"), 0))
		c.space = false // runs are apart: their distance says whether a gap is seen
	}
}

// textRun is what the characters of a text object share.
type textRun struct {
	m             matrix // to the page
	size, wide    float64
	turn          float64 // by which each character is turned, in degrees
	white, unseen bool
}

// run draws the characters of a TextCode and returns where the next would stand.
func (c *canvas) run(r textRun, code *node, x, y, direction float64) (float64, float64) {
	dx, dy := deltas(code.attr("DeltaX")), deltas(code.attr("DeltaY"))
	characters := []rune(strings.Map(func(r rune) rune { // line ends of the XML file are none of the page
		if r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, code.text))
	spaces := 0.0
	for i, ch := range characters {
		width := r.size * r.wide
		if ch < 0x2E80 && ch != '—' && ch != '…' && ch != '“' && ch != '”' {
			width *= narrow
		}
		stepX, stepY := 0.0, 0.0
		switch {
		case i < len(dx) || i < len(dy):
			if i < len(dx) {
				stepX = dx[i]
			}
			if i < len(dy) {
				stepY = dy[i]
			}
		case len(dx) == 0 && len(dy) > 0, direction == 90, direction == 270:
			stepY = r.size
		default:
			stepX = width
		}
		if unicode.IsSpace(ch) {
			c.page.Blanks++
			spaces += math.Hypot(stepX, stepY) * r.m.scale()
			c.space = true
		} else {
			if stepX > 0 && stepX < width {
				width = stepX
			}
			c.glyph(r, ch, x, y, width, spaces)
			spaces = 0
		}
		x, y = x+stepX, y+stepY
	}
	return x, y
}

func (c *canvas) glyph(r textRun, ch rune, x, y, width, lead float64) {
	if len(c.page.Glyphs) == maxGlyphs {
		c.fail("more than %d characters", maxGlyphs)
		return
	}
	m := matrix{a: 1, d: 1, e: x, f: y}.then(r.m)
	if r.turn != 0 { // each character is turned about its own origin
		sin, cos := math.Sincos(r.turn * math.Pi / 180)
		m = matrix{cos, sin, -sin, cos, x, y}.then(r.m)
	}
	origin := m.point(0, 0)
	c.page.Glyphs = append(c.page.Glyphs, geometry.Glyph{
		Text: string(ch), Box: m.box(0, -ascent*r.size, width, descent*r.size), X: origin.X, Y: origin.Y, Size: r.size * r.m.scale(),
		Space: c.space, Lead: lead, White: r.white, Unseen: r.unseen, Slanted: geometry.Slanted(m.a, m.b),
	})
	c.space = false
}
