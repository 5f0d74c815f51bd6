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
	run := textRun{m: m, size: size, wide: number(o.attr("HScale"), 1), turn: number(o.attr("CharDirection"), 0), ink: s.fill, white: white, unseen: !filled && !stroked,
		clip: c.clipOf(o, at)}
	c.order++
	x, y := 0.0, 0.0
	var transforms []*node
	for _, code := range o.kids {
		if code.name == "CGTransform" {
			transforms = append(transforms, code)
		}
		if code.name != "TextCode" {
			continue
		}
		run.transforms, transforms = transforms, nil
		x, y = number(code.attr("X"), x), number(code.attr("Y"), y) // else where the run before it begins
		c.run(run, code, x, y, number(o.attr("ReadDirection"), 0))
		c.space = false // runs are apart: their distance says whether a gap is seen
	}
}

// textRun is what the characters of a text object share.
type textRun struct {
	m             matrix // to the page
	size, wide    float64
	turn          float64 // by which each character is turned, in degrees
	ink           geometry.Color
	white, unseen bool
	clip          clip
	transforms    []*node // of its characters into glyphs (11.4)
}

// run draws the characters of a TextCode.
func (c *canvas) run(r textRun, code *node, x, y, direction float64) {
	dx, dy := deltas(code.attr("DeltaX")), deltas(code.attr("DeltaY"))
	characters := []rune(strings.Map(func(r rune) rune { // line ends of the XML file are none of the page
		if r == '\n' || r == '\r' {
			return -1
		}
		return r
	}, code.text))
	dx, dy = perCharacter(dx, r.transforms, len(characters)), perCharacter(dy, r.transforms, len(characters))
	spaces := 0.0
	for i, ch := range characters {
		width := r.size * r.wide
		if ch < 0x2E80 && ch != '—' && ch != '…' && ch != '“' && ch != '”' {
			width *= narrow
		}
		stepX, stepY := 0.0, 0.0
		switch {
		case len(dx) > 0 || len(dy) > 0:
			stepX, stepY = delta(dx, i), delta(dy, i)
		case direction == 90, direction == 270:
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
}

// perCharacter gives characters the distances of their glyphs, where some characters share a glyph or have several: all
// of a group but the last stand at its beginning. What counts characters already is left as it is.
func perCharacter(deltas []float64, transforms []*node, characters int) []float64 {
	glyphs := characters
	var groups [][3]int // first character, characters, glyphs
	next := 0
	for _, t := range transforms {
		at, from, to := int(number(t.attr("CodePosition"), 0)), int(number(t.attr("CodeCount"), 1)), int(number(t.attr("GlyphCount"), 1))
		if from < 1 || to < 1 || at < next || at+from > characters || to > maxDeltas {
			return deltas
		}
		next = at + from
		groups = append(groups, [3]int{at, from, to})
		glyphs += to - from
	}
	if glyphs == characters || len(deltas) != glyphs-1 {
		return deltas
	}
	var out []float64
	sum := func(n int) (all float64) {
		for ; n > 0 && len(deltas) > 0; n-- {
			all, deltas = all+deltas[0], deltas[1:]
		}
		return all
	}
	for i := 0; i < characters; i++ {
		n := 1
		if len(groups) > 0 && i == groups[0][0] {
			i, n = i+groups[0][1]-1, groups[0][2]
			out = append(out, make([]float64, groups[0][1]-1)...)
			groups = groups[1:]
		}
		out = append(out, sum(n))
	}
	return out
}

// delta is the distance behind character i. Where too few are given, viewers repeat the last.
func delta(all []float64, i int) float64 {
	if len(all) == 0 {
		return 0
	}
	return all[min(i, len(all)-1)]
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
	box := m.box(0, -ascent*r.size, width, descent*r.size)
	midX, midY := box.Center()
	c.page.Glyphs = append(c.page.Glyphs, geometry.Glyph{
		Text: string(ch), Box: box, X: origin.X, Y: origin.Y, Size: r.size * r.m.scale(),
		Space: c.space, Lead: lead, White: r.white, Unseen: r.unseen, Slanted: geometry.Slanted(m.a, m.b),
		Ink: r.ink, Order: c.order, Clipped: r.clip.hides(midX, midY),
	})
	c.space = false
}
