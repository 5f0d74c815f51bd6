package read

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"testing"
)

// wear is what is done to a page.
type wear struct {
	name        string
	dpi         int
	turn, skew  float64 // degrees; share of the page's width by which a side is shorter
	blur        int     // passes of a mean of 3 × 3
	noise       float64 // standard deviation
	specks      float64 // share of pixels turned black or white
	shadow      float64 // share of the light that is lost in a corner
	quality     int     // of JPEG
	seal, stamp bool
	fax         bool // black and white
	copied      bool // seal and stamp are black, as on a photocopy
}

var wears = []wear{
	{name: "a good scan", dpi: 200, turn: 0.4, noise: 3, quality: 80, seal: true},
	{name: "an old scanner", dpi: 150, turn: -1.1, blur: 1, noise: 8, quality: 60, stamp: true},
	{name: "a photograph", dpi: 200, turn: 1.5, skew: 0.02, blur: 1, noise: 6, shadow: 0.5, quality: 50},
	{name: "a fax", dpi: 200, turn: 0.8, noise: 10, specks: 0.003, quality: 75, fax: true},
	{name: "coarse", dpi: 100, turn: -0.5, noise: 4, quality: 70},
	{name: "fine and turned", dpi: 300, turn: 2, noise: 12, quality: 40, seal: true, stamp: true},
	{name: "a bad photograph", dpi: 150, turn: -2, skew: -0.03, blur: 2, noise: 10, shadow: 0.65, quality: 40, seal: true},
	{name: "a copy of a stamped sheet", dpi: 200, turn: 0.6, noise: 6, quality: 60, stamp: true, copied: true},
}

// down wears a page down.
func (w wear) down(t *testing.T, page *image.RGBA, random *rand.Rand) *image.RGBA {
	t.Helper()
	unit := float64(w.dpi) / 200
	b := page.Bounds()
	mark := func(c color.RGBA, on func(x, y float64) bool, cx, cy, reach float64) {
		for y := int(cy - reach); y < int(cy+reach); y++ {
			for x := int(cx - reach); x < int(cx+reach); x++ {
				if image.Pt(x, y).In(b) && on(float64(x)-cx, float64(y)-cy) {
					o := page.RGBAAt(x, y)
					page.SetRGBA(x, y, color.RGBA{uint8(int(o.R) * int(c.R) / 255), uint8(int(o.G) * int(c.G) / 255), uint8(int(o.B) * int(c.B) / 255), 255})
				}
			}
		}
	}
	at := func() (x, y float64) {
		return (0.25 + 0.5*random.Float64()) * float64(b.Dx()), (0.2 + 0.6*random.Float64()) * float64(b.Dy())
	}
	if w.seal {
		x, y := at()
		mark(color.RGBA{225, 60, 60, 255}, func(x, y float64) bool {
			r := math.Hypot(x, y) / unit
			return r > 150 && r < 158 || r < 50 && math.Cos(5*math.Atan2(y, x)) > r/50
		}, x, y, 160*unit)
	}
	if w.stamp {
		x, y := at()
		ink := color.RGBA{70, 70, 160, 255}
		if w.copied {
			ink = color.RGBA{60, 60, 60, 255}
		}
		mark(ink, func(x, y float64) bool {
			x, y = math.Abs(x)/unit, math.Abs(y)/unit
			return x < 160 && y < 50 && (x > 155 || y > 45 || y < 2)
		}, x, y, 165*unit)
	}
	out := image.NewRGBA(b)
	sin, cos := math.Sincos(w.turn * math.Pi / 180)
	width, height := float64(b.Dx()), float64(b.Dy())
	for y := range b.Dy() {
		for x := range b.Dx() {
			u, v := float64(x)-width/2, float64(y)-height/2
			u, v = u*(1+w.skew*v/height*2), v*(1+w.skew*u/width)
			c := between(page, cos*u+sin*v+width/2, -sin*u+cos*v+height/2)
			light := 1 - w.shadow*math.Pow((float64(x)/width+float64(y)/height)/2, 2)
			grain := w.noise * random.NormFloat64()
			for k := range c {
				c[k] = c[k]*light + grain
			}
			if w.specks > 0 && random.Float64() < w.specks {
				c = [3]float64{255 * float64(random.IntN(2)), 128, 128}
				c[1], c[2] = c[0], c[0]
			}
			if w.fax {
				v := 0.0
				if c[0]+c[1]+c[2] > 3*150 {
					v = 255
				}
				c = [3]float64{v, v, v}
			}
			out.SetRGBA(x, y, color.RGBA{bounded(c[0]), bounded(c[1]), bounded(c[2]), 255})
		}
	}
	for range w.blur {
		out = blurred(out)
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, out, &jpeg.Options{Quality: w.quality}); err != nil {
		t.Fatal(err)
	}
	again, err := jpeg.Decode(&file)
	if err != nil {
		t.Fatal(err)
	}
	draw.Draw(out, b, again, b.Min, draw.Src)
	return out
}

func bounded(v float64) uint8 { return uint8(min(max(v, 0), 255)) }

// between interpolates; around the sheet lies a dark table.
func between(p *image.RGBA, x, y float64) (c [3]float64) {
	x0, y0 := int(math.Floor(x)), int(math.Floor(y))
	fx, fy := x-float64(x0), y-float64(y0)
	for _, n := range [][3]float64{{0, 0, (1 - fx) * (1 - fy)}, {1, 0, fx * (1 - fy)}, {0, 1, (1 - fx) * fy}, {1, 1, fx * fy}} {
		q := image.Pt(x0+int(n[0]), y0+int(n[1]))
		v := color.RGBA{110, 100, 90, 255}
		if q.In(p.Bounds()) {
			v = p.RGBAAt(q.X, q.Y)
		}
		c[0], c[1], c[2] = c[0]+n[2]*float64(v.R), c[1]+n[2]*float64(v.G), c[2]+n[2]*float64(v.B)
	}
	return c
}

// blurred is the mean of 3 × 3 pixels.
func blurred(p *image.RGBA) *image.RGBA {
	out := image.NewRGBA(p.Bounds())
	copy(out.Pix, p.Pix)
	for y := 1; y < p.Rect.Dy()-1; y++ {
		for x := 1; x < p.Rect.Dx()-1; x++ {
			for k := range 3 {
				sum := 0
				for dy := -1; dy <= 1; dy++ {
					for dx := -1; dx <= 1; dx++ {
						sum += int(p.Pix[(y+dy)*p.Stride+4*(x+dx)+k])
					}
				}
				out.Pix[y*p.Stride+4*x+k] = uint8(sum / 9)
			}
		}
	}
	return out
}
