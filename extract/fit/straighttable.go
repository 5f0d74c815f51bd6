package fit

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
)

// straightTable is one table of aligned text: its header, and the lines with its numbers.
type straightTable struct {
	fam     *family
	title   *label
	head    []*label // labels of the header, groups and heads among them
	columns []*label // of the columns, from left to right
	numbers []int    // lines with numbers below the header
	labels  []*label // of rows
	rows    []straightRow
	broken  int // labels in several pieces
	top     int
	end     int
}

// straightRow is a line of numbers and the label that it stands beside; nil where there is none.
type straightRow struct {
	line  int
	label *label
}

// tables finds the tables: each begins with a header and has the numbers and row labels up to the next one, or up to a line of prose.
func (s *straightener) tables() []*straightTable {
	starting := map[int][]*label{}
	for _, l := range s.labels {
		starting[l.top] = append(starting[l.top], l)
	}
	var all []*straightTable
	var cur *straightTable
	for _, line := range s.lines {
		for _, l := range starting[line] {
			body := cur != nil && (len(cur.numbers) > 0 || len(cur.labels) > 0)
			row, column := l.is(rowAxis, true), l.is(columnAxis, true)
			switch {
			case row != nil && (column == nil || body):
				if cur != nil {
					cur.labels = append(cur.labels, l)
				}
			case column != nil, l.is(titleAxis, true) != nil, l.is(columnAxis, false) != nil, l.is(headAxis, true) != nil:
				if cur == nil || body {
					cur = &straightTable{}
					all = append(all, cur)
				}
				cur.head = append(cur.head, l)
			}
		}
		switch {
		case cur == nil:
		case s.prose(line):
			cur = nil
		case slices.ContainsFunc(s.byLine[line], func(p *piece) bool { return p.number && !p.used }):
			cur.numbers = append(cur.numbers, line)
		}
	}
	broken := 0
	all = slices.DeleteFunc(all, func(t *straightTable) bool {
		ok := t.solve(s)
		broken += t.broken
		return !ok
	})
	if broken < 2 {
		return nil // nothing that whole lines do not say as well
	}
	return all
}

// longestPiece is in characters: what is longer, and no label of the form, is prose.
const longestPiece = 16

// prose reports whether a line holds a text that is too long for a piece of a label.
func (s *straightener) prose(line int) bool {
	return slices.ContainsFunc(s.byLine[line], func(p *piece) bool { return !p.used && p.to-p.from > longestPiece && !s.begins(p.text) })
}

// solve finds the columns and gives each line of numbers its label. It reports whether the table is understood.
func (t *straightTable) solve(s *straightener) bool {
	votes := map[*family]int{}
	for _, l := range t.head {
		for _, n := range l.hits {
			if n.axis == columnAxis && n.leaf() {
				votes[n.family]++
				break
			}
		}
	}
	for _, fam := range s.lex.families {
		if votes[fam] > votes[t.fam] {
			t.fam = fam
		}
	}
	if t.fam == nil || len(t.numbers) == 0 {
		return false
	}
	of := func(l *label, a axis, leaf bool) bool {
		return slices.ContainsFunc(l.hits, func(n *node) bool { return n.family == t.fam && n.axis == a && n.leaf() == leaf })
	}
	t.top = math.MaxInt
	for _, l := range t.head {
		t.top = min(t.top, l.top)
		switch {
		case of(l, columnAxis, true):
			t.columns = append(t.columns, l)
		case of(l, titleAxis, true):
			t.title = l
		}
		t.note(l)
	}
	slices.SortFunc(t.columns, func(a, b *label) int { return cmp.Compare(a.middle(), b.middle()) })
	if !t.ordered() {
		return false
	}
	t.labels = slices.DeleteFunc(t.labels, func(l *label) bool { return !of(l, rowAxis, true) })
	t.labels = slices.DeleteFunc(t.labels, t.overOthers)
	for _, l := range t.labels {
		t.note(l)
	}
	if len(t.fam.rows) == 0 {
		t.rows, t.end = []straightRow{{line: t.numbers[0]}}, t.numbers[0]
		return len(t.columns) == len(t.fam.columns)
	}
	t.match()
	return slices.ContainsFunc(t.rows, func(r straightRow) bool { return r.label != nil })
}

