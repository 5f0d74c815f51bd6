package chart

import (
	"image"
	"image/color"
	"image/png"
	"io"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// scale is how many pixels a point has: 216 dots an inch.
const scale = 3

// pngCanvas is a canvas that becomes a picture.
type pngCanvas struct {
	picture *image.RGBA
	ink     *vector.Rasterizer
	font    *opentype.Font
	faces   map[float64]font.Face
}

func newPNG(height int) (*pngCanvas, error) {
	f, err := chinese()
	if err != nil {
		return nil, err
	}
	at := image.Rect(0, 0, Width*scale, height*scale)
	return &pngCanvas{image.NewRGBA(at), vector.NewRasterizer(at.Dx(), at.Dy()), f, map[float64]font.Face{}}, nil
}

func (r *pngCanvas) writeTo(w io.Writer) error { return png.Encode(w, r.picture) }

// outline adds a closed shape to what is painted next. All go around in one direction, so that where they overlap
// they do not take each other away.
func (r *pngCanvas) outline(points []point) {
	turn := 0.
	for i, p := range points {
		q := points[(i+1)%len(points)]
		turn += p.x*q.y - q.x*p.y
	}
	for i := range points {
		p := points[i]
		if turn < 0 {
			p = points[len(points)-1-i]
		}
		if i == 0 {
			r.ink.MoveTo(float32(p.x*scale), float32(p.y*scale))
		} else {
			r.ink.LineTo(float32(p.x*scale), float32(p.y*scale))
		}
	}
	r.ink.ClosePath()
}

func (r *pngCanvas) paint(c color.NRGBA) {
	r.ink.Draw(r.picture, r.picture.Bounds(), image.NewUniform(c), image.Point{})
	r.ink.Reset(r.picture.Rect.Dx(), r.picture.Rect.Dy())
}

func (r *pngCanvas) polygon(c color.NRGBA, outline []point) {
	r.outline(outline)
	r.paint(c)
}

// disc is a circle as a polygon, its sides far below a pixel.
func disc(at point, radius float64) []point {
	out := make([]point, 32)
	for i := range out {
		y, x := math.Sincos(2 * math.Pi * float64(i) / float64(len(out)))
		out[i] = point{at.x + radius*x, at.y + radius*y}
	}
	return out
}

func (r *pngCanvas) circle(c color.NRGBA, at point, radius float64) { r.polygon(c, disc(at, radius)) }

func (r *pngCanvas) line(c color.NRGBA, width float64, dashes []float64, through []point) {
	for i := 1; i < len(through); i++ {
		a, b := through[i-1], through[i]
		for _, piece := range dashed(a, b, dashes) {
			r.outline(bar(piece[0], piece[1], width/2))
		}
		if i > 1 {
			r.outline(disc(a, width/2)) // a round corner
		}
	}
	r.paint(c)
}

// dashed cuts a line into the pieces that are drawn.
func dashed(a, b point, dashes []float64) [][2]point {
	if len(dashes) == 0 {
		return [][2]point{{a, b}}
	}
	length := math.Hypot(b.x-a.x, b.y-a.y)
	on := func(d float64) point { return point{a.x + (b.x-a.x)*d/length, a.y + (b.y-a.y)*d/length} }
	var out [][2]point
	at := 0.
	for i := 0; at < length; i++ {
		d := dashes[i%len(dashes)]
		if i%2 == 0 {
			out = append(out, [2]point{on(at), on(math.Min(at+d, length))})
		}
		at += d
	}
	return out
}

// bar is a line as a rectangle.
func bar(a, b point, half float64) []point {
	length := math.Hypot(b.x-a.x, b.y-a.y)
	if length == 0 {
		return disc(a, half)
	}
	x, y := -(b.y-a.y)/length*half, (b.x-a.x)/length*half
	return []point{{a.x + x, a.y + y}, {b.x + x, b.y + y}, {b.x - x, b.y - y}, {a.x - x, a.y - y}}
}

func (r *pngCanvas) face(size float64) font.Face {
	if r.faces[size] == nil {
		f, err := opentype.NewFace(r.font, &opentype.FaceOptions{Size: size * scale, DPI: 72})
		if err != nil {
			panic("a face of a font that was read: " + err.Error()) // NewFace has no error to return
		}
		r.faces[size] = f
	}
	return r.faces[size]
}

func (r *pngCanvas) text(c color.NRGBA, size float64, at point, a anchor, s string) {
	at.x -= r.width(s, size) * [...]float64{start: 0, middle: .5, end: 1}[a]
	d := font.Drawer{Dst: r.picture, Src: image.NewUniform(c), Face: r.face(size), Dot: fixed.Point26_6{X: fixed.Int26_6(at.x * scale * 64), Y: fixed.Int26_6(at.y * scale * 64)}}
	d.DrawString(s)
}

func (r *pngCanvas) width(s string, size float64) float64 {
	return float64(font.MeasureString(r.face(size), s)) / 64 / scale
}
