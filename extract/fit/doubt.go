package fit

import (
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// doubtful reports a row whose values allow two readings.
func (f *fitter) doubtful(r *row) {
	doubt := r.doubt
	for _, c := range r.values {
		if c != nil && doubt == "" {
			doubt = r.doubtAt(c)
		}
	}
	if doubt == "" {
		return
	}
	for _, c := range r.all {
		if c.Kind == items.Value {
			f.problem("%s", c, f.rowCell(r), doubt)
			return
		}
	}
	for _, c := range r.labels {
		f.problem("%s", c, f.rowCell(r), doubt)
		return
	}
}

// rowCell names the indicator of a row whose cells differ in the applicant only, or that has one cell.
func (f *fitter) rowCell(r *row) Cell {
	if r.node == nil || r.h == nil || len(r.h.columns) == 0 {
		return Cell{}
	}
	indicator := ""
	for _, c := range r.h.columns {
		k := f.cell(r.h.fam, r.node, c.node)
		if c.node == nil || k.Indicator == "" || indicator != "" && indicator != k.Indicator {
			return Cell{}
		}
		indicator = k.Indicator
	}
	return Cell{Indicator: indicator}
}

// doubtRow looks for signs that the values of a row do not stand where they seem to.
func (f *fitter) doubtRow(fam *family, r *row) {
	if r.doubt != "" || filled(r.values) == 0 {
		return
	}
	full := len(r.h.form.Columns)
	switch {
	case r.cutByLine():
		r.doubt = zeroLed
	case r.displacedInText():
		r.doubt = displaced
	case r.h.guessed && (!f.rowHolds(r.h, r.values, false) || r.h.turned && f.holdsTurned(r)):
		r.doubt = guessedOrder
	case (r.h.turned || r.h.moved) && onlyZeros(r.values):
		r.doubt = zerosMoved
	case !fam.grouped() && len(fam.rows) > 0 && r.h.named() < usual(r.h.form) && r.wider(f):
		r.doubt = columnLost
	case r.sheet.Placement == items.Stream && len(fam.rows) > 0 && !r.h.whole() && !f.rowHolds(r.h, r.values, true):
		r.doubt = columnsElsewhere
	case !fam.grouped() || len(fam.rows) == 0:
	case r.drawn() && len(r.h.columns) < full && r.cells(f) > len(r.h.columns):
		r.doubt = "the row has more cells than the header names applicants, so which of them stand under which is open"
	case r.sheet.Placement == items.Spaced && len(r.h.columns) < full:
		r.doubt = "the header does not name all applicants, and between spaces a blank cell cannot be seen"
	case r.sheet.Placement == items.Ordered && r.packed():
		r.doubt = packedRow
	default:
		r.doubt = f.contradictedBySums(r)
	}
}

const packedRow = "the row's numbers stand at its start and its total is empty, as when a merged or an empty cell left no trace: more than one reading is possible"

const columnsElsewhere = "the header in the text has not all columns of the form, so the others, or some of the row's numbers, may stand elsewhere"

const columnLost = "the row has more cells than the header, which has not all columns of the form, so which of them stand under which is open"

// displacedInText reports whether a row of text has a number under a header that the form does not have, and none under
// one that it has: a piece of a broken header was taken for a column.
func (r *row) displacedInText() bool {
	if r.drawn() {
		return false
	}
	foreign, missing := false, false
	for j, c := range r.values {
		none := c == nil || c.Kind == items.Blank
		foreign = foreign || !none && r.h.columns[j].node == nil && len(r.h.columns[j].any) == 0
		missing = missing || none && r.h.columns[j].node != nil
	}
	return foreign && missing
}

// usual counts the columns that a form has on most pages: some print one in place of another.
func usual(form *codebook.Form) (n int) {
	for _, l := range form.Columns {
		if len(l.Replaces) == 0 {
			n++
		}
	}
	return n
}

// whole reports whether a header has as many columns as one of the tables that it can be of.
func (h *header) whole() bool {
	return slices.ContainsFunc(h.fam.forms, func(form *codebook.Form) bool {
		return usual(form) == len(h.columns) && !slices.ContainsFunc(h.columns, func(c column) bool {
			return c.node != nil && c.node.key != wholeValue && !hasLabel(form.Columns, c.node.key)
		})
	})
}

// wider reports whether a row has more cells than its header has.
func (r *row) wider(f *fitter) bool {
	switch r.sheet.Placement {
	case items.Drawn:
		return r.cells(f) > len(r.h.columns)
	case items.Ordered:
		n := r.h.width()
		return n > 0 && len(r.all) > n
	}
	return false
}

// cells counts the items behind the row's last label.
func (r *row) cells(f *fitter) (n int) {
	after := f.lastLabel(spots(r.all, false))
	for _, c := range r.all {
		if c.Col > after {
			n++
		}
	}
	return n
}

// packed reports whether a row cut out of text has one or two numbers, in its first columns, and no total. An
// applicant's number without a total is rare on the form; a total that moved left because empty cells were lost is
// common.
func (r *row) packed() bool {
	n := 0
	for n < len(r.values) && r.values[n] != nil && r.values[n].Kind != items.Blank {
		n++
	}
	if n == 0 || n > 2 || n >= len(r.values) {
		return false
	}
	total := r.h.fam.columns[len(r.h.fam.columns)-1]
	for i := n; i < len(r.values); i++ {
		if r.values[i] != nil && r.values[i].Kind != items.Blank {
			return false
		}
	}
	return slices.ContainsFunc(r.h.columns[n:], func(c column) bool { return c.node == total })
}

const zerosMoved = "other rows of the table add up with their numbers under other columns only, and where zeros stand no sum tells"

// noteOrder marks the headers below which rows do not stand where they seem to.
//
// Turned: the header's order is open and a row adds up only with its first number for the total; then a row that adds up
// either way (4 0 0 0 0 0 4) tells nothing. Moved: more rows with blank cells add up only with their numbers under other
// columns than add up as they stand.
func (f *fitter) noteOrder(rows []*row) {
	moved := map[*header]int{}
	for _, r := range rows {
		if r.h == nil || len(r.values) != len(r.h.columns) || filled(r.values) == 0 {
			continue
		}
		holds := f.rowHolds(r.h, r.values, false)
		r.h.turned = r.h.turned || r.h.guessed && !holds && f.holdsTurned(r)
		switch {
		case filled(r.values) == len(r.values) || onlyZeros(r.values):
		case holds:
			moved[r.h]--
		case r.doubt == "" && f.contradictedBySums(r) == sumElsewhere:
			moved[r.h]++
		}
	}
	for h, n := range moved {
		h.moved = n > 1
	}
}

// onlyZeros reports whether a row has zeros and blank cells only.
func onlyZeros(values []*items.Item) bool {
	blank := false
	for _, c := range values {
		none := c == nil || c.Kind == items.Blank
		if blank = blank || none; !none && (c.Number.State != number.Reported || c.Number.Value != 0) {
			return false
		}
	}
	return blank
}

// holdsTurned reports whether a row adds up with its first number for the total, and says another thing then.
func (f *fitter) holdsTurned(r *row) bool {
	if len(r.values) < 2 {
		return false
	}
	turned := append(slices.Clone(r.values[1:]), r.values[0])
	return !slices.EqualFunc(r.values, turned, sameValue) && f.rowHolds(r.h, turned, false)
}

// sameValue reports whether two cells of a row say the same.
func sameValue(a, b *items.Item) bool {
	if a == nil || b == nil {
		return (a == nil || a.Kind == items.Blank) && (b == nil || b.Kind == items.Blank)
	}
	return a.Number.State == b.Number.State && a.Number.Value == b.Number.Value
}
