package geometry

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// Lattice is one ruled table before its text: lines X (left to right) and Y (top to bottom), and the regions between
// them.
type Lattice struct {
	X, Y    []float64
	Regions []Region // ordered by Row, then Col
	Box     Box
	// OpenTop and OpenBottom tell that the outer border is missing there, as when a row is cut by the end of a page.
	OpenTop, OpenBottom bool
	// drawn are the positions of the lines X where each row has them: tables drawn one below the other may be a little
	// out of line.
	drawn [][]float64
	owner [][]int // for each elementary position the index of its region, -1 outside the drawing
}

// Region is one cell of a lattice.
type Region struct {
	Row, Col, RowSpan, ColSpan int
	Box                        Box
	// Leaks: the outer border is missing on two sides or more. Such a region is a cell only when it holds text; else it
	// lies outside the drawing (the empty corner of a table drawn in steps). One missing side is a common slip of
	// producers at page breaks.
	Leaks bool
}

// MaxTracks bounds the rows and columns of one lattice; a drawing with more is a picture, not a table.
const MaxTracks = 400

// Lattices is the fourth step: each component with at least two cells becomes a lattice. Ordered from top to bottom,
// left to right.
func Lattices(edges []Rule) []*Lattice {
	var out []*Lattice
	for _, c := range Components(edges) {
		var across, down []Rule
		for _, i := range c {
			if edges[i].Horizontal {
				across = append(across, edges[i])
			} else {
				down = append(down, edges[i])
			}
		}
		if l := lattice(across, down); l != nil {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b *Lattice) int {
		return cmp.Or(cmp.Compare(b.Box.Y1, a.Box.Y1), cmp.Compare(a.Box.X0, b.Box.X0))
	})
	return out
}

// lattice builds one lattice from the edges of a component; nil when they bound fewer than two cells.
func lattice(across, down []Rule) *Lattice {
	if len(across)+len(down) < 3 || len(down) == 0 || len(across) == 0 {
		return nil
	}
	straight := straighten(down)
	drawnDown := down
	down = straight
	x := tracks(down)
	y := tracks(across)
	// Open sides: tables whose outer border is not drawn end where their rules end.
	left, right := extent(across)
	bottom, top := extent(down)
	openLeft, openRight := left < x[0]-2*settings.Reach, right > x[len(x)-1]+2*settings.Reach
	openBottom, openTop := bottom < y[0]-2*settings.Reach, top > y[len(y)-1]+2*settings.Reach
	if openLeft {
		x = append([]float64{left}, x...)
	}
	if openRight {
		x = append(x, right)
	}
	if openBottom {
		y = append([]float64{bottom}, y...)
	}
	if openTop {
		y = append(y, top)
	}
	slices.Reverse(y)
	cols, rows := len(x)-1, len(y)-1
	if cols < 1 || rows < 1 || cols*rows < 2 || cols > MaxTracks || rows > MaxTracks {
		return nil
	}
	l := &Lattice{X: x, Y: y, Box: Box{x[0], y[rows], x[cols], y[0]}, OpenTop: openTop, OpenBottom: openBottom}
	l.drawn = drawnAt(l, drawnDown, straight)
	m := newMerger(rows, cols)
	leaks := make([]uint8, rows*cols) // a bit for each side that is missing
	for r := range rows {
		for c := range cols {
			here := r*cols + c
			right := covered(down, x[c+1], y[r+1], y[r])
			below := covered(across, y[r+1], x[c], x[c+1])
			switch {
			case !right && c+1 < cols:
				m.join(here, here+1)
			case !right && c+1 == cols && !openRight:
				leaks[here] |= 1
			}
			switch {
			case !below && r+1 < rows:
				m.join(here, here+cols)
			case !below && r+1 == rows && !openBottom:
				leaks[here] |= 2
			}
			if c == 0 && !openLeft && !covered(down, x[0], y[r+1], y[r]) {
				leaks[here] |= 4
			}
			if r == 0 && !openTop && !covered(across, y[0], x[c], x[c+1]) {
				leaks[here] |= 8
			}
		}
	}
	l.cut(m, leaks)
	if len(l.Regions) < 2 {
		return nil
	}
	return l
}

