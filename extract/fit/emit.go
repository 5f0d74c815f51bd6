package fit

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// emit publishes the rows of one header of a family of several tables.
func (f *fitter) emit(fam *family, b *block, rows []*row) {
	noted := false
	f.doubtBehindLabels(rows)
	for _, r := range rows {
		f.account(r)
		if !noted && r.node != nil && r.h != nil {
			noted = true
			f.uses = append(f.uses, use{r.h.template, r.node.tables[0], fam.section})
		}
		f.emitAny(fam, r)
	}
}

// emitAll publishes the rows of a family of one table.
func (f *fitter) emitAll(fam *family, blocks []*block, rows []*row) {
	any := false
	var nodes []*node
	f.doubtBehindLabels(rows)
	for _, r := range rows {
		f.account(r)
		if r.node != nil {
			any = true
			nodes = append(nodes, r.node)
		}
	}
	if len(fam.rows) == 0 {
		any = f.emitUnnamed(fam, blocks)
	}
	f.noteOrder(rows)
	for _, r := range rows {
		if len(fam.rows) > 0 {
			f.emitAny(fam, r)
		}
	}
	if any {
		f.uses = append(f.uses, use{onlyTemplate(fam, nodes), fam.tables[0], fam.section})
	}
}

// onlyTemplate is the one generation that has all rows given, or empty.
func onlyTemplate(fam *family, rows []*node) (template string) {
	for _, form := range fam.forms {
		if slices.ContainsFunc(rows, func(n *node) bool { return !hasLabel(form.Rows, n.key) }) {
			continue
		}
		if template != "" {
			return ""
		}
		template = form.Template
	}
	return template
}

// account marks what is no value of a row: labels, units, dashes.
func (f *fitter) account(r *row) {
	if r.node == nil && !r.group {
		return
	}
	for _, p := range append([]*row{r}, r.parts...) {
		named := false
		for _, c := range p.labels {
			named = named || c.Kind == items.Word
			if c.Kind == items.Word || !named {
				f.used(c) // a number before the label counts the rows
			}
		}
		for _, c := range p.own {
			if isUnit(c.Text) || c.Kind == items.Value && r.h != nil && p.aligned() && f.counted(c, r.h.skip) {
				f.used(c)
			}
		}
	}
}

// emitAny publishes a row, or tells why not.
func (f *fitter) emitAny(fam *family, r *row) {
	all := append([]*row{r}, r.parts...)
	switch {
	case r.node != nil && len(r.node.children) > 0 && r.node.optional && !anyFilled(all):
		return // the label over its rows, in a row of its own
	case r.node != nil && r.h == nil:
		f.headless(r)
	case r.node != nil && len(fam.tables) > 1 && r.sheet != r.h.sheet && f.hasRow(fam, r.node):
		f.unmatched(r, "a row of a further table without a header; the form table was read before")
	case r.node != nil:
		f.emitRow(fam, r, all)
	case r.group:
		for _, c := range r.all {
			if c.Kind == items.Value && c.Number.State != number.NotApplicable && !f.accounted[c] && c.Row == r.row {
				f.problemText(extract.UnmatchedLabel, c, Cell{}, "the form has no numbers in the row of the label %q", r.leafText())
			} else if c.Kind == items.Value {
				f.used(c)
			}
		}
	case r.signed():
	case counts(r):
		for _, c := range r.own {
			f.used(c)
		}
	case filled(r.all) > 0:
		f.unmatched(r, "the row is not on the form")
	}
}

// headless reports a row of the form without a header above it.
func (f *fitter) headless(r *row) {
	for _, c := range r.own {
		if c.Kind == items.Value {
			f.problemText(extract.LeftoverCell, c, Cell{}, "a number of the row %q, and no header of the form above it", r.node.text)
		} else if c.Kind == items.Word {
			f.used(c)
		}
	}
}

// hasRow reports whether a row of the form was read.
func (f *fitter) hasRow(fam *family, n *node) bool {
	return slices.ContainsFunc(fam.columns, func(c *node) bool {
		k := f.cell(fam, n, c)
		_, found := f.at[k]
		return k != (Cell{}) && found
	})
}

// counts reports whether a row only numbers the columns: 甲, 乙, 1, 2, 3, …
func counts(r *row) bool {
	n := 0.0
	for _, c := range r.own {
		switch {
		case c.Kind == items.Value && c.Number.State == number.Reported && c.Number.Value == n+1:
			n++
		case c.Kind != items.Blank && len([]rune(c.Text)) > 1:
			return false
		}
	}
	return n > 2 && int(n) >= len(r.values)-1
}

func anyFilled(rows []*row) bool {
	for _, r := range rows {
		if filled(r.values) > 0 || r.doubt != "" {
			return true
		}
	}
	return false
}

