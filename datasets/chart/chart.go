// Package chart draws the charts of the web pages, the command line and the static site, as SVG or PNG, with
// gonum.org/v1/plot.
//
// Axes are honest: counts and shares begin at zero, a value that is missing leaves a gap, and where two values may not
// be compared the line between them is not drawn and a dashed rule stands there.
package chart

import (
	"bytes"
	"fmt"
	"image/color"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Point is one value of a line.
type Point struct {
	Year  int
	Value *float64 // nil: a gap
	// Break: the value counts something else than those of other forms, so it is joined to no value of another Form.
	Break bool
	Form  string // the form that it is published on
	Doubt bool   // flagged, approximate or of a small sample: drawn as an open mark
}

// Series is one line.
type Series struct {
	Name   string
	Points []Point // by year
}

// Lines is a chart of values over years.
type Lines struct {
	Title  string
	Unit   string // below the title
	Note   string // at the foot
	Series []Series
}

// Histogram is a chart of how many places lie where.
type Histogram struct {
	Title, Unit, Note string
	Bins              []Bin
	Mark              *float64 // a value to point out, in the unit of the bins
}

// Bin counts places with From ≤ value < To.
type Bin struct {
	From, To float64
	Count    int
}

// Width of a chart in points: its text is readable on a phone, where it is shown at about that width.
const Width = 400

// plotHeight is the height of a chart without its legend.
const plotHeight = 260

// legendLine is the height of a line of the legend.
const legendLine = 16

// colours are dark enough for 3:1 against white and differ for the colour-blind together with the shapes of the marks.
var colours = []color.NRGBA{
	{0x1b, 0x5e, 0xa6, 255}, {0xb3, 0x48, 0x0c, 255}, {0x0e, 0x72, 0x4a, 255}, {0x7a, 0x3e, 0x9d, 255},
	{0x8a, 0x6a, 0x00, 255}, {0xbc, 0x1f, 0x5d, 255}, {0x00, 0x6f, 0x80, 255}, {0x45, 0x45, 0x45, 255},
}

var (
	ink   = color.NRGBA{0x22, 0x26, 0x2b, 255}
	faint = color.NRGBA{0x5c, 0x63, 0x6b, 255}
	grid  = color.NRGBA{0xe3, 0xe6, 0xe9, 255}
)

// drawing is a chart that can be put on a canvas.
type drawing interface {
	draw(c draw.Canvas, f face) error
	Height() int
}

// WriteSVG draws a chart as SVG: text stays text, in the reader's own fonts.
func WriteSVG(w io.Writer, d drawing) error {
	c := vgsvg.NewWith(vgsvg.UseWH(Width, vg.Length(d.Height())))
	if err := d.draw(draw.New(c), latin); err != nil {
		return fmt.Errorf("drawing a chart: %w", err)
	}
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return fmt.Errorf("writing a chart: %w", err)
	}
	_, err := io.WriteString(w, compact(b.String(), d.Height()))
	return err
}

// WritePNG draws a chart as PNG at 216 dots an inch, 1200 wide. It needs a font with Chinese characters on this
// machine; without one it returns ErrNoFont.
func WritePNG(w io.Writer, d drawing) error {
	f, err := chinese()
	if err != nil {
		return err
	}
	c := vgimg.NewWith(vgimg.UseWH(Width, vg.Length(d.Height())), vgimg.UseDPI(216))
	if err := d.draw(draw.New(c), f); err != nil {
		return fmt.Errorf("drawing a chart: %w", err)
	}
	_, err = (vgimg.PngCanvas{Canvas: c}).WriteTo(w)
	return err
}

// clean keeps a text on one line, without control and direction characters that could turn what stands beside it.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s)
}