// tracks returns the ascending positions of the lattice lines that edges lie on; nearer ones share one.
func tracks(edges []Rule) []float64 {
	sorted := slices.SortedFunc(slices.Values(edges), func(a, b Rule) int { return cmp.Compare(a.At, b.At) })
	var out []float64
	for start := 0; start < len(sorted); {
		end, sum, weight := start, 0.0, 0.0
		for end < len(sorted) && sorted[end].At-sorted[start].At <= settings.Snap {
			w := sorted[end].To - sorted[end].From
			sum, weight = sum+sorted[end].At*w, weight+w
			end++
		}
		out = append(out, sum/weight)
		start = end
	}
	return out
}

func extent(edges []Rule) (from, to float64) {
	from, to = math.Inf(1), math.Inf(-1)
	for _, e := range edges {
		from, to = min(from, e.From), max(to, e.To)
	}
	return from, to
}

// covered reports whether edges on the line at draw at least half of the stretch from..to.
func covered(edges []Rule, at, from, to float64) bool {
	sum := 0.0
	for _, e := range edges {
		if near(e.At, at, settings.Snap) {
			sum += max(0, min(e.To, to)-max(e.From, from))
		}
	}
	return sum >= (to-from)/2
}

// merger joins elementary positions that no border parts.
type merger struct{ parent []int }

func newMerger(rows, cols int) *merger {
	m := &merger{make([]int, rows*cols)}
	for i := range m.parent {
		m.parent[i] = i
	}
	return m
}

func (m *merger) find(i int) int {
	for m.parent[i] != i {
		m.parent[i] = m.parent[m.parent[i]]
		i = m.parent[i]
	}
	return i
}

func (m *merger) join(a, b int) { m.parent[m.find(a)] = m.find(b) }

// cut fills Regions with rectangles: a region that is not a rectangle (a border with a gap) is cut into some, top to
// bottom.
func (l *Lattice) cut(m *merger, leaks []uint8) {
	rows, cols := len(l.Y)-1, len(l.X)-1
	l.owner = make([][]int, rows)
	for r := range l.owner {
		l.owner[r] = make([]int, cols)
		for c := range l.owner[r] {
			l.owner[r][c] = -1
		}
	}
	same := func(root, r, c int) bool { return l.owner[r][c] < 0 && m.find(r*cols+c) == root }
	for r := range rows {
		for c := range cols {
			root := m.find(r*cols + c)
			if l.owner[r][c] >= 0 {
				continue
			}
			w, h := 1, 1
			for c+w < cols && same(root, r, c+w) {
				w++
			}
		down:
			for r+h < rows {
				for k := c; k < c+w; k++ {
					if !same(root, r+h, k) {
						break down
					}
				}
				h++
			}
			leak := uint8(0)
			for i := r; i < r+h; i++ {
				for k := c; k < c+w; k++ {
					l.owner[i][k] = len(l.Regions)
					leak |= leaks[i*cols+k]
				}
			}
			l.Regions = append(l.Regions, Region{r, c, h, w, Box{l.drawn[r][c], l.Y[r+h], l.drawn[r][c+w], l.Y[r]}, bits.OnesCount8(leak) >= 2})
		}
	}
}

// Find returns the index of the region at the point, or -1.
func (l *Lattice) Find(x, y float64) int {
	r, _ := slices.BinarySearchFunc(l.Y, y, func(a, b float64) int { return cmp.Compare(b, a) })
	if r = max(r-1, 0); y > l.Box.Y1 || y < l.Box.Y0 || r >= len(l.owner) {
		return -1
	}
	lines := l.drawn[r]
	if x < lines[0] || x > lines[len(lines)-1] {
		return -1
	}
	c := 0
	for c+2 < len(lines) && x > lines[c+1] {
		c++
	}
	return l.owner[r][c]
}
