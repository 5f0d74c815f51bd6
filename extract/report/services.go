package report

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// servState reads the tables of section two: a caption, a header, one or two rows, five times over.
type servState struct {
	grid     *table
	title    string // table that the last caption names; empty where it names none
	headLine []*cell
	head     *header
	earlier  *header // the header before the last caption: a page break repeats captions, even wrong ones
	template string  // of the last header
	last     string  // row read last under the header
	noted    bool    // the form table of the header is counted
}

// header takes a row with a caption or with column labels.
func (s *servState) header(w *walker, t *table, own []*cell) {
	if s.goesOn(w, t, own) {
		return
	}
	var cells []*cell
	title := false
	for _, c := range own {
		switch {
		case c.kind == empty:
		case c.is(servTitle) || isTitle(c.text()):
			s.title, _ = c.key(servTitle)
			c.used, title = true, true
		case c.is(servCorner) || c.is(statHead): // 序号, 单位
			c.used = true
		default:
			c.used = true
			cells = append(cells, c)
		}
	}
	if title && s.head != nil {
		s.earlier, s.head, s.headLine, s.last = s.head, nil, nil, ""
	}
	s.grid = t
	if len(cells) > 0 {
		s.headLine = own
		s.solveHeader(w, t, cells)
	}
}

// solveHeader makes the header cells the header of the rows that follow.
func (s *servState) solveHeader(w *walker, t *table, cells []*cell) {
	h := &header{t: t}
	keys, form, doubt := s.solve(cells)
	if s.title != "" && slices.Contains(keys, "") { // a caption that a page break repeated, a damaged or a wrong one
		title := s.title
		s.title = ""
		if k, f, d := s.solve(cells); unread(k) < unread(keys) {
			keys, form, doubt = k, f, d
		} else {
			s.title = title
		}
	}
	s.template = ""
	if form != nil {
		s.template = templateOf(form, cells)
	}
	for i, c := range cells {
		if keys[i] == "" && len(h.columns) == 0 && c.overLabels() {
			continue // 信息内容, damaged or in other words
		}
		k := column{key: keys[i], cell: c, from: c.col, to: c.end(), path: []string{c.text()}, unit: statedUnit(c.text())}
		if doubt && keys[i] != "" && !c.is(servColumn) {
			w.problem(extract.AmbiguousLabel, c, "the header is cut; its place among the others tells that it is %s", k.key)
		}
		h.columns = append(h.columns, k)
	}
	if h.anchored = anchoredColumns(h.columns); !h.anchored {
		h.columns = numbered(h.columns)
	}
	s.head, s.last, s.noted = h, "", false
}

// overLabels tells whether a label stands right below a header cell.
func (c *cell) overLabels() bool {
	if c.row+c.rows >= c.t.rows {
		return false
	}
	below := c.t.lattice[c.row+c.rows][c.col]
	return below != nil && below.kind == label
}

// unread counts the header cells without a column of the form.
func unread(keys []string) (n int) {
	for _, k := range keys {
		if k == "" {
			n++
		}
	}
	return n
}

// goesOn takes a row that holds the rest of a header that a page break cut, and tells whether it does.
func (s *servState) goesOn(w *walker, t *table, own []*cell) bool {
	if s.head == nil || s.last != "" || s.headLine == nil || len(own) != len(s.headLine) {
		return false
	}
	cells := make([]*cell, 0, len(own))
	for i, c := range own {
		upper := s.headLine[i]
		text := upper.text() + c.text()
		if hits := lex.find(text); c.kind != empty && !slices.ContainsFunc(hits, func(h hit) bool { return h.role == servColumn || h.role == servCorner }) {
			return false
		}
		joined := *c
		joined.name, joined.kind, joined.hits = text, upper.kind, lex.find(text)
		c.used = true
		if joined.kind != empty && !joined.is(servCorner) {
			cells = append(cells, &joined)
		}
	}
	s.solveHeader(w, t, cells)
	return true
}

// statedUnit reads a unit of money out of a header or a unit cell.
func statedUnit(text string) string {
	s := normalise(text)
	switch {
	case strings.Contains(s, "万元"):
		return number.CNY10k
	case strings.HasSuffix(s, "元"):
		return number.CNY
	}
	return ""
}

