package geometry

import (
	"cmp"
	"math"
	"regexp"
	"slices"
)

// clause matches the article of the Regulation that stands over each of the small tables of section two.
var clause = regexp.MustCompile(`^\s*第[一二三四五六七八九十]+条第?[（(]`)

// freeHeader is the text above the numbers of a table without rules.
type freeHeader struct {
	lines  []int     // lines of the header
	first  int       // first line below it
	title  *segment  // one line over the whole table
	wide   []segment // labels over several columns
	narrow []segment // pieces of the labels of single columns
	left   []Line    // text over the label columns
	// beside: two labels stand side by side over one column, so a column without numbers was not seen.
	beside bool
}

// findHeader walks up from the first value row while lines have text over the number columns.
func findHeader(s *Sheet, all [][]segment, b *freeBlock, edges []float64, from int) *freeHeader {
	h := &freeHeader{first: b.lines[0]}
	n := len(b.columns)
	pitch := (edges[n] - edges[0]) / float64(n)
	var pending []int
	last := b.lines[0]
	for i := b.lines[0] - 1; i >= from; i-- {
		line := cutHeader(all[i])
		l := s.Lines[i]
		far := max(3.2*max(l.Size, s.Lines[last].Size), 1.25*s.leading)
		if oneEach(line, edges) {
			far = max(far, 6*l.Size) // a label for each column
		}
		if l.Y-s.Lines[last].Y > far {
			break
		}
		over := slices.ContainsFunc(line, func(g segment) bool { return g.center() > edges[0] })
		if !over {
			pending = append(pending, i) // text over the label columns, or what stands above the table
			last = i
			continue
		}
		if len(line) == 1 && sectionHeading.MatchString(line[0].text) {
			break
		}
		middle := (leftmost(all, b, edges[0]) + edges[n]) / 2
		title := len(line) == 1 && len(h.lines) > 0 && edges[0]-leftmost(all, b, edges[0]) > 2*line[0].Size &&
			math.Abs(line[0].center()-middle) < 0.3*pitch && line[0].Box.Width() < 0.6*s.Width
		title = title || len(line) == 1 && clause.MatchString(line[0].text)
		if title {
			h.title = &line[0]
			h.lines = append(h.lines, i)
		}
		// One piece over labels and numbers that is no title stands above the table.
		if title || len(line) == 1 && line[0].Box.X0 < edges[0]-1 {
			break
		}
		single := oneEach(line, edges)
		for _, g := range line {
			switch {
			case g.center() <= edges[0]:
				h.left = append(h.left, g.Line)
			case g.Box.Width() > 0.97*pitch && n > 1 && !single && !within(g, edges):
				h.wide = append(h.wide, g)
			default:
				h.narrow = append(h.narrow, g)
			}
		}
		h.lines = append(h.lines, i)
		for _, p := range belowLabels(s, pending) {
			h.lines = append(h.lines, p)
			h.left = append(h.left, s.Lines[p])
		}
		pending = nil
		last = i
	}
	// Label text between the header and the first value row is the start of that row's label; text above the header is none of ours.
	if len(h.lines) > 0 {
		low := slices.Max(h.lines)
		h.first = low + 1
	} else {
		for _, p := range pending {
			if s.Lines[p].Y-b.rows[0] < 1.6*s.Lines[p].Size*float64(h.first-p) && !sectionHeading.MatchString(s.Lines[p].String()) {
				h.first = p
				continue
			}
			break
		}
	}
	slices.SortFunc(h.left, func(a, b Line) int { return cmp.Compare(b.Y, a.Y) })
	return h
}

// belowLabels drops from lines, which go upwards from the first row, those that are the start of its label: the highest enumerated one and all below it.
func belowLabels(s *Sheet, lines []int) []int {
	for k := len(lines) - 1; k >= 0; k-- {
		if enumerated.MatchString(s.Lines[lines[k]].String()) {
			return lines[k+1:]
		}
	}
	return lines
}

