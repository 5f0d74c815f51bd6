package fit

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// row is a row of a form table: a line with its labels and its values.
type row struct {
	*line
	h      *header
	labels []*items.Item
	node   *node         // row of the form; nil while unknown
	group  bool          // a label over rows, or a piece of a label: no row of the form
	parts  []*row        // lines that belong to it
	values []*items.Item // one for each column of h; nil where the row has none, or none that fit
	glued  bool          // its digits were run together and may be a longer number beside empty cells
	doubt  string        // why the values allow more than one reading; empty: they do not
}

// spot is an item at the positions at which it is compared with the header.
type spot struct {
	*items.Item
	from, to int
}

// spots returns items at their positions, or, where only their order counts, at 0, 1, 2, …
func spots(line []*items.Item, order bool) []spot {
	out := make([]spot, len(line))
	for i, c := range line {
		out[i] = spot{c, c.Col, c.End()}
		if order {
			out[i].from, out[i].to = i, i+1
		}
	}
	return out
}

// noteWorded notes the unknown words of a row that stand under the columns of its header, behind a whole label of the
// form: 不详 and 同上 are values that say no number, and no labels.
func (f *fitter) noteWorded(r *row) {
	if r.h == nil || r.sheet.Placement == items.Stream || !r.aligned() {
		return
	}
	begin := 1 << 30
	for _, c := range r.h.columns {
		begin = min(begin, c.from)
	}
	var named *node
	for _, c := range r.all {
		switch {
		case c.Kind != items.Word:
		case len(f.hits(c)) > 0:
			named = f.wholeRow(c)
		case named != nil && c.Col >= begin && !isUnit(c.Text) && !f.piece(c.Text, named.family, rowAxis) && !goesOn(r, c):
			f.worded[c] = true
		}
	}
}

// goesOn reports whether the row below has no label of its own but another word under this one: the publisher split the
// row of the form.
func goesOn(r *row, word *items.Item) bool {
	label, below := r.sheet.At(r.row+1, r.all[0].Col), r.sheet.At(r.row+1, word.Col)
	return label != nil && below != nil && (label == r.all[0] || label.Kind == items.Blank) && below != word && below.Kind == items.Word
}

// wholeRow returns the row of the form that a text names, or nil: one that stands for several may have a further label.
func (f *fitter) wholeRow(i *items.Item) *node {
	for _, n := range f.hits(i) {
		if n.axis == rowAxis && n.leaf() && len(n.children) == 0 {
			return n
		}
	}
	return nil
}

// lastLabel is the last position of a row's last label, -1 if it has none. Unknown text behind a number is no label but
// a damaged value.
func (f *fitter) lastLabel(line []spot) int {
	last, numbers := -1, false
	for _, c := range line {
		switch {
		case c.Kind == items.Word && (len(f.hits(c.Item)) > 0 || !numbers && !f.worded[c.Item]):
			last = c.to - 1
		case c.Kind == items.Value && c.Number.State == number.Reported && strings.ContainsAny(c.Text, "0123456789"):
			numbers = true
		}
	}
	return last
}

// countValues counts the values right of the last label.
func (f *fitter) countValues(line []spot) (n int) {
	after := f.lastLabel(line)
	for _, c := range line {
		if c.Kind == items.Value && c.from > after {
			n++
		}
	}
	return n
}

func (f *fitter) hasValues(line []*items.Item) bool { return f.countValues(spots(line, false)) > 0 }

// labelsOf returns the labels that start in a line, before its values.
func (f *fitter) labelsOf(l *line) (labels []*items.Item) {
	to := f.lastLabel(spots(l.all, false))
	for _, c := range l.own {
		switch {
		case c.Kind == items.Blank || c.Col > to:
		case len(labels) > 0 && isUnit(c.Text): // 件 between the label and the numbers
			f.used(c)
		default:
			labels = append(labels, c)
		}
	}
	return labels
}

func filled(line []*items.Item) (n int) {
	for _, c := range line {
		if c != nil && c.Kind != items.Blank {
			n++
		}
	}
	return n
}

func present(line []*items.Item) (n int) {
	for _, c := range line {
		if c != nil {
			n++
		}
	}
	return n
}

// leafText is the innermost label of a row.
func (r *row) leafText() string {
	if len(r.labels) == 0 {
		return ""
	}
	return r.labels[len(r.labels)-1].Text
}

func (r *row) allText() (text string) {
	for _, c := range r.labels {
		text += c.Text
	}
	return text
}

// match finds the row of the form for each line of a body: exact labels first, then labels cut in pieces, then damaged
// ones with the rows before and after as evidence. What is left has no node.
func (f *fitter) match(fam *family, rows []*row) {
	if len(fam.rows) == 0 {
		return
	}
	for _, r := range rows {
		f.groupRow(fam, r)
	}
	f.align(fam, rows)
	for i, r := range rows {
		if r.node == nil && !r.group && !r.alone() && !f.amongUnlabelled(rows, i) {
			f.join(fam, rows[i:])
		}
		if r.node != nil {
			f.absorb(rows[i:])
			f.overPage(rows[i:])
			f.fromPageBefore(rows[:i+1])
		}
	}
	f.align(fam, rows)
	for i, r := range rows {
		if r.node == nil && !r.group && len(r.labels) == 0 && !r.alone() {
			var next *row
			if i+1 < len(rows) {
				next = rows[i+1]
			}
			f.unlabelled(fam, r, rows[:i], next)
		}
	}
}