// body takes a row of values.
func (s *servState) body(w *walker, t *table, r int, line, own []*cell) {
	labels := labelsOf(own)
	if len(labels) == 0 && !hasValues(line) || !hasValues(line) && s.goesOn(w, t, own) {
		return
	}
	if s.head == nil && len(labels) > 0 {
		if key, ok := labels[len(labels)-1].key(servRow); ok && s.earlier != nil && s.earlier.takes(key) {
			s.head = s.earlier
		}
	}
	if s.head == nil {
		for _, c := range own {
			if c.kind != empty && !c.used {
				w.problem(extract.UnmatchedLabel, c, "a row of section two without a header above it")
			}
		}
		return
	}
	key, name := s.rowKey(labels, own)
	if key == "" {
		for _, c := range own {
			if c.kind != empty {
				w.problem(extract.UnmatchedLabel, c, "the row %q is not on the form here", name)
			}
		}
		return
	}
	if t != s.head.t && w.has(key) {
		for _, c := range own {
			if c.kind != empty {
				w.problem(extract.UnmatchedLabel, c, "the row %q of a further table without a header; the form table was read before", name)
			}
		}
		return
	}
	b := &bodyRow{h: s.head, t: t, row: r, line: line}
	place([]*bodyRow{b})
	for _, c := range own {
		c.used = c.used || slices.Contains(labels, c) && (c.kind == label || b.doubt == "") || isUnit(c.text())
	}
	s.last = key
	if !s.noted {
		s.noted = true
		w.use(s.template, tableOf(key))
	}
	for j, c := range b.values {
		col := s.head.columns[j]
		if c == nil {
			continue
		}
		id := key + "." + col.key
		if _, ok := codebook.Lookup(id); !ok || col.key == "" {
			if repeats(s.head.columns, b.values, j) {
				c.used = true
			} else if c.kind != empty {
				w.problem(extract.LeftoverCell, c, "%s has no column %q", name, col.path[0])
			}
			continue
		}
		w.add(found{factKey: factKey{id, ""}, cell: c, path: []string{name, col.path[0]}, unit: col.unit, doubt: b.doubtAt(c)})
	}
	w.doubtful(b)
}

// repeats tells a cell that the source wrote once for each position it covers, header and number alike, beside the one that is read.
func repeats(columns []column, values []*cell, j int) bool {
	i := j
	for i > 0 && columns[i].key == "" && values[i-1] != nil && columns[i-1].path[0] == columns[j].path[0] && values[i-1].text() == values[j].text() {
		i--
	}
	return i < j && columns[i].key != ""
}

// has tells whether a row of section two was read.
func (r *results) has(row string) bool {
	for _, f := range r.facts {
		if strings.HasPrefix(f.indicator, row+".") {
			return true
		}
	}
	return false
}

// takes tells whether a row of the form can stand under the header.
func (h *header) takes(row string) bool {
	for _, c := range h.columns {
		if _, ok := codebook.Lookup(row + "." + c.key); ok && c.key != "" {
			return true
		}
	}
	return false
}

// tableOf names the form table of section two that has the row.
func tableOf(row string) string {
	for _, f := range codebook.Forms() {
		if f.Section == 2 && slices.ContainsFunc(f.Rows, func(l codebook.Label) bool { return l.Key == row }) {
			return f.Table
		}
	}
	return ""
}

// doubtful reports a row whose values allow two readings.
func (r *results) doubtful(b *bodyRow) {
	doubt := b.doubt
	for _, c := range b.values {
		if c != nil && doubt == "" {
			doubt = b.doubtAt(c)
		}
	}
	if doubt == "" {
		return
	}
	for _, c := range b.line {
		if c.kind == value {
			r.problem(extract.AmbiguousReading, c, "%s", doubt)
			return
		}
	}
}

// rowKey tells the row of the form by its innermost label. A row without a label is the one row that can stand here, if the table has
// exactly one before the next, and the place of the label is there and empty: a part of a sheet that was printed beside another has none.
func (s *servState) rowKey(labels, own []*cell) (key, name string) {
	if len(labels) == 0 {
		if own[0].kind != empty {
			return "", ""
		}
		for _, f := range codebook.Forms() {
			if f.Section != 2 || !s.head.takes(f.Rows[0].Key) || s.title != "" && f.Table != s.title {
				continue
			}
			if s.last == "" && f.Table == codebook.Documents {
				return f.Rows[0].Key, f.Rows[0].Text()
			}
		}
		return "", ""
	}
	last := labels[len(labels)-1]
	if len(labels) > 1 && isUnit(last.text()) {
		last = labels[len(labels)-2]
	}
	name = last.text()
	if k, ok := last.key(servRow); ok {
		return k, name
	}
	h, _, ok := lex.damaged(name, func(h hit) bool { return s.head.takes(h.key) }, servRow)
	if !ok {
		return "", name
	}
	return h.key, name
}

// labelsOf returns the labels that start in a row, before its values.
func labelsOf(own []*cell) (labels []*cell) {
	to := lastLabel(spots(own, false))
	for _, c := range own {
		if c.kind != empty && c.col <= to {
			labels = append(labels, c)
		}
	}
	return labels
}
