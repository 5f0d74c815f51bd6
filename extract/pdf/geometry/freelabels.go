package geometry

import (
	"cmp"
	"math"
	"slices"
)

// freeLabels are the labels left of the numbers of a table without rules.
type freeLabels struct {
	starts []float64 // left edges of the label columns
	lines  []int     // lines that only hold labels
	cellsP []labelCell
}

type labelCell struct {
	column, span int // span in columns
	row, rows    int
	lines        []Line
}

// findLabels collects the text left of edge between line first (after the header) and line until, and gives it to the rows.
func findLabels(s *Sheet, all [][]segment, b *freeBlock, edge float64, first, until int) *freeLabels {
	out := &freeLabels{}
	var pieces []segment
	isRow := map[int]bool{}
	for _, i := range b.lines {
		isRow[i] = true
	}
	last := b.lines[len(b.lines)-1]
	for i := first; i < until; i++ {
		line := all[i]
		if !isRow[i] {
			if reaches(line, b) || s.Lines[i].Box.X1 > edge {
				if i > last {
					break
				}
				continue
			}
			// Below the last row, only lines that go on its label: close by, and no start of a paragraph or heading.
			if i > last && (s.Lines[i-1].Y-s.Lines[i].Y > 1.7*s.Lines[i].Size || len(line) == 1 && enumerated.MatchString(line[0].text)) {
				break
			}
			out.lines = append(out.lines, i)
		}
		for _, g := range line {
			if g.Box.X1 <= edge+1 && !slices.ContainsFunc(b.columns, func(c Box) bool { return g.Box.X0 >= c.X0-0.5 }) {
				pieces = append(pieces, g)
			}
		}
	}
	pieces = cutAtOrdinals(pieces)
	columns := labelColumns(pieces)
	if len(columns) == 0 {
		if len(pieces) == 0 {
			return out
		}
		columns = []Box{{X0: pieces[0].Box.X0, X1: edge}}
	}
	pieces = cutAt(pieces, columns)
	for _, c := range columns {
		out.starts = append(out.starts, c.X0-1)
	}
	for _, p := range pieces {
		out.starts[0] = min(out.starts[0], p.Box.X0-1)
	}
	leaf := len(columns) - 1
	var leaves []segment
	groups := make([][]segment, leaf)
	spans := map[int]int{} // line → first column that its spanning label covers
	for _, p := range pieces {
		from, to := -1, -1
		for k, c := range columns {
			if p.Box.X0 < c.X1 && p.Box.X1 > c.X0 {
				if from < 0 {
					from = k
				}
				to = k
			}
		}
		switch {
		case from < 0:
			from, to = leaf, leaf
			for k := leaf; k >= 0 && p.center() < columns[k].X0; k-- {
				from, to = max(k-1, 0), max(k-1, 0)
			}
		}
		if to == leaf {
			if from < leaf {
				spans[p.line] = from
			}
			leaves = append(leaves, p)
		} else {
			groups[to] = append(groups[to], p)
		}
	}
	out.leafRows(leaves, b, leaf, spans)
	for k, g := range groups {
		switch {
		case b.spans != nil:
			out.ruledGroups(s, g, b, k)
		case perRow(g, b):
			out.leafRows(g, b, k, nil)
		default:
			out.groupRows(g, b, k)
		}
	}
	return out
}

// cutAt cuts pieces at the left edge of a column that they run into, where even set solid their characters would leave a gap.
func cutAt(pieces []segment, columns []Box) []segment {
	return cutWhere(pieces, func(p segment, i int, gap bool) bool {
		b := p.Glyphs[i]
		return gap && slices.ContainsFunc(columns[1:], func(c Box) bool { return near(b.Box.X0, c.X0, 0.4*em(b)) })
	})
}

// cutAtOrdinals cuts pieces where a second enumerated label starts: （六）其他 2.申请人. After a group's label an arabic ordinal needs no gap.
func cutAtOrdinals(pieces []segment) []segment {
	return cutWhere(pieces, func(p segment, i int, gap bool) bool {
		r := firstRune(p.Glyphs[i].Text)
		arabic := r >= '0' && r <= '9' && enumerated.MatchString(p.text)
		return (gap || arabic) && enumerated.MatchString(Line{Glyphs: p.Glyphs[i:]}.String())
	})
}

func cutWhere(pieces []segment, cut func(p segment, i int, gap bool) bool) []segment {
	var out []segment
	for _, p := range pieces {
		start := 0
		size := emOf(p.Glyphs)
		for i := 1; i < len(p.Glyphs); i++ {
			a, b := p.Glyphs[i-1], p.Glyphs[i]
			if wide(lastRune(a.Text)) && cut(p, i, b.X-(a.X+size) >= 0.12*size) {
				out = append(out, piece(p, start, i))
				start = i
			}
		}
		out = append(out, piece(p, start, len(p.Glyphs)))
	}
	return out
}

func piece(p segment, from, to int) segment {
	if from == 0 && to == len(p.Glyphs) {
		return p
	}
	s := segment{Line: newLine(slices.Clone(p.Glyphs[from:to])), line: p.line}
	s.text = s.String()
	return s
}

