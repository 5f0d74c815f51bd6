package geometry

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Tables without rules. Their columns are determined from the alignment of numbers, their rows by the baselines of numbers, their labels by the text
// left of the numbers, their header by the text above them. This file finds the blocks of numbers; freelabels.go and freeheader.go do the rest.

// freeBlock is a run of lines whose numbers share columns.
type freeBlock struct {
	rows    []float64   // baselines of the value rows, downwards
	columns []Box       // x extents of the number columns, left to right; y extents of the block
	values  [][]segment // for each row: its numbers
	lines   []int       // indices of the lines of the rows
	rowOf   map[int]int // line → row
	torn    bool        // lines of numbers were put together without rules, or stand beside no label
	spans   []span      // the rules around each row; nil where not all rows are parted by rules
}

// FreeTables finds the tables without rules on a sheet and moves their lines into Tables.
func FreeTables(s *Sheet) {
	all := make([][]segment, len(s.Lines))
	for i, l := range s.Lines {
		all[i] = segments(l, i)
	}
	used := make([]bool, len(s.Lines))
	blocks := freeBlocks(s, all)
	var gaps []float64
	for _, b := range blocks {
		b.stack(s, all)
		for k := 1; k < len(b.rows); k++ {
			gaps = append(gaps, b.rows[k-1]-b.rows[k])
		}
	}
	if slices.Sort(gaps); len(gaps) > 0 {
		s.leading = gaps[len(gaps)/2]
	}
	bottom := 0 // first line that belongs to no earlier table
	for i, b := range blocks {
		next := len(s.Lines)
		if i+1 < len(blocks) {
			next = blocks[i+1].lines[0]
		}
		if t := freeTable(s, all, b, bottom, next, used); t != nil {
			s.Tables = append(s.Tables, t)
			bottom = b.lines[len(b.lines)-1] + 1
		}
	}
	var rest []Line
	for i, l := range s.Lines {
		if !used[i] {
			rest = append(rest, l)
		}
	}
	s.Lines = rest
	slices.SortStableFunc(s.Tables, func(a, b *Table) int { return cmp.Compare(b.Box.Y1, a.Box.Y1) })
	s.spreadDoubt()
}

const brokenNumbers = "numbers are broken over lines, and no rule parts the rows"

// spreadDoubt doubts what stands right above or below a table without rules whose numbers are broken over lines: it is a piece of that table,
// and the number at its edge may be a part of one.
func (s *Sheet) spreadDoubt() {
	near := func(a, b *Table) bool {
		return a.Free > 0 && b.Free > 0 && !slices.ContainsFunc(s.Lines, func(l Line) bool { return l.Y < a.Box.Y0 && l.Y > b.Box.Y1 })
	}
	torn := func(t *Table) bool {
		return slices.ContainsFunc(t.Cells, func(c TableCell) bool { return c.Doubt == brokenNumbers })
	}
	pass := func(from, to *Table) {
		for i := range to.Cells {
			if c := &to.Cells[i]; c.Doubt == "" && torn(from) {
				c.Doubt = brokenNumbers
			}
		}
	}
	for i := 1; i < len(s.Tables); i++ {
		if a, b := s.Tables[i-1], s.Tables[i]; near(a, b) {
			pass(a, b)
		}
	}
	for i := len(s.Tables) - 1; i > 0; i-- {
		if a, b := s.Tables[i-1], s.Tables[i]; near(a, b) {
			pass(b, a)
		}
	}
}

// numbersOf returns the numbers that end a line, when it can be a value row: at least two, or one beside a label clear of it.
func numbersOf(line []segment) []segment {
	var out []segment
	for _, g := range line {
		if valueText(g.text) {
			out = append(out, g)
		} else if len(out) > 0 {
			return nil // text after a number
		}
	}
	if len(out) == 1 {
		if len(line) == 1 {
			return nil
		}
		// A label and one number: clear of each other, or a short label that is no sentence.
		label := line[len(line)-2]
		if out[0].Box.X0-label.Box.X1 < 2*out[0].Size && (len(line) > 2 || len(label.Glyphs) > 14 || strings.ContainsAny(label.text, "，。；：,;")) {
			return nil
		}
	}
	return out
}

