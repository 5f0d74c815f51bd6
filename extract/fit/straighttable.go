package fit

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

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
	broken  int  // labels in several pieces
	drawn   bool // it stands on pages
	top     int
	end     int
}

// straightRow is a line of numbers and the label that it stands beside; nil where there is none.
type straightRow struct {
	line  int
	label *label
	words []*piece // right of the label and left of the numbers, such as units; where no label is known, all that stands left of the numbers
	rest  bool     // its numbers may go on those of the row beside it: nothing stands left of them
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
					cur = &straightTable{drawn: l.pieces[0].drawn()}
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
	return slices.DeleteFunc(all, func(t *straightTable) bool { return !t.solve(s) })
}

// longestPiece is in characters: what is longer, and no label of the form, is prose.
const longestPiece = 16

// prose reports whether a line holds a text that is too long for a piece of a label.
func (s *straightener) prose(line int) bool {
	return slices.ContainsFunc(s.byLine[line], func(p *piece) bool { return !p.used && p.To-p.From > longestPiece && !s.lex.begins(p.Text) })
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
	t.top = math.MaxInt
	for _, l := range t.head {
		t.top = min(t.top, l.top)
		switch {
		case t.has(l, columnAxis, true):
			t.columns = append(t.columns, l)
		case t.has(l, titleAxis, true):
			t.title = l
		}
		t.note(l)
	}
	slices.SortFunc(t.columns, func(a, b *label) int { return cmp.Compare(a.middle(), b.middle()) })
	t.columns = slices.CompactFunc(t.columns, func(a, b *label) bool { return a.printedTwice(b) })
	if !t.ordered() {
		return false
	}
	t.labels = slices.DeleteFunc(t.labels, func(l *label) bool { return !t.has(l, rowAxis, true) })
	t.labels = slices.DeleteFunc(t.labels, t.overOthers)
	for _, l := range t.labels {
		t.note(l)
	}
	if len(t.fam.rows) == 0 {
		t.oneRow(s)
		return len(t.columns) == len(t.fam.columns)
	}
	t.match(s)
	for i := range t.rows {
		t.rows[i].beside(s)
	}
	if !t.complete(s) {
		return false
	}
	return slices.ContainsFunc(t.rows, func(r straightRow) bool { return r.label != nil })
}

// printedTwice reports whether two labels are one of the form that stands twice in the same place, as in a header that a page cut.
func (l *label) printedTwice(o *label) bool {
	return (l.end < o.top || o.end < l.top) && l.from < o.to && o.from < l.to && slices.ContainsFunc(l.hits, func(n *node) bool { return slices.Contains(o.hits, n) })
}