// cutHeader parts the labels of narrow neighbour columns, which the space between two cells keeps less than a character apart: in text set solid
// the few gaps are borders. Text with spread characters stays whole.
func cutHeader(line []segment) []segment {
	var extra []float64
	for _, g := range line {
		for i := 1; i < len(g.Glyphs); i++ {
			extra = append(extra, g.Glyphs[i].X-g.Glyphs[i-1].X-emOf(g.Glyphs))
		}
	}
	if len(extra) < 3 {
		return line
	}
	slices.Sort(extra)
	if extra[len(extra)/2] > 0.06*line[0].Size {
		return line
	}
	var out []segment
	for _, g := range line {
		start := 0
		for i := 1; i < len(g.Glyphs); i++ {
			a, b := g.Glyphs[i-1], g.Glyphs[i]
			if wide(lastRune(a.Text)) && wide(firstRune(b.Text)) && b.X-a.X-emOf(g.Glyphs) > 0.2*emOf(g.Glyphs) {
				out = append(out, piece(g, start, i))
				start = i
			}
		}
		out = append(out, piece(g, start, len(g.Glyphs)))
	}
	return out
}

// oneEach reports whether the pieces of a line are labels of one column each: they are as many as half of the columns, and no two stand over one.
func oneEach(line []segment, edges []float64) bool {
	over := map[int]bool{}
	pieces := 0
	for _, g := range line {
		if g.center() > edges[0] {
			pieces++
			over[nearest(edges, g.center())] = true
		}
	}
	return pieces > 1 && len(over) == pieces && 2*pieces >= len(edges)-1
}

// within reports whether a piece stands in the one column that its middle lies in.
func within(g segment, edges []float64) bool {
	k := nearest(edges, g.center())
	return g.Box.X0 > edges[k]-0.25*g.Size && g.Box.X1 < edges[k+1]+0.25*g.Size
}

// leftmost is the left edge of the text beside the numbers.
func leftmost(all [][]segment, b *freeBlock, edge float64) float64 {
	x := edge
	for _, i := range b.lines {
		x = min(x, all[i][0].Box.X0)
	}
	return x
}

// cells adds the header cells and returns how many rows they take: a title, a row for each baseline of wide labels, one for the labels of columns.
func (h *freeHeader) cells(t *Table, b *freeBlock, edges []float64, offset int, top float64) int {
	row := 0
	all := len(edges) - 1 + offset
	add := func(row, col, rows, span int, lines []Line) {
		var box Box
		for _, l := range lines {
			box = box.Union(l.Box)
		}
		c := TableCell{Region: Region{Row: row, Col: col, RowSpan: rows, ColSpan: span, Box: box}, Page: t.Page, Lines: lines, Room: math.Inf(1)}
		c.set()
		t.Cells = append(t.Cells, c)
	}
	if h.title != nil {
		add(row, 0, 1, all, []Line{h.title.Line})
		row++
	}
	stacks := h.stacks(edges)
	levels := h.levels()
	rowsOfHeader := len(levels)
	if len(h.narrow) > 0 {
		rowsOfHeader++
	}
	if rowsOfHeader == 0 {
		return row
	}
	if offset > 0 && len(h.left) > 0 {
		add(row, 0, rowsOfHeader, offset, h.left)
	}
	raised := raisedColumns(stacks)
	for i, level := range levels {
		hi := float64(len(b.columns) - 1)
		type found struct{ from, to int }
		spans := make([]found, len(level))
		for k := len(level) - 1; k >= 0; k-- {
			c := position(edges, level[k].center())
			lo := 0.0
			if k > 0 {
				lo = position(edges, level[k-1].center()) + 0.5
			}
			half := min(c-lo, hi-c)
			from, to := int(math.Round(c-half)), int(math.Round(c+half))
			// A column whose own label stands higher than its neighbours' is not under the lowest wide label.
			for i == len(levels)-1 && len(level) == 1 && from < to && raised[from] && raised[to] {
				from, to = from+1, to-1
			}
			from = min(max(from, 0), len(b.columns)-1)
			spans[k] = found{from, min(max(to, from), len(b.columns)-1)}
			hi = float64(spans[k].from) - 1
		}
		for k, g := range level {
			add(row, offset+spans[k].from, 1, spans[k].to-spans[k].from+1, []Line{g.Line})
		}
		row++
	}
	if len(h.narrow) > 0 {
		for k, lines := range stacks {
			add(row, offset+k, 1, 1, lines)
		}
		row++
	}
	return row
}

