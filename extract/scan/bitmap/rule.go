package bitmap

import (
	"slices"
)

const (
	ending   = 9   // a rule of a table ends this near to another one
	certain  = 300 // but for long ones, which text does not make
	dangling = 45  // what a rule may reach beyond the last one it crosses, at least: where a page cuts the table. Less is the stem of a character
	between  = 0.6 // share of a rule between two others that is inked, at least
)

// rules keeps of strokes across and down the page those that end at others, or are long: strokes of characters do
// neither. page and turned are the planes that they were found on.
func rules(page, turned *Plane, across, down []Stroke, faint int) ([]Stroke, []Stroke) {
	across = page.cutAll(across, down, faint)
	down = turned.cutAll(down, across, faint)
	across = page.cutAll(across, down, faint)
	for {
		a := ended(across, down)
		d := ended(down, a)
		a, d = uncornered(a, d)
		if len(a) == len(across) && len(d) == len(down) {
			return a, d
		}
		across, down = a, d
	}
}

// stampSide is how long the sides of stamps and of characters in frames are, at most.
const stampSide = 450

// uncornered leaves out short strokes that meet another short one in a corner: within a table rules meet in T and +,
// corners are those of stamps that lie over it. Corners of the table itself are as far out as any stroke reaches.
func uncornered(across, down []Stroke) (a, d []Stroke) {
	if len(across) == 0 || len(down) == 0 {
		return across, down
	}
	left, right, top, bottom := reach(across, down)
	inner := func(x, y int) bool {
		return x > left+touching && x < right-touching && y > top+touching && y < bottom-touching
	}
	dropA, dropD := make([]bool, len(across)), make([]bool, len(down))
	for i, h := range across {
		for j, v := range down {
			if h.To-h.From > stampSide || v.To-v.From > stampSide || !inner(int(v.Mid), int(h.Mid)) {
				continue
			}
			atH := near(h.From, int(v.Mid)) || near(h.To, int(v.Mid))
			atV := near(v.From, int(h.Mid)) || near(v.To, int(h.Mid))
			dropA[i], dropD[j] = dropA[i] || atH && atV, dropD[j] || atH && atV
		}
	}
	for i, h := range across {
		if !dropA[i] {
			a = append(a, h)
		}
	}
	for j, v := range down {
		if !dropD[j] {
			d = append(d, v)
		}
	}
	return a, d
}

func near(a, b int) bool { return a-b <= ending && b-a <= ending }

// reach is the box around all strokes.
func reach(across, down []Stroke) (left, right, top, bottom int) {
	left, top = across[0].From, down[0].From
	for _, h := range across {
		left, right = min(left, h.From), max(right, h.To)
	}
	for _, v := range down {
		top, bottom = min(top, v.From), max(bottom, v.To)
	}
	return left, right, top, bottom
}

// black keeps the strokes that are as dark in the brightest colour as in the darkest, ink; all where most are coloured.
func (p *Plane) black(strokes []Stroke, ink *Plane) (out []Stroke) {
	for _, s := range strokes {
		text, all := 0, 0
		for x := s.From; x < s.To; x += 3 {
			y := s.at(x)
			text += 255 - int(min(p.At(x, y-1), p.At(x, y), p.At(x, y+1)))
			all += 255 - int(min(ink.At(x, y-1), ink.At(x, y), ink.At(x, y+1)))
		}
		if 5*text > 3*all {
			out = append(out, s)
		}
	}
	if 2*len(out) < len(strokes) {
		return strokes
	}
	return out
}

// ended keeps the strokes that are long, or end at others at both ends.
func ended(strokes, others []Stroke) (out []Stroke) {
	for _, s := range strokes {
		meets := func(at int) bool {
			return slices.ContainsFunc(others, func(o Stroke) bool {
				d := int(o.Mid) - at
				return d >= -ending && d <= ending && o.covers(int(s.Mid))
			})
		}
		if s.To-s.From >= certain && s.Fill > 0.7 || meets(s.From) && meets(s.To) {
			out = append(out, s)
		}
	}
	return out
}

// covers reports whether a stroke runs, or ends near, where another one that crosses it is.
func (s Stroke) covers(at int) bool { return at >= s.From-ending && at <= s.To+ending }

// at is where the stroke is, across, at a place along it.
func (s Stroke) at(x int) int { return int(s.Mid + s.Slope*(float64(x)-float64(s.From+s.To)/2) + 0.5) }

// cutAll cuts strokes at those that cross them, where they are not inked from one to the next: what stands in line with
// a rule, above or below its table, is no part of it.
func (p *Plane) cutAll(strokes, others []Stroke, faint int) (out []Stroke) {
	for _, s := range strokes {
		var nodes []int
		for _, o := range others {
			if x := int(o.Mid); x > s.From-ending && x < s.To+ending && o.covers(s.at(x)) {
				nodes = append(nodes, x)
			}
		}
		slices.Sort(nodes)
		out = append(out, p.cut(s, nodes, faint)...)
	}
	return out
}

// cut parts one stroke at nodes.
func (p *Plane) cut(s Stroke, nodes []int, faint int) (out []Stroke) {
	if len(nodes) == 0 {
		return []Stroke{s}
	}
	inked := func(from, to int) float64 { return p.inked(from, to, s.at, faint) }
	from, to := s.From, nodes[0]
	if n := nodes[0] - s.From; n <= dangling || inked(s.From, nodes[0]) < 0.8 {
		from = max(from, nodes[0]-ending)
	}
	emit := func() {
		if to-from < shortest-window {
			return
		}
		part := s
		part.From, part.To = max(from, s.From), min(to, s.To)
		part.Mid += s.Slope * (float64(part.From+part.To) - float64(s.From+s.To)) / 2
		part.Fill = inked(part.From, part.To)
		out = append(out, part)
	}
	for _, x := range nodes[1:] {
		if x-to > 2*ending && inked(to, x) < between {
			to += ending
			emit()
			from = x - ending
		}
		to = x
	}
	if n := s.To - to; n <= dangling || inked(to, s.To) < 0.8 {
		to = min(to+ending, s.To)
	} else {
		to = s.To
	}
	emit()
	return out
}