// labelColumns tells the label columns by the x extents of the pieces, those on lines with several pieces first.
func labelColumns(pieces []segment) []Box {
	perLine := map[int]int{}
	for _, p := range pieces {
		perLine[p.line]++
	}
	// Later pieces may widen a column but not bridge two, as a label that spans both would.
	sorted := slices.SortedStableFunc(slices.Values(pieces), func(a, b segment) int {
		return cmp.Or(cmp.Compare(perLine[b.line], perLine[a.line]), cmp.Compare(a.Box.Width(), b.Box.Width()))
	})
	var columns []Box
	for _, p := range sorted {
		hit, hits := -1, 0
		b := p.Box
		for i, c := range columns {
			if b.X0 < c.X1 && b.X1 > c.X0 {
				hit, hits = i, hits+1
			}
		}
		switch hits {
		case 0:
			columns = append(columns, b)
		case 1:
			b = b.Union(columns[hit])
			if !slices.ContainsFunc(columns, func(c Box) bool { return c != columns[hit] && b.X0 < c.X1 && b.X1 > c.X0 }) {
				columns[hit] = b
			}
		}
	}
	slices.SortFunc(columns, func(a, b Box) int { return cmp.Compare(a.X0, b.X0) })
	return columns
}

// perRow reports whether a column left of another label column has labels of single rows, as beside a column of units: most rows have a piece on
// their own line.
func perRow(pieces []segment, b *freeBlock) bool {
	own := map[int]bool{}
	for _, p := range pieces {
		if k, ok := b.rowOf[p.line]; ok {
			own[k] = true
		}
	}
	return len(b.rows) > 2 && 5*len(own) >= 4*len(b.rows)
}

// leafRows gives the pieces of a column of row labels to the rows: by the rules between the rows; else in order, so that the middle (or the top)
// of a label stands at the baseline of its row.
func (f *freeLabels) leafRows(pieces []segment, b *freeBlock, leaf int, spans map[int]int) {
	slices.SortStableFunc(pieces, func(a, b segment) int { return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.Box.X0, b.Box.X0)) })
	y := make([]float64, len(pieces))
	starts := make([]bool, len(pieces))
	own := make([]int, len(pieces))
	for i, p := range pieces {
		y[i] = p.Y
		starts[i] = enumerated.MatchString(p.text)
		own[i] = -1
		if k, ok := b.rowOf[p.line]; ok {
			own[i] = k
		}
	}
	cut := partition(y, starts, own, b.rows)
	for k := range b.rows {
		c := labelCell{column: leaf, span: 1, row: k, rows: 1}
		for i, p := range pieces {
			if b.spans != nil && b.rowAt(p.Y+0.3*p.Size) != k || b.spans == nil && (i < cut[k] || i >= cut[k+1]) {
				continue
			}
			c.lines = append(c.lines, p.Line)
			if from, ok := spans[p.line]; ok {
				c.column, c.span = from, leaf-from+1
			}
		}
		f.cellsP = append(f.cellsP, c)
	}
}

// unreached are the tables of a search for the cheapest way to give m things to n in order: the costs, none reached yet, and the steps back.
func unreached(n, m int) (cost [][]float64, from [][]int) {
	cost, from = make([][]float64, n+1), make([][]int, n+1)
	for k := range cost {
		cost[k], from[k] = make([]float64, m+1), make([]int, m+1)
		for i := range cost[k] {
			cost[k][i] = math.Inf(1)
		}
	}
	return cost, from
}

// partition cuts pieces with the baselines y into consecutive groups, one a row, that lie best around the rows' baselines.
// It returns len(rows)+1 indices. A piece that starts an enumerated label should start a group, and one on the baseline of a row belongs to that row.
func partition(y []float64, starts []bool, own []int, rows []float64) []int {
	n, m := len(rows), len(y)
	best := make([]int, n+1)
	bestCost := math.Inf(1)
	for _, top := range []bool{false, true} {
		cost, from := unreached(n, m)
		cost[0][0] = 0
		for k := 1; k <= n; k++ {
			for i := 0; i <= m; i++ {
				for j := max(0, i-12); j <= i; j++ {
					if math.IsInf(cost[k-1][j], 1) {
						continue
					}
					c := 25.0 // a row without a label
					if i > j {
						at := (y[j] + y[i-1]) / 2
						if top {
							at = y[j]
						}
						c = math.Abs(at - rows[k-1])
						for q := j; q < i; q++ {
							if q > j && starts[q] {
								c += 15
							}
							if own[q] >= 0 && own[q] != k-1 {
								c += 60
							}
						}
					}
					if c += cost[k-1][j]; c < cost[k][i] {
						cost[k][i], from[k][i] = c, j
					}
				}
			}
		}
		if cost[n][m] < bestCost {
			bestCost = cost[n][m]
			best[n] = m
			for k, i := n, m; k > 0; k-- {
				i = from[k][i]
				best[k-1] = i
			}
		}
	}
	return best
}

// missing reports whether a row between the first and the last has no label in any column.
func (f *freeLabels) missing(rows int) bool {
	has := make([]bool, rows)
	for _, c := range f.cellsP {
		if c.rows == 1 && len(c.lines) > 0 {
			has[c.row] = true
		}
	}
	return rows > 2 && slices.Contains(has, true) && slices.Contains(has, false)
}

// cells adds the label cells to the table below its header.
func (f *freeLabels) cells(t *Table, levels int) {
	for _, c := range f.cellsP {
		row := levels + c.row
		cell := TableCell{Region: Region{Row: row, Col: c.column, RowSpan: c.rows, ColSpan: c.span,
			Box: Box{t.X[c.column], t.Y[row+c.rows], t.X[c.column+c.span], t.Y[row]}}, Page: t.Page, Lines: c.lines, Room: math.Inf(1)}
		cell.set()
		t.Cells = append(t.Cells, cell)
	}
}
