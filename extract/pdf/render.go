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

	"github.com/gongkai-data/gongkai/extract/pdf/pdfium"
)

// renderJob asks for the picture of one page.
type renderJob struct {
	Page int // from 1
	DPI  int
	Mark []([4]float64) // boxes in points from the bottom left of the page
	Raw  bool           // as pixels, not as PNG
}

// Render draws page (from 1) of a PDF at dpi dots per inch (36 to 600) with a red frame around each of the marked boxes, given as in
// extract.Place.Box.
func Render(ctx context.Context, body []byte, page, dpi int, mark ...[4]float64) (image.Image, error) {
	if dpi < 36 || dpi > 600 {
		return nil, fmt.Errorf("rendering page %d: %d dots per inch is outside 36 to 600", page, dpi)
	}
	if d := refuse(body); d != nil {
		return nil, fmt.Errorf("rendering page %d: %s", page, d.Problems[0].Detail)
	}
	r, err := pool(mainRole).Do(ctx, job{Body: body, Render: &renderJob{Page: page, DPI: dpi, Mark: mark}}, 30*time.Second)
	if err != nil {
		return nil, fmt.Errorf("rendering page %d: %w", page, err)
	}
	picture, err := png.Decode(bytes.NewReader(r.PNG))
	if err != nil {
		return nil, fmt.Errorf("rendering page %d: decoding the picture: %w", page, err)
	}
	return picture, nil
}

// Picture draws page (from 1) of a PDF at dpi dots per inch, as its pixels: a file of them takes longer to write and read than the drawing.
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
	for _, box := range j.Mark {
		frame(picture, box, float64(j.DPI)/72)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		return nil, fmt.Errorf("encoding the picture of page %d: %w", j.Page, err)
	}
	return out.Bytes(), nil
}

// frame draws a red frame just outside the box, given in points.
func frame(picture draw.Image, box [4]float64, scale float64) {
	bounds := picture.Bounds()
	red := image.NewUniform(color.RGBA{R: 220, A: 255})
	width := max(2, int(1.5*scale))
	x0, x1 := int(box[0]*scale)-width, int(box[2]*scale)+width
	y0, y1 := bounds.Max.Y-int(box[3]*scale)-width, bounds.Max.Y-int(box[1]*scale)+width
	for _, side := range []image.Rectangle{
		image.Rect(x0, y0, x1, y0+width), image.Rect(x0, y1-width, x1, y1),
		image.Rect(x0, y0, x0+width, y1), image.Rect(x1-width, y0, x1, y1),
	} {
		draw.Draw(picture, side.Intersect(bounds), red, image.Point{}, draw.Src)
	}
}
