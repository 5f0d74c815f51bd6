package ofd

import (
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// drawParam is a set of properties that objects share (8.2); nil and empty are not set.
type drawParam struct {
	base         string // the set that it inherits from
	width        *float64
	fill, stroke *geometry.Color
}

func readDrawParam(n *node) drawParam {
	p := drawParam{base: n.attr("Relative"), fill: color(n.kid("FillColor")), stroke: color(n.kid("StrokeColor"))}
	if w := numbers(n.attr("LineWidth")); len(w) == 1 {
		p.width = &w[0]
	}
	return p
}

// color reads a colour (8.3.1): three values of RGB, one of grey, four of CMYK, decimal or #hexadecimal. One in an
// indexed space or a pattern is taken as black: it is seen.
func color(n *node) *geometry.Color {
	if n == nil {
		return nil
	}
	c := geometry.Color{A: uint8(min(max(number(n.attr("Alpha"), 255), 0), 255))}
	var v []float64
	for _, f := range strings.Fields(n.attr("Value")) {
		if hex, ok := strings.CutPrefix(f, "#"); ok {
			if x, err := strconv.ParseUint(hex, 16, 32); err == nil {
				v = append(v, float64(x))
			}
			continue
		}
		v = append(v, number(f, 0))
	}
	level := func(x float64) uint8 { return uint8(min(max(x, 0), 255)) }
	switch len(v) {
	case 1:
		c.R, c.G, c.B = level(v[0]), level(v[0]), level(v[0])
	case 3:
		c.R, c.G, c.B = level(v[0]), level(v[1]), level(v[2])
	case 4:
		k := 1 - v[3]/255
		c.R, c.G, c.B = level((255-v[0])*k), level((255-v[1])*k), level((255-v[2])*k)
	}
	return &c
}

const (
	maxInherited  = 16    // sets of properties in a chain
	standardWidth = 0.353 // of a line, in mm (8.2)
)

// style is how an object is drawn, all inherited.
type style struct {
	width        float64 // of lines, in mm
	fill, stroke geometry.Color
}

// style resolves the properties of an object: its own, those of its set, those of the sets behind it, then those of its
// layer.
func (d *body) style(object *node, layer string) style {
	own := readDrawParam(object)
	chain := []drawParam{own}
	for _, id := range []string{object.attr("DrawParam"), layer} {
		for range maxInherited {
			p, ok := d.params[id]
			if !ok {
				break
			}
			chain = append(chain, p)
			id = p.base
		}
	}
	s := style{width: standardWidth, fill: geometry.Color{A: 255}, stroke: geometry.Color{A: 255}}
	for i := len(chain) - 1; i >= 0; i-- {
		p := chain[i]
		if p.width != nil {
			s.width = *p.width
		}
		if p.fill != nil {
			s.fill = *p.fill
		}
		if p.stroke != nil {
			s.stroke = *p.stroke
		}
	}
	alpha := min(max(number(object.attr("Alpha"), 255), 0), 255) / 255
	s.fill.A, s.stroke.A = uint8(float64(s.fill.A)*alpha), uint8(float64(s.stroke.A)*alpha)
	return s
}
