package geometry

import (
	"math"
	"slices"
)

// CellLines sets the glyphs of one cell, given in the order of the content stream, in lines.
// Columns of upright characters and turned text are read down first when the stream itself ran down them.
func CellLines(glyphs []Glyph) []Line {
	glyphs = single(glyphs)
	if columns := verticalColumns(glyphs); columns != nil {
		return columns
	}
	return baselines(glyphs)
}

// verticalColumns returns the columns of a cell that is set downwards, in the order of the stream, each as a Line; nil
// for other cells and for one column of single characters, which reads the same either way. No glyph is doubled.
func verticalColumns(glyphs []Glyph) []Line {
	down, along := 0, 0
	starts := []int{0}
	for i := 1; i < len(glyphs); i++ {
		a, b := glyphs[i-1], glyphs[i]
		ax, ay := a.Box.Center()
		bx, by := b.Box.Center()
		size := max(em(a), em(b))
		if dy := math.Abs(ay - by); math.Abs(ax-bx) < settings.Aside*size && dy > settings.Below[0]*size && dy < settings.Below[1]*size {
			down++
			continue
		}
		if math.Abs(a.Y-b.Y) < settings.Baseline*size {
			along++
		}
		starts = append(starts, i)
	}
	if len(starts) < 2 || down <= 2*along || down < len(glyphs)/2 {
		return nil
	}
	columns := make([]Line, len(starts))
	for i, start := range starts {
		end := len(glyphs)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		l := &columns[i]
		l.Glyphs = slices.Clone(glyphs[start:end])
		for _, g := range l.Glyphs {
			l.Box, l.Size = l.Box.Union(g.Box), max(l.Size, em(g))
		}
	}
	for i, c := range columns {
		x, _ := c.Box.Center()
		beside := func(o Line) bool { u, _ := o.Box.Center(); return math.Abs(u-x) >= settings.Aside*max(c.Size, o.Size) }
		if len(c.Glyphs) == 1 || i > 0 && !beside(columns[i-1]) {
			return nil // one column, which the stream does not follow
		}
	}
	return columns
}

// Assigned is the text of one page given to its lattices.
type Assigned struct {
	Cells    [][][]Glyph // for each lattice, for each region: its glyphs
	Free     []Glyph     // glyphs in no lattice
	Straddle []Straddle
}

// Straddle is a number that runs over a cell border: it was given to the cell its middle lies in.
type Straddle struct {
	Box  Box
	Text string
}

// Assign is the fifth step: each glyph goes to the innermost region that holds its centre. The digits of one number go
// together, to the region that holds the middle of the number, for a long number may stand out of a narrow cell.
func Assign(glyphs []Glyph, lattices []*Lattice) Assigned {
	out := Assigned{Cells: make([][][]Glyph, len(lattices))}
	order := make([]int, len(lattices))
	for i, l := range lattices {
		out.Cells[i] = make([][]Glyph, len(l.Regions))
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := lattices[a].Box, lattices[b].Box
		return int(math.Copysign(1, x.Width()*x.Height()-y.Width()*y.Height()))
	})
	find := func(x, y float64) (lattice, region int) {
		for _, i := range order {
			if r := lattices[i].Find(x, y); r >= 0 {
				return i, r
			}
		}
		return -1, -1
	}
	for start := 0; start < len(glyphs); {
		end := start + 1
		pitch := math.Inf(1)
		for end < len(glyphs) && sameNumber(glyphs[end-1], glyphs[end]) {
			// Two numbers in tight neighbour cells: a border lies in a gap that is wider than those inside the number.
			advance := glyphs[end].X - glyphs[end-1].X
			if advance > settings.Tight*min(pitch, settings.WidestDigit*em(glyphs[end])) && parted(glyphs[end-1], glyphs[end], lattices) {
				break
			}
			pitch = min(pitch, advance)
			end++
		}
		run := glyphs[start:end]
		start = end
		var box Box
		text := ""
		for _, g := range run {
			box = box.Union(g.Box)
			text += g.Text
		}
		x, y := box.Center()
		l, r := find(x, y)
		if len(run) > 1 {
			for _, g := range run {
				gx, gy := g.Box.Center()
				if gl, gr := find(gx, gy); gl != l || gr != r {
					out.Straddle = append(out.Straddle, Straddle{box, text})
					break
				}
			}
		}
		if l < 0 {
			out.Free = append(out.Free, run...)
			continue
		}
		out.Cells[l][r] = append(out.Cells[l][r], run...)
	}
	return out
}

// sameNumber reports whether b goes on the number that a is part of.
func sameNumber(a, b Glyph) bool {
	if !numeric(lastRune(a.Text)) || !numeric(firstRune(b.Text)) {
		return false
	}
	size := min(em(a), em(b))
	gap := b.Box.X0 - a.Box.X1
	return math.Abs(a.Y-b.Y) < settings.Level*size && gap > settings.InNumber[0]*size && gap < settings.InNumber[1]*size
}

// parted reports whether two neighbouring glyphs stand in different regions of a lattice.
func parted(a, b Glyph, lattices []*Lattice) bool {
	ax, ay := a.Box.Center()
	bx, by := b.Box.Center()
	for _, l := range lattices {
		if u, v := l.Find(ax, ay), l.Find(bx, by); u >= 0 && v >= 0 && u != v {
			return true
		}
	}
	return false
}
