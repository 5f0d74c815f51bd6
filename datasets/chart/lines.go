package chart

import (
	"errors"
	"image/color"
	"math"
	"strconv"
)

// ErrEmpty says that there is no number to draw.
var ErrEmpty = errors.New("there is no number to draw")

func (l Lines) draw(c canvas) error {
	x, y, err := l.axes()
	if err != nil {
		return err
	}
	room := frame(c, l.Height(), l.Title, l.Unit, l.Note)
	room = l.legend(c, room)
	p := newPlot(c, room, x, y)
	broken := map[float64]bool{}
	for i, s := range l.Series {
		pieces := s.pieces(broken)
		for _, piece := range pieces {
			if len(piece) > 1 {
				c.line(colours[i%len(colours)], 1.8, nil, p.along(piece))
			}
		}
		for _, piece := range pieces {
			for _, pt := range piece {
				at := p.at(float64(pt.Year), *pt.Value)
				if mark(c, i, at, 3.2); pt.Doubt {
					c.circle(color.NRGBA{255, 255, 255, 255}, at, 1.7)
				}
			}
		}
	}
	for year := x.from; year < x.to; year += .5 {
		if broken[year] {
			c.line(faint, .8, []float64{2, 3}, []point{p.at(year, y.from), p.at(year, y.to)})
		}
	}
	return nil
}

// axes are the years and the range of the values.
func (l Lines) axes() (x, y axis, err error) {
	first, last, low, high := math.MaxInt, math.MinInt, math.Inf(1), math.Inf(-1)
	for _, s := range l.Series {
		for _, pt := range s.Points {
			first, last = min(first, pt.Year), max(last, pt.Year)
			if pt.Value != nil {
				low, high = math.Min(low, *pt.Value), math.Max(high, *pt.Value)
			}
		}
	}
	if low > high {
		return x, y, ErrEmpty
	}
	x = axis{from: float64(first) - .5, to: float64(last) + .5}
	for year := first; year <= last; year += max(1, (last-first)/9+1) {
		x.ticks = append(x.ticks, tick{float64(year), strconv.Itoa(year)})
	}
	return x, valueAxis(low, high), nil
}

func (p plot) along(piece []Point) []point {
	var out []point
	for _, pt := range piece {
		out = append(out, p.at(float64(pt.Year), *pt.Value))
	}
	return out
}

// pieces are the values between which a line may be drawn: each next to the one before in years and comparable with it.
// Between two that may not be compared, the year and a half is put among the broken ones.
func (s Series) pieces(broken map[float64]bool) [][]Point {
	var out [][]Point
	var before *Point
	for i := range s.Points {
		pt := &s.Points[i]
		if pt.Value == nil {
			before = nil
			continue
		}
		joined := before != nil && pt.Year == before.Year+1
		if before != nil && before.Form != pt.Form && (before.Break || pt.Break) {
			joined = false
			broken[float64(before.Year+pt.Year)/2] = true
		}
		if !joined {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], *pt)
		before = pt
	}
	return out
}

// Height of the chart in points.
func (l Lines) Height() int { return plotHeight + legendLine*l.legendRows() }

func (l Lines) legendRows() int {
	if len(l.Series) < 2 {
		return 0
	}
	return (len(l.Series) + 1) / 2
}

// legend names the lines below the chart, two in a row, and returns what is left above. One line needs no legend: the
// title names it.
func (l Lines) legend(c canvas, room box) box {
	if len(l.Series) < 2 {
		return room
	}
	half := (room.right - room.left) / 2
	rows := l.legendRows()
	for i, s := range l.Series {
		at := point{room.left + float64(i%2)*half, room.bottom - legendLine*float64(rows-1-i/2)}
		mark(c, i, point{at.x + 6, at.y - 5}, 3.6)
		c.text(ink, smallSize, point{at.x + 16, at.y - 1}, start, fitted(s.Name, smallSize, half-20, 1)[0])
	}
	room.bottom -= legendLine*float64(rows) + 6
	return room
}
