package ofd

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// operands is how many numbers stand behind each operator of AbbreviatedData (9.3.2).
var operands = map[string]int{"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

// path draws a path object (9.1).
func (c *canvas) path(o *node, at matrix, layer string) {
	c.paths++
	s := c.style(o, layer)
	m := transform(o.attr("CTM")).then(place(o)).then(at)
	p := geometry.Path{Fill: truth(o.attr("Fill"), false), Stroke: truth(o.attr("Stroke"), true), FillColor: s.fill, StrokeColor: s.stroke, LineWidth: s.width * m.scale()}
	if p.Subpaths = c.subpaths(o.get("AbbreviatedData"), m); len(p.Subpaths) == 0 {
		return
	}
	c.page.Paths = append(c.page.Paths, p)
	if box, ok := outline(p); ok {
		c.outlines = append(c.outlines, box)
	}
}

// Sides of the box of characters that were turned into outlines, in points: a single one, or a number drawn as one path.
const (
	highestOutline = 30
	widestOutline  = 200
	leastOutline   = 1.5
)

// outline reports whether a path is the outline of characters: filled, of their size, and neither a rule nor the background of a cell.
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

// subpaths reads the operators. Curves are kept by their end points.
func (c *canvas) subpaths(data string, m matrix) [][]geometry.Point {
	var all [][]geometry.Point
	var open []geometry.Point
	end := func() {
		if len(open) > 1 {
			all = append(all, open)
		}
		open = nil
	}
	fields := strings.Fields(data)
	for i := 0; i < len(fields); {
		n, known := operands[fields[i]]
		if !known || i+n >= len(fields) {
			break // what comes behind an operator that is not known cannot be told apart
		}
		if c.points++; c.points > maxPoints {
			c.fail("more than %d points of paths", maxPoints)
			return nil
		}
		op := fields[i]
		at := numbers(strings.Join(fields[i+1:i+1+n], " "))
		i += 1 + n
		switch {
		case len(at) < n:
			return all
		case op == "C":
			if len(open) > 1 {
				first := open[0]
				open = append(open, first)
				end()
				open = []geometry.Point{first}
			}
		case op == "S" || op == "M":
			end()
			open = []geometry.Point{m.point(at[0], at[1])}
		default:
			open = append(open, m.point(at[n-2], at[n-1]))
		}
	}
	end()
	return all
}
