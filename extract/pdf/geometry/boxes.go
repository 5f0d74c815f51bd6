package geometry

import (
	"cmp"
	"math"
	"slices"
)

// Cells that touch no other cell's border: each framed by itself with space around it, or determined from its
// background alone.

// BoxRules is the step between edges and lattices: where boxes lie side by side and hold all the text between them,
// they are the cells of a table. It returns the edges with the frames of such boxes moved to the middle of the space
// between them, so that neighbours share a border.
func BoxRules(p *Page, edges []Rule) []Rule {
	frames, of := framed(edges)
	boxes := append(backgrounds(p.Paths), frames...)
	if len(boxes) < settings.FewBoxes || len(boxes) > settings.ManyBoxes {
		return edges
	}
	var added []Rule
	gone := map[int]bool{}
	for _, group := range neighbours(innermost(boxes)) {
		if !tableOfBoxes(group, p.Glyphs, edges) {
			continue
		}
		dx, dy, even := spacing(group)
		if !even {
			continue
		}
		for _, b := range group {
			for i, f := range frames {
				if f == b {
					for _, k := range of[i] {
						gone[k] = true
					}
				}
			}
			b = Box{b.X0 - dx/2, b.Y0 - dy/2, b.X1 + dx/2, b.Y1 + dy/2}
			added = append(added,
				Rule{Horizontal: true, At: b.Y0, From: b.X0, To: b.X1}, Rule{Horizontal: true, At: b.Y1, From: b.X0, To: b.X1},
				Rule{At: b.X0, From: b.Y0, To: b.Y1}, Rule{At: b.X1, From: b.Y0, To: b.Y1})
		}
	}
	if added == nil {
		return edges
	}
	for i, e := range edges {
		if !gone[i] {
			added = append(added, e)
		}
	}
	return Edges(added)
}

// framed returns the boxes that four edges and no others bound, and the indices of those edges.
func framed(edges []Rule) (boxes []Box, of [][]int) {
	for _, c := range Components(edges) {
		if len(c) != 4 {
			continue
		}
		var across, down []Rule
		for _, i := range c {
			if edges[i].Horizontal {
				across = append(across, edges[i])
			} else {
				down = append(down, edges[i])
			}
		}
		if len(across) != 2 || len(down) != 2 {
			continue
		}
		b := Box{min(down[0].At, down[1].At), min(across[0].At, across[1].At), max(down[0].At, down[1].At), max(across[0].At, across[1].At)}
		whole := b.Width() > settings.Thinnest && b.Height() > settings.Thinnest
		for _, e := range across {
			whole = whole && near(e.From, b.X0, settings.Reach) && near(e.To, b.X1, settings.Reach)
		}
		for _, e := range down {
			whole = whole && near(e.From, b.Y0, settings.Reach) && near(e.To, b.Y1, settings.Reach)
		}
		if whole {
			boxes, of = append(boxes, b), append(of, c)
		}
	}
	return boxes, of
}

// backgrounds returns the filled boxes that can be seen: coloured ones, and white ones upon a coloured one.
func backgrounds(paths []Path) []Box {
	var out, shades []Box
	for _, p := range paths {
		if !p.Fill || p.FillColor.A < settings.Clear {
			continue
		}
		for _, b := range fillBoxes(p.Subpaths) {
			if min(b.Width(), b.Height()) <= settings.Thinnest || len(out) > settings.ManyBoxes {
				continue
			}
			if !p.FillColor.White() {
				shades = append(shades, b)
			} else if !slices.ContainsFunc(shades, func(s Box) bool { return s != b && holds(s, b) }) {
				continue
			}
			if !slices.ContainsFunc(out[max(len(out)-8, 0):], func(o Box) bool { return same(o, b) }) {
				out = append(out, b)
			}
		}
	}
	return out
}

func same(a, b Box) bool {
	return near(a.X0, b.X0, 1) && near(a.X1, b.X1, 1) && near(a.Y0, b.Y0, 1) && near(a.Y1, b.Y1, 1)
}

// holds reports whether b lies in a, but for the width of a rule.
func holds(a, b Box) bool {
	return b.X0 >= a.X0-1 && b.X1 <= a.X1+1 && b.Y0 >= a.Y0-1 && b.Y1 <= a.Y1+1
}

// innermost drops the boxes that hold two others or more: backgrounds of rows, tables and pages. Of two that are the
// same one stays.
func innermost(boxes []Box) []Box {
	var out []Box
	for i, b := range boxes {
		n, twin := 0, false
		for k, o := range boxes {
			switch {
			case k == i:
			case same(o, b):
				twin = twin || k < i
			case holds(b, o):
				n++
			}
		}
		if n < 2 && !twin {
			out = append(out, b)
		}
	}
	return out
}

