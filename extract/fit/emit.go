package fit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// emit publishes the rows of one header of a family of several tables.
func (f *fitter) emit(fam *family, b *block, rows []*row) {
	noted := false
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

// headless tells of a row of the form without a header above it.
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

// emitRow publishes one row of the form, which may have come in pieces: each number stands in one of them, unless the page break cut
// the number itself.
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
		if u := unitOf(from); u != "" && n.unit == "" && fam.columns[0].key == wholeValue {
			n.unit = u
		}
		if col.doubt != "" && n.doubt == "" && c.Kind != items.Blank {
			n.doubt = col.doubt
		}
		if col.confirm && n.doubt == "" && c.Kind != items.Blank && !f.rowHolds(from.h, from.values, false) {
			n.doubt = guessedOrder
			f.problem("%s: "+guessedOrder, c, k, k)
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
	path := r.node.path
	return append(slices.Clone(path[:max(len(path)-1, 0)]), r.leafText(), col.text)
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

// repeats reports an item that the source wrote once for each position it covers, header and number alike, beside the one that is read.
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
		n.doubt, n.rest = "another piece of the row has a number here too: "+c.Text, c.Text
		if p.sheet.No < from.sheet.No || p.sheet == from.sheet && p.row < from.row {
			n.rest = ""
		}
	}
}

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
	case r.h.guessed && !f.rowHolds(r.h, r.values, false):
		r.doubt = guessedOrder
	case !fam.grouped() && len(fam.rows) > 0 && r.h.named() < usual(r.h.form) && r.wider(f):
		r.doubt = columnLost
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

const columnLost = "the row has more cells than the header, which has not all columns of the form, so which of them stand under which is open"

// displacedInText reports whether a row of text has a number under a header that the form does not have, and none under one that it has: a piece of a
// broken header was taken for a column.
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

// packed reports whether a row cut out of text has one or two numbers, in its first columns, and no total. An applicant's number without a
// total is rare on the form; a total that moved left because empty cells were lost is common.
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

// emitUnnamed publishes the rows of a table whose rows have no names: one row of numbers, or one for each group of the columns.
func (f *fitter) emitUnnamed(fam *family, blocks []*block) (any bool) {
	for _, b := range blocks {
		rows := b.rows
		if answered(f, fam, b) {
			rows = slices.DeleteFunc(slices.Clone(rows), func(r *row) bool { return !f.hasValues(r.all) }) // spacing
		} else if len(rows) > 1 {
			rows = rows[:1]
		}
		for _, r := range rows {
			any = true
			f.emitUnnamedRow(fam, r)
		}
		if b.h == nil {
			continue
		}
		for _, w := range b.h.words {
			column := slices.ContainsFunc(b.h.columns, func(c column) bool { return c.item == w })
			if len(f.hits(w)) == 0 && len(rows) > 0 && !column && f.damagedHead(fam, w) == nil {
				f.problemText(extract.UnmatchedLabel, w, Cell{}, "a header that this table of the form does not have")
			}
		}
	}
	return any
}

func (f *fitter) damagedHead(fam *family, w *items.Item) *node {
	var among []*node
	for _, n := range fam.all {
		if n.axis == columnAxis {
			among = append(among, n)
		}
	}
	return nearest(w.Text, among, &f.set)
}

const noGroup = "the header does not tell which group and result this is"

