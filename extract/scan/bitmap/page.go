package bitmap

import (
	"image"
	"image/draw"
)

// Page is a picture made straight and even, with its tables.
type Page struct {
	Text   *Plane // the brightest of the three colours: black ink without coloured seals
	Ink    *Plane // the darkest: ink of any colour
	Noise  int    // see Plane.noise, of Ink
	Tables []Table
	rule   int     // thickness of most rules
	dark   uint8   // print is darker: half-way between it and the paper, as blurred print is pale
	scale  float64 // pixels of the page for one of the picture
	angle  float64
	warp   Warp
}

// maxArea bounds the pixels of a straightened page.
const maxArea = 12 << 20

// Open makes a page of a picture that is turned by quarter turns clockwise first.
func Open(picture image.Image, turns int) *Page {
	light, dark := channels(picture)
	if plain := dark == light; turns != 0 {
		light, dark = light.turned(turns), dark.turned(turns)
		if plain {
			dark = light
		}
	}
	scale := light.flatten().toScale()
	for scale*scale*float64(light.W)*float64(light.H) > maxArea {
		scale *= 0.95
	}
	w, h := int(float64(light.W)*scale), int(float64(light.H)*scale)
	if w < 40 || h < 40 {
		return &Page{Text: NewPlane(1, 1), Ink: NewPlane(1, 1), dark: darkest, scale: 1}
	}
	plain := dark == light
	if scale != 1 {
		light, dark = light.Scale(w, h), dark.Scale(w, h)
	}
	light, dark = light.flatten(), dark.flatten()
	if !plain {
		light.uncolour(dark)
	}
	p := &Page{scale: scale}
	p.angle = light.skew()
	faint := max(faintest, light.noise()/2)
	turned := Warp{cx: float64(w) / 2, cy: float64(h) / 2}.apply(light, p.angle)
	p.warp = fitWarp(w, h, turned.strokes(faint), turned.transposed().strokes(faint))
	p.Text = p.warp.apply(light, p.angle)
	p.Ink = p.Text
	if !plain {
		p.Ink = p.warp.apply(dark, p.angle)
	}
	p.Noise = p.Ink.smooth().noise()
	p.dark = p.Text.halfway(p.Noise)
	p.Tables = p.Text.tables(p.Ink, faint)
	if len(p.Tables) == 0 && !plain {
		p.Tables = p.Ink.tables(p.Ink, faint) // its rules are coloured
	}
	p.rule = p.thickness()
	return p
}

// channels takes the brightest and the darkest colour of each pixel; one plane twice for a grey picture.
func channels(picture image.Image) (light, dark *Plane) {
	b := picture.Bounds()
	light = NewPlane(b.Dx(), b.Dy())
	if g, ok := picture.(*image.Gray); ok {
		for y := range light.H {
			copy(light.row(y), g.Pix[y*g.Stride:y*g.Stride+light.W])
		}
		return light, light
	}
	dark = NewPlane(b.Dx(), b.Dy())
	sheet := image.NewRGBA(image.Rect(0, 0, light.W, 1)) // what is transparent is seen on white
	for y := range light.H {
		draw.Draw(sheet, sheet.Bounds(), image.White, image.Point{}, draw.Src)
		draw.Draw(sheet, sheet.Bounds(), picture, image.Pt(b.Min.X, b.Min.Y+y), draw.Over)
		l, d := light.row(y), dark.row(y)
		for x := range l {
			c := sheet.Pix[4*x : 4*x+3]
			l[x], d[x] = max(c[0], c[1], c[2]), min(c[0], c[1], c[2])
		}
	}
	return light, dark
}

// Colours of ink on white paper.
const (
	grey   = 24  // how far the colours of a grey pixel differ, at most: JPEG leaves some colour in black print
	black  = 60  // brightest colour of black print, also below a seal
	bright = 110 // that of inks that have a colour, at least
)

// uncolour takes the ink of stamps and seals off a plane of the brightest colours, with that of the darkest beside it.
// Black print below them stays.
func (p *Plane) uncolour(dark *Plane) {
	for i, l := range p.Pix {
		if c := int(l) - int(dark.Pix[i]) - grey; c > 0 && l > black {
			share := min(int(l)-black, bright-black)
			p.Pix[i] = uint8(min(int(l)+c*4*share/(3*(bright-black)), 255))
		}
	}
}

// Unit is the length of a pixel of the page in pixels of the picture.
func (p *Page) Unit() float64 { return 1 / p.scale }

// Place returns where a box of the page lies in the picture (once turned), in its pixels: the smallest upright box
// around it.
func (p *Page) Place(r image.Rectangle) (x0, y0, x1, y1 float64) {
	x0, y0, x1, y1 = 1e9, 1e9, -1e9, -1e9
	for _, c := range [][2]int{{r.Min.X, r.Min.Y}, {r.Max.X, r.Min.Y}, {r.Min.X, r.Max.Y}, {r.Max.X, r.Max.Y}} {
		x, y := p.warp.Source(float64(c[0]), float64(c[1]), p.angle)
		x0, y0, x1, y1 = min(x0, x/p.scale), min(y0, y/p.scale), max(x1, x/p.scale), max(y1, y/p.scale)
	}
	return x0, y0, x1, y1
}
