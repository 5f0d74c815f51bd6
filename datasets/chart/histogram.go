package chart

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Height of the chart in points.
func (Histogram) Height() int { return plotHeight }

func (h Histogram) draw(c draw.Canvas, f face) error {
	if len(h.Bins) == 0 {
		return ErrEmpty
	}
	p := newPlot(f)
	most := 0
	var bins []plotter.HistogramBin
	for _, b := range h.Bins {
		most = max(most, b.Count)
		bins = append(bins, plotter.HistogramBin{Min: b.From, Max: b.To, Weight: float64(b.Count)})
	}
	span(p, 0, float64(most))
	p.X.Min, p.X.Max = h.Bins[0].From, h.Bins[len(h.Bins)-1].To
	step := niceStep((p.X.Max - p.X.Min) / 8)
	var ticks []plot.Tick
	for v := math.Ceil(p.X.Min/step) * step; v <= p.X.Max+step/1e6; v += step {
		ticks = append(ticks, plot.Tick{Value: v, Label: number(v)})
	}
	p.X.Tick.Marker = plot.ConstantTicks(ticks)
	lines := plotter.NewGrid()
	lines.Vertical.Color, lines.Horizontal.Color, lines.Horizontal.Width = nil, grid, vg.Points(.7)
	bars := &plotter.Histogram{Bins: bins, Width: h.Bins[0].To - h.Bins[0].From, FillColor: colours[0]}
	bars.LineStyle = draw.LineStyle{Color: grid, Width: vg.Points(.7)}
	p.Add(lines, bars)
	if h.Mark != nil {
		rule, err := plotter.NewLine(plotter.XYs{{X: *h.Mark, Y: 0}, {X: *h.Mark, Y: p.Y.Max}})
		if err != nil {
			return err
		}
		rule.Color, rule.Width = colours[1], vg.Points(2)
		p.Add(rule)
	}
	p.Draw(frame(c, f, h.Title, h.Unit, h.Note))
	return nil
}
