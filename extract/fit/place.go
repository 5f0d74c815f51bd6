package fit

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// place finds the values of rows that stand under one header in one sheet.
//
// Where the source kept its spans the values stand under their headers. Text exports lose spans, so a row with a deeper
// label is shifted against the header; rows that are full tell the shift of the rows with labels at the same depth. A
// row with blanks whose shift nothing tells is doubtful, not guessed. Rows on another page than the header, with
// another lattice, are compared by order.
func (f *fitter) place(rows []*row) {
	if rows[0].sheet.Placement == items.Stream {
		f.streamValues(rows)
		return
	}
	f.withoutSerials(rows)
	f.arrange(rows)
	for _, r := range rows {
		f.allBlank(r)
	}
	for _, r := range rows {
		if r.doubt == "" && len(r.values) > 0 && f.unitLost(r) {
			r.doubt = "the row has not as many cells as the header, so its number may be lost"
		}
	}
	f.twoInOne(rows)
	f.shortRows(rows)
	f.raggedRows(rows)
}

// lay puts the items of a line under the columns shifted by d positions: one item for each column, nil where the line
// has none. It fails when a label stands among the values, a number outside of them, or two items under one column. A
// lenient lay takes text for a damaged value.
func (f *fitter) lay(line []spot, columns []column, d int, skip []*items.Item, lenient bool) ([]*items.Item, bool) {
	out := make([]*items.Item, len(columns))
	begin, end := 1<<30, -1
	for _, c := range columns {
		begin, end = min(begin, c.from+d), max(end, c.to+d)
	}
	if begin < 0 {
		return nil, false
	}
	labels := -1
	for _, c := range line {
		if c.Kind == items.Word && c.from < begin {
			labels = c.from
		}
	}
	for _, c := range line {
		if c.to <= begin || c.from >= end {
			if c.Kind == items.Value && c.from > labels && !f.counted(c.Item, skip) {
				return nil, false
			}
			continue
		}
		if c.Kind == items.Word && (!lenient || len(f.hits(c.Item)) > 0) || c.Kind != items.Blank && c.from < begin {
			return nil, false
		}
		placed := false
		for j, k := range columns {
			if c.from >= k.to+d || c.to <= k.from+d {
				continue
			}
			placed = true
			if out[j] != nil {
				if c.Kind == items.Blank {
					continue
				}
				if out[j].Kind != items.Blank {
					return nil, false
				}
			}
			out[j] = c.Item
		}
		if c.Kind == items.Value && !placed {
			return nil, false // between two columns: a piece of a number, or the columns stand elsewhere
		}
	}
	return out, true
}

// counted reports whether an item is a number that counts the rows, under one of the heads that say so.
func (f *fitter) counted(c *items.Item, words []*items.Item) bool {
	return slices.ContainsFunc(words, func(w *items.Item) bool {
		return c.Col >= w.Col && c.End() <= w.End() && c.Sheet.Cols == w.Sheet.Cols &&
			slices.ContainsFunc(f.hits(w), func(n *node) bool { return n.serial })
	})
}

// aligned reports whether the positions of the header hold for the row.
func (r *row) aligned() bool {
	return r.h.anchored && !r.loose && (r.sheet == r.h.sheet || r.sheet.Cols == r.h.sheet.Cols)
}

func (r *row) spots() []spot { return spots(r.all, !r.aligned()) }

func (r *row) columns() []column {
	if r.aligned() {
		return r.h.columns
	}
	return numbered(r.h.columns)
}

func (r *row) drawn() bool { return r.sheet.Placement == items.Drawn }

