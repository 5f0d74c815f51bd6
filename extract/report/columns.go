package report

import (
	"math"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/normalize/number"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// column is one value column of a table, from its header.
type column struct {
	key  string // of the code book; empty for a header that no form has there
	cell *cell  // the header cell
	from int    // first position
	to   int    // behind the last position
	path []string
	unit string
	// doubt: the header is cut at the edge of the page, so the numbers below it may be cut too.
	doubt string
	// eliminated: its applicant is the only one that no other header names, so the row's sum has to confirm each number.
	eliminated bool
}

// header is the solved header of a table.
type header struct {
	t       *table
	columns []column
	// anchored: the columns' positions are those of the values below. Otherwise only their order is known, because the source lost its spans.
	anchored bool
	byRow    bool // of section four: the columns are results, and the rows name the groups
	guessed  bool // the order of the columns is the form's, and the page leaves another one open
}

const guessedOrder = "the header leaves open which column is whose, and the row's sum does not tell"

// sumsUp tells whether the applicants of a row add up to its total.
func sumsUp(columns []column, values []*cell) bool {
	sum, total := 0.0, math.NaN()
	for j, c := range values {
		switch {
		case c == nil || c.value.State != number.Reported:
		case columns[j].key == codebook.Total:
			total = c.value.Value
		default:
			sum += c.value.Value
		}
	}
	return rule.Equal(sum, total)
}

// anchoredColumns tells whether every column has positions of its own.
func anchoredColumns(columns []column) bool {
	for i, a := range columns {
		if a.cell == nil || a.to <= a.from {
			return false
		}
		for _, b := range columns[:i] {
			if a.from < b.to && b.from < a.to {
				return false
			}
		}
	}
	return len(columns) > 0
}

// numbered gives columns of which only the order is known the positions 0, 1, 2, …
func numbered(columns []column) []column {
	out := make([]column, len(columns))
	for i, c := range columns {
		c.from, c.to = i, i+1
		out[i] = c
	}
	return out
}

// spot is a cell of a row at the positions at which it is compared with the header.
type spot struct {
	*cell
	from, to int
}

// spots returns the cells of a row at their positions in the grid, or, where only their order counts, at 0, 1, 2, …
func spots(line []*cell, order bool) []spot {
	out := make([]spot, len(line))
	for i, c := range line {
		out[i] = spot{c, c.col, c.end()}
		if order {
			out[i].from, out[i].to = i, i+1
		}
	}
	return out
}

// lastLabel is the last position of a row's last label, -1 if it has none. Unknown text behind a number is no label but a damaged value.
func lastLabel(line []spot) int {
	last, numbers := -1, false
	for _, c := range line {
		switch {
		case c.kind == label && (len(c.hits) > 0 || !numbers):
			last = c.to - 1
		case c.kind == value && c.value.State == number.Reported && strings.ContainsAny(c.text(), "0123456789"):
			numbers = true
		}
	}
	return last
}

// countValues counts the values right of the last label.
func countValues(line []spot) (n int) {
	after := lastLabel(line)
	for _, c := range line {
		if c.kind == value && c.from > after {
			n++
		}
	}
	return n
}

func hasValues(line []*cell) bool { return countValues(spots(line, false)) > 0 }

// fit puts the cells of a line under the columns shifted by d positions: the result has one cell per column, nil where the line has none.
// It fails when a label stands among the values, a number outside of them, or two cells under one column. A lenient fit takes text for a value
// that is damaged.
func fit(line []spot, columns []column, d int, lenient bool) ([]*cell, bool) {
	out := make([]*cell, len(columns))
	first, last := 1<<30, -1
	for _, c := range columns {
		first, last = min(first, c.from+d), max(last, c.to+d)
	}
	if first < 0 {
		return nil, false
	}
	labels := -1
	for _, c := range line {
		if c.kind == label && c.from < first {
			labels = c.from
		}
	}
	for _, c := range line {
		if c.to <= first || c.from >= last {
			if c.kind == value && c.from > labels {
				return nil, false
			}
			continue
		}
		if c.kind == label && (!lenient || len(c.hits) > 0) || c.kind != empty && c.from < first {
			return nil, false
		}
		for j, k := range columns {
			if c.from >= k.to+d || c.to <= k.from+d {
				continue
			}
			if out[j] != nil {
				if c.kind == empty {
					continue
				}
				if out[j].kind != empty {
					return nil, false
				}
			}
			out[j] = c.cell
		}
	}
	return out, true
}

// filled counts the cells that are not empty.
func filled(cells []*cell) (n int) {
	for _, c := range cells {
		if c != nil && c.kind != empty {
			n++
		}
	}
	return n
}

// present counts the cells that are there.
func present(cells []*cell) (n int) {
	for _, c := range cells {
		if c != nil {
			n++
		}
	}
	return n
}
