package bitmap

import (
	"math"
)

// maxSkew is how far a page may lie turned, in radians: some five degrees.
const maxSkew = 0.09

// skew finds by how much text lines and rules rise to the right (radians): the angle at which the darkness of rows
// differs most from row to row.
func (p *Plane) skew() float64 {
	small := p.Scale(max(p.W/3, 1), max(p.H/3, 1))
	type point struct{ x, y float64 }
	var points []point
	for y := range small.H {
		for x, c := range small.row(y) {
			if c < 160 {
				points = append(points, point{float64(x - small.W/2), float64(y)})
			}
		}
	}
	if len(points) > 150_000 {
		step := len(points)/150_000 + 1
		for i := 0; i*step < len(points); i++ {
			points[i] = points[i*step]
		}
		points = points[:len(points)/step]
	}
	margin := int(float64(small.W)*maxSkew) + 2
	rows := make([]int, small.H+2*margin)
	score := func(angle float64) (s float64) {
		clear(rows)
		t := math.Tan(angle)
		for _, q := range points {
			rows[int(q.y+q.x*t)+margin]++
		}
		for i := 1; i < len(rows); i++ {
			d := float64(rows[i] - rows[i-1])
			s += d * d
		}
		return s
	}
	best, top := 0.0, score(0)*1.02
	for _, step := range []float64{0.004, 0.001, 0.00025} {
		from := best
		reach := 5 * step
		if step == 0.004 {
			reach = maxSkew * 0.95
		}
		for a := from - reach; a <= from+reach; a += step {
			if math.Abs(a) < maxSkew {
				if s := score(a); s > top {
					best, top = a, s
				}
			}
		}
	}
	return best
}

// Warp leads from the straightened page to the picture. Rows of the page run there with a slope that changes from top
// to bottom, columns with one that changes from left to right: what turning, shearing and looking at a sheet from the
// side do, to first order.
type Warp struct {
	cx, cy float64 // a point that stays
	b0, b1 float64 // slope of rows: b0 + b1 (v − cy)
	d0, d1 float64 // of columns: d0 + d1 (u − cx)
}

// From returns the point of the picture that stands at (u, v) of the page.
func (w Warp) From(u, v float64) (x, y float64) {
	du, dv := u-w.cx, v-w.cy
	return u + (w.d0+w.d1*du)*dv, v + (w.b0+w.b1*dv)*du
}

// sloping is how long a stroke must be to tell a slope.
const sloping = 300

// bounds is how far slopes may change over a page before a stroke is taken to be something else.
const bounds = 0.06

// fit estimates a warp from the strokes of a picture that was turned upright already.
func fitWarp(w, h int, across, down []Stroke) Warp {
	out := Warp{cx: float64(w) / 2, cy: float64(h) / 2}
	out.b0, out.b1 = slopes(across, out.cx, out.cy)
	out.d0, out.d1 = slopes(down, out.cy, out.cx)
	return out
}

// slopes fits the slope of strokes as a line over their position, leaving out the worst again and again.
func slopes(strokes []Stroke, ca, cc float64) (s0, s1 float64) {
	type sample struct{ at, slope, weight float64 }
	var all []sample
	for _, s := range strokes {
		if n := s.To - s.From; n >= sloping && s.Fill > 0.75 && math.Abs(s.Slope) < bounds {
			at := s.Mid + s.Slope*(ca-float64(s.From+s.To)/2) // where it crosses the middle
			all = append(all, sample{at - cc, s.Slope, float64(n) * float64(n)})
		}
	}
	if len(all) < 2 {
		return 0, 0 // a page without a table, or a frame of one line
	}
	for range 6 {
		var n, x, y, xx, xy float64
		for _, s := range all {
			n, x, y = n+s.weight, x+s.weight*s.at, y+s.weight*s.slope
			xx, xy = xx+s.weight*s.at*s.at, xy+s.weight*s.at*s.slope
		}
		if len(all) < 2 || n == 0 {
			return s0, s1
		}
		if v := xx/n - x/n*x/n; v > 100*100 && len(all) >= 4 {
			s1 = (xy/n - x/n*y/n) / v
		} else {
			s1 = 0
		}
		s0 = y/n - s1*x/n
		var kept []sample
		for _, s := range all {
			if math.Abs(s.slope-s0-s1*s.at) < 0.008 {
				kept = append(kept, s)
			}
		}
		if len(kept) == len(all) {
			break
		}
		all = kept
	}
	return s0, s1
}

// apply straightens a picture that lies turned by an angle.
func (w Warp) apply(p *Plane, angle float64) *Plane {
	out := NewPlane(p.W, p.H)
	sin, cos := math.Sincos(angle)
	for v := range out.H {
		dv := float64(v) - w.cy
		row := out.row(v)
		for u := range row {
			du := float64(u) - w.cx
			dx, dy := du+(w.d0+w.d1*du)*dv, dv+(w.b0+w.b1*dv)*du // as Source
			row[u] = p.sample(w.cx+cos*dx+sin*dy, w.cy-sin*dx+cos*dy)
		}
	}
	return out
}

// Source is From on a picture that lies turned by an angle.
func (w Warp) Source(u, v, angle float64) (x, y float64) {
	x, y = w.From(u, v)
	sin, cos := math.Sincos(angle)
	dx, dy := x-w.cx, y-w.cy
	return w.cx + cos*dx + sin*dy, w.cy - sin*dx + cos*dy
}