// arrange finds the values of the rows.
func (f *fitter) arrange(rows []*row) {
	ragged := false
	for _, r := range rows {
		if !f.standsUnderHeader(r) && f.hasValues(r.all) {
			ragged = true
		}
	}
	if !ragged {
		return
	}
	f.standUnderFull(rows)
	votes := map[int]map[int]int{}
	choices := make([][]int, len(rows))
	for i, r := range rows {
		if !f.open(r) {
			continue
		}
		r.values = nil
		choices[i] = f.shifts(r)
		if len(choices[i]) == 1 {
			depth := f.lastLabel(r.spots())
			if votes[depth] == nil {
				votes[depth] = map[int]int{}
			}
			votes[depth][choices[i][0]]++
		}
	}
	unfit := 0
	for i, r := range rows {
		if choices[i] != nil || f.open(r) {
			f.choose(r, choices[i], votes[f.lastLabel(r.spots())])
		}
		if r.values == nil && r.doubt != "" {
			unfit++
		}
	}
	if 2*unfit > len(rows) { // the header itself is out of place
		for _, r := range rows {
			if r.doubt == "" && filled(r.values) > 0 {
				r.doubt = "most rows of the table do not fit its header"
			}
		}
	}
}

// standsUnderHeader reads the row at the positions of the header, if every column has an item there.
func (f *fitter) standsUnderHeader(r *row) bool {
	if !r.aligned() {
		return false
	}
	for _, lenient := range []bool{false, true} {
		v, ok := f.lay(spots(r.all, false), r.h.columns, 0, r.h.skip, lenient)
		if ok && present(v) == len(v) && (!lenient || r.drawn()) {
			r.values = v
			return true
		}
	}
	return false
}

// standUnderFull reads the rows of a grid that kept its spans, but has other columns than its header has: the full rows
// tell the positions of the columns, when all of them agree, and a row with blanks is read at the same positions.
func (f *fitter) standUnderFull(rows []*row) {
	var at []spot
	same := func(a, b spot) bool { return a.from == b.from && a.to == b.to }
	for _, r := range rows {
		if r.aligned() || !r.drawn() {
			return
		}
		line := spots(r.all, false)
		after := f.lastLabel(line)
		var full []spot
		for _, c := range line {
			if c.Kind == items.Value && c.from > after {
				full = append(full, c)
			}
		}
		if len(full) != len(r.h.columns) {
			continue
		}
		if at != nil && !slices.EqualFunc(at, full, same) {
			return
		}
		at = full
	}
	if at == nil {
		return
	}
	for _, r := range rows {
		line := spots(r.all, false)
		values := make([]*items.Item, 0, len(at))
		for _, p := range at {
			if i := slices.IndexFunc(line, func(c spot) bool { return same(c, p) && c.Kind != items.Word }); i >= 0 {
				values = append(values, line[i].Item)
			}
		}
		if len(values) == len(at) && filled(values) == f.countValues(line) && filled(values) > 0 {
			r.values = values
		}
	}
}

// open reports whether the row's shift has to be found. In a grid without spans a row that fits the header unshifted
// may still be a shifted row with blanks.
func (f *fitter) open(r *row) bool {
	if r.values == nil {
		return f.hasValues(r.all)
	}
	return !r.drawn() && (f.hasValues(r.all) || filled(r.all) > 0)
}

// shifts lists the shifts at which the line fits the header.
func (f *fitter) shifts(r *row) (ds []int) {
	line, columns := r.spots(), r.columns()
	for d := -r.sheet.Cols; d <= r.sheet.Cols; d++ {
		v, ok := f.lay(line, columns, d, nil, false)
		if ok && present(v) == len(v) && filled(v) == f.countValues(line) {
			ds = append(ds, d)
		}
	}
	return ds
}

