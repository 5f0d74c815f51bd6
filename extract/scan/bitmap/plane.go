// Package bitmap finds what is drawn on the picture of a page: its skew, its rules, the lattice of its tables, and
// where ink lies. It knows nothing of characters. Lengths are pixels of the page after Open has scaled it to characters
// of about 30 pixels; y grows downwards.
package bitmap

import "image"

// Plane is one channel of a picture: 0 is black, 255 the paper.
type Plane struct {
	W, H int
	Pix  []uint8 // row by row
}

// NewPlane returns a black plane.
func NewPlane(w, h int) *Plane { return &Plane{w, h, make([]uint8, w*h)} }

// At returns the pixel at x, y, and paper beyond the edges.
func (p *Plane) At(x, y int) uint8 {
	if x < 0 || y < 0 || x >= p.W || y >= p.H {
		return 255
	}
	return p.Pix[y*p.W+x]
}

// turned returns the plane after quarter turns clockwise.
func (p *Plane) turned(turns int) *Plane {
	out := NewPlane(p.W, p.H)
	if turns&1 == 1 {
		out = NewPlane(p.H, p.W)
	}
	for y := range p.H {
		for x, c := range p.row(y) {
			switch turns {
			case 1:
				out.Pix[x*out.W+p.H-1-y] = c
			case 2:
				out.Pix[(p.H-1-y)*out.W+p.W-1-x] = c
			case 3:
				out.Pix[(p.W-1-x)*out.W+y] = c
			default:
				out.Pix[y*out.W+x] = c
			}
		}
	}
	return out
}

// sample interpolates between the four pixels around a point.
func (p *Plane) sample(x, y float64) uint8 {
	if x < -1 || y < -1 || x > float64(p.W) || y > float64(p.H) {
		return 255
	}
	xi, yi := int(x+1)-1, int(y+1)-1
	fx, fy := x-float64(xi), y-float64(yi)
	if xi >= 0 && yi >= 0 && xi+1 < p.W && yi+1 < p.H {
		i := yi*p.W + xi
		a := float64(p.Pix[i])*(1-fx) + float64(p.Pix[i+1])*fx
		b := float64(p.Pix[i+p.W])*(1-fx) + float64(p.Pix[i+p.W+1])*fx
		return uint8(a*(1-fy) + b*fy + 0.5)
	}
	a := float64(p.At(xi, yi))*(1-fx) + float64(p.At(xi+1, yi))*fx
	b := float64(p.At(xi, yi+1))*(1-fx) + float64(p.At(xi+1, yi+1))*fx
	return uint8(a*(1-fy) + b*fy + 0.5)
}

// Scale resizes the plane: by the mean of the pixels that fall together where it shrinks, by interpolation where it
// grows.
func (p *Plane) Scale(w, h int) *Plane {
	out := NewPlane(w, h)
	sx, sy := float64(p.W)/float64(w), float64(p.H)/float64(h)
	if sx <= 1 && sy <= 1 {
		for y := range h {
			for x := range w {
				out.Pix[y*w+x] = p.sample((float64(x)+0.5)*sx-0.5, (float64(y)+0.5)*sy-0.5)
			}
		}
		return out
	}
	sum := make([]uint32, w)
	n := make([]uint32, w)
	for y := range h {
		clear(sum)
		clear(n)
		y0, y1 := int(float64(y)*sy), max(int(float64(y+1)*sy), int(float64(y)*sy)+1)
		for v := y0; v < min(y1, p.H); v++ {
			row := p.Pix[v*p.W : (v+1)*p.W]
			for x := range w {
				x0, x1 := int(float64(x)*sx), max(int(float64(x+1)*sx), int(float64(x)*sx)+1)
				for _, c := range row[x0:min(x1, p.W)] {
					sum[x] += uint32(c)
					n[x]++
				}
			}
		}
		for x := range w {
			if n[x] > 0 {
				out.Pix[y*w+x] = uint8(sum[x] / n[x])
			}
		}
	}
	return out
}

// Crop copies a part of the plane; what lies beyond its edges is paper.
func (p *Plane) Crop(r image.Rectangle) *Plane {
	out := NewPlane(r.Dx(), r.Dy())
	for y := range out.H {
		for x := range out.W {
			out.Pix[y*out.W+x] = p.At(r.Min.X+x, r.Min.Y+y)
		}
	}
	return out
}

// transposed exchanges x and y.
func (p *Plane) transposed() *Plane {
	out := NewPlane(p.H, p.W)
	for y := range p.H {
		row := p.Pix[y*p.W : (y+1)*p.W]
		for x, c := range row {
			out.Pix[x*p.H+y] = c
		}
	}
	return out
}

// smooth is the mean of 3 × 3 pixels.
func (p *Plane) smooth() *Plane {
	mid := NewPlane(p.W, p.H)
	out := NewPlane(p.W, p.H)
	for y := range p.H {
		a, b, c := p.row(y-1), p.row(y), p.row(y+1)
		m := mid.row(y)
		for x := range m {
			m[x] = uint8((int(a[x]) + int(b[x]) + int(c[x]) + 1) / 3)
		}
	}
	for y := range p.H {
		m, o := mid.row(y), out.row(y)
		for x := range o {
			o[x] = uint8((int(m[max(x-1, 0)]) + int(m[x]) + int(m[min(x+1, p.W-1)]) + 1) / 3)
		}
	}
	return out
}

// row returns a row; rows beyond the edges are those at them.
func (p *Plane) row(y int) []uint8 {
	y = min(max(y, 0), p.H-1)
	return p.Pix[y*p.W : (y+1)*p.W]
}

// along is the mean over width pixels (odd) to the left and right.
func (p *Plane) along(width int) *Plane {
	out := NewPlane(p.W, p.H)
	half := width / 2
	for y := range p.H {
		in, o := p.row(y), out.row(y)
		sum, n := 0, 0
		for x := 0; x < min(half, p.W); x++ {
			sum += int(in[x])
			n++
		}
		for x := range o {
			if x+half < p.W {
				sum += int(in[x+half])
				n++
			}
			if x-half-1 >= 0 {
				sum -= int(in[x-half-1])
				n--
			}
			o[x] = uint8(sum / n)
		}
	}
	return out
}
