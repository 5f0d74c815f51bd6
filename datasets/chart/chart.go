// Package chart draws the charts of the web pages, the command line and the static site, as SVG or PNG.
//
// Axes are honest: counts and shares begin at zero, a value that is missing leaves a gap, and where two values may not
// be compared the line between them is not drawn and a dashed rule stands there.
package chart

import (
	"fmt"
	"image/color"
	"io"
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
	draw(c canvas) error
	Height() int
}

// WriteSVG draws a chart as SVG: text stays text, in the reader's own fonts.
func WriteSVG(w io.Writer, d drawing) error {
	c := newSVG(d.Height())
	if err := d.draw(c); err != nil {
		return fmt.Errorf("drawing a chart: %w", err)
	}
	return c.writeTo(w)
}

// WritePNG draws a chart as PNG at 216 dots an inch, 1200 wide. It needs a font with Chinese characters on this
// machine; without one it returns ErrNoFont.
func WritePNG(w io.Writer, d drawing) error {
	c, err := newPNG(d.Height())
	if err != nil {
		return err
	}
	if err := d.draw(c); err != nil {
		return fmt.Errorf("drawing a chart: %w", err)
	}
	return c.writeTo(w)
}
