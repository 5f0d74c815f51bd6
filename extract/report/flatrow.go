package report

import (
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// begin opens a row with its label, known or damaged.
func (f *flatState) begin(w *walker, t token) {
	pieces := f.pieces
	if f.blank {
		f.led++
	} else {
		f.unled++
	}
	f.confirmed = f.unlabelled && f.named(t)
	f.close(w)
	if !f.open(w) {
		return
	}
	key, ok := f.find(t, pieces)
	if !ok {
		f.pieces = append(pieces, t)
		return
	}
	f.noGroup(w, key)
	f.take(t)
	f.row, f.rowKey = &t, key
}

// noGroup reports a row 其他处理 without numbers, unless the next row is one of the three under it.
func (f *flatState) noGroup(w *walker, next string) {
	if f.group != nil && !strings.HasPrefix(next, "requests.other.") {
		w.problem(extract.AmbiguousReading, f.cell(*f.group, number.Value{}), "%s", noNumbers)
	}
	f.group = nil
}

const noNumbers = "a flattened row without numbers: blank cells, or lines that were dropped"

// find tells the row of the form.
func (f *flatState) find(t token, pieces []token) (string, bool) {
	joined := ""
	for _, p := range pieces {
		joined += p.text
	}
	roles := map[family]role{services: servRow, requests: reqRow, statistics: statRow}
	r, ok := roles[f.family]
	if !ok {
		return "", false
	}
	for _, hits := range [][]hit{t.hits, lex.find(joined + t.text)} {
		if f.family == statistics {
			if key := f.stat.pick(hits); key != "" {
				f.stat.last = key
				return key, true
			}
			continue
		}
		for _, h := range hits {
			if h.role == r {
				return h.key, true
			}
		}
	}
	if t.kind != tokenText {
		return "", false
	}
	h, _, ok := lex.damaged(joined+t.text, func(hit) bool { return true }, r)
	return h.key, ok
}

// close reads the row that is open.
func (f *flatState) close(w *walker) {
	if f.unlabelled && !f.confirmed {
		f.drop(w)
	}
	f.chapter = false
	row, key, values, unit := f.row, f.rowKey, f.values, f.unit
	unlabelled := f.unlabelled
	f.row, f.rowKey, f.values, f.unit, f.pieces, f.unlabelled = nil, "", nil, "", nil, false
	if row == nil {
		return
	}
	if key == "requests.other" && len(values) == 0 {
		f.group = row // perhaps the label over its three rows
		return
	}
	cells, doubt, sure := f.fit(*row, key, values)
	if f.guessed && f.family == requests && doubt == "" && !sumsUp(f.columns, cells) {
		doubt = guessedOrder
	}
	if f.guessed && f.family == litigation && doubt == "" && !groupsSumUp(cells) {
		doubt = guessedOrder
	}
	if unlabelled && doubt == "" {
		w.problem(extract.AmbiguousLabel, cells[0], "a row without a label; the form has only %s before the next one", key)
	}
	if doubt != "" {
		w.problem(extract.AmbiguousReading, f.cell(*row, number.Value{}), "%s", doubt)
	}
	if cells == nil {
		return
	}
	for j, c := range cells {
		col := f.columns[j]
		k := factKey{key + "." + col.key, ""}
		path := append([]string{row.text}, col.path...)
		switch f.family {
		case services:
			if !f.noted {
				f.noted = true
				w.use(f.template, tableOf(key))
			}
		case requests:
			k = factKey{key, col.key}
		case litigation:
			k = factKey{col.key, ""}
			path = col.path
		case statistics:
			k = factKey{key, ""}
			col.unit = unit
			if !f.stat.noted {
				f.stat.noted = true
				w.use("2014", codebook.Stat2014)
			}
		}
		if _, ok := codebook.Lookup(k.indicator); !ok || f.family == requests && col.key == "" {
			w.problem(extract.LeftoverCell, c, "the row %q has no column %q", row.text, strings.Join(col.path, ""))
			continue
		}
		w.add(found{factKey: k, cell: c, path: path, unit: col.unit, doubt: doubt})
		if !sure {
			f.glue.facts = append(f.glue.facts, k)
		}
	}
}

// fit gives each column its value, if the pieces allow exactly one reading; else cells that hold all pieces, and why. It is not sure of digits
// run together that may be one longer number beside blank cells: see glue.
func (f *flatState) fit(row token, key string, values []token) (read []*cell, doubt string, sure bool) {
	n := len(f.columns)
	numbers := make([]token, 0, len(values))
	for _, v := range values {
		if v.kind == tokenNumber {
			numbers = append(numbers, v)
		}
	}
	if len(values) != n && len(numbers) == n {
		values = numbers // empty pieces that a span left
	}
	values = f.unpad(key, values, len(numbers))
	split, sure := f.apart(row, values)
	if split != nil {
		values = split
	}
	f.glue.short = f.glue.short || len(values) == 0 || len(values) == 1 && values[0].at == row.at && len(values[0].text) < n
	if len(values) == n {
		cells := make([]*cell, n)
		for i, v := range values {
			cells[i] = f.cell(v, number.Parse(v.text))
		}
		return cells, "", split == nil || sure
	}
	if len(numbers) == 0 {
		return nil, noNumbers, true
	}
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = v.text
	}
	cells := make([]*cell, n)
	for i := range cells {
		cells[i] = f.cell(token{text: strings.Join(texts, " "), at: values[0].at}, number.Value{State: number.Unreadable})
	}
	return cells, "the numbers of a flattened row are not one for each column, so more than one reading is possible", true
}

// unpad drops the empty cell that an exporter put at the end of a row whose label spans one column less than those of the top rows, so that all
// rows are of one width. The top rows tell whether it does so: were the span kept in its place, they would have more cells than columns.
func (f *flatState) unpad(key string, values []token, numbers int) []token {
	n := len(f.columns)
	blanks := len(values) - numbers
	if len(values) == n+1 && values[n].kind == tokenBlank && f.led > 1 && f.unled == 0 {
		return values[:n] // each row begins with a bar of its own, which the row before cannot tell from an empty cell
	}
	if f.family != requests || blanks == 0 {
		return values
	}
	switch top := key == "requests.received" || key == "requests.carried_in"; {
	case top && len(values) == n && values[n-1].kind == tokenNumber:
		f.endsPadded = true
	case top || !f.endsPadded || len(values) != n+1 || values[n].kind != tokenBlank:
	default:
		return values[:n]
	}
	return values
}

// unnamed opens the first row of a table of two rows when a number comes before any label: the label was lost, and only the row after it can
// confirm that it was the first one of the form.
func (f *flatState) unnamed(w *walker, t token) bool {
	if f.family != services || !f.gathering || !f.open(w) || f.form == nil || len(f.form.Rows) != 2 {
		return false
	}
	f.row, f.rowKey, f.unlabelled = &token{kind: tokenText, at: t.at}, f.form.Rows[0].Key, true
	f.values = append(f.values, t)
	return true
}

// named tells whether label t is that of the second row of the form, so that the row without a label was the first.
func (f *flatState) named(t token) bool {
	return f.family == services && len(f.values) == len(f.columns) && t.is(servRow) && t.key(servRow) == f.form.Rows[1].Key
}

// drop reports the numbers of a row that nothing names.
func (f *flatState) drop(w *walker) {
	for _, v := range f.values {
		if v.kind == tokenNumber {
			w.problem(extract.LeftoverCell, f.cell(v, number.Value{}), "a number of a flattened table without a row label before it")
		}
	}
	f.row, f.rowKey, f.values, f.unlabelled = nil, "", nil, false
}
