package geometry

import (
	"math"
	"slices"
	"strings"
)

// Rows of a table without columns drawn: which lines of numbers are one row, because a narrow cell broke its numbers over two lines or more, and
// where the horizontal rules, if there are some, part the rows.

// span is the height between the two rules that bound a row.
type span struct{ top, bottom float64 }

// valueText tells the text of a value cell: a number, with a unit or without.
func valueText(s string) bool { return plainNumber(s) || plainNumber(bare(s)) }

// dashes tells a piece of nothing but dashes, which the form of 2014 prints as the unit of a heading.
func dashes(s string) bool { return strings.Trim(s, "-—－–") == "" }

// parted reports whether a rule is drawn over x between the heights above and below.
func (s *Sheet) parted(x, above, below float64) bool {
	return slices.ContainsFunc(s.Across, func(r Rule) bool { return r.At < above && r.At > below && r.From-reach <= x && r.To+reach >= x })
}

// stack joins lines of numbers that are one row. Between two rules they are, when no more than one label stands beside them; where nothing is drawn, when
// the lines follow each other as tightly as the lines of one cell, every number stands below another, and no label starts at the lower one.
func (b *freeBlock) stack(s *Sheet, all [][]segment) {
	x, _ := b.columns[0].Center()
	size := s.Lines[b.lines[0]].Size
	var groups [][]int
	for start := 0; start < len(b.rows); {
		end := start + 1
		for end < len(b.rows) && !s.parted(x, b.rows[end-1], b.rows[end]) && b.rows[end-1]-b.rows[end] < 3*size {
			end++
		}
		ruled := s.parted(x, math.Inf(1), b.rows[start]) && s.parted(x, b.rows[end-1], math.Inf(-1))
		if end-start > 1 && ruled && b.oneLabel(s, all, start, end) {
			group := []int{}
			for i := start; i < end; i++ {
				group = append(group, i)
			}
			groups = append(groups, group)
			start = end
			continue
		}
		for i := start; i < end; i++ {
			if i > start && b.goesOn(s, all, groups[len(groups)-1], i) {
				groups[len(groups)-1] = append(groups[len(groups)-1], i)
				b.torn = true
			} else {
				groups = append(groups, []int{i})
			}
		}
		start = end
	}
	rows, values := make([]float64, len(groups)), make([][]segment, len(groups))
	for k, g := range groups {
		rows[k] = (b.rows[g[0]] + b.rows[g[len(g)-1]]) / 2
		for _, i := range g {
			values[k] = append(values[k], b.values[i]...)
		}
	}
	b.rows, b.values, b.rowOf = rows, values, map[int]int{}
	for k, g := range groups {
		for _, i := range g {
			b.rowOf[b.lines[i]] = k
		}
	}
	b.spans = b.bounds(s, x)
}

// labelsBeside returns the pieces left of the numbers on the lines whose baselines lie from top down to bottom.
func (b *freeBlock) labelsBeside(s *Sheet, all [][]segment, top, bottom float64) []segment {
	var out []segment
	for i, line := range all {
		if y := s.Lines[i].Y; y > top || y < bottom {
			continue
		}
		for _, g := range line {
			if g.Box.X1 < b.columns[0].X0 && !valueText(g.text) {
				out = append(out, g)
			}
		}
	}
	return out
}

// oneLabel reports whether the lines of numbers start..end, which no rule parts, stand beside one label.
func (b *freeBlock) oneLabel(s *Sheet, all [][]segment, start, end int) bool {
	x, _ := b.columns[0].Center()
	top, bottom := math.Inf(1), math.Inf(-1)
	for _, r := range s.Across {
		if r.From-reach > x || r.To+reach < x {
			continue
		}
		if r.At > b.rows[start] {
			top = min(top, r.At)
		} else if r.At < b.rows[end-1] {
			bottom = max(bottom, r.At)
		}
	}
	beside := b.labelsBeside(s, all, top, bottom)
	starts := map[int]int{} // enumerated labels by their left edge: a group's label may start beside its first row's
	own := 0
	for _, g := range beside {
		if enumerated.MatchString(g.text) {
			starts[int(g.Box.X0/(2*g.Size))]++
		}
		if slices.Contains(b.lines[start:end], g.line) {
			own++
		}
	}
	for _, n := range starts {
		if n > 1 {
			return false
		}
	}
	return len(starts) > 0 || own < 2
}

// under reports whether each number stands below one of the rows above.
func under(numbers []segment, above [][]segment) bool {
	for _, n := range numbers {
		if !slices.ContainsFunc(above, func(row []segment) bool {
			return slices.ContainsFunc(row, func(a segment) bool { return a.Box.X0 < n.Box.X1 && a.Box.X1 > n.Box.X0 })
		}) {
			return false
		}
	}
	return len(numbers) > 0
}

// goesOn reports whether row i is one with the rows of group, where no rule tells: it follows as tightly as the lines of one cell, and the two have one label
// between them.
func (b *freeBlock) goesOn(s *Sheet, all [][]segment, group []int, i int) bool {
	last := group[len(group)-1]
	size := s.Lines[b.lines[i]].Size
	if b.rows[last]-b.rows[i] > 1.9*size {
		return false
	}
	label := func(g segment) bool { return enumerated.MatchString(g.text) }
	above := b.labelsBeside(s, all, b.rows[group[0]]+0.3*size, b.rows[last]-0.3*size)
	if len(above) == 0 { // beside the first line of a label that is higher than its numbers
		top := b.rows[group[0]] + 2.5*size
		if group[0] > 0 {
			top = min(top, b.rows[group[0]-1]-0.3*size)
		}
		above = b.labelsBeside(s, all, top, b.rows[last]-0.3*size)
	}
	own := b.labelsBeside(s, all, b.rows[last]-0.3*size, b.rows[i]-0.3*size)
	if len(own) == 0 || len(above) == 0 {
		return true
	}
	// The label goes on beside numbers that go on. In a table of one value column it may as well be the next label, which bears no number.
	return len(b.columns) > 1 && !slices.ContainsFunc(own, label) && slices.ContainsFunc(above, label) && under(b.values[i], b.values[last:last+1])
}

// bounds returns for each row the rules that part it from its neighbours; nil when some two rows have none between them.
func (b *freeBlock) bounds(s *Sheet, x float64) []span {
	if len(b.rows) < 2 {
		return nil
	}
	out := make([]span, len(b.rows))
	for k, y := range b.rows {
		out[k] = span{math.Inf(1), math.Inf(-1)}
		for _, r := range s.Across {
			if r.From-reach > x || r.To+reach < x {
				continue
			}
			if r.At > y {
				out[k].top = min(out[k].top, r.At)
			} else {
				out[k].bottom = max(out[k].bottom, r.At)
			}
		}
		if k > 0 && out[k-1].bottom < out[k].top-reach {
			return nil
		}
	}
	return out
}

// rowAt returns the row whose span holds the height y, or -1.
func (b *freeBlock) rowAt(y float64) int {
	return slices.IndexFunc(b.spans, func(p span) bool { return y < p.top && y > p.bottom })
}
