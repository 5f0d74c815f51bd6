package chart

import "image/color"

// point of a canvas, in points (1/72 inch) from its upper left corner.
type point struct{ x, y float64 }

// anchor says which place of a text lies at a point.
type anchor int

const (
	start anchor = iota
	middle
	end
)

// canvas is what a chart is drawn on.
type canvas interface {
	polygon(color.NRGBA, []point)
	circle(c color.NRGBA, at point, radius float64)
	// line draws a line through points, broken into dashes and gaps where their lengths are given.
	line(c color.NRGBA, width float64, dashes []float64, through []point)
	// text writes a text on the base line through a point.
	text(c color.NRGBA, size float64, at point, a anchor, s string)
	// width of a text, as near as it is known.
	width(s string, size float64) float64
}

// mark draws the mark of the series of this number: they differ in shape, so that lines differ without colour.
func mark(c canvas, series int, at point, r float64) {
	colour := colours[series%len(colours)]
	around := func(x ...float64) []point {
		var out []point
		for i := 0; i < len(x); i += 2 {
			out = append(out, point{at.x + x[i]*r, at.y + x[i+1]*r})
		}
		return out
	}
	const half, slim = .85, .25
	switch series % 5 {
	case 0:
		c.circle(colour, at, r)
	case 1:
		c.polygon(colour, around(-half, -half, half, -half, half, half, -half, half))
	case 2:
		c.polygon(colour, around(0, -1.1, 1.05, .8, -1.05, .8))
	case 3:
		c.line(colour, r*slim*2, nil, around(-half, -half, half, half))
		c.line(colour, r*slim*2, nil, around(-half, half, half, -half))
	case 4:
		c.line(colour, r*slim*2, nil, around(-1.1, 0, 1.1, 0))
		c.line(colour, r*slim*2, nil, around(0, -1.1, 0, 1.1))
	}
}
