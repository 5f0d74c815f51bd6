package bitmap

import (
	"image"
	"slices"
)

// Table is a ruled table: its lines, and the cells between them.
type Table struct {
	X, Y                []int // left to right, top to bottom
	Cells               []Cell
	OpenTop, OpenBottom bool // no rule bounds it there, as where a page ends
}

// Cell is one cell of a table.
type Cell struct {
	Row, Col, RowSpan, ColSpan int
	Box                        image.Rectangle // between the middles of its rules
	Torn                       bool            // the rules around it bound no rectangle, so what stands in it may belong to its neighbours
}

const (
	touching = 14 // rules this near meet
	sameLine = 7  // rules this near are one line of a lattice
	maxLines = 120
)

// line is one line of a lattice: the strokes on it.
type line struct {
	at      int
	weight  int
	strokes []Stroke
}

// position is where the line runs at a place along it.
func (l *line) position(along int) int {
	best, distance := l.at, 1<<30
	for _, s := range l.strokes {
		d := max(s.From-along, along-s.To, 0)
		if d < distance {
			distance = d
			best = int(s.Mid + s.Slope*(float64(min(max(along, s.From), s.To))-float64(s.From+s.To)/2) + 0.5)
		}
	}
	return best
}

// tables builds a table of each group of rules that meet. ink is the plane of the darkest colours.
func (p *Plane) tables(ink *Plane, faint int) []Table {
	turned := p.transposed()
	across, down := p.strokes(faint), turned.strokes(faint)
	if ink != p {
		across, down = p.black(across, ink), turned.black(down, ink.transposed())
	}
	across, down = rules(p, turned, across, down, faint)
	n := len(across)
	meet := newGroups(n + len(down))
	for i, a := range across {
		for j, d := range down {
			if int(d.Mid) >= a.From-touching && int(d.Mid) <= a.To+touching && int(a.Mid) >= d.From-touching && int(a.Mid) <= d.To+touching {
				meet.join(i, n+j)
			}
		}
	}
	groups := map[int][2][]Stroke{}
	for i, a := range across {
		g := groups[meet.of(i)]
		g[0] = append(g[0], a)
		groups[meet.of(i)] = g
	}
	for j, d := range down {
		g := groups[meet.of(n+j)]
		g[1] = append(g[1], d)
		groups[meet.of(n+j)] = g
	}
	var out []Table
	for _, g := range groups {
		out = append(out, newTables(p, turned, g[0], g[1], faint)...)
	}
	slices.SortFunc(out, func(a, b Table) int { return a.Y[0] - b.Y[0] })
	return out
}

// lines groups strokes that run on one line.
func lines(strokes []Stroke) []line {
	slices.SortFunc(strokes, func(a, b Stroke) int { return int(8 * (a.Mid - b.Mid)) })
	var out []line
	for _, s := range strokes {
		if k := len(out) - 1; k >= 0 && int(s.Mid+0.5)-out[k].at <= sameLine {
			l := &out[k]
			w := s.To - s.From
			l.at = (l.at*l.weight + int(s.Mid+0.5)*w) / (l.weight + w)
			l.weight += w
			l.strokes = append(l.strokes, s)
			continue
		}
		out = append(out, line{int(s.Mid + 0.5), s.To - s.From, []Stroke{s}})
	}
	return out
}

// lattice is a table under construction: its lines, and which edges between its nodes are drawn.
type lattice struct {
	page, turned *Plane
	x, y         []line
	faint        int
	right, below [][]float64 // for each position how much of its right and lower edge is inked
	left         []float64   // of the leftmost line
}

// newTables makes a table of strokes that meet, or several where they stand one above the other and only their outer
// rules are in line.
func newTables(page, turned *Plane, across, down []Stroke, faint int) (out []Table) {
	if len(across) < 2 || len(down) < 2 {
		return nil
	}
	l := &lattice{page: page, turned: turned, x: lines(down), y: lines(across), faint: faint}
	tops, bottoms := make([]int, len(down)), make([]int, len(down))
	for i, d := range down {
		tops[i], bottoms[i] = d.From, d.To
	}
	slices.Sort(tops)
	slices.Sort(bottoms)
	openTop, openBottom := false, false
	if top := tops[1]; l.y[0].at-top > 2*touching {
		l.y = append([]line{{at: top}}, l.y...)
		openTop = true
	}
	if bottom := bottoms[len(bottoms)-2]; bottom-l.y[len(l.y)-1].at > 2*touching {
		l.y = append(l.y, line{at: bottom})
		openBottom = true
	}
	if len(l.x) < 2 || len(l.y) < 2 || len(l.x) > maxLines || len(l.y) > maxLines {
		return nil
	}
	l.measure()
	from := 0
	for r := 0; r < len(l.y); r++ {
		if r < len(l.y)-1 && !l.empty(r) {
			continue
		}
		if t := l.table(from, r); t != nil {
			t.OpenTop, t.OpenBottom = openTop && from == 0, openBottom && r == len(l.y)-1
			out = append(out, *t)
		}
		from = r + 1
	}
	return out
}

// empty reports whether no table stands between two lines: neither side is closed, and no vertical edge is clear.
func (l *lattice) empty(row int) bool {
	right := l.right[row]
	return l.left[row] < 0.5 && right[len(right)-1] < 0.5 && !slices.ContainsFunc(right, func(share float64) bool { return share >= 0.85 })
}