func (f *fitter) emitUnnamedRow(fam *family, r *row) {
	if r.h == nil {
		for _, c := range r.all {
			if c.Kind != items.Blank && !f.accounted[c] {
				f.problemText(extract.UnmatchedLabel, c, Cell{}, noGroup)
			}
		}
		return
	}
	if r.doubt == "" && filled(r.values) > 0 {
		byRow := slices.ContainsFunc(r.h.columns, func(c column) bool { return len(c.any) > 0 })
		switch {
		case r.h.guessed && !f.rowHolds(r.h, r.values, true):
			r.doubt = guessedOrder
		case !byRow && !whole(r.h.columns) && !f.rowHolds(r.h, r.values, true):
			r.doubt = "a group of the header has not the columns of the form, and its sum does not tell which they are"
		case f.oneTooFar(r):
			r.doubt = "the first cell is empty, and the numbers add up when each is read one column to the left"
		case r.cutByLine():
			r.doubt = zeroLed
		case !byRow:
			r.doubt = f.contradictedBySums(r)
		}
	}
	for _, c := range r.labels {
		f.used(c) // 数量, 案件数
	}
	group := f.groupOf(fam, r)
	for j, c := range r.values {
		if c == nil {
			continue
		}
		col := r.h.columns[j]
		for _, n := range col.any {
			if n.parent == group && group != nil {
				col.node = n
			}
		}
		if col.node == nil {
			kind := extract.UnmatchedLabel
			if len(col.any) == 0 {
				kind = extract.LeftoverCell // of a group that the publisher added
			}
			if c.Kind != items.Blank {
				f.problemText(kind, c, Cell{}, noGroup)
			}
			continue
		}
		k := f.cell(fam, nil, col.node)
		path := append(slices.Clone(col.node.path[:len(col.node.path)-1]), col.text)
		f.add(found{Cell: k, fam: fam, item: c, value: c.Number, path: path, doubt: r.doubtAt(c)})
		if r.glued {
			f.glued = append(f.glued, k)
		}
	}
	f.doubtful(r)
}

// groupOf finds the group of columns that a label of the row names, a damaged one where no other does.
func (f *fitter) groupOf(fam *family, r *row) *node {
	var groups []*node
	for _, n := range fam.all {
		if n.axis == columnAxis && !n.leaf() && len(n.children) > 0 && n.children[0].leaf() {
			groups = append(groups, n)
		}
	}
	for i := len(r.all) - 1; i >= 0; i-- {
		for _, n := range f.hits(r.all[i]) {
			if slices.Contains(groups, n) {
				return n
			}
		}
	}
	for _, c := range slices.Backward(r.labels) {
		if n := nearest(c.Text, groups, &f.set); n != nil {
			return n
		}
	}
	return f.groupAbove(groups, f.above[r.h.sheet])
}

// groupAbove finds the one group that the line over a table names. One that names several heads a section.
func (f *fitter) groupAbove(groups []*node, line string) (found *node) {
	text := fold(line)
	if text == "" || utf8.RuneCountInString(line) > longestCaption {
		return nil
	}
	for _, n := range groups {
		if strings.Contains(text, fold(n.text)) {
			if found != nil {
				return nil
			}
			found = n
		}
	}
	for _, n := range groups {
		for up := n.parent; up != nil && found != nil; up = up.parent {
			if strings.Contains(text, fold(up.text)) && !found.under(up) {
				return nil
			}
		}
	}
	return found
}

// whole reports whether each group of a header has all its columns in the order of the form. A header that lost a cell has not.
func whole(columns []column) bool {
	for i := 0; i < len(columns); {
		n := columns[i].node
		if n == nil {
			i++
			continue
		}
		if n.parent == nil || len(columns)-i < len(n.parent.children) {
			return false
		}
		for j, c := range n.parent.children {
			if columns[i+j].node != c {
				return false
			}
		}
		i += len(n.parent.children)
	}
	return true
}

// oneTooFar reports a row before which an empty cell came in, while its last number was lost.
func (f *fitter) oneTooFar(r *row) bool {
	n := len(r.values)
	if n != len(r.h.fam.columns) || !whole(r.h.columns) || r.values[0] == nil || r.values[0].Kind != items.Blank {
		return false
	}
	shifted := append(slices.Clone(r.values[1:]), nil)
	cut := slices.Clone(shifted)
	for i := range cut {
		if i >= n-len(r.h.columns[n-1].node.parent.children) {
			cut[i] = nil
		}
	}
	return !f.rowHolds(r.h, r.values, false) && f.rowHolds(r.h, cut, false)
}