func (f *fitter) choose(r *row, ds []int, votes map[int]int) {
	line, columns := r.spots(), r.columns()
	var voted []int
	for _, d := range ds {
		if votes[d] > 0 {
			voted = append(voted, d)
		}
	}
	switch {
	case len(voted) == 1:
		ds = voted
	case len(ds) == 0:
		// A row of a real table that ends early: the cells that are there stand where they stand.
		if v, ok := f.lay(line, columns, 0, r.h.skip, true); ok && r.aligned() && r.drawn() {
			r.values = v
			if present(v) < len(v) {
				r.doubt = "the row has fewer cells than the header has columns"
			}
			return
		}
		r.doubt = "the row's values do not fit the columns of the header"
		return
	case len(ds) > 1 && f.countValues(line) > 0:
		r.doubt = "blank cells leave open under which columns the row's values stand"
	}
	best := ds[0]
	for _, d := range ds {
		if columns[0].from+d == f.lastLabel(line)+1 {
			best = d
		}
	}
	r.values, _ = f.lay(line, columns, best, nil, false)
}

// allBlank reads a row without numbers where the positions of the header do not hold: where as many blank items stand
// behind its label as the header has columns, each column is blank under any shift.
func (f *fitter) allBlank(r *row) {
	if r.values != nil || r.doubt != "" || r.h == nil || r.sheet.Placement == items.Spaced || f.hasValues(r.all) {
		return
	}
	after, n := f.lastLabel(spots(r.all, false)), len(r.h.columns)
	var blanks []*items.Item
	for _, c := range r.all {
		if c.Col > after && c.Kind == items.Blank {
			blanks = append(blanks, c)
		}
	}
	if len(blanks) >= n {
		r.values = blanks[len(blanks)-n:]
	}
}

// twoInOne doubts a row with numbers between its labels: the end of a row was lost, and the next one goes on in it.
func (f *fitter) twoInOne(rows []*row) {
	for _, r := range rows {
		named, numbers := false, false
		for _, c := range r.all {
			known := len(f.hits(c)) > 0 && !isUnit(c.Text)
			if known && numbers && r.doubt == "" {
				r.doubt = "numbers stand between the row's labels, as when two rows have run into one"
			}
			named = named || known
			numbers = numbers || named && c.Kind == items.Value && c.Number.State == number.Reported
		}
	}
}

// shortRows doubts rows of a flattened table that end before their fellows do. Where every full row ends in fillers, a
// row that uses one of them for a value has lost a blank cell somewhere.
func (f *fitter) shortRows(rows []*row) {
	fillers := -1
	for _, r := range rows {
		if r.drawn() {
			return
		}
		if len(r.values) > 0 && filled(r.values) == len(r.values) {
			if n := r.behind(); fillers < 0 || n < fillers {
				fillers = n
			}
		}
	}
	if fillers < 0 {
		fillers = rows[0].h.fillers()
	}
	for _, r := range rows {
		if r.doubt == "" && len(r.values) > 0 && filled(r.values) > 0 && filled(r.values) < len(r.values) && r.behind() < fillers {
			r.doubt = "the row has fewer cells than the others, so a blank one was lost"
		}
	}
}

// behind counts the items of the row behind its last value.
func (r *row) behind() int {
	last := -1
	for i, c := range r.all {
		if slices.Contains(r.values, c) {
			last = i
		}
	}
	return len(r.all) - 1 - last
}

// fillers counts the blank items behind every row of a header that names columns.
func (h *header) fillers() int {
	last := map[int]int{} // of each row, the last column that names one
	for _, c := range h.columns {
		if c.item.Sheet != h.sheet {
			return 0
		}
		last[c.item.Row] = max(last[c.item.Row], c.item.Col)
	}
	fewest := -1
	for row, col := range last {
		line := h.sheet.Line(row)
		n := 0
		for n < len(line) && line[len(line)-1-n].Kind == items.Blank && line[len(line)-1-n].Col > col {
			n++
		}
		if fewest < 0 || n < fewest {
			fewest = n
		}
	}
	return max(fewest, 0)
}