// table makes a table of the rows between two lines. Lines of others that stand above or below it are left out.
func (l *lattice) table(from, to int) *Table {
	if to <= from {
		return nil
	}
	part := &lattice{page: l.page, turned: l.turned, y: l.y[from : to+1], faint: l.faint}
	for i, x := range l.x {
		if slices.ContainsFunc(x.strokes, func(s Stroke) bool { return s.From < l.y[to].at-touching && s.To > l.y[from].at+touching }) || i == 0 {
			part.x = append(part.x, x)
		}
	}
	if len(part.x) < 2 || len(part.x)+len(part.y) < 5 {
		return nil
	}
	part.measure()
	t := &Table{}
	for _, c := range part.x {
		t.X = append(t.X, c.at)
	}
	for _, c := range part.y {
		t.Y = append(t.Y, c.at)
	}
	if t.Cells = part.cells(); len(t.Cells) < 3 {
		return nil
	}
	return t
}

// measure looks at each edge.
func (l *lattice) measure() {
	rows, cols := len(l.y)-1, len(l.x)-1
	for r := range rows {
		right, below := make([]float64, cols), make([]float64, cols)
		for c := range cols {
			right[c] = edge(l.turned, &l.x[c+1], l.y[r].position(l.x[c+1].at), l.y[r+1].position(l.x[c+1].at), l.faint)
			below[c] = edge(l.page, &l.y[r+1], l.x[c].position(l.y[r+1].at), l.x[c+1].position(l.y[r+1].at), l.faint)
		}
		l.left = append(l.left, edge(l.turned, &l.x[0], l.y[r].position(l.x[0].at), l.y[r+1].position(l.x[0].at), l.faint))
		l.right, l.below = append(l.right, right), append(l.below, below)
	}
}

// edge is how much of a piece of a line is inked.
func edge(p *Plane, l *line, from, to, faint int) float64 {
	const node = 4
	if to-from > 4*node {
		from, to = from+node, to-node
	}
	best := 0.0
	for d := -2; d <= 2; d++ {
		at := func(x int) int { return l.position(x) + d }
		share := p.inked(from, to, at, faint)
		if to-from < 60 { // the stem of a character may take most of a short edge, but does not reach its ends
			share = min(share, p.inked(from, from+4, at, faint)+0.3, p.inked(to-4, to, at, faint)+0.3)
		}
		best = max(best, share)
	}
	return best
}

// drawn is how much of an edge must be inked to be there; less for a line that noise has eaten all along.
func drawn(shares []float64) float64 {
	var clear []float64
	for _, s := range shares {
		if s > 0.5 {
			clear = append(clear, s)
		}
	}
	if len(clear) == 0 {
		return 0.6
	}
	slices.Sort(clear)
	return 0.7 * clear[len(clear)/2]
}

// goesOn is how much of an edge is inked at least that a line runs into at both ends. Merged cells show far less, what
// characters make of it.
const goesOn = 0.5

// stands reports whether an edge of a line is there: it is inked enough, or the line goes on behind both its ends and
// some of it is seen.
func stands(shares []float64, i int, least float64) bool {
	if shares[i] >= least {
		return true
	}
	before, after := i == 0 || shares[i-1] >= least, i == len(shares)-1 || shares[i+1] >= least
	return shares[i] >= goesOn && before && after && len(shares) > 2
}

// cells joins positions that no edge parts.
func (l *lattice) cells() []Cell {
	rows, cols := len(l.y)-1, len(l.x)-1
	owner := newGroups(rows * cols)
	for c := range cols {
		var shares []float64
		for r := range rows {
			shares = append(shares, l.right[r][c])
		}
		least := drawn(shares)
		for r := range rows {
			if c+1 < cols && !stands(shares, r, least) {
				owner.join(r*cols+c+1, r*cols+c)
			}
		}
	}
	for r := range rows - 1 {
		least := drawn(l.below[r])
		for c := range cols {
			if !stands(l.below[r], c, least) {
				owner.join((r+1)*cols+c, r*cols+c)
			}
		}
	}
	regions := map[int]*Cell{}
	count := map[int]int{}
	for i := range owner {
		r, c := i/cols, i%cols
		k := owner.of(i)
		count[k]++
		if regions[k] == nil {
			regions[k] = &Cell{Row: r, Col: c, RowSpan: 1, ColSpan: 1}
			continue
		}
		g := regions[k]
		if c < g.Col {
			g.ColSpan += g.Col - c
			g.Col = c
		}
		g.ColSpan, g.RowSpan = max(g.ColSpan, c-g.Col+1), max(g.RowSpan, r-g.Row+1)
	}
	var out []Cell
	for i := range owner {
		k := owner.of(i)
		g := regions[k]
		switch {
		case g.RowSpan*g.ColSpan == count[k]:
			if i == g.Row*cols+g.Col {
				out = append(out, l.boxed(*g))
			}
		default:
			out = append(out, l.boxed(Cell{Row: i / cols, Col: i % cols, RowSpan: 1, ColSpan: 1, Torn: true}))
		}
	}
	return out
}

// boxed sets the box of a cell.
func (l *lattice) boxed(c Cell) Cell {
	x0, x1, y0, y1 := &l.x[c.Col], &l.x[c.Col+c.ColSpan], &l.y[c.Row], &l.y[c.Row+c.RowSpan]
	midX, midY := (x0.at+x1.at)/2, (y0.at+y1.at)/2
	c.Box = image.Rect(x0.position(midY), y0.position(midX), x1.position(midY), y1.position(midX))
	return c
}