// unmatched reports every item of a row that no row of the form takes.
func (f *fitter) unmatched(r *row, why string) {
	for _, c := range r.own {
		if c.Kind != items.Blank && !f.accounted[c] {
			f.problemText(extract.UnmatchedLabel, c, Cell{}, "%s", why)
		}
	}
}

// emitRow publishes one row of the form, which may have come in pieces: each number stands in one of them, unless the
// page break cut the number itself.
func (f *fitter) emitRow(fam *family, r *row, all []*row) {
	from := r
	for _, p := range all {
		if filled(p.values) > filled(from.values) {
			from = p
		}
	}
	f.doubtRow(fam, from)
	if from.values == nil && from.doubt == "" && endsInNumber(from.leafText()) {
		from.doubt = numberInLabel
	}
	if from.values == nil && from.doubt != "" && (from.sheet.Placement == items.Stream || len(from.h.columns) == 1) {
		from.values = f.together(from)
	}
	if from.values == nil {
		f.doubtful(from)
		for _, c := range from.all {
			if from.doubt != "" && c.Kind == items.Value && !f.accounted[c] {
				f.problemText(extract.LeftoverCell, c, Cell{}, "%s", from.doubt)
			}
		}
		return
	}
	for j, c := range from.values {
		if c == nil {
			continue
		}
		col := from.h.columns[j]
		k := Cell{}
		if col.node != nil {
			k = f.cell(fam, r.node, col.node)
		}
		if k == (Cell{}) {
			if repeats(from.h.columns, from.values, j) {
				f.used(c)
			} else if c.Kind != items.Blank {
				f.problemText(extract.LeftoverCell, c, Cell{}, "%s has no column %q", r.node.text, col.text)
			}
			continue
		}
		n := found{Cell: k, fam: fam, item: c, value: c.Number, unit: col.unit, doubt: from.doubtAt(c), path: labelPath(r, col)}
		if n.unit == "" && fam.columns[0].key == wholeValue {
			n.unit = unitOf(from)
		}
		if col.doubt != "" && n.doubt == "" && c.Kind != items.Blank {
			n.doubt = col.doubt
		}
		if col.confirm && n.doubt == "" && c.Kind != items.Blank && !f.rowHolds(from.h, from.values, false) {
			n.doubt = guessedOrder
			f.problem("%s: %s", c, k, k, guessedOrder)
		}
		for _, p := range all {
			f.withPiece(&n, p, from, col.node)
		}
		f.add(n)
		if from.glued {
			f.glued = append(f.glued, k)
		}
	}
	f.doubtful(from)
}

// together makes all values of a row one item that stands under each column, where no column can be told its own.
func (f *fitter) together(r *row) []*items.Item {
	after := f.lastLabel(spots(r.all, false))
	var one items.Item
	for _, c := range r.all {
		if c.Kind != items.Value || c.Col <= after {
			continue
		}
		if one.Cell == nil {
			one = *c
			one.Number = number.Value{State: number.Unreadable}
		} else {
			one.Text += " " + c.Text
		}
		f.used(c)
	}
	if one.Cell == nil {
		return nil
	}
	out := make([]*items.Item, len(r.h.columns))
	for i := range out {
		copied := one
		out[i] = &copied
	}
	return out
}

func labelPath(r *row, col column) []string {
	over := r.node.path[:max(len(r.node.path)-1, 0)]
	out := make([]string, 0, len(over)+2)
	return append(append(out, over...), r.leafText(), col.text)
}

// unitOf is the unit of money that stands in a row between its label and its number.
func unitOf(r *row) string {
	for _, c := range r.own {
		if isUnit(c.Text) {
			return statedUnit(c.Text)
		}
	}
	return ""
}

// repeats reports an item that the source wrote once for each position it covers, header and number alike, beside the
// one that is read.
func repeats(columns []column, values []*items.Item, j int) bool {
	i := j
	for i > 0 && columns[i].node == nil && values[i-1] != nil && columns[i-1].text == columns[j].text && values[i-1].Text == values[j].Text {
		i--
	}
	return i < j && columns[i].node != nil
}

// withPiece takes the number that another piece of the row has under the column.
func (f *fitter) withPiece(n *found, p, from *row, col *node) {
	if p == from {
		return
	}
	for j, c := range p.values {
		if c == nil || c.Kind == items.Blank || p.h.columns[j].node != col {
			continue
		}
		if n.item.Kind == items.Blank {
			n.item, n.value = c, c.Number
			continue
		}
		f.problem("two pieces of one row both have a number here: a page break may have cut one number", c, n.Cell)
		n.doubt, n.rest = "another piece of the row has a number here too", c.Text
		if p.sheet.No < from.sheet.No || p.sheet == from.sheet && p.row < from.row {
			n.rest = ""
		}
	}
}