// ordered reports whether the order of the columns is sure: that of the form, or labels that stand clear of each other. Sums would hold in any.
func (t *straightTable) ordered() bool {
	for i := 1; i < len(t.columns); i++ {
		a, b := t.columns[i-1], t.columns[i]
		for _, n := range a.hits {
			if n.family != t.fam || n.axis != columnAxis || !n.leaf() {
				continue
			}
			later := slices.ContainsFunc(b.hits, func(m *node) bool { return m.family == t.fam && m.axis == columnAxis && m.leaf() && m.order > n.order })
			if !later && a.to > b.from && len(t.fam.rows) > 0 {
				return false
			}
			break
		}
	}
	return true
}

// overOthers reports whether a label that stands for several rows stands over them here.
func (t *straightTable) overOthers(l *label) bool {
	return slices.ContainsFunc(l.hits, func(n *node) bool {
		return n.family == t.fam && n.axis == rowAxis && len(n.children) > 0 && slices.ContainsFunc(t.labels, func(o *label) bool {
			return slices.ContainsFunc(o.hits, func(c *node) bool { return c.parent == n })
		})
	})
}

// note counts a label that is broken over lines.
func (t *straightTable) note(l *label) {
	if l.end > l.top {
		t.broken++
	}
}

// farthest is how many lines the numbers of a row may stand above or below its label, besides how many a line of numbers may from the row that it
// goes on.
const (
	farthest = 1
	besides  = 2
)

// match gives lines of numbers and labels to each other in their order, as many as can be, each number within the lines of its label.
func (t *straightTable) match() {
	n, m := len(t.numbers), len(t.labels)
	slices.SortStableFunc(t.labels, func(a, b *label) int { return cmp.Compare(a.top+a.end, b.top+b.end) })
	const skip = 100
	cost := make([][]float64, n+1)
	for i := range cost {
		cost[i] = make([]float64, m+1)
	}
	fits := func(i, j int) float64 {
		line, l := t.numbers[i], t.labels[j]
		if line < l.top-farthest || line > l.end+farthest {
			return math.Inf(1)
		}
		return math.Abs(float64(line)-float64(l.top+l.end)/2) / float64(l.end-l.top+1)
	}
	for i := n; i >= 0; i-- {
		for j := m; j >= 0; j-- {
			switch {
			case i == n && j == m:
				continue
			case i == n:
				cost[i][j] = cost[i][j+1] + skip
			case j == m:
				cost[i][j] = cost[i+1][j] + skip
			default:
				cost[i][j] = min(cost[i+1][j]+skip, cost[i][j+1]+skip, cost[i+1][j+1]+fits(i, j))
			}
		}
	}
	last := 0
	for i, j := 0, 0; i < n || j < m; {
		switch {
		case i < n && j < m && cost[i][j] == cost[i+1][j+1]+fits(i, j):
			t.rows = append(t.rows, straightRow{t.numbers[i], t.labels[j]})
			i, j = i+1, j+1
			last = len(t.rows)
			t.end = max(t.end, t.rows[last-1].line, t.rows[last-1].label.end)
		case j == m || i < n && cost[i][j] == cost[i+1][j]+skip:
			t.rows = append(t.rows, straightRow{line: t.numbers[i]})
			i++
		default:
			j++
		}
	}
	for last > 0 && last < len(t.rows) && t.rows[last].line-t.end <= besides {
		t.end = t.rows[last].line // the rest of numbers that the last row broke
		last++
	}
	t.rows = t.rows[:last]
}

