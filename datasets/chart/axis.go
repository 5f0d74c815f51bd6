package chart

import (
	"image/color"
	"math"
	"strconv"
	"strings"
)

// Sizes of text and gaps, in points.
const (
	margin    = 12.
	titleSize = 13.5
	smallSize = 10.5
	noteSize  = 9.5
	titleLine = 17.
	noteLine  = 13.
	tickMark  = 4.
	axisBelow = 16. // from the axis of years down to the foot of its labels
)

// box is a rectangle of a canvas.
type box struct{ left, top, right, bottom float64 }

// frame draws title, unit and note and returns what is left for the plot.
func frame(c canvas, height int, title, unit, note string) box {
	whole := box{0, 0, Width, float64(height)}
	c.polygon(color.NRGBA{255, 255, 255, 255}, []point{{0, 0}, {whole.right, 0}, {whole.right, whole.bottom}, {0, whole.bottom}})
	left := box{margin, margin - 2, whole.right - margin, whole.bottom - margin}
	room := left.right - left.left
	for _, l := range fitted(title, titleSize, room, 2) {
		left.top += titleLine
		c.text(ink, titleSize, point{left.left, left.top - 1}, start, l)
	}
	left.top += 15
	c.text(faint, smallSize, point{left.left, left.top - 1}, start, fitted(unit, smallSize, room, 1)[0])
	left.top += 12
	if note != "" {
		notes := fitted(note, noteSize, room, 3)
		for i, l := range notes {
			c.text(faint, noteSize, point{left.left, left.bottom - noteLine*float64(len(notes)-1-i) - 1}, start, l)
		}
		left.bottom -= noteLine*float64(len(notes)) + 3
	}
	return left
}

// tick is a labelled value of an axis.
type tick struct {
	value float64
	label string
}

// axis is a range of values and what is marked in it.
type axis struct {
	from, to float64
	ticks    []tick
}

// at is where a value lies between two ends.
func (a axis) at(v, from, to float64) float64 { return from + (v-a.from)/(a.to-a.from)*(to-from) }

// valueAxis begins at zero, or below where a value is negative (a change), and ends just above the largest.
func valueAxis(low, high float64) axis {
	a := axis{from: math.Min(0, low), to: high}
	if a.to <= a.from {
		a.to = a.from + 1
	}
	step := niceStep((a.to - a.from) / 4)
	a.to = math.Ceil(a.to/step) * step
	a.from = math.Floor(a.from/step) * step
	for v := a.from; v <= a.to+step/2; v += step {
		a.ticks = append(a.ticks, tick{v, number(v)})
	}
	return a
}

// plot is where values become points of a canvas.
type plot struct {
	area box
	x, y axis
}

func (p plot) at(x, y float64) point {
	return point{p.x.at(x, p.area.left, p.area.right), p.y.at(y, p.area.bottom, p.area.top)}
}

// newPlot draws two axes, with rules across at the values of the upright one, and returns the plot between them.
func newPlot(c canvas, room box, x, y axis) plot {
	p := plot{room, x, y}
	for _, t := range y.ticks {
		p.area.left = math.Max(p.area.left, room.left+c.width(t.label, smallSize)+5)
	}
	p.area.bottom -= axisBelow
	if n := len(x.ticks); n > 0 {
		last := x.ticks[n-1]
		p.area.right -= math.Max(0, p.at(last.value, 0).x+c.width(last.label, smallSize)/2-room.right)
	}
	for _, t := range y.ticks {
		at := p.at(x.from, t.value)
		c.text(faint, smallSize, point{at.x - 5, at.y + smallSize*.35}, end, t.label)
	}
	for _, t := range y.ticks {
		at := p.at(x.from, t.value)
		c.line(grid, .7, nil, []point{at, {p.area.right, at.y}})
	}
	for _, t := range x.ticks {
		c.text(faint, smallSize, point{p.at(t.value, 0).x, room.bottom - 3}, middle, t.label)
	}
	c.line(faint, .6, nil, []point{{p.area.left, p.area.bottom}, {p.area.right, p.area.bottom}})
	for _, t := range x.ticks {
		at := p.at(t.value, y.from)
		c.line(faint, .6, nil, []point{at, {at.x, at.y + tickMark}})
	}
	return p
}

func niceStep(s float64) float64 {
	p := math.Pow(10, math.Floor(math.Log10(s)))
	for _, f := range []float64{1, 2, 2.5, 5, 10} {
		if f*p >= s*(1-1e-9) {
			return f * p
		}
	}
	return 10 * p
}

// number prints a tick: grouped by thousands, without the noise of binary fractions.
func number(v float64) string {
	var s string
	if math.Abs(v-math.Round(v)) > 1e-9 {
		s = strconv.FormatFloat(math.Abs(v), 'g', 6, 64)
	} else {
		s = strconv.FormatFloat(math.Round(math.Abs(v)), 'f', 0, 64)
	}
	if whole, fraction, _ := strings.Cut(s, "."); len(whole) > 3 {
		var b strings.Builder
		for i, d := range whole {
			if i > 0 && (len(whole)-i)%3 == 0 {
				b.WriteByte(',')
			}
			b.WriteRune(d)
		}
		if s = b.String(); fraction != "" {
			s += "." + fraction
		}
	}
	if v < 0 {
		s = "−" + s
	}
	return s
}
