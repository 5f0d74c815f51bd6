package ofd

import (
	"math"
	"strings"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// operands is how many numbers stand behind each operator of AbbreviatedData (9.3.2).
var operands = map[string]int{"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

// path draws a path object (9.1).
func (c *canvas) path(o *node, at matrix, layer string) {
	c.paths++
	c.order++
	s := c.style(o, layer)
	m := transform(o.attr("CTM")).then(place(o)).then(at)
	drawn := c.outlineOf(o.get("AbbreviatedData"), m)
	if len(drawn.subpaths) == 0 {
		return
	}
	p := geometry.Path{
		Subpaths: drawn.subpaths, Curved: drawn.curved, Hull: drawn.hull, Order: c.order, LineWidth: s.width * m.scale(),
		Fill: truth(o.attr("Fill"), false), Stroke: truth(o.attr("Stroke"), true), FillColor: s.fill, StrokeColor: s.stroke,
		Blended: c.clipOf(o, at).any, // only a part of it hides what is below
	}
	c.page.Paths = append(c.page.Paths, p)
	if box, ok := outline(p); ok {
		c.outlines = append(c.outlines, box)
	}
}

// Sides of the box of characters that were turned into outlines, in points: a single one, or a number drawn as one
// path.
const (
	highestOutline = 30
	widestOutline  = 200
	leastOutline   = 1.5
)

// outline reports whether a path is the outline of characters: filled, of their size, and neither a rule nor the
// background of a cell.
func outline(p geometry.Path) (geometry.Box, bool) {
	if !p.Fill || p.FillColor.White() {
		return geometry.Box{}, false
	}
	slanted := false
	var b geometry.Box
	for i, sub := range p.Subpaths {
		for k, q := range sub {
			if i == 0 && k == 0 {
				b = geometry.Box{X0: q.X, Y0: q.Y, X1: q.X, Y1: q.Y}
			}
			b = geometry.Box{X0: min(b.X0, q.X), Y0: min(b.Y0, q.Y), X1: max(b.X1, q.X), Y1: max(b.Y1, q.Y)}
			if k > 0 && q.X != sub[k-1].X && q.Y != sub[k-1].Y {
				slanted = true
			}
		}
		slanted = slanted || len(sub) > 5
	}
	size := min(b.Width(), b.Height()) >= leastOutline && b.Height() <= highestOutline && b.Width() <= widestOutline
	return b, slanted && size
}

// outlined is what the operators of a path draw.
type outlined struct {
	subpaths [][]geometry.Point // curves by their end points
	curved   bool
	hull     geometry.Box // of all points, those that curves are drawn by too
	open     []geometry.Point
}

func (o *outlined) end() {
	if len(o.open) > 1 {
		o.subpaths = append(o.subpaths, o.open)
	}
	o.open = nil
}

// bend notes the points by which a curve is drawn.
func (o *outlined) bend(points ...geometry.Point) {
	for _, p := range points {
		b := geometry.Box{X0: p.X, Y0: p.Y, X1: p.X, Y1: p.Y}
		if o.curved {
			b = b.Union(o.hull)
		}
		o.curved, o.hull = true, b
	}
}

// bounds is the box around it.
func (o *outlined) bounds() (b geometry.Box, ok bool) {
	b, ok = o.hull, o.curved
	for _, sub := range o.subpaths {
		for _, p := range sub {
			at := geometry.Box{X0: p.X, Y0: p.Y, X1: p.X, Y1: p.Y}
			if ok {
				at = at.Union(b)
			}
			b, ok = at, true
		}
	}
	return b, ok
}

// outlineOf reads the operators.
func (c *canvas) outlineOf(data string, m matrix) (o outlined) {
	fields := strings.Fields(data)
	x, y := 0.0, 0.0 // where the pen is
	for i := 0; i < len(fields); {
		n, known := operands[fields[i]]
		if !known || i+n >= len(fields) {
			break // what comes behind an operator that is not known cannot be told apart
		}
		if c.points++; c.points > maxPoints {
			c.fail("more than %d points of paths", maxPoints)
			return o
		}
		op := fields[i]
		at := numbers(strings.Join(fields[i+1:i+1+n], " "))
		i += 1 + n
		switch {
		case len(at) < n:
			return o
		case op == "C":
			if len(o.open) > 1 {
				first := o.open[0]
				o.open = append(o.open, first)
				o.end()
				o.open = []geometry.Point{first}
			}
			continue
		case op == "S" || op == "M":
			o.end()
			o.open = []geometry.Point{m.point(at[0], at[1])}
		default:
			switch op {
			case "Q", "B":
				o.bend(m.point(x, y), m.point(at[n-2], at[n-1]))
				for k := 0; k < n-2; k += 2 {
					o.bend(m.point(at[k], at[k+1]))
				}
			case "A":
				for _, p := range arc(x, y, at) {
					o.bend(m.point(p.X, p.Y))
				}
			}
			o.open = append(o.open, m.point(at[n-2], at[n-1]))
		}
		x, y = at[n-2], at[n-1]
	}
	o.end()
	return o
}

// arc returns points of an elliptic arc from x, y: its radii, the turn of its axes in degrees, whether it is the larger
// one and runs clockwise, its end (9.3.5; the centre as in SVG 1.1, F.6.5).
func arc(x, y float64, at []float64) []geometry.Point {
	end := geometry.Point{X: at[5], Y: at[6]}
	points := []geometry.Point{{X: x, Y: y}, end}
	rx, ry := math.Abs(at[0]), math.Abs(at[1])
	if rx == 0 || ry == 0 || x == end.X && y == end.Y {
		return points
	}
	sin, cos := math.Sincos(at[2] * math.Pi / 180)
	dx, dy := (x-end.X)/2, (y-end.Y)/2
	u, v := (cos*dx+sin*dy)/rx, (cos*dy-sin*dx)/ry // half the chord, on a circle of radius 1
	chord := math.Hypot(u, v)
	grow := max(chord, 1)
	rx, ry, u, v, chord = rx*grow, ry*grow, u/grow, v/grow, chord/grow
	off := math.Sqrt(max(1-chord*chord, 0)) / chord
	if (at[3] != 0) == (at[4] != 0) {
		off = -off
	}
	cu, cv := off*v, -off*u // the centre, from the middle of the chord
	from, to := math.Atan2(v-cv, u-cu), math.Atan2(-v-cv, -u-cu)
	switch {
	case at[4] != 0 && to < from:
		to += 2 * math.Pi
	case at[4] == 0 && to > from:
		to -= 2 * math.Pi
	}
	const steps = 16
	for i := 1; i < steps; i++ {
		s, c := math.Sincos(from + (to-from)*float64(i)/steps)
		a, b := rx*(c+cu), ry*(s+cv)
		points = append(points, geometry.Point{X: (x+end.X)/2 + cos*a - sin*b, Y: (y+end.Y)/2 + sin*a + cos*b})
	}
	return points
}