// alone reports whether a row is one number of text without a label: it may as well count the rows.
func (r *row) alone() bool {
	return len(r.labels) == 0 && r.sheet.Placement == items.Stream && r.h != nil && len(r.h.columns) == 1
}

// rowHits returns the rows of the form that a text is and that the header takes.
func (f *fitter) rowHits(fam *family, r *row, text string) (out []*node) {
	for _, n := range f.find(text) {
		if n.family == fam && n.axis == rowAxis && n.leaf() && f.takes(r.h, n) {
			out = append(out, n)
		}
	}
	return out
}

// takes reports whether a row of the form can stand under a header.
func (f *fitter) takes(h *header, n *node) bool {
	if h == nil {
		return true
	}
	for _, c := range h.columns {
		if c.node != nil && f.cell(h.fam, n, c.node) != (Cell{}) {
			return true
		}
	}
	return len(h.columns) == 0 || !slices.ContainsFunc(h.columns, func(c column) bool { return c.node != nil })
}

// groupRow notes the lines that hold the label of a group, or a piece of one, or nothing.
func (f *fitter) groupRow(fam *family, r *row) {
	if len(r.labels) == 0 {
		r.group = len(r.values) == 0 && !f.hasValues(r.all) || filled(r.all) == 0
		return
	}
	if len(f.exactHits(fam, r)) > 0 {
		return
	}
	leaf := r.leafText()
	r.group = slices.ContainsFunc(f.find(leaf), func(n *node) bool { return n.family == fam && n.axis == rowAxis && !n.leaf() }) ||
		pieceOf(fam, fold(leaf)) && filled(r.values) == 0 && !f.hasValues(r.all)
}

func first(nodes []*node) *node {
	if len(nodes) == 0 {
		return nil
	}
	return nodes[0]
}

// groupOver reports whether a label before the row's own is the group of a row of the form.
func (f *fitter) groupOver(r *row, n *node) bool {
	return n.parent != nil && slices.ContainsFunc(r.all, func(c *items.Item) bool {
		return c.Kind == items.Word && slices.Contains(f.hits(c), n.parent)
	})
}

// elsewhere reports whether a row 其他 is of another group than the form's, which local forms add under 不予公开 and the
// like: by the group over it, or by its number.
func (f *fitter) elsewhere(r *row, n *node, text string) bool {
	if len([]rune(fold(n.text))) > 4 || !strings.Contains(fold(n.text), "其他") {
		return false
	}
	if n.parent != nil && n.parent.leaf() && slices.ContainsFunc(r.all, func(c *items.Item) bool { return slices.Contains(f.hits(c), n.parent) }) {
		return false // whatever its number
	}
	if num, _ := splitOrdinal(text); num.Level == 3 && num != n.num {
		return true
	}
	other := false
	for _, c := range r.all {
		if c.Col >= r.labels[len(r.labels)-1].Col {
			continue
		}
		for _, g := range f.hits(c) {
			if g.axis != rowAxis || g.leaf() && len(g.children) == 0 {
				continue
			}
			if n.under(g) {
				return false
			}
			other = true
		}
	}
	return other
}

// join tries the row with one or two that follow it: their labels together may be a label of the form.
func (f *fitter) join(fam *family, rows []*row) {
	r := rows[0]
	leaf, text := r.leafText(), r.allText()
	if text == "" && (!f.hasValues(r.all) || r.sheet.Placement == items.Stream) {
		return // numbers before a label of text are those of the row before as well as its own
	}
	for n := 1; n <= 2 && n < len(rows); n++ {
		next := rows[n]
		if next.node != nil && n == 1 && text != "" && len(next.labels) > 0 && fold(next.leafText()) == fold(next.node.text) {
			return
		}
		leaf += next.leafText()
		text += next.allText()
		hit := first(f.rowHits(fam, r, leaf))
		if hit == nil {
			hit = first(f.rowHits(fam, r, text))
		}
		if hit == nil || (next.node != nil || !turnsPage(r, next)) && overlap(rows[:n+1]) {
			continue // the second: two rows of the form, the first without its label
		}
		r.node, r.group = hit, false
		for _, p := range rows[1 : n+1] {
			p.node, p.group = nil, true
			r.parts = append(r.parts, p)
		}
		return
	}
}

// overlap reports whether two of the rows have a number under one column.
func overlap(rows []*row) bool {
	seen := map[*node]bool{}
	for _, r := range rows {
		for j, c := range r.values {
			if c == nil || c.Kind == items.Blank {
				continue
			}
			n := r.h.columns[j].node
			if seen[n] {
				return true
			}
			seen[n] = true
		}
	}
	return false
}

