package chart

import (
	"errors"
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ErrEmpty says that there is no number to draw.
var ErrEmpty = errors.New("there is no number to draw")

// shapes of the marks, so that lines differ without colour.
var shapes = []draw.GlyphDrawer{draw.CircleGlyph{}, draw.BoxGlyph{}, draw.PyramidGlyph{}, draw.CrossGlyph{}, draw.PlusGlyph{}}

func (l Lines) draw(c draw.Canvas, f face) error {
	p := newPlot(f)
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
		return ErrEmpty
	}
	span(p, low, high)
	p.X.Min, p.X.Max = float64(first)-.35, float64(last)+.35
	step := max(1, (last-first)/9+1)
	var ticks []plot.Tick
	for y := first; y <= last; y += step {
		ticks = append(ticks, plot.Tick{Value: float64(y), Label: strconv.Itoa(y)})
	}
	p.X.Tick.Marker = plot.ConstantTicks(ticks)
	lines := plotter.NewGrid()
	lines.Vertical.Color, lines.Horizontal.Color, lines.Horizontal.Width = nil, grid, vg.Points(.7)
	p.Add(lines)
	broken := map[float64]bool{}
	for i, s := range l.Series {
		if err := s.add(p, i, broken); err != nil {
			return err
		}
	}
	for x := range broken {
		rule, err := plotter.NewLine(plotter.XYs{{X: x, Y: p.Y.Min}, {X: x, Y: p.Y.Max}})
		if err != nil {
			return err
		}
		rule.Color, rule.Width, rule.Dashes = faint, vg.Points(.8), []vg.Length{vg.Points(2), vg.Points(3)}
		p.Add(rule)
	}
	area := frame(c, f, l.Title, l.Unit, l.Note)
	area = l.legend(area, f)
	p.Draw(area)
	return nil
}

// add draws a line: pieces between values that may be compared, and a mark on each value.
func (s Series) add(p *plot.Plot, i int, broken map[float64]bool) error {
	colour := colours[i%len(colours)]
	var piece plotter.XYs
	end := func() error {
		if len(piece) > 1 {
			line, err := plotter.NewLine(piece)
			if err != nil {
				return err
			}
			line.Color, line.Width = colour, vg.Points(1.8)
			p.Add(line)
		}
		piece = nil
		return nil
	}
	var before *Point
	for k := range s.Points {
		pt := &s.Points[k]
		cut := pt.Value == nil || before != nil && pt.Year != before.Year+1
		if before != nil && pt.Value != nil && before.Form != pt.Form && (before.Break || pt.Break) {
			cut = true
			broken[float64(before.Year+pt.Year)/2] = true
		}
		if cut {
			if err := end(); err != nil {
				return err
			}
			before = nil
		}
		if pt.Value == nil {
			continue
		}
		at := plotter.XY{X: float64(pt.Year), Y: *pt.Value}
		piece = append(piece, at)
		before = pt
		mark, err := plotter.NewScatter(plotter.XYs{at})
		if err != nil {
			return err
		}
		mark.GlyphStyle = draw.GlyphStyle{Color: colour, Radius: vg.Points(3.2), Shape: shapes[i%len(shapes)]}
		p.Add(mark)
		if pt.Doubt {
			ring, err := plotter.NewScatter(plotter.XYs{at})
			if err != nil {
				return err
			}
			ring.GlyphStyle = draw.GlyphStyle{Color: color.White, Radius: vg.Points(1.7), Shape: draw.CircleGlyph{}}
			p.Add(ring)
		}
	}
	return end()
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
func (l Lines) legend(c draw.Canvas, f face) draw.Canvas {
	if len(l.Series) < 2 {
		return c
	}
	const line = vg.Length(legendLine)
	rows := l.legendRows()
	style := f.style(10.5, ink)
	for i, s := range l.Series {
		x := c.Min.X + vg.Length(i%2)*(c.Max.X-c.Min.X)/2
		y := c.Min.Y + line*vg.Length(rows-1-i/2)
		c.DrawGlyph(draw.GlyphStyle{Color: colours[i%len(colours)], Radius: vg.Points(3.6), Shape: shapes[i%len(shapes)]}, vg.Point{X: x + 6, Y: y + 4})
		c.FillText(style, vg.Point{X: x + 16, Y: y}, fitted(s.Name, 10.5, float64(c.Max.X-c.Min.X)/2-20, 1)[0])
	}
	return draw.Crop(c, 0, 0, line*vg.Length(rows)+6, 0)
}
