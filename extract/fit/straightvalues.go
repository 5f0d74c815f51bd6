package fit

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// values lays the numbers of a row under the columns: in order where there is one for each, else under those of the
// nearest full rows that they overlap, else under the columns of numbers of the whole table, or under the labels. ok is
// false where that leaves a number open.
func (t *straightTable) values(s *straightener, row int) (out []*piece, ok bool) {
	numbers := s.numbersOf(t.rows[row])
	if len(numbers) > len(t.columns) || len(numbers) == 0 || t.stray(s, row, numbers) {
		return numbers, false
	}
	neighbours := t.fullRows(s, row)
	if len(numbers) == len(t.columns) { // text may be shifted where a page began
		apart := 0
		for _, full := range neighbours {
			if shifted(numbers, full) {
				apart++
			}
		}
		return numbers, apart == 0 || apart == 1 && !t.drawn
	}
	votes := 0
	for _, full := range neighbours {
		laid := under(numbers, full, touch)
		if laid == nil {
			continue
		}
		if out != nil && !slices.Equal(out, laid) {
			return numbers, false
		}
		out = laid
		votes++
	}
	if drifts := t.drifts(s); drifts > 0 && votes < 2 || drifts > 1 {
		return numbers, false
	}
	if out == nil && !t.headed {
		return numbers, false
	}
	if out == nil {
		out = under(numbers, t.extents(s), touch)
	}
	if len(out) != len(t.columns) {
		out = under(numbers, t.heads(), 0)
	}
	return out, len(out) == len(t.columns)
}

// heads returns where the labels of the columns stand.
func (t *straightTable) heads() (out []extent) {
	for _, c := range t.columns {
		out = append(out, extent{c.from, c.to})
	}
	return out
}

// astray counts the full rows that do not have each number under the label of its own column: where one is, the labels
// say nothing of where columns stand.
func (t *straightTable) astray(s *straightener) (n int) {
	for _, r := range t.rows {
		numbers := s.numbersOf(r)
		if len(numbers) == len(t.columns) && len(numbers) > 1 && !slices.Equal(under(numbers, t.heads(), 0), numbers) {
			n++
		}
	}
	return n
}

// drifts counts the full rows whose numbers stand under those of other columns of the full row above: one where a page
// shifted its text, more where a program only keeps words apart and their places say nothing.
func (t *straightTable) drifts(s *straightener) (n int) {
	var above []extent
	for _, r := range t.rows {
		numbers := s.numbersOf(r)
		if len(numbers) != len(t.columns) || len(numbers) < 2 {
			continue
		}
		if above != nil && shifted(numbers, above) {
			n++
		}
		above = extentsOf(numbers)
	}
	return n
}

// shifted reports whether most numbers stand under those of other columns of a row, and not under their own. One or two
// do where wide numbers push each other aside.
func shifted(numbers []*piece, row []extent) bool {
	n := 0
	for k, p := range numbers {
		if slices.ContainsFunc(row, p.over) && !p.over(row[k]) {
			n++
		}
	}
	return 2*n > len(numbers)
}

// over reports whether a piece overlaps where a column of numbers stands.
func (p *piece) over(e extent) bool { return p.From < e.to && p.To > e.from }

// stray reports whether words stand where a row seems to have a blank, or a piece of a number among its numbers (867.
// 71) or, in a narrow column, above or below them.
func (t *straightTable) stray(s *straightener, row int, numbers []*piece) bool {
	first, full := min(t.columns[0].from, numbers[0].From), len(numbers) == len(t.columns)
	if t.pieceOfNumber(s, row, first) {
		return true
	}
	return slices.ContainsFunc(s.byLine[t.rows[row].line], func(p *piece) bool {
		return !p.used && !p.number && p.To > first && (t.rows[row].label == nil || p.From >= t.rows[row].label.to) &&
			(!full || strings.ContainsFunc(p.Text, unicode.IsDigit))
	})
}

// pieceOfNumber reports whether a text with digits that is no number stands beside the label of a row, on another line
// than the row's numbers.
func (t *straightTable) pieceOfNumber(s *straightener, row int, first float64) bool {
	r := t.rows[row]
	if r.label == nil {
		return false
	}
	for line := r.label.top; line <= r.label.end; line++ {
		if line != r.line && slices.ContainsFunc(s.byLine[line], func(p *piece) bool {
			return !p.used && !p.number && p.To > first && p.From >= r.label.to && strings.ContainsFunc(p.Text, unicode.IsDigit)
		}) {
			return true
		}
	}
	return false
}

// extent is where the numbers of a column stand.
type extent struct{ from, to float64 }

// under lays numbers under the extents that they overlap; nil where one overlaps none or two, or two overlap the same.
// What is as near as near overlaps.
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

// fullRows returns where the numbers of the nearest rows above and below stand that have one for each column.
func (t *straightTable) fullRows(s *straightener, row int) (out [][]extent) {
	for _, step := range []int{-1, 1} {
		for i := row + step; i >= 0 && i < len(t.rows); i += step {
			if n := s.numbersOf(t.rows[i]); len(n) == len(t.columns) && len(n) > 1 {
				out = append(out, extentsOf(n))
				break
			}
		}
	}
	return out
}

// extentsOf returns where pieces stand.
func extentsOf(pieces []*piece) []extent {
	out := make([]extent, len(pieces))
	for i, p := range pieces {
		out[i] = extent{p.From, p.To}
	}
	return out
}

// extents returns where the columns of numbers of the whole table stand, from left to right: numbers that overlap are
// of one column.
func (t *straightTable) extents(s *straightener) (out []extent) {
	var all []extent
	for _, r := range t.rows {
		all = append(all, extentsOf(s.numbersOf(r))...)
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