func (f *fitter) withNumbers(rows []*row) (n int) {
	for _, r := range rows {
		if f.hasValues(r.all) {
			n++
		}
	}
	return n
}

// absorb takes the rows that hold the rest of a label into the row whose label they end.
func (f *fitter) absorb(rows []*row) {
	r := rows[0]
	full := fold(r.node.text)
	for _, next := range rows[1:] {
		rest := fold(next.leafText())
		if next.node != nil || rest == "" || next.group && !strings.Contains(full, rest) {
			return
		}
		if !strings.HasSuffix(full, rest) && !(len(rest) >= 6 && strings.Contains(full, rest)) {
			return
		}
		if f.hasValues(next.all) && (f.hasValues(r.all) || f.withNumbers(r.parts) > 0) {
			return
		}
		next.group = true
		r.parts = append(r.parts, next)
	}
}

// overPage takes the numbers that a row has on the next page, where a page cut it and its label stands on the first
// one.
func (f *fitter) overPage(rows []*row) {
	r := rows[0]
	for _, next := range rows[1:] {
		if next.node != nil || len(next.labels) > 0 {
			return
		}
		if filled(next.all) == 0 {
			continue
		}
		if !turnsPage(r, next) || unlabelledRun(rows[1:]) {
			return
		}
		r.takePiece(next)
		return
	}
}

// fromPageBefore takes the numbers that the last row holds on the page before, where its label stands on the second
// page.
func (f *fitter) fromPageBefore(rows []*row) {
	r := rows[len(rows)-1]
	for i := len(rows) - 2; i >= 0; i-- {
		before := rows[i]
		if before.node != nil || len(before.labels) > 0 {
			return
		}
		if filled(before.all) == 0 {
			continue
		}
		if turnsPage(before, r) && !unlabelledRun(backwards(rows[:len(rows)-1])) {
			r.takePiece(before)
		}
		return
	}
}

// takePiece adds a piece of the row from another page. Where the piece's own columns are open the whole row is.
func (r *row) takePiece(p *row) {
	if p.values == nil || p.doubt != "" {
		r.doubt = "numbers of this row stand on another page, and their columns cannot be told"
		return
	}
	p.group = true
	r.parts = append(r.parts, p)
}

// unlabelledRun reports whether several rows in a run have numbers and no label. A page break cuts one row, so these
// belong to a part of the table that stands on another page than its labels, as where a sheet was printed over several
// pages side by side.
func unlabelledRun(rows []*row) bool {
	n := 0
	for _, r := range rows {
		if r.node != nil || len(r.labels) > 0 {
			break
		}
		if filled(r.all) > 0 {
			n++
		}
	}
	return n > 1
}

func (f *fitter) amongUnlabelled(rows []*row, i int) bool {
	return len(rows[i].labels) == 0 && (unlabelledRun(rows[i:]) || unlabelledRun(backwards(rows[:i+1])))
}

func backwards(rows []*row) []*row {
	out := slices.Clone(rows)
	slices.Reverse(out)
	return out
}

// turnsPage reports whether row b stands on the page after that of row a.
func turnsPage(a, b *row) bool {
	last, begin := 0, 0
	for _, c := range a.own {
		last = max(last, c.Cell.Place.Page)
	}
	for _, c := range b.own {
		if c.Kind != items.Blank && (begin == 0 || c.Cell.Place.Page < begin) {
			begin = c.Cell.Place.Page
		}
	}
	return last > 0 && begin == last+1
}

// unlabelled takes a row whose label was lost for the first row of its table, where none was read before it and the
// place of the label is there and empty: a part of a sheet that was printed beside another has none.
func (f *fitter) unlabelled(fam *family, r *row, before []*row, next *row) {
	stream := r.sheet.Placement == items.Stream
	if len(fam.tables) < 2 || len(r.own) == 0 || !stream && r.own[0].Kind != items.Blank || r.h == nil || r.h.form == nil || !f.hasValues(r.all) || len(r.h.form.Rows) < 2 {
		return
	}
	if slices.ContainsFunc(before, func(b *row) bool { return b.h == r.h && b.node != nil }) {
		return
	}
	if !stream && r.h.form.Table != fam.tables[0] {
		return
	}
	if stream && (len(r.values) != len(r.h.columns) || next == nil || next.h != r.h || next.node == nil || next.node.key != r.h.form.Rows[1].Key) {
		return
	}
	for _, n := range fam.rows {
		if n.key != r.h.form.Rows[0].Key {
			continue
		}
		r.node = n
		if stream {
			f.problemText(extract.AmbiguousLabel, r.values[0], Cell{}, "a row without a label; the form has only %s before the next one", n.text)
		}
	}
}

var units = map[string]bool{"条": true, "件": true, "次": true, "篇": true, "个": true, "人": true, "人次": true, "万元": true, "元": true, "件次": true, "份": true, "名": true}

func isUnit(text string) bool { return units[strings.TrimSpace(text)] }
