package fit

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// apart cuts digits that are cells run together with the label of their row: as many as columns (规章173). It is sure
// where none can begin a longer number (000, 002) or the sums of the row hold. A number in a line of its own is one
// number, but in a table whose row has no label.
func (f *fitter) apart(r *row) {
	n := len(r.h.columns)
	var values []*items.Item
	for _, c := range r.all {
		if c.Kind == items.Value {
			values = append(values, c)
		}
	}
	unnamed := len(r.h.fam.rows) == 0
	label := 0
	if len(r.labels) > 0 {
		label = r.labels[len(r.labels)-1].At
	}
	known := unnamed || len(f.rowHits(r.h.fam, r, r.leafText())) > 0
	f.short = f.short || known && len(r.labels) > 0 && (len(values) == 0 || len(values) > 1 && len(values) < n || len(values) == 1 && values[0].At == label && len(values[0].Text) < n)
	if len(values) != 1 || n < 2 || values[0].At != label && !(unnamed && n == len(r.h.fam.columns)) {
		return
	}
	one := values[0]
	begun := strings.Trim(one.Text[:min(n, len(one.Text))-1], "0") != "" // a longer number may begin
	if len(one.Text) != n || strings.Trim(one.Text, "0123456789") != "" || begun && one.Clear && !unnamed {
		return
	}
	r.values = make([]*items.Item, n)
	for i := range n {
		digit := *one
		digit.Text = one.Text[i : i+1]
		digit.Number = number.Parse(digit.Text)
		f.origin[&digit] = one
		r.values[i] = &digit
	}
	r.glued = begun && !f.rowHolds(r.h, r.values, unnamed)
}

// doubtGlued takes back the digits read one by one in a document whose other rows show that empty cells left no trace.
func (f *fitter) doubtGlued() {
	if !f.short {
		return
	}
	const why = "digits run together: one for each column, or a longer number beside empty cells, as in other rows of the document"
	last := ""
	for _, k := range f.glued {
		n := &f.found[f.at[k]]
		if n.doubt != "" {
			continue
		}
		n.doubt = why
		if n.Indicator != last {
			f.problemText(extract.AmbiguousReading, n.item, Cell{Indicator: k.Indicator}, "%s", why) // of the whole row
		}
		last = n.Indicator
	}
}

const noNumbers = "a flattened row without numbers: blank cells, or lines that were dropped"

// mostEmpty is how many rows without numbers may stand right before one with a number in a flattened table of one
// column, before it is taken for a page whose labels were written out one below the other, and their numbers behind the
// last of them.
const mostEmpty = 1

const behindLabels = "the number stands behind the labels of several rows, so whose it is cannot be told"

// doubtBehindLabels doubts the numbers that stand behind the labels of several rows.
func (f *fitter) doubtBehindLabels(rows []*row) {
	empty := 0
	for _, r := range rows {
		if r.h == nil || len(r.h.columns) != 1 || r.sheet.Placement != items.Stream || r.node == nil && (r.group || len(r.labels) == 0) {
			continue
		}
		all := append([]*row{r}, r.parts...)
		if !slices.ContainsFunc(all, func(p *row) bool { return filled(p.values) > 0 }) {
			empty++
			continue
		}
		for _, p := range all {
			if empty > mostEmpty && filled(p.values) > 0 && p.doubt == "" {
				p.doubt = behindLabels
			}
		}
		empty = 0
	}
}

const aheadOfLabels = "numbers stand before the first label of the table, so each row's may stand before its label and not behind it"

// noteAhead notes a table of text that has a row of numbers between its header, or the pieces of it, and its first
// label.
func (f *fitter) noteAhead(rows []*row) {
	fam, n := rows[0].h.fam, len(rows[0].h.columns)
	if !fam.ordered() { // a small table may have lost its first label
		return
	}
	header := (&solver{fam: fam}).pieces()
	for _, r := range rows {
		if slices.ContainsFunc(r.labels, func(i *items.Item) bool { return strings.Trim(fold(i.Text), header) != "" }) {
			return
		}
		if _, numbers := f.zone(r); len(numbers) >= n && !counting(numbers) {
			f.ahead = append(f.ahead, fam)
			return
		}
	}
}

// counting reports whether values count what stands over them: 1 2 3.
func counting(values []*items.Item) bool {
	for k, c := range values {
		if c.Number.Value != float64(k+1) {
			return false
		}
	}
	return true
}