// neighbours groups boxes that lie side by side with no more than the spacing of a table between them.
func neighbours(boxes []Box) [][]Box {
	slices.SortFunc(boxes, func(a, b Box) int { return cmp.Or(cmp.Compare(b.Y1, a.Y1), cmp.Compare(a.X0, b.X0)) })
	m := newMerger(1, len(boxes))
	for i, a := range boxes {
		for k := i + 1; k < len(boxes); k++ {
			b := boxes[k]
			if a.Y0-b.Y1 > settings.Spacing {
				break
			}
			dx, dy := max(a.X0, b.X0)-min(a.X1, b.X1), max(a.Y0, b.Y0)-min(a.Y1, b.Y1)
			if dx <= settings.Spacing && dy < 0 || dy <= settings.Spacing && dx < 0 {
				m.join(i, k)
			}
		}
	}
	at := map[int]int{}
	var out [][]Box
	for i, b := range boxes {
		root := m.find(i)
		n, ok := at[root]
		if !ok {
			n = len(out)
			at[root] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], b)
	}
	return out
}

// tableOfBoxes reports whether a group of boxes is a table that the edges do not draw: at least two columns and two
// rows, no overlap, text in no gap, and no box that holds two numbers side by side (the background of a whole row).
func tableOfBoxes(boxes []Box, glyphs []Glyph, edges []Rule) bool {
	if len(boxes) < settings.FewBoxes {
		return false
	}
	var all Box
	drawn := 0
	columns, rows := map[int]bool{}, map[int]bool{}
	var across, down []Rule
	for _, e := range edges {
		if e.Horizontal {
			across = append(across, e)
		} else {
			down = append(down, e)
		}
	}
	for i, b := range boxes {
		all = all.Union(b)
		columns[int(math.Round(b.X0/settings.Snap))], rows[int(math.Round(b.Y0/settings.Snap))] = true, true
		for _, o := range boxes[:i] {
			if min(b.X1, o.X1)-max(b.X0, o.X0) > settings.Snap && min(b.Y1, o.Y1)-max(b.Y0, o.Y0) > settings.Snap {
				return false
			}
		}
		if covered(across, b.Y0, b.X0, b.X1) && covered(across, b.Y1, b.X0, b.X1) && covered(down, b.X0, b.Y0, b.Y1) && covered(down, b.X1, b.Y0, b.Y1) {
			drawn++
		}
	}
	if len(columns) < 2 || len(rows) < 2 {
		return false
	}
	if frames, _ := framed(edges); 2*drawn > len(boxes) && len(frames) < settings.FewBoxes {
		return false // rules part these cells already
	}
	inside, outside := 0, 0
	held := make([][]Glyph, len(boxes))
	for _, g := range glyphs {
		x, y := g.Box.Center()
		if !all.Contains(x, y) {
			continue
		}
		k := slices.IndexFunc(boxes, func(b Box) bool { return b.Contains(x, y) })
		if k < 0 {
			outside++
			continue
		}
		inside++
		held[k] = append(held[k], g)
	}
	if inside == 0 || outside*20 > inside {
		return false
	}
	for _, h := range held {
		for _, l := range Lines(h) {
			for i := 1; i < len(l.Glyphs); i++ {
				a, b := l.Glyphs[i-1], l.Glyphs[i]
				if numeric(lastRune(a.Text)) && numeric(firstRune(b.Text)) && b.Box.X0-a.Box.X1 > settings.TwoNumbers*em(a) {
					return false
				}
			}
		}
	}
	return true
}

// spacing is the common space between neighbour boxes, across and down. Boxes that hug their text (highlights, shadows)
// have no even one.
func spacing(boxes []Box) (dx, dy float64, even bool) {
	var across, down []float64
	for i, a := range boxes {
		right, below := settings.Spacing, settings.Spacing
		for k, b := range boxes {
			if k == i {
				continue
			}
			if d := b.X0 - a.X1; d > -settings.Snap && min(a.Y1, b.Y1)-max(a.Y0, b.Y0) > settings.Snap {
				right = min(right, max(d, 0))
			}
			if d := a.Y0 - b.Y1; d > -settings.Snap && min(a.X1, b.X1)-max(a.X0, b.X0) > settings.Snap {
				below = min(below, max(d, 0))
			}
		}
		if right < settings.Spacing {
			across = append(across, right)
		}
		if below < settings.Spacing {
			down = append(down, below)
		}
	}
	middle := func(v []float64) (float64, bool) {
		if len(v) == 0 {
			return 0, true
		}
		slices.Sort(v)
		m, odd := v[len(v)/2], 0
		for _, d := range v {
			if !near(d, m, settings.Uneven) {
				odd++
			}
		}
		return m, odd*7 <= len(v)
	}
	dx, evenAcross := middle(across)
	dy, evenDown := middle(down)
	return dx, dy, evenAcross && evenDown
}
