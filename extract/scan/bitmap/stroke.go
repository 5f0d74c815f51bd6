package bitmap

import (
	"slices"
)

// Stroke is a straight line on the page that runs along x (or, of a transposed page, along y), with little slope.
type Stroke struct {
	From, To int     // where it begins, and behind its end
	Mid      float64 // its position across in the middle
	Slope    float64
	Fill     float64 // share of its length that is inked
}

// Lengths of strokes, in pixels.
const (
	window   = 25 // a rule is seen in the mean over so many pixels, so gaps of noise do not break it
	side     = 6  // and is darker than what stands so far above and below
	faintest = 22 // by so much
	shortest = 60
	longGap  = 40 // pieces of one rule this near are joined
	nearGap  = 14 // and short pieces only when they are as near as this: the stems of characters below a rule are no part of it
	sound    = 50 // a piece this long is no stem of a character
)

// solid is how much of a stroke must be inked: nearly all of a short one, which the stems of characters one above the
// other may make up.
func solid(length int) float64 {
	if length < 140 {
		return 0.8
	}
	return 0.55
}

// trim cuts off the ends where the mean over the window saw ink that lies further in.
func (p *Plane) trim(s Stroke, faint int) Stroke {
	at := func(x int) int { return int(s.Mid + s.Slope*(float64(x)-float64(s.From+s.To)/2) + 0.5) }
	from, to := s.From, s.To
	for to-from > window && p.inked(from, from+5, at, faint) < 0.7 {
		from++
	}
	for to-from > window && p.inked(to-5, to, at, faint) < 0.7 {
		to--
	}
	s.Mid += s.Slope * (float64(from+to) - float64(s.From+s.To)) / 2
	s.From, s.To = from, to
	return s
}

// strokes finds the straight lines along x that are thinner than side.
func (p *Plane) strokes(faint int) []Stroke {
	mean := p.along(window)
	mask := NewPlane(p.W, p.H)
	for y := range p.H {
		here, up, down := mean.row(y), mean.row(y-side), mean.row(y+side)
		above, below := mean.row(y-1), mean.row(y+1)
		m := mask.row(y)
		for x, c := range here {
			if int(c)+faint <= int(min(up[x], down[x])) && c <= above[x] && c <= below[x] && 255-int(c) > faint {
				m[x] = 1
			}
		}
	}
	return p.chain(mask, faint)
}

// piece is a chain of marked pixels under construction.
type piece struct {
	x0, x1 int
	y      int // at its end
	n      int
	sx, sy float64
	sxx    float64
	sxy    float64
}

func (c *piece) add(x, y int) {
	c.x1, c.y = x+1, y
	c.n++
	fx, fy := float64(x-c.x0), float64(y)
	c.sx, c.sy, c.sxx, c.sxy = c.sx+fx, c.sy+fy, c.sxx+fx*fx, c.sxy+fx*fy
}

// line is the straight line through the piece: its slope and its position at x.
func (c *piece) line() (slope float64, at func(x float64) float64) {
	n := float64(c.n)
	if v := c.sxx - c.sx*c.sx/n; v > 1 {
		slope = (c.sxy - c.sx*c.sy/n) / v
	}
	mx, my := c.sx/n+float64(c.x0), c.sy/n
	return slope, func(x float64) float64 { return my + slope*(x-mx) }
}

// chain follows marked pixels from column to column.
func (p *Plane) chain(mask *Plane, faint int) []Stroke {
	var open, done []*piece
	at := make([][]*piece, p.H) // open pieces by the row of their end
	for x := range p.W {
		for y := range p.H {
			if mask.Pix[y*p.W+x] == 0 {
				continue
			}
			var best *piece
			for v := max(y-1, 0); v <= min(y+1, p.H-1); v++ {
				for _, c := range at[v] {
					if c.x1 <= x && x-c.x1 < 8 && (best == nil || c.n > best.n) {
						best = c
					}
				}
			}
			if best == nil {
				best = &piece{x0: x}
				open = append(open, best)
			} else {
				at[best.y] = slices.DeleteFunc(at[best.y], func(c *piece) bool { return c == best })
			}
			best.add(x, y)
			at[y] = append(at[y], best)
		}
		if x%16 == 15 || x == p.W-1 {
			kept := open[:0]
			for _, c := range open {
				if x-c.x1 < 8 && x < p.W-1 {
					kept = append(kept, c)
					continue
				}
				at[c.y] = slices.DeleteFunc(at[c.y], func(o *piece) bool { return o == c })
				if c.x1-c.x0 >= 15 {
					done = append(done, c)
				}
			}
			open = kept
		}
	}
	return p.join(done, faint)
}

// join puts the pieces of one rule together and keeps those that are long and inked enough.
func (p *Plane) join(pieces []*piece, faint int) (out []Stroke) {
	slices.SortFunc(pieces, func(a, b *piece) int { return a.x0 - b.x0 })
	used := make([]bool, len(pieces))
	for i, c := range pieces {
		if used[i] {
			continue
		}
		whole := *c
		for j := i + 1; j < len(pieces) && pieces[j].x0 < whole.x1+longGap; j++ {
			n := pieces[j]
			if used[j] || n.x0 < whole.x1-2 {
				continue
			}
			if n.x0-whole.x1 >= nearGap && (whole.x1-whole.x0 < sound || n.x1-n.x0 < sound) {
				continue
			}
			_, at := whole.line()
			_, on := n.line()
			x := float64(whole.x1+n.x0) / 2
			if d := at(x) - on(x); d < 3 && d > -3 {
				used[j] = true
				whole = whole.merge(n)
			}
		}
		if whole.x1-whole.x0 < shortest {
			continue
		}
		slope, at := whole.line()
		s := Stroke{From: whole.x0, To: whole.x1, Slope: slope, Mid: at(float64(whole.x0+whole.x1) / 2)}
		if s = p.trim(s, faint); s.To-s.From < shortest-window {
			continue
		}
		if s.Fill = p.fill(s, faint); s.Fill >= solid(s.To-s.From) {
			out = append(out, s)
		}
	}
	return out
}

func (c piece) merge(n *piece) piece {
	shift := float64(n.x0 - c.x0)
	c.sxx += n.sxx + 2*shift*n.sx + float64(n.n)*shift*shift
	c.sxy += n.sxy + shift*n.sy
	c.sx += n.sx + float64(n.n)*shift
	c.sy += n.sy
	c.n += n.n
	c.x1, c.y = max(c.x1, n.x1), n.y
	return c
}

// fill is the share of a stroke's length where ink lies that ends above and below it.
func (p *Plane) fill(s Stroke, faint int) float64 {
	return p.inked(s.From, s.To, func(x int) int {
		return int(s.Mid + s.Slope*(float64(x)-float64(s.From+s.To)/2) + 0.5)
	}, faint)
}

// inked is the share of the columns from x0 to x1 in which a thin rule is seen near the row that y names.
func (p *Plane) inked(x0, x1 int, y func(x int) int, faint int) float64 {
	n := 0
	for x := x0; x < x1; x++ {
		v := y(x)
		dark := min(p.At(x, v-1), p.At(x, v), p.At(x, v+1))
		around := min(max(p.At(x, v-side), p.At(x, v-side+1)), max(p.At(x, v+side), p.At(x, v+side-1)))
		if int(dark)+faint <= int(around) {
			n++
		}
	}
	return float64(n) / float64(max(x1-x0, 1))
}