// doubtAhead takes back what was read of tables of text whose numbers may stand before their labels.
func (f *fitter) doubtAhead() {
	for i := range f.found {
		if n := &f.found[i]; n.doubt == "" && n.item.Sheet.Placement == items.Stream && slices.Contains(f.ahead, n.fam) {
			n.doubt = aheadOfLabels
			f.problemText(extract.AmbiguousReading, n.item, n.Cell, "%s", n.doubt)
		}
	}
}

const notOneEach = "the numbers of a flattened row are not one for each column, so more than one reading is possible"

// fewestCounted is how many rows with two numbers show that the rows of a table with one column are counted.
const fewestCounted = 3

// withSerials reports whether rows of one column have a second number, so that the only one of a row with an empty cell
// may be its serial number.
func (f *fitter) withSerials(rows []*row) bool {
	two := 0
	for _, r := range rows {
		if _, numbers := f.zone(r); len(r.h.columns) == 1 && len(numbers) == 2 {
			two++
		}
	}
	return two >= fewestCounted
}

// streamValues gives each column of the rows of a flattened table its value, if there is one for each; anything else
// (blanks that left no trace, repeated lines that were dropped) allows more than one reading.
func (f *fitter) streamValues(rows []*row) {
	f.noteAhead(rows)
	counted := f.withSerials(rows)
	for i, r := range rows {
		n := len(r.h.columns)
		f.apart(r)
		if r.values != nil {
			continue
		}
		zone, numbers := f.zone(r)
		f.noteSpread(r, numbers)
		switch {
		case spreadOverLines(zone), overCommas(zone) && !f.rowHolds(r.h, numbers, false):
			r.doubt = digitsSpread
		case counted && n == 1 && len(numbers) == 1:
			r.doubt = notOneEach
		case len(zone) == n:
			r.values = zone
		case len(numbers) == n && !slices.ContainsFunc(zone, isUnreadable):
			r.values = numbers // blank pieces that a span left
		case len(zone) == n+1 && zone[n].Kind == items.Blank && len(numbers) > 0 && (f.barred(rows, i) || f.padded(rows, r)):
			r.values = zone[:n]
		case len(numbers) == 0 && !f.isGroup(r):
			r.doubt = noNumbers
		case len(numbers) > 0:
			r.doubt = notOneEach
		}
	}
}

// zone returns what stands behind the label of a row of text, and the numbers of it.
func (f *fitter) zone(r *row) (zone, numbers []*items.Item) {
	after := f.lastLabel(spots(r.all, false))
	for _, c := range r.all {
		switch {
		case c.Col <= after:
		case isUnreadable(c):
			zone = append(zone, c)
		case c.Kind == items.Value:
			zone, numbers = append(zone, c), append(numbers, c)
		case c.Kind == items.Blank:
			zone = append(zone, c)
		}
	}
	return zone, numbers
}

// isUnreadable reports whether an item is a value that is no number, such as a piece of one: 867. 71.
func isUnreadable(i *items.Item) bool {
	return i.Kind == items.Value && i.Number.State == number.Unreadable
}

// barred reports whether each row begins with a bar of its own, which the row before cannot tell from an empty cell.
func (f *fitter) barred(rows []*row, at int) bool {
	return len(rows) > 1 && at < len(rows)-1 && !slices.ContainsFunc(rows, func(r *row) bool { return len(r.labels) == 0 || !f.led[r.labels[0]] })
}

// padded reports whether an exporter put an empty cell at the end of the rows whose label spans one column less than
// those of the top rows, so that all rows are of one width. The top rows tell whether it does so: were the span kept in
// its place, they would have more cells than columns.
func (f *fitter) padded(rows []*row, r *row) bool {
	ends := false
	for _, o := range rows {
		if o == r {
			break
		}
		if zone, _ := f.zone(o); f.isTop(o) && len(zone) == len(o.h.columns) && zone[len(zone)-1].Kind == items.Value {
			ends = true
		}
	}
	return ends && !f.isTop(r)
}

// isTop reports whether the label of a row is one that stands under no group on the form.
func (f *fitter) isTop(r *row) bool {
	n := first(f.rowHits(r.h.fam, r, r.leafText()))
	return n != nil && n.parent == nil && r.h.fam.grouped()
}

// isGroup reports whether the label of a row is one over rows, or a piece of one.
func (f *fitter) isGroup(r *row) bool {
	if len(r.labels) == 0 {
		return true
	}
	for _, n := range f.find(r.leafText()) {
		if n.axis == rowAxis && n.family == r.h.fam && (!n.leaf() || len(n.children) > 0 && n.optional) {
			return true
		}
	}
	return len(f.rowHits(r.h.fam, r, r.leafText())) == 0
}