func freeBlocks(s *Sheet, all [][]segment) []*freeBlock {
	var out []*freeBlock
	var cur *freeBlock
	for i, line := range all {
		numbers := numbersOf(line)
		if len(numbers) == 1 && dashes(numbers[0].text) && (cur == nil || !cur.fits(s, numbers, i)) {
			// The unit of a heading: a row without a value.
			if cur != nil && numbers[0].Box.X1 < cur.columns[0].X0 {
				cur.rows, cur.values, cur.lines = append(cur.rows, s.Lines[i].Y), append(cur.values, nil), append(cur.lines, i)
			}
			continue
		}
		if numbers == nil && cur != nil && unitsAlone(line) && cur.fits(s, line, i) {
			numbers = line // the units of numbers that broke before them
		}
		if numbers == nil {
			// A line of label text alone lies inside a block; one that reaches into the columns ends it.
			if cur != nil && (reaches(line, cur) || s.Lines[cur.lines[len(cur.lines)-1]].Y-s.Lines[i].Y > 7*s.Lines[i].Size) {
				cur = nil
			}
			continue
		}
		if cur == nil || !cur.fits(s, numbers, i) {
			cur = &freeBlock{}
			out = append(out, cur)
		}
		cur.add(s.Lines[i].Y, numbers, i)
	}
	return slices.DeleteFunc(out, func(b *freeBlock) bool { return len(b.rows) == 1 && len(b.columns) == 1 && len(all[b.lines[0]]) != 2 })
}

// unitsAlone tells a line of nothing but numbers and units: what narrow cells broke off.
func unitsAlone(line []segment) bool {
	return !slices.ContainsFunc(line, func(g segment) bool { return !valueText(g.text) && bare(g.text) != "" })
}

// reaches reports whether a line has text under the first number column or right of it.
func reaches(line []segment, b *freeBlock) bool {
	return line[len(line)-1].Box.X1 > b.columns[0].X0
}

// fits reports whether the numbers of line i stand in the columns of the block, or beside all of them. Between the same two rules as the line before
// they may stand in other columns too.
func (b *freeBlock) fits(s *Sheet, numbers []segment, i int) bool {
	hits := 0
	for _, n := range numbers {
		over := 0
		for _, c := range b.columns {
			if n.Box.X0 < c.X1 && n.Box.X1 > c.X0 {
				over++
			}
		}
		if over > 1 {
			return false
		}
		hits += over
	}
	last := s.Lines[b.lines[len(b.lines)-1]]
	if x, y := numbers[0].center(), s.Lines[i].Y; last.Y-y < 3*last.Size && !s.parted(x, last.Y, y) && s.parted(x, math.Inf(1), last.Y) && s.parted(x, y, math.Inf(-1)) {
		return true
	}
	return hits*2 > len(numbers) && hits*3 >= len(b.columns)
}

func (b *freeBlock) add(y float64, numbers []segment, line int) {
	for _, n := range numbers {
		k := slices.IndexFunc(b.columns, func(c Box) bool { return n.Box.X0 < c.X1 && n.Box.X1 > c.X0 })
		if k < 0 {
			b.columns = append(b.columns, n.Box)
			slices.SortFunc(b.columns, func(x, y Box) int { return cmp.Compare(x.X0, y.X0) })
			continue
		}
		b.columns[k] = b.columns[k].Union(n.Box)
	}
	b.rows, b.values, b.lines = append(b.rows, y), append(b.values, numbers), append(b.lines, line)
}

// edges returns the borders between the number columns: half way between neighbours, and as far outside where no label stands in the way.
func (b *freeBlock) edges(all [][]segment) []float64 {
	n := len(b.columns)
	out := make([]float64, n+1)
	for i := 1; i < n; i++ {
		out[i] = (b.columns[i-1].X1 + b.columns[i].X0) / 2
	}
	half := 20.0
	if n > 1 {
		a, _ := b.columns[0].Center()
		z, _ := b.columns[n-1].Center()
		half = (z - a) / float64(n-1) / 2
	}
	first, _ := b.columns[0].Center()
	last, _ := b.columns[n-1].Center()
	labels := math.Inf(-1)
	for _, line := range all[b.lines[0] : b.lines[len(b.lines)-1]+1] {
		for _, g := range line {
			if g.Box.X1 < b.columns[0].X0 {
				labels = max(labels, g.Box.X1+1)
			}
		}
	}
	out[0], out[n] = min(b.columns[0].X0-0.5, max(labels, first-half)), max(b.columns[n-1].X1+1, last+half)
	return out
}

