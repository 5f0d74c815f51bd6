package fit

import (
	"math"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// tally counts the sums along a row of the form: those that hold, those that fail, and those of which a side has no
// number on the page.
type tally struct{ holds, fails, open int }

// confirmed reports whether at least one sum holds and none speaks against the row.
func (t tally) confirmed() bool { return t.holds > 0 && t.fails == 0 && t.open == 0 }

// rowHolds reports whether the sums along a row confirm its values; strictly, every cell has to hold a number.
func (f *fitter) rowHolds(h *header, values []*items.Item, strict bool) bool {
	if strict && slices.ContainsFunc(values, func(c *items.Item) bool { return c != nil && c.Number.State != number.Reported }) {
		return false
	}
	return f.rowSums(h, values).confirmed()
}

// rowSums tries the sums along a row. Blank cells add nothing.
func (f *fitter) rowSums(h *header, values []*items.Item) (t tally) {
	at := map[string]float64{}
	for j, c := range values {
		if h.columns[j].node != nil && c != nil && c.Number.State == number.Reported {
			at[h.columns[j].node.key] = c.Number.Value
		}
	}
	for _, i := range f.lex.book.Identities {
		if i.Scope != codebook.PerRow || i.AtMost || i.AcrossYears() || !slices.Contains(h.fam.tables, i.Table) {
			continue
		}
		left, right, seen := 0.0, math.NaN(), 0
		for _, t := range i.Left {
			if v, ok := at[t.Key]; ok {
				seen++
				left += v
			}
		}
		for _, t := range i.Right {
			if v, ok := at[t.Key]; ok {
				right = v
			}
		}
		switch {
		case seen == 0 && math.IsNaN(right):
		case rule.Equal(left, right):
			t.holds++
		case seen == 0 || math.IsNaN(right):
			t.open++
		default:
			t.fails++
		}
	}
	return t
}

// mostLayouts bounds the ways to lay a row out that are tried: the row of section four has 15 columns.
const mostLayouts = 8000

// layouts calls yield for every way to lay items, in their order, under the columns of a header, until it returns
// false. The rest stay nil.
func layouts(numbers []*items.Item, columns int, yield func([]*items.Item) bool) {
	values := make([]*items.Item, columns)
	tried := 0
	var lay func(i, from int) bool
	lay = func(i, from int) bool {
		if i == len(numbers) {
			tried++
			return yield(values) && tried < mostLayouts
		}
		for at := from; at <= columns-(len(numbers)-i); at++ {
			values[at] = numbers[i]
			more := lay(i+1, at+1)
			values[at] = nil
			if !more {
				return false
			}
		}
		return true
	}
	if len(numbers) <= columns {
		lay(0, 0)
	}
}

const (
	sumElsewhere = "the row's sum does not hold where the numbers stand, and holds with them under other columns beside the blank cells"
	sumJoined    = "the row's sum fails, and holds with two of its numbers read as one beside a blank cell"
	zeroLed      = "a number begins with a zero, as the rest of one that was cut"
)

// contradictedBySums doubts a row with blank cells whose sums do not hold where the numbers stand and hold for another
// layout: a cell was lost or came in. In lines of text, where a blank leaves no trace, the other layout may also have
// two pieces of a cut number as one.
func (f *fitter) contradictedBySums(r *row) string {
	inText := r.sheet.Placement == items.Stream
	numbers := slices.DeleteFunc(slices.Clone(r.values), func(c *items.Item) bool { return c == nil || c.Kind == items.Blank })
	if len(numbers) == len(r.values) && !inText || len(numbers) < 2 || !r.plain(numbers) {
		return ""
	}
	now := f.rowSums(r.h, r.values)
	zeros := !slices.ContainsFunc(numbers, func(c *items.Item) bool { return c.Number.Value != 0 })
	if now.confirmed() || now.fails == 0 && zeros {
		return ""
	}
	if f.someLayoutHolds(r.h, numbers) {
		return sumElsewhere
	}
	if !inText || now.fails == 0 {
		return ""
	}
	for i := range len(numbers) - 1 {
		one := *numbers[i]
		one.Text += numbers[i+1].Text
		one.Number = number.Parse(one.Text)
		joined := slices.Concat(numbers[:i], []*items.Item{&one}, numbers[i+2:])
		if one.Number.State == number.Reported && f.someLayoutHolds(r.h, joined) {
			return sumJoined
		}
	}
	return ""
}

func (f *fitter) someLayoutHolds(h *header, numbers []*items.Item) (found bool) {
	layouts(numbers, len(h.columns), func(values []*items.Item) bool {
		found = f.rowSums(h, values).confirmed()
		return !found
	})
	return found
}

// plain reports whether each item stands under one column and holds a number.
func (r *row) plain(numbers []*items.Item) bool {
	for i, c := range numbers {
		if c.Number.State != number.Reported || i > 0 && numbers[i-1] == c {
			return false
		}
	}
	return true
}

// cutByLine reports whether a number of a row of text begins with a zero, as the rest of one that a line end cut.
func (r *row) cutByLine() bool {
	return r.sheet.Placement != items.Drawn && slices.ContainsFunc(r.values, func(c *items.Item) bool {
		return c != nil && len(c.Text) > 1 && c.Text[0] == '0' && c.Text[1] >= '0' && c.Text[1] <= '9'
	})
}
