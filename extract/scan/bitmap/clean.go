package bitmap

import (
	"image"
	"slices"
)

// block is the side of the squares that the brightness of the paper is measured on.
const block = 16

// flatten evens out the paper: each pixel relative to the paper around it, so that shadows and yellowed sheets become
// white.
func (p *Plane) flatten() *Plane {
	bw, bh := (p.W+block-1)/block, (p.H+block-1)/block
	paper := NewPlane(bw, bh)
	var hist [256]int
	for by := range bh {
		for bx := range bw {
			clear(hist[:])
			n := 0
			for y := by * block; y < min((by+1)*block, p.H); y++ {
				for _, c := range p.Pix[y*p.W+bx*block : y*p.W+min((bx+1)*block, p.W)] {
					hist[c]++
					n++
				}
			}
			// Most of a page is paper: its brightness is that of the brighter half of the pixels.
			left, v := n*2/10, 255
			for ; v > 0 && left >= hist[v]; v-- {
				left -= hist[v]
			}
			paper.Pix[by*bw+bx] = uint8(v)
		}
	}
	paper = paper.lightest().smooth().smooth()
	out := NewPlane(p.W, p.H)
	for y := range p.H {
		in, o := p.row(y), out.row(y)
		v := (float64(y)+0.5)/block - 0.5
		for x := range in {
			b := max(int(paper.inside((float64(x)+0.5)/block-0.5, v)), 30)
			o[x] = uint8(min(int(in[x])*255/b, 255))
		}
	}
	return out
}

// inside is sample with the edges continued.
func (p *Plane) inside(x, y float64) uint8 {
	return p.sample(min(max(x, 0), float64(p.W-1)), min(max(y, 0), float64(p.H-1)))
}

// lightest takes for each pixel the second brightest of the 5 × 5 around it: a block full of ink has the paper of its
// neighbours.
func (p *Plane) lightest() *Plane {
	out := NewPlane(p.W, p.H)
	for y := range p.H {
		for x := range p.W {
			var first, second uint8
			for v := max(y-2, 0); v <= min(y+2, p.H-1); v++ {
				for u := max(x-2, 0); u <= min(x+2, p.W-1); u++ {
					switch c := p.Pix[v*p.W+u]; {
					case c > first:
						first, second = c, first
					case c > second:
						second = c
					}
				}
			}
			out.Pix[y*p.W+x] = max(second, first-min(first, 20))
		}
	}
	return out
}

// noise is how far the paper's pixels spread after smoothing: the 99.5th percentile of the darkness of pixels that no
// ink is near to.
func (p *Plane) noise() int {
	var hist [256]int
	n := 0
	for y := 4; y < p.H-4; y += 3 {
		for x := 4; x < p.W-4; x += 3 {
			near := 0
			for _, d := range [][2]int{{-4, 0}, {4, 0}, {0, -4}, {0, 4}} {
				near = max(near, 255-int(p.Pix[(y+d[1])*p.W+x+d[0]]))
			}
			if near < 60 {
				hist[255-p.Pix[y*p.W+x]]++
				n++
			}
		}
	}
	left := n / 50
	for v := 255; v > 0; v-- {
		if left -= hist[v]; left < 0 {
			return v
		}
	}
	return 0
}

// halfway is the grey half-way between paper and the darker quarter of what is print: not below darkest, and clear of
// the noise.
func (p *Plane) halfway(noise int) uint8 {
	var hist [256]int
	n := 0
	for _, c := range p.Pix {
		if c < darkest {
			hist[c]++
			n++
		}
	}
	ink, left := 0, n/4
	for ; ink < darkest && left >= hist[ink]; ink++ {
		left -= hist[ink]
	}
	return uint8(max(min((255+ink)/2, 255-5*noise), darkest))
}

// blob is a connected piece of ink.
type blob struct {
	x0, y0, x1, y1 int // the last ones behind it
	area           int
}

// blobs finds the connected pieces (8 neighbours) of the pixels that are darker than the threshold.
func (p *Plane) blobs(threshold uint8) []blob {
	type run struct{ x0, x1, label int }
	var parent []int
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	var all []blob
	var above, here []run
	for y := range p.H {
		here = here[:0]
		row := p.row(y)
		for x := 0; x < p.W; x++ {
			if row[x] >= threshold {
				continue
			}
			from := x
			for x < p.W && row[x] < threshold {
				x++
			}
			r := run{from, x, -1}
			for _, a := range above {
				if a.x0 <= x && a.x1 >= from {
					l := find(a.label)
					if r.label < 0 {
						r.label = l
					} else if l != r.label {
						parent[l] = r.label
						all[r.label] = all[r.label].union(all[l])
					}
				}
			}
			if r.label < 0 {
				r.label = len(parent)
				parent = append(parent, r.label)
				all = append(all, blob{from, y, x, y + 1, 0})
			}
			all[r.label] = all[r.label].union(blob{from, y, x, y + 1, x - from})
			here = append(here, r)
		}
		above, here = here, above
	}
	var out []blob
	for i, b := range all {
		if parent[i] == i {
			out = append(out, b)
		}
	}
	return out
}

func (b blob) union(c blob) blob {
	return blob{min(b.x0, c.x0), min(b.y0, c.y0), max(b.x1, c.x1), max(b.y1, c.y1), b.area + c.area}
}

// Keep makes what lies outside of a box paper.
func (p *Plane) Keep(box image.Rectangle) {
	for y := range p.H {
		for x, row := 0, p.row(y); x < p.W; x++ {
			if !image.Pt(x, y).In(box) {
				row[x] = 255
			}
		}
	}
}

// Clean wipes off pieces of ink that have fewer pixels than least.
func (p *Plane) Clean(least int) {
	for _, b := range p.blobs(darkest) {
		if b.area >= least {
			continue
		}
		for y := b.y0; y < b.y1; y++ {
			for x := b.x0; x < b.x1; x++ {
				p.Pix[y*p.W+x] = 255
			}
		}
	}
}

// character is the height of characters that a page is scaled to.
const character = 30

// sizes estimates the height of a page's characters by the blobs that could be one, or a piece of one: most are pieces.
// most is what six in ten of them reach, whole what nine in ten do.
func (p *Plane) sizes() (most, whole int) {
	var heights []int
	for _, b := range p.blobs(150) {
		w, h := b.x1-b.x0, b.y1-b.y0
		if h >= 7 && h < 120 && w >= h/2 && w < 2*h && b.area*8 > w*h {
			heights = append(heights, h)
		}
	}
	if len(heights) < 30 {
		return character, character
	}
	slices.Sort(heights)
	return heights[len(heights)*6/10], heights[len(heights)*9/10]
}

// toScale is by how much a page is scaled so that its characters have about the usual height: up where the large ones
// are small, down only where most are large, for tables are set in small print beside large text.
func (p *Plane) toScale() float64 {
	most, whole := p.sizes()
	up, down := float64(character)/float64(whole), float64(character)/float64(most)
	switch {
	case up >= 1.45:
		return min(up, 4)
	case down <= 0.75:
		return max(down, 0.3)
	}
	return 1
}
