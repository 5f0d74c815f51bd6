package geometry

import "slices"

// Halves returns the two pages that were printed on one sheet, in the order of reading, or the page itself. A page
// without a ruled table is left as it is: a table without rules may have a wide space between two columns too.
func Halves(p *Page) []*Page {
	if p.Width < settings.SheetFormat*p.Height || p.Turns != 0 {
		return []*Page{p}
	}
	rules := Edges(Rules(p.Paths))
	if len(Lattices(rules)) == 0 {
		return []*Page{p}
	}
	x, ok := gutter(p, rules)
	if !ok {
		return []*Page{p}
	}
	left, right := p.part(0, x), p.part(x, p.Width)
	if len(left.Glyphs) < settings.HalfPage || len(right.Glyphs) < settings.HalfPage {
		return []*Page{p}
	}
	return []*Page{left, right}
}

// gutter returns the middle of the widest strip about the middle of a page in which nothing stands and through which no
// rule runs.
func gutter(p *Page, rules []Rule) (x float64, ok bool) {
	type span struct{ from, to float64 }
	var taken []span
	for _, g := range p.Glyphs {
		if !g.Slanted {
			taken = append(taken, span{g.Box.X0, g.Box.X1})
		}
	}
	for _, r := range rules {
		if r.Horizontal {
			taken = append(taken, span{r.From, r.To})
		} else if r.To-r.From < settings.FoldLine*p.Height { // a fold line may be drawn
			taken = append(taken, span{r.At, r.At})
		}
	}
	slices.SortFunc(taken, func(a, b span) int { return int(sign(a.from - b.from)) })
	end, widest := 0.0, settings.Gutter
	for _, s := range append(taken, span{p.Width, p.Width}) {
		if middle := (end + s.from) / 2; s.from-end > widest && near(middle, p.Width/2, settings.GutterMiddle*p.Width) {
			x, widest, ok = middle, s.from-end, true
		}
		end = max(end, s.to)
	}
	return x, ok
}

func sign(v float64) float64 {
	switch {
	case v < 0:
		return -1
	case v > 0:
		return 1
	}
	return 0
}

// part returns the strip of a page from x0 to x1 as a page of its own.
func (p *Page) part(x0, x1 float64) *Page {
	out := *p
	out.Width, out.Left = x1-x0, p.Left+x0
	in := func(b Box) bool { x, _ := b.Center(); return x >= x0 && x < x1 }
	move := func(b Box) Box { return Box{b.X0 - x0, b.Y0, b.X1 - x0, b.Y1} }
	out.Glyphs, out.Paths, out.Images, out.Pictures = nil, nil, nil, nil
	for _, g := range p.Glyphs {
		if in(g.Box) {
			g.Box, g.X = move(g.Box), g.X-x0
			out.Glyphs = append(out.Glyphs, g)
		}
	}
	for _, b := range p.Images {
		if in(b) {
			out.Images = append(out.Images, move(b))
		}
	}
	for _, i := range p.Pictures {
		if in(i.Box) {
			i.Box, i.Whole = move(i.Box), move(i.Whole)
			out.Pictures = append(out.Pictures, i)
		}
	}
	for _, path := range p.Paths {
		var subpaths [][]Point
		for _, s := range path.Subpaths {
			if len(s) == 0 || !in(bounds(s)) {
				continue
			}
			moved := make([]Point, len(s))
			for k, q := range s {
				moved[k] = Point{q.X - x0, q.Y}
			}
			subpaths = append(subpaths, moved)
		}
		if subpaths != nil {
			path.Subpaths, path.Hull = subpaths, move(path.Hull)
			out.Paths = append(out.Paths, path)
		}
	}
	return &out
}