// advance is about how wide a character is in a font of size 1: the reader's fonts are not known here.
func advance(r rune) float64 {
	switch {
	case r >= 0x2e80:
		return 1
	case strings.ContainsRune("iljtfI.,:;'| ", r):
		return .32
	case unicode.IsUpper(r) || r == 'm' || r == 'w':
		return .75
	}
	return .57
}

// fitted breaks a text into at most so many lines of a width, at blanks or between Chinese characters; what is too long
// ends in an ellipsis.
func fitted(s string, size, room float64, most int) []string {
	var out []string
	line, width, blank := []rune{}, 0., 0
	for _, r := range clean(s) {
		w := advance(r) * size
		if width+w > room && len(line) > 0 {
			if len(out) == most-1 {
				return append(out, strings.TrimRight(string(line[:len(line)-1]), " ")+"…")
			}
			cut := len(line)
			if blank > 0 && r < 0x2e80 {
				cut = blank
			}
			out = append(out, strings.TrimRight(string(line[:cut]), " "))
			line, width, blank = append([]rune{}, line[cut:]...), 0, 0
			for _, kept := range line {
				width += advance(kept) * size
			}
		}
		line, width = append(line, r), width+w
		if r == ' ' || r >= 0x2e80 {
			blank = len(line)
		}
	}
	return append(out, string(line))
}

// frame draws title, unit and note and returns the canvas that is left for the plot.
func frame(c draw.Canvas, f face, title, unit, note string) draw.Canvas {
	c.SetColor(color.White)
	c.Fill(c.Rectangle.Path())
	const margin = vg.Length(12)
	room := float64(c.Max.X - c.Min.X - 2*margin)
	at := vg.Point{X: c.Min.X + margin, Y: c.Max.Y - margin + 4}
	for _, l := range fitted(title, 13.5, room, 2) {
		at.Y -= 17
		c.FillText(f.style(13.5, ink), at, l)
	}
	at.Y -= 14
	c.FillText(f.style(10.5, faint), at, fitted(unit, 10.5, room, 1)[0])
	bottom := margin
	if note != "" {
		notes := fitted(note, 9.5, room, 3)
		for i, l := range notes {
			c.FillText(f.style(9.5, faint), vg.Point{X: at.X, Y: c.Min.Y + margin + vg.Length(13*(len(notes)-1-i))}, l)
		}
		bottom += vg.Length(13*len(notes) + 3)
	}
	return draw.Crop(c, margin, -margin, bottom, -(c.Max.Y - at.Y + 8))
}

func newPlot(f face) *plot.Plot {
	p := plot.New()
	p.TextHandler = f.handler
	p.BackgroundColor = nil // the frame is white already
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.LineStyle.Color, a.LineStyle.Width = faint, vg.Points(.6)
		a.Tick.LineStyle.Color, a.Tick.LineStyle.Width, a.Tick.Length = faint, vg.Points(.6), vg.Points(4)
		style := f.style(10.5, faint)
		a.Tick.Label.Font, a.Tick.Label.Color, a.Tick.Label.Handler = style.Font, style.Color, style.Handler
		a.Padding = 0
	}
	p.Y.LineStyle.Width, p.Y.Tick.Length = 0, 0
	return p
}

// span sets the range of the value axis: from zero, or below where a value is negative (a change), to just above the
// largest.
func span(p *plot.Plot, low, high float64) {
	p.Y.Min, p.Y.Max = math.Min(0, low), high
	if p.Y.Max <= p.Y.Min {
		p.Y.Max = p.Y.Min + 1
	}
	step := niceStep((p.Y.Max - p.Y.Min) / 4)
	p.Y.Max = math.Ceil(p.Y.Max/step) * step
	p.Y.Min = math.Floor(p.Y.Min/step) * step
	var ticks []plot.Tick
	for v := p.Y.Min; v <= p.Y.Max+step/2; v += step {
		ticks = append(ticks, plot.Tick{Value: v, Label: number(v)})
	}
	p.Y.Tick.Marker = plot.ConstantTicks(ticks)
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
