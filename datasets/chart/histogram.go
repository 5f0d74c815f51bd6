package chart

import (
	"math"
	"slices"
)

// Height of the chart in points.
func (Histogram) Height() int { return plotHeight }

func (h Histogram) draw(c canvas) error {
	if len(h.Bins) == 0 {
		return ErrEmpty
	}
	most := 0
	for _, b := range h.Bins {
		most = max(most, b.Count)
	}
	x := axis{from: h.Bins[0].From, to: h.Bins[len(h.Bins)-1].To}
	step := niceStep((x.to - x.from) / 8)
	for v := math.Ceil(x.from/step) * step; v <= x.to+step/1e6; v += step {
		x.ticks = append(x.ticks, tick{v, number(v)})
	}
	y := valueAxis(0, float64(most))
	y.ticks = slices.DeleteFunc(y.ticks, func(t tick) bool { return t.value != math.Trunc(t.value) }) // half a place is none
	p := newPlot(c, frame(c, h.Height(), h.Title, h.Unit, h.Note), x, y)
	for _, b := range h.Bins {
		from, to := p.at(b.From, float64(b.Count)), p.at(b.To, 0)
		c.polygon(colours[0], []point{from, {to.x, from.y}, to, {from.x, to.y}})
	}
	for i, b := range h.Bins[1:] {
		c.line(grid, .7, nil, []point{p.at(b.From, 0), p.at(b.From, float64(min(h.Bins[i].Count, b.Count)))})
	}
	if h.Mark != nil {
		c.line(colours[1], 2, nil, []point{p.at(*h.Mark, 0), p.at(*h.Mark, p.y.to)})
	}
	return nil
}