// freeTable builds the table of one block from the lines from..until. It marks the lines that it takes.
func freeTable(s *Sheet, all [][]segment, b *freeBlock, from, until int, used []bool) *Table {
	edges := b.edges(all)
	h := findHeader(s, all, b, edges, from)
	labels := findLabels(s, all, b, edges[0], h.first, until)
	if len(h.lines) == 0 && len(b.rows) < 2 && len(b.columns) < 2 {
		return nil // a line of text that ends in a number
	}
	x := slices.Concat(labels.starts, edges)
	offset := len(labels.starts) // columns of labels before the numbers
	t := &Table{Page: s.Number, X: x, Free: len(b.columns)}
	top := s.Lines[b.lines[0]].Box.Y1
	for _, i := range h.lines {
		top = max(top, s.Lines[i].Box.Y1)
	}
	levels := h.cells(t, b, edges, offset, top)
	y := make([]float64, 0, levels+len(b.rows)+1)
	for i := range levels {
		y = append(y, top-float64(i)*(top-b.rows[0]-8)/float64(levels))
	}
	for k, r := range b.rows {
		if k == 0 {
			y = append(y, min(top+1, r+0.9*s.Lines[b.lines[0]].Size))
		} else {
			y = append(y, (b.rows[k-1]+r)/2)
		}
	}
	y = append(y, b.rows[len(b.rows)-1]-0.5*s.Lines[b.lines[len(b.lines)-1]].Size)
	t.Y = y
	t.Box = Box{x[0], y[len(y)-1], x[len(x)-1], top}
	labels.cells(t, levels)
	doubt := ""
	if b.torn || b.spans == nil && labels.missing(len(b.rows)) {
		doubt = brokenNumbers
	}
	for k := range b.rows {
		row := levels + k
		for i := range b.columns {
			c := TableCell{Region: Region{Row: row, Col: offset + i, RowSpan: 1, ColSpan: 1, Box: Box{edges[i], y[row+1], edges[i+1], y[row]}}, Page: s.Number, Room: math.Inf(1), Doubt: doubt}
			for _, n := range b.values[k] {
				if m := n.center(); m >= edges[i] && m < edges[i+1] {
					c.Lines = append(c.Lines, n.Line)
					c.Box = n.Box
				}
			}
			c.set()
			t.Cells = append(t.Cells, c)
		}
	}
	slices.SortStableFunc(t.Cells, func(a, b TableCell) int { return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(a.Col, b.Col)) })
	lines := [][]int{b.lines, h.lines, labels.lines}
	if h.beside || !t.sound() {
		// The header was misunderstood: the table stays without it, and its text above the table.
		t.Cells = slices.DeleteFunc(t.Cells, func(c TableCell) bool { return c.Row < levels })
		lines = [][]int{b.lines, labels.lines}
		if !t.sound() {
			return nil
		}
	}
	for _, list := range lines {
		for _, i := range list {
			used[i] = true
		}
	}
	return t
}

// sound reports whether no two cells overlap and none leaves the table: the guess at columns and rows made sense.
func (t *Table) sound() bool {
	taken := map[[2]int]bool{}
	for _, c := range t.Cells {
		if c.Row < 0 || c.Col < 0 || c.RowSpan < 1 || c.ColSpan < 1 || c.Row+c.RowSpan > len(t.Y)-1 || c.Col+c.ColSpan > len(t.X)-1 {
			return false
		}
		for r := c.Row; r < c.Row+c.RowSpan; r++ {
			for k := c.Col; k < c.Col+c.ColSpan; k++ {
				if taken[[2]int{r, k}] {
					return false
				}
				taken[[2]int{r, k}] = true
			}
		}
	}
	return true
}