// stacks puts the pieces of each column's label together, from top to bottom. What stands clear above a label is a label of several columns,
// even when it is narrower than one.
func (h *freeHeader) stacks(edges []float64) [][]Line {
	pieces := make([][]segment, len(edges)-1)
	for _, g := range h.narrow {
		k := nearest(edges, g.center())
		pieces[k] = append(pieces[k], g)
	}
	h.narrow = nil
	out := make([][]Line, len(pieces))
	for k, p := range pieces {
		slices.SortFunc(p, func(a, b segment) int { return cmp.Compare(a.Y, b.Y) })
		for i := range p {
			if i > 0 && near(p[i].Y, p[i-1].Y, 0.3*p[i].Size) && max(p[i].Box.X0, p[i-1].Box.X0)-min(p[i].Box.X1, p[i-1].Box.X1) > p[i].Size {
				h.beside = true
			}
			if i > 0 && p[i].Y-p[i-1].Y > 1.5*p[i].Size && len(pieces) > 2 && alone(p[i], pieces) {
				h.wide = append(h.wide, p[i:]...)
				p = p[:i]
				break
			}
		}
		slices.Reverse(p)
		for _, g := range p {
			out[k] = append(out[k], g.Line)
		}
		h.narrow = append(h.narrow, p...)
	}
	return out
}

// alone reports whether no other piece stands on the baseline of g.
func alone(g segment, pieces [][]segment) bool {
	n := 0
	for _, p := range pieces {
		for _, o := range p {
			if near(o.Y, g.Y, 0.3*g.Size) {
				n++
			}
		}
	}
	return n == 1
}

// levels groups the wide labels by baseline, from top to bottom, each from left to right.
func (h *freeHeader) levels() [][]segment {
	wide := slices.SortedFunc(slices.Values(h.wide), func(a, b segment) int { return cmp.Compare(b.Y, a.Y) })
	var out [][]segment
	for _, g := range wide {
		if n := len(out); n > 0 && out[n-1][0].Y-g.Y < 0.6*g.Size {
			out[n-1] = append(out[n-1], g)
			continue
		}
		out = append(out, []segment{g})
	}
	for _, l := range out {
		slices.SortFunc(l, func(a, b segment) int { return cmp.Compare(a.Box.X0, b.Box.X0) })
	}
	return out
}

// raisedColumns tells the columns whose label stands clearly higher than the middle one does.
func raisedColumns(stacks [][]Line) []bool {
	y := make([]float64, len(stacks))
	var known []float64
	for k, lines := range stacks {
		if len(lines) == 0 {
			continue
		}
		low, high := math.Inf(1), math.Inf(-1)
		for _, l := range lines {
			low, high = min(low, l.Y), max(high, l.Y)
		}
		y[k] = (low + high) / 2
		known = append(known, y[k])
	}
	out := make([]bool, len(stacks))
	if len(known) == 0 {
		return out
	}
	slices.Sort(known)
	middle := known[len(known)/2]
	for k := range stacks {
		out[k] = y[k] > middle+2
	}
	return out
}

// nearest returns the column that x lies in, clamped to the ends.
func nearest(edges []float64, x float64) int {
	k, _ := slices.BinarySearch(edges, x)
	return min(max(k-1, 0), len(edges)-2)
}

// position returns x in units of columns: 2 is the middle of column 2, 2.5 the border after it.
func position(edges []float64, x float64) float64 {
	k := nearest(edges, x)
	return float64(k) + (x-edges[k])/(edges[k+1]-edges[k]) - 0.5
}