// values lays the numbers of a row under the columns: in order where there is one for each, else under those of the nearest full rows that they
// overlap. ok is false where that leaves a number open.
func (t *straightTable) values(s *straightener, row int) (out []*piece, ok bool) {
	numbers := s.numbersOf(t.rows[row])
	if len(numbers) == len(t.columns) {
		return numbers, true
	}
	if len(numbers) > len(t.columns) {
		return numbers, false
	}
	for _, step := range []int{-1, 1} {
		full := t.nearestFull(s, row, step)
		if full == nil {
			continue
		}
		laid := make([]*piece, len(full))
		for _, p := range numbers {
			at := -1
			for k, f := range full {
				if p.from < f.to+0.5 && p.to > f.from-0.5 {
					if at >= 0 || laid[k] != nil {
						return numbers, false
					}
					at = k
				}
			}
			if at < 0 {
				return numbers, false
			}
			laid[at] = p
		}
		if out != nil && !slices.Equal(out, laid) {
			return numbers, false
		}
		out = laid
	}
	if out == nil {
		return numbers, false
	}
	return out, true
}

// nearestFull returns the numbers of the nearest row above or below that has one for each column.
func (t *straightTable) nearestFull(s *straightener, row, step int) []*piece {
	for i := row + step; i >= 0 && i < len(t.rows); i += step {
		if n := s.numbersOf(t.rows[i]); len(n) == len(t.columns) && len(n) > 1 {
			return n
		}
	}
	return nil
}

// numbersOf returns the numbers of a row, those left of its label left out: they count the rows.
func (s *straightener) numbersOf(r straightRow) (out []*piece) {
	for _, p := range s.byLine[r.line] {
		if p.number && !p.used && (r.label == nil || p.from >= r.label.from) {
			out = append(out, p)
		}
	}
	return out
}

const labelsOverlap = "the labels of two rows stand on the same lines, so whose the numbers are is not sure"

const numbersInPieces = "a line of numbers without a label stands beside the row, so numbers may be broken over lines"

// grid makes the grid of the table, and marks what it holds as used.
func (t *straightTable) grid(s *straightener) *extract.Grid {
	g := &extract.Grid{Cols: 1 + len(t.columns), Place: extract.Place{LineStart: t.top, LineEnd: t.end}}
	add := func(col, span int, text, doubt string, at extract.Place) {
		at.Box = [4]float64{}
		g.Cells = append(g.Cells, extract.Cell{Row: g.Rows, Col: col, RowSpan: 1, ColSpan: span, Text: text, Doubt: doubt, Place: at})
	}
	lines := func(l *label) extract.Place { return extract.Place{LineStart: l.top, LineEnd: l.end} }
	if t.title != nil {
		add(0, g.Cols, t.title.text, "", lines(t.title))
		g.Rows++
	}
	if at := 1; len(t.fam.rows) == 0 {
		add(0, 1, "", "", lines(t.columns[0]))
		for _, n := range t.groups() {
			add(at, len(n.children), n.text, "", lines(t.columns[at-1]))
			at += len(n.children)
		}
		g.Rows++
	}
	add(0, 1, "", "", lines(t.columns[0]))
	for k, c := range t.columns {
		add(1+k, 1, c.text, "", lines(c))
	}
	g.Rows++
	for i, r := range t.rows {
		values, ok := t.values(s, i)
		if len(t.fam.rows) > 0 && r.label == nil || !ok {
			t.unread(r, s.numbersOf(r), add)
			g.Rows++
			continue
		}
		text, at := "", extract.Place{LineStart: r.line, LineEnd: r.line}
		if r.label != nil {
			text = r.label.text
		}
		add(0, 1, text, "", at)
		for k, v := range values {
			if v == nil {
				add(1+k, 1, "", t.torn(i), at)
				continue
			}
			v.used = true
			add(1+k, 1, v.text, t.torn(i), at)
		}
		g.Rows++
	}
	s.leftovers(t, g, add)
	return g
}

