package geometry

import (
	"cmp"
	"math"
	"regexp"
	"slices"
)

// Labels of groups of rows in a table without columns drawn: （三）不予公开 beside its eight rows.

// firstOrdinal matches the label of the first row of a group.
var firstOrdinal = regexp.MustCompile(`^\s*[1１]\s*[.．、]`)

// ruledGroups gives the labels of a column of group labels to the runs of rows that no rule parts in that column.
func (f *freeLabels) ruledGroups(s *Sheet, pieces []segment, b *freeBlock, column int) {
	if len(pieces) == 0 {
		return
	}
	x := math.Inf(-1) // the right end of the column's text: rules of the rows beside it start further right
	for _, p := range pieces {
		x = max(x, p.Box.X1)
	}
	for start := 0; start < len(b.rows); {
		end := start + 1
		for end < len(b.rows) && !s.parted(x-reach, b.rows[end-1], b.rows[end]) {
			end++
		}
		c := labelCell{column: column, span: 1, row: start, rows: end - start}
		for _, p := range pieces {
			if y := p.Y + 0.3*p.Size; y < b.spans[start].top && y > b.spans[end-1].bottom {
				c.lines = append(c.lines, p.Line)
			}
		}
		spanned := slices.ContainsFunc(f.cellsP, func(o labelCell) bool {
			return o.span > 1 && o.column <= column && o.row < end && o.row+o.rows > start
		})
		if len(c.lines) > 0 && !spanned {
			f.cellsP = append(f.cellsP, c)
		}
		start = end
	}
}

// groupRows gives the labels of a column of group labels to runs of rows: a run starts where the rows' own
// ordinals start anew, when there are as many starts as labels; else each label stands in the middle of its run.
func (f *freeLabels) groupRows(pieces []segment, b *freeBlock, column int) {
	rows := b.rows
	if len(pieces) == 0 {
		return
	}
	slices.SortStableFunc(pieces, func(a, b segment) int { return cmp.Compare(a.line, b.line) })
	type label struct {
		lines []Line
		y     float64
	}
	var labels []label
	for i, p := range pieces {
		if i == 0 || enumerated.MatchString(p.text) || pieces[i-1].Y-p.Y > 3.2*p.Size {
			labels = append(labels, label{})
		}
		l := &labels[len(labels)-1]
		l.lines = append(l.lines, p.Line)
		l.y = (l.lines[0].Y + p.Y) / 2
	}
	// Rows whose own label spans this column have no group there.
	var open []int
	for k := range rows {
		i := slices.IndexFunc(f.cellsP, func(c labelCell) bool { return c.row == k && c.span > 1 && c.column <= column })
		if i < 0 {
			open = append(open, k)
		}
	}
	n, m := len(labels), len(open)
	if first := f.firstRows(n, open); first != nil {
		for k, l := range labels {
			next := len(rows)
			if k+1 < n {
				next = first[k+1]
			}
			end := first[k] + 1
			for end < next && slices.Contains(open, end) {
				end++
			}
			f.cellsP = append(f.cellsP, labelCell{column: column, span: 1, row: first[k], rows: end - first[k], lines: l.lines})
		}
		return
	}
	cost, from := unreached(n, m)
	for i := range cost[0] {
		cost[0][i] = float64(i) * 20 // rows before the first label
	}
	for k := 1; k <= n; k++ {
		for i := 1; i <= m; i++ {
			for j := range i {
				c := cost[k-1][j] + math.Abs((rows[open[j]]+rows[open[i-1]])/2-labels[k-1].y)
				if open[i-1]-open[j] != i-1-j {
					c += 1000 // a run is not interrupted
				}
				if c < cost[k][i] {
					cost[k][i], from[k][i] = c, j
				}
			}
		}
	}
	end, bestEnd := math.Inf(1), m
	for i := 1; i <= m; i++ {
		if c := cost[n][i] + float64(m-i)*20; c < end {
			end, bestEnd = c, i
		}
	}
	for k, i := n, bestEnd; k > 0; k-- {
		j := from[k][i]
		if i > j {
			f.cellsP = append(f.cellsP, labelCell{column: column, span: 1, row: open[j], rows: open[i-1] - open[j] + 1, lines: labels[k-1].lines})
		}
		i = j
	}
}

// firstRows returns the first rows of n runs among the open rows: those with the ordinal 1, and the top row when the first run goes on from the page
// before. It is nil when there are more or fewer.
func (f *freeLabels) firstRows(n int, open []int) []int {
	var out []int
	for _, c := range f.cellsP {
		if len(c.lines) > 0 && c.rows == 1 && slices.Contains(open, c.row) && firstOrdinal.MatchString(c.lines[0].String()) {
			out = append(out, c.row)
		}
	}
	if len(out) == n-1 && (n == 1 || out[0] > open[0]) && len(open) > 0 {
		out = append([]int{open[0]}, out...)
	}
	if len(out) != n || n == 0 {
		return nil
	}
	slices.Sort(out)
	return out
}