// raggedRows doubts rows of a flattened table that hold a blank and have more or fewer items than the rows like them:
// one was lost or came in, before the blank or behind it, and nothing tells where. In any table a label that ends in a
// number may have swallowed the blank one's.
func (f *fitter) raggedRows(rows []*row) {
	spansLost := !slices.ContainsFunc(rows, func(r *row) bool { return r.sheet.Placement != items.Ordered })
	for _, r := range rows {
		switch {
		case r.doubt != "" || filled(r.values) == len(r.values) || filled(r.all) == 0:
		case slices.ContainsFunc(f.labelsOf(r.line), func(c *items.Item) bool { return c.Kind == items.Word && endsInNumber(c.Text) }):
			r.doubt = numberInLabel
		case spansLost && !f.wide(r, rows), r.longest(rows):
			r.doubt = "the row has not as many cells as the others, so a cell was lost or came in beside a blank one"
		}
	}
}

const numberInLabel = "a number may stand behind the label, in one cell"

// endsInNumber reports whether a label has a number glued to its end.
func endsInNumber(text string) bool {
	for len(text) > 0 && (text[len(text)-1] == ' ' || text[len(text)-1] == '\n') {
		text = text[:len(text)-1]
	}
	return text != "" && text[len(text)-1] >= '0' && text[len(text)-1] <= '9'
}

// longest reports whether the row of a grid that kept its spans goes on behind the last column, where neither the
// header nor most rows do: a cell came in. A merged blank that reaches that far stands for the columns before it and is
// no witness.
func (r *row) longest(rows []*row) bool {
	if !r.drawn() || !r.aligned() {
		return false
	}
	last := 0
	for _, c := range r.h.columns {
		last = max(last, c.to)
	}
	behind := func(all []*items.Item) bool {
		return slices.ContainsFunc(all, func(c *items.Item) bool { return c.Col >= last })
	}
	if !behind(r.all) || slices.ContainsFunc(r.h.words, func(w *items.Item) bool { return w.Col >= last && w.Sheet == r.sheet }) {
		return false
	}
	others, witnesses := 0, 0
	for _, o := range rows {
		if o == r || filled(o.all) == 0 {
			continue
		}
		others++
		if behind(o.all) {
			witnesses++
		}
	}
	return 2*witnesses < others || others == 0
}

// wide reports whether the row has as many items as another one with labels at the same depth; where it is the only one
// of its depth, as many as most rows have, in all or behind the label; where it is the only row, as many as the header.
func (f *fitter) wide(r *row, rows []*row) bool {
	same, alone := 0, true
	widths, tails := map[int]int{}, map[int]int{}
	depth := f.lastLabel(spots(r.all, true))
	for _, o := range rows {
		if o == r || len(o.all) == 0 || !f.hasValues(o.all) {
			continue
		}
		d := f.lastLabel(spots(o.all, true))
		widths[len(o.all)]++
		tails[len(o.all)-d]++
		if d == depth {
			alone = false
			if len(o.all) == len(r.all) {
				same++
			}
		}
	}
	if !alone {
		return same > 0
	}
	if len(widths) > 0 {
		return len(r.all) == most(widths) || len(r.all)-depth == most(tails)
	}
	if n := r.h.width(); n > 0 && r.h.sheet == r.sheet {
		return len(r.all) == n
	}
	return true
}

// most is the key with the highest count, the smaller one of equals.
func most(counts map[int]int) (best int) {
	for k, n := range counts {
		if n > counts[best] || n == counts[best] && k < best {
			best = k
		}
	}
	return best
}

// width counts the items of a header of one row, or is 0.
func (h *header) width() int {
	row := -1
	for _, c := range h.columns {
		if c.item.Sheet != h.sheet || row >= 0 && c.item.Row != row {
			return 0
		}
		row = c.item.Row
	}
	if row < 0 {
		return 0
	}
	return len(h.sheet.Line(row))
}

// doubtAt says why the item under column j allows more than one reading, or nothing.
func (r *row) doubtAt(c *items.Item) string {
	if c.Kind == items.Blank || r.doubt != "" {
		return r.doubt
	}
	under := 0
	for _, v := range r.values {
		if v == c {
			under++
		}
	}
	if under > 1 {
		return "one cell stands under several columns"
	}
	return ""
}