// unread puts the numbers of a row that no label names, or of which the columns are open, into one cell.
func (t *straightTable) unread(r straightRow, numbers []*piece, add func(int, int, string, string, extract.Place)) {
	var texts []string
	for _, p := range numbers {
		p.used = true
		texts = append(texts, p.text)
	}
	at := extract.Place{LineStart: r.line, LineEnd: r.line}
	if r.label != nil {
		add(0, 1, r.label.text, "", at)
	} else {
		add(0, 1, "", "", at)
	}
	add(1, len(t.columns), strings.Join(texts, " "), "", at)
}

// torn says why the numbers of a row may go on beside it, or nothing.
func (t *straightTable) torn(i int) string {
	for _, k := range []int{i - 1, i + 1} {
		if k < 0 || k >= len(t.rows) || len(t.fam.rows) == 0 {
			continue
		}
		here, there := t.rows[i], t.rows[k]
		switch {
		case there.label == nil && max(there.line-here.line, here.line-there.line) <= besides:
			return numbersInPieces
		case there.label != nil && here.label.top < there.label.end && there.label.top < here.label.end:
			return labelsOverlap
		}
	}
	return ""
}

// groups returns the groups over the columns of a table whose rows have no names, from left to right.
func (t *straightTable) groups() (out []*node) {
	for _, n := range t.fam.columns {
		if !slices.Contains(out, n.parent) {
			out = append(out, n.parent)
		}
	}
	return out
}

// leftovers adds what stands within the table and is none of it, so that it is told.
func (s *straightener) leftovers(t *straightTable, g *extract.Grid, add func(int, int, string, string, extract.Place)) {
	for line := t.top; line <= t.end; line++ {
		var texts []string
		for _, p := range s.byLine[line] {
			if !p.used {
				p.used = true
				texts = append(texts, p.text)
			}
		}
		if len(texts) > 0 {
			add(0, g.Cols, strings.Join(texts, " "), "", extract.Place{LineStart: line, LineEnd: line})
			g.Rows++
		}
	}
}

// replace puts the grids in the place of the lines that they take.
func (s *straightener) replace(blocks []extract.Block, tables []*straightTable) (out []extract.Block) {
	in := func(line int) *straightTable {
		for _, t := range tables {
			if line >= t.top && line <= t.end {
				return t
			}
		}
		return nil
	}
	done := map[*straightTable]bool{}
	emit := func(t *straightTable) {
		if !done[t] {
			done[t] = true
			g := t.grid(s)
			out = append(out, extract.Block{Kind: extract.Table, Grid: g, Place: g.Place})
		}
	}
	for _, b := range blocks {
		if b.Grid == nil {
			if t := in(b.Place.LineStart); t != nil {
				emit(t)
			} else {
				out = append(out, b)
			}
			continue
		}
		rest := &extract.Grid{Flat: true, Aligned: b.Grid.Aligned, Cols: b.Grid.Cols}
		flush := func() {
			if rest.Rows > 0 {
				rest.Place = extract.Place{LineStart: rest.Cells[0].Place.LineStart, LineEnd: rest.Cells[len(rest.Cells)-1].Place.LineEnd}
				out = append(out, extract.Block{Kind: extract.Table, Grid: rest, Place: rest.Place})
			}
			rest = &extract.Grid{Flat: true, Aligned: b.Grid.Aligned, Cols: b.Grid.Cols}
		}
		row := -1
		for _, c := range b.Grid.Cells {
			if t := in(c.Place.LineStart); t != nil {
				flush()
				emit(t)
				continue
			}
			if c.Row != row {
				row, rest.Rows = c.Row, rest.Rows+1
			}
			c.Row = rest.Rows - 1
			rest.Cells = append(rest.Cells, c)
		}
		if rest.Rows == b.Grid.Rows {
			out = append(out, b)
			continue
		}
		flush()
	}
	return out
}