// has reports whether a label can be one of the table's.
func (t *straightTable) has(l *label, a axis, leaf bool) bool {
	return slices.ContainsFunc(l.hits, func(n *node) bool { return n.family == t.fam && n.axis == a && n.leaf() == leaf })
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

// overOthers reports whether a label that stands for several rows stands left of them here.
func (t *straightTable) overOthers(l *label) bool {
	return slices.ContainsFunc(l.hits, func(n *node) bool {
		return n.family == t.fam && n.axis == rowAxis && len(n.children) > 0 && slices.ContainsFunc(t.labels, func(o *label) bool {
			return l.to < o.from+1 && slices.ContainsFunc(o.hits, func(c *node) bool { return c.parent == n })
		})
	})
}

// note counts a label that is broken over lines.
func (t *straightTable) note(l *label) {
	if l.end > l.top {
		t.broken++
	}
}

// oneRow makes the row of a table whose rows have no names; a line of numbers close below it may be the rest of them.
func (t *straightTable) oneRow(s *straightener) {
	t.end = t.numbers[0]
	for i, line := range t.numbers {
		if i > 0 && line-t.end > besides {
			break
		}
		t.rows, t.end = append(t.rows, straightRow{line: line}), line
	}
}

// farthest is how many lines the numbers of a row may stand above or below its label, besides how many a line of numbers may from the row that it
// goes on.
const (
	farthest = 1
	besides  = 2
)

// match gives lines of numbers and labels to each other in their order, as many as can be, each number within the lines of its label.
func (t *straightTable) match(s *straightener) {
	n, m := len(t.numbers), len(t.labels)
	slices.SortStableFunc(t.labels, func(a, b *label) int { return cmp.Compare(a.top+a.end, b.top+b.end) })
	const skip = 100
	cost := make([][]float64, n+1)
	for i := range cost {
		cost[i] = make([]float64, m+1)
	}
	fits := func(i, j int) float64 {
		line, l := t.numbers[i], t.labels[j]
		if line < l.top-farthest || line > l.end+farthest || s.ruledOff(line, l) {
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
			t.rows = append(t.rows, straightRow{line: t.numbers[i], label: t.labels[j]})
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

// ruledOff reports whether a rule is drawn between the numbers of a line and a label.
func (s *straightener) ruledOff(line int, l *label) bool {
	strip := l.pieces[0].Strip
	for _, p := range l.pieces {
		if p.Strip != strip {
			strip = 0
		}
	}
	return strip > 0 && slices.ContainsFunc(s.byLine[line], func(p *piece) bool { return p.number && !p.used && p.Strip > 0 && p.Strip != strip })
}

// joinNumbers puts the numbers that stand between the same two rules on one line, and those under each other into one text, where no more than one
// label of a row stands there: narrow cells broke them.
func (s *straightener) joinNumbers() {
	labels := map[int]int{}
	for _, l := range s.labels {
		if l.is(rowAxis, true) != nil {
			labels[l.pieces[0].Strip]++
		}
	}
	strips := map[int][]*piece{}
	for _, p := range s.pieces {
		if p.number && !p.used && p.Strip > 0 && labels[p.Strip] < 2 {
			strips[p.Strip] = append(strips[p.Strip], p)
		}
	}
	for _, numbers := range strips {
		var upper []*piece
		for _, p := range numbers {
			i := slices.IndexFunc(upper, func(o *piece) bool { return p.Line > o.Line && p.From < o.To && p.To > o.From })
			if i < 0 {
				upper = append(upper, p)
				continue
			}
			o := upper[i]
			o.Text, o.From, o.To = o.Text+"\n"+p.Text, min(o.From, p.From), max(o.To, p.To)
			s.remove(p)
		}
		line := upper[len(upper)/2].Line
		for _, p := range upper {
			if p.Line != line {
				s.remove(p)
				p.Line = line
				s.byLine[line] = append(s.byLine[line], p)
			}
		}
		slices.SortStableFunc(s.byLine[line], func(a, b *piece) int { return cmp.Compare(a.From, b.From) })
	}
}

// remove takes a piece off its line.
func (s *straightener) remove(p *piece) {
	s.byLine[p.Line] = slices.DeleteFunc(s.byLine[p.Line], func(o *piece) bool { return o == p })
}

// numbersOf returns the numbers of a row, those left of its label left out: they count the rows.
func (s *straightener) numbersOf(r straightRow) (out []*piece) {
	for _, p := range s.byLine[r.line] {
		if p.number && !p.used && (r.label == nil || p.From >= r.label.from) {
			out = append(out, p)
		}
	}
	return out
}

// beside finds the words of a row that are no label of the form.
func (r *straightRow) beside(s *straightener) {
	numbers := s.numbersOf(*r)
	for _, p := range s.byLine[r.line] {
		if !p.used && !p.number && len(numbers) > 0 && p.To < numbers[0].From+0.5 && (r.label == nil || p.From >= r.label.to-0.5) {
			r.words = append(r.words, p)
		}
	}
	r.rest = len(r.words) == 0 && slices.ContainsFunc(numbers, func(p *piece) bool { return strings.ContainsFunc(p.Text, unicode.IsDigit) })
}

// complete adds the columns whose labels the header lost: the widest rows have a number there. It reports whether every label stands over one column.
func (t *straightTable) complete(s *straightener) bool {
	var widest []*piece
	for _, r := range t.rows {
		if n := s.numbersOf(r); len(n) > len(widest) {
			widest = n
		}
	}
	if len(widest) <= len(t.columns) {
		return true
	}
	columns := make([]*label, len(widest))
	for _, l := range t.columns {
		best := 0
		for k, p := range widest {
			if math.Abs(p.From+p.To-2*l.middle()) < math.Abs(widest[best].From+widest[best].To-2*l.middle()) {
				best = k
			}
		}
		if columns[best] != nil {
			return false
		}
		columns[best] = l
	}
	for k, p := range widest {
		if columns[k] == nil {
			columns[k] = t.unknown(s, p)
		}
	}
	t.columns = columns
	return true
}

// unknown is what the header has over a number and no label of the form is.
func (t *straightTable) unknown(s *straightener, under *piece) *label {
	l := &label{from: under.From, to: under.To, top: t.top, end: t.top}
	for _, line := range s.lines {
		if line < t.top || line >= t.numbers[0] {
			continue
		}
		for _, p := range s.byLine[line] {
			if !p.used && !p.number && p.From < under.To+1 && p.To > under.From-1 {
				p.used = true
				l.text, l.pieces = l.text+p.Text, append(l.pieces, p)
			}
		}
	}
	return l
}

// values lays the numbers of a row under the columns: in order where there is one for each, else under those of the nearest full rows that they
// overlap, else under the columns of numbers of the whole table, or under the labels. ok is false where that leaves a number open.
func (t *straightTable) values(s *straightener, row int) (out []*piece, ok bool) {
	numbers := s.numbersOf(t.rows[row])
	if len(numbers) > len(t.columns) || len(numbers) == 0 || len(numbers) < len(t.columns) && t.stray(s, row, numbers) {
		return numbers, false
	}
	apart := 0
	for _, step := range []int{-1, 1} {
		full := t.nearestFull(s, row, step)
		if full == nil {
			continue
		}
		if len(numbers) == len(full) {
			if shifted(numbers, full) {
				apart++
			}
			continue
		}
		laid := under(numbers, full, 0.5)
		if laid == nil || out != nil && !slices.Equal(out, laid) {
			return numbers, false
		}
		out = laid
	}
	if len(numbers) == len(t.columns) { // text may be shifted where a page began
		return numbers, apart == 0 || apart == 1 && !t.drawn
	}
	if out == nil {
		out = under(numbers, t.extents(s), 0.5)
	}
	if len(out) != len(t.columns) {
		var heads []extent
		for _, c := range t.columns {
			heads = append(heads, extent{c.from, c.to})
		}
		out = under(numbers, heads, 0)
	}
	return out, len(out) == len(t.columns)
}

// shifted reports whether a number stands under that of another column of a row, and not under its own.
func shifted(numbers []*piece, row []extent) bool {
	for k, p := range numbers {
		for j, e := range row {
			if j != k && p.From < e.to && p.To > e.from && !(p.From < row[k].to && p.To > row[k].from) {
				return true
			}
		}
	}
	return false
}

// stray reports whether words stand where a row seems to have a blank.
func (t *straightTable) stray(s *straightener, row int, numbers []*piece) bool {
	first := min(t.columns[0].from, numbers[0].From)
	return slices.ContainsFunc(s.byLine[t.rows[row].line], func(p *piece) bool {
		return !p.used && !p.number && p.To > first && (t.rows[row].label == nil || p.From >= t.rows[row].label.to)
	})
}

// extent is where the numbers of a column stand.
type extent struct{ from, to float64 }

// under lays numbers under the extents that they overlap; nil where one overlaps none or two, or two overlap the same. What is as near as near overlaps.
func under(numbers []*piece, columns []extent, near float64) []*piece {
	laid := make([]*piece, len(columns))
	for _, p := range numbers {
		at := -1
		for k, c := range columns {
			if p.From < c.to+near && p.To > c.from-near {
				if at >= 0 || laid[k] != nil {
					return nil
				}
				at = k
			}
		}
		if at < 0 {
			return nil
		}
		laid[at] = p
	}
	return laid
}

// nearestFull returns where the numbers of the nearest row above or below stand that has one for each column.
func (t *straightTable) nearestFull(s *straightener, row, step int) (out []extent) {
	for i := row + step; i >= 0 && i < len(t.rows); i += step {
		if n := s.numbersOf(t.rows[i]); len(n) == len(t.columns) && len(n) > 1 {
			for _, p := range n {
				out = append(out, extent{p.From, p.To})
			}
			return out
		}
	}
	return nil
}

// extents returns where the columns of numbers of the whole table stand, from left to right: numbers that overlap are of one column.
func (t *straightTable) extents(s *straightener) (out []extent) {
	var all []extent
	for _, r := range t.rows {
		for _, p := range s.numbersOf(r) {
			all = append(all, extent{p.From, p.To})
		}
	}
	slices.SortFunc(all, func(a, b extent) int { return cmp.Compare(a.from, b.from) })
	for _, e := range all {
		if n := len(out); n > 0 && e.from < out[n-1].to {
			out[n-1].to = max(out[n-1].to, e.to)
			continue
		}
		out = append(out, e)
	}
	return out
}

// groups returns the groups over the columns of a table whose rows have no names, from left to right; nil where one does not stand over its columns.
func (t *straightTable) groups() (out []*node) {
	if len(t.fam.rows) > 0 {
		return nil
	}
	for i := 0; i < len(t.fam.columns); {
		n := t.fam.columns[i].parent
		end := i
		for end < len(t.fam.columns) && t.fam.columns[end].parent == n {
			end++
		}
		if !slices.ContainsFunc(t.head, func(l *label) bool {
			return slices.Contains(l.hits, n) && l.middle() > t.columns[i].from-shift && l.middle() < t.columns[end-1].to+shift
		}) {
			return nil
		}
		out = append(out, n)
		i = end
	}
	return out
}

const labelsOverlap = "the labels of two rows stand on the same lines, so whose the numbers are is not sure"

const numbersInPieces = "a line of numbers without a label stands beside the row, so numbers may be broken over lines"

// torn says why the numbers of a row may go on beside it, or nothing.
func (t *straightTable) torn(i int) string {
	for _, k := range []int{i - 1, i + 1} {
		if k < 0 || k >= len(t.rows) {
			continue
		}
		here, there := t.rows[i], t.rows[k]
		switch {
		case there.label == nil && there.rest && max(there.line-here.line, here.line-there.line) <= besides:
			return numbersInPieces
		case here.label != nil && there.label != nil && here.label.top < there.label.end && there.label.top < here.label.end:
			return labelsOverlap
		}
	}
	return ""
}

// straightGrid is the grid of a table in the making.
type straightGrid struct {
	*extract.Grid
}
