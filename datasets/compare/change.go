package compare

import (
	"cmp"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
)

// ByYear returns the table with its columns by year first, places within a year in their order. Reports of no known
// year come last.
func (t Table) ByYear() Table {
	order := make([]int, len(t.Columns))
	for i := range order {
		order[i] = i
	}
	year := func(k int) int32 {
		if y := t.Columns[k].Year; y != nil {
			return *y
		}
		return 1 << 30
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(year(a), year(b)) })
	out := t
	out.byYear = true
	out.Columns, out.Rows = make([]Column, len(order)), slices.Clone(t.Rows)
	for k, from := range order {
		out.Columns[k] = t.Columns[from]
	}
	for i := range out.Rows {
		out.Rows[i].Cells = make([]Cell, len(order))
		for k, from := range order {
			out.Rows[i].Cells[k] = t.Rows[i].Cells[from]
		}
	}
	return out
}

// IsByYear reports whether the columns of one year stand together.
func (t Table) IsByYear() bool { return t.byYear }

// Change is what lies between two cells of a row: later or other place minus earlier or first.
type Change struct {
	Delta *float64 // in the row's unit; of shares in points of 1
	Ratio *float64 // Delta by the first, a share of 1; nil where the first is 0 and of shares
	Why   string   // why there is none: key of a text; empty where there is one
}

// Reasons why there is no change between two cells.
const (
	NoNumber  = "change_no_number" // one of them states no number
	NoCompare = "change_break"     // they count different things
	NoTrust   = "change_doubt"     // one of them is flagged or doubted
	TooSmall  = "change_small"     // a rate on fewer than 30 cases
)

// Change compares the cells of two columns. Where a sum of the form does not hold, a number is doubted, the forms count
// different things or a rate stands on few cases, there is no change: it would be taken for one.
func (r Row) Change(from, to int) Change {
	a, b := r.Cells[from], r.Cells[to]
	switch {
	case a.Value == nil || b.Value == nil:
		return Change{Why: NoNumber}
	case a.Unit != b.Unit || (a.Comparability == "break" || b.Comparability == "break") && !slices.Equal(a.Indicators, b.Indicators):
		return Change{Why: NoCompare}
	case a.Flagged || b.Flagged || a.Doubted || b.Doubted:
		return Change{Why: NoTrust}
	case a.of.Small || b.of.Small:
		return Change{Why: TooSmall}
	}
	d := *b.Value - *a.Value
	c := Change{Delta: &d}
	if *a.Value != 0 && a.Unit != codebook.Share {
		ratio := d / *a.Value
		c.Ratio = &ratio
	}
	return c
}
