package pdf

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"time"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	"github.com/gongkai-data/gongkai/extract/pdf/pdfium"
)

// renderJob asks for the picture of one page.
type renderJob struct {
	Page   int // from 1
	DPI    int
	Frames []Frame
	Edges  bool // those of which its tables were made are drawn too
	Raw    bool // as pixels, not as PNG
}

// Frame is a box to be drawn on a page, in points from its bottom left as in extract.Place.Box.
type Frame struct {
	Box    [4]float64
	Colour color.RGBA
	Width  float64 // of its lines, in points
}

// Marked is the colour of a box that is pointed at.
var Marked = color.RGBA{R: 220, A: 255}

// edgeColour is that of the edges of tables.
var edgeColour = color.RGBA{R: 40, G: 90, B: 230, A: 255}

// Render draws page (from 1) of a PDF at dpi dots per inch (36 to 600) with a red frame around each of the marked
// boxes, given as in extract.Place.Box.
func Render(ctx context.Context, body []byte, page, dpi int, mark ...[4]float64) (image.Image, error) {
	job := renderJob{Page: page, DPI: dpi}
	for _, m := range mark {
		job.Frames = append(job.Frames, Frame{m, Marked, 1.5})
	}
	return rendered(ctx, body, job)
}

// Draw draws page (from 1) of a PDF as Render does, with frames and the edges of which its tables were made.
func Draw(ctx context.Context, body []byte, page, dpi int, frames []Frame) (image.Image, error) {
	return rendered(ctx, body, renderJob{Page: page, DPI: dpi, Frames: frames, Edges: true})
}

func rendered(ctx context.Context, body []byte, j renderJob) (image.Image, error) {
	if j.DPI < 36 || j.DPI > 600 {
		return nil, fmt.Errorf("rendering page %d: %d dots per inch is outside 36 to 600", j.Page, j.DPI)
	}
	if d := refuse(body); d != nil {
		return nil, fmt.Errorf("rendering page %d: %s", j.Page, d.Problems[0].Detail)
	}
	r, err := pool(mainRole).Do(ctx, job{Body: body, Render: &j}, 30*time.Second)
	if err != nil {
		return nil, fmt.Errorf("rendering page %d: %w", j.Page, err)
	}
	picture, err := png.Decode(bytes.NewReader(r.PNG))
	if err != nil {
		return nil, fmt.Errorf("rendering page %d: decoding the picture: %w", j.Page, err)
	}
	return picture, nil
}

// Picture draws page (from 1) of a PDF at dpi dots per inch, as its pixels: a file of them takes longer to write and
// read than the drawing.
func Picture(ctx context.Context, body []byte, page, dpi int, opt Options) (*image.RGBA, error) {
	r, err := pool(mainRole).Do(ctx, job{Body: body, Password: opt.Password, Render: &renderJob{Page: page, DPI: dpi, Raw: true}}, 30*time.Second)
	if err != nil {
		return nil, fmt.Errorf("drawing page %d: %w", page, err)
	}
	return r.Picture, nil
}

// render runs in the child.
func render(d *pdfium.Document, j renderJob) ([]byte, error) {
	picture, err := d.Render(j.Page, j.DPI)
	if err != nil {
		return nil, err
	}
	scale := float64(j.DPI) / 72
	if j.Edges {
		read, err := d.Page(j.Page)
		if err != nil {
			return nil, err
		}
		for _, half := range geometry.Halves(read) {
			for _, e := range geometry.ReadPage(half, true).Draw() {
				fill(picture, [4]float64{e.X0, e.Y0, e.X1, e.Y1}, edgeColour, scale)
			}
		}
	}
	for _, f := range j.Frames {
		f.draw(picture, scale)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return nil, fmt.Errorf("encoding the picture of page %d: %w", j.Page, err)
	}
	return out.Bytes(), nil
}

// draw draws the lines of a frame just outside its box.
func (f Frame) draw(picture draw.Image, scale float64) {
	w := max(2/scale, f.Width)
	b := f.Box
	for _, side := range [][4]float64{
		{b[0] - w, b[1] - w, b[2] + w, b[1]}, {b[0] - w, b[3], b[2] + w, b[3] + w},
		{b[0] - w, b[1], b[0], b[3]}, {b[2], b[1], b[2] + w, b[3]},
	} {
		fill(picture, side, f.Colour, scale)
	}
}

// fill paints a box given in points; a line without width has one dot.
func fill(picture draw.Image, b [4]float64, c color.RGBA, scale float64) {
	bounds := picture.Bounds()
	x0, x1 := int(b[0]*scale), int(b[2]*scale)
	y0, y1 := bounds.Max.Y-int(b[3]*scale), bounds.Max.Y-int(b[1]*scale)
	draw.Draw(picture, image.Rect(x0, y0, max(x1, x0+1), max(y1, y0+1)).Intersect(bounds), image.NewUniform(c), image.Point{}, draw.Src)
}
