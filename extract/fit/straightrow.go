package fit

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// straightRow is a line of numbers and the label that it stands beside; nil where there is none.
type straightRow struct {
	line  int
	label *label
	words []*piece // right of the label and left of the numbers, such as units; where no label is known, all that stands left of the numbers
	rest  bool     // its numbers may go on those of the row beside it: nothing stands left of them
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

// farthest is how many lines the numbers of a row may stand above or below its label, besides how many a line of
// numbers may from the row that it goes on.
const (
	farthest = 1
	besides  = 2
	touch    = 0.5 // ideographs by which a number may overlap the label that it stands beside
)

// unmatched is the cost of a line of numbers without a label, or of a label without numbers; a pair costs as much as
// the two stand apart.
const unmatched = 100

// match gives lines of numbers and labels to each other in their order, as many as can be, each number within the lines
// of its label.
func (t *straightTable) match(s *straightener) {
	slices.SortStableFunc(t.labels, func(a, b *label) int { return cmp.Compare(a.top+a.end, b.top+b.end) })
	n, m := len(t.numbers), len(t.labels)
	cost := t.matchCosts(s)
	last := 0
	for i, j := 0, 0; i < n || j < m; {
		switch {
		case i < n && j < m && cost[i][j] == cost[i+1][j+1]+t.apart(s, i, j):
			t.rows = append(t.rows, straightRow{line: t.numbers[i], label: t.labels[j]})
			last = len(t.rows)
			t.end = max(t.end, t.numbers[i], t.labels[j].end)
			i, j = i+1, j+1
		case j == m || i < n && cost[i][j] == cost[i+1][j]+unmatched:
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

// matchCosts is the least cost of matching the lines of numbers from i on with the labels from j on.
func (t *straightTable) matchCosts(s *straightener) [][]float64 {
	n, m := len(t.numbers), len(t.labels)
	cost := make([][]float64, n+1)
	for i := range cost {
		cost[i] = make([]float64, m+1)
	}
	for i := n; i >= 0; i-- {
		for j := m; j >= 0; j-- {
			switch {
			case i == n && j == m:
			case i == n:
				cost[i][j] = cost[i][j+1] + unmatched
			case j == m:
				cost[i][j] = cost[i+1][j] + unmatched
			default:
				cost[i][j] = min(cost[i+1][j]+unmatched, cost[i][j+1]+unmatched, cost[i+1][j+1]+t.apart(s, i, j))
			}
		}
	}
	return cost
}

// apart is how far a line of numbers stands from the middle of a label, in heights of the label; infinite where it
// cannot be the label's.
func (t *straightTable) apart(s *straightener, numbers, row int) float64 {
	line, l := t.numbers[numbers], t.labels[row]
	if line < l.top-farthest || line > l.end+farthest || s.ruledOff(line, l) || !s.rightOf(line, l) {
		return math.Inf(1)
	}
	if gap := l.gap(line); gap > 0 && slices.ContainsFunc(t.labels, func(o *label) bool { return o != l && o.gap(line) <= gap }) {
		return math.Inf(1) // another label stands on the line, or as near
	}
	return math.Abs(float64(line)-float64(l.top+l.end)/2) / float64(l.end-l.top+1)
}

// gap is how many lines a line is above or below a label.
func (l *label) gap(line int) int { return max(l.top-line, line-l.end, 0) }

// rightOf reports whether a number of a line stands right of a label. In text of one piece a line it stands below one.
func (s *straightener) rightOf(line int, l *label) bool {
	return slices.ContainsFunc(s.byLine[line], func(p *piece) bool { return p.number && !p.used && p.From >= l.to-touch })
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

// joinNumbers puts the numbers that stand between the same two rules on one line, and those under each other into one
// text, where no more than one label of a row stands there: narrow cells broke them.
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
		if !p.used && !p.number && !isOrdinal(p.Text) && len(numbers) > 0 && p.To < numbers[0].From+0.5 && (r.label == nil || p.From >= r.label.to-0.5) {
			r.words = append(r.words, p)
		}
	}
	r.rest = len(r.words) == 0 && slices.ContainsFunc(numbers, func(p *piece) bool { return strings.ContainsFunc(p.Text, unicode.IsDigit) })
}

const labelsOverlap = "the labels of two rows stand on the same lines, so whose the numbers are is not sure"

const numbersInPieces = "a line of numbers without a label stands beside the row, so numbers may be broken over lines"

const headerBeside = "a label of the header goes on beside the row, so what stands in it may be the row's"

// blankDoubt says why a column without a number may not be blank in a row, or nothing.
func (t *straightTable) blankDoubt(row int) string {
	r := t.rows[row]
	top := r.line
	if r.label != nil {
		top = min(top, r.label.top)
	}
	if slices.ContainsFunc(t.columns, func(l *label) bool { return l.end >= top }) {
		return headerBeside
	}
	return t.torn(row)
}

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
