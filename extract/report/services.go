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
	grid  *table
	title string // table that the last caption names; empty where it names none
	head  *header
	last  string // row read last
}

// header takes a row with a caption or with column labels.
func (s *servState) header(w *walker, t *table, own []*cell) {
	var cells []*cell
	title := false
	for _, c := range own {
		switch {
		case c.kind == empty:
		case c.is(servTitle) || isTitle(c):
			s.title, _ = c.key(servTitle)
			c.used, title = true, true
		case c.is(servCorner):
			c.used = true
		default:
			cells = append(cells, c)
		}
	}
	if title {
		s.head, s.last = nil, ""
	}
	s.grid = t
	if len(cells) == 0 {
		return
	}
	h := &header{t: t}
	keys, form, doubt := s.solve(cells)
	for i, c := range cells {
		k := column{key: keys[i], cell: c, from: c.col, to: c.end(), path: []string{c.text()}, unit: statedUnit(c.text())}
		switch {
		case k.key == "":
			w.problem(extract.UnmatchedLabel, c, "a column header that no table of section two has here")
		case doubt:
			w.problem(extract.AmbiguousLabel, c, "the header is cut; its place among the others tells that it is %s", k.key)
		}
		c.used = true
		h.columns = append(h.columns, k)
	}
	if h.anchored = anchoredColumns(h.columns); !h.anchored {
		h.columns = numbered(h.columns)
	}
	s.head, s.last = h, ""
	if form != nil {
		w.use(templateOf(form, cells), form.Table)
	}
}

// templateOf tells the template by the column headers; 处理决定数量 alone stands on both the 2019 and the 2021 form with a word lost.
func templateOf(f *codebook.Form, cells []*cell) string {
	if len(cells) == 1 && (f.Table == codebook.Licensing || f.Table == codebook.Enforcement) && !strings.Contains(normalise(cells[0].text()), "本年") {
		return ""
	}
	return f.Template
}

// solve finds the columns that the header cells name: those of one form. Doubt says that a cell was decided by its place among the others only.
func (s *servState) solve(cells []*cell) (keys []string, form *codebook.Form, doubt bool) {
	keys = make([]string, len(cells))
	best, bestDoubt := 0, false
	for _, f := range codebook.Forms() {
		if f.Section != 2 || s.title != "" && f.Table != s.title {
			continue
		}
		got, d := assign(cells, f)
		n := 0
		for _, k := range got {
			if k != "" {
				n++
			}
		}
		// Fewer unread headers win, then the form of which more columns are there.
		if n > best || n == best && n > 0 && (bestDoubt && !d || closer(f, form, cells)) {
			best, bestDoubt, form = n, d, f
			copy(keys, got)
		}
	}
	return keys, form, bestDoubt
}

// closer prefers the form whose own wording the headers have (本年处理决定数量 against 处理决定数量), then the one with fewer columns missing.
func closer(f, than *codebook.Form, cells []*cell) bool {
	a, b := exactColumns(f, cells), exactColumns(than, cells)
	if len(f.Columns) != len(than.Columns) && a == b {
		return len(f.Columns) < len(than.Columns)
	}
	return a > b
}

func exactColumns(f *codebook.Form, cells []*cell) (n int) {
	for _, c := range cells {
		text := normalise(c.text())
		for _, k := range f.Columns {
			if normalise(k.Text()) == text {
				n++
			}
		}
	}
	return n
}

// assign gives each header cell the column of the form it names: exactly, damaged, or cut short with its place to tell.
func assign(cells []*cell, f *codebook.Form) (keys []string, doubt bool) {
	keys = make([]string, len(cells))
	taken := map[string]bool{}
	on := func(key string) bool {
		return slices.ContainsFunc(f.Columns, func(l codebook.Label) bool { return l.Key == key })
	}
	for i, c := range cells {
		for _, h := range c.hits {
			if h.role == servColumn && on(h.key) && !taken[h.key] {
				keys[i] = h.key
				taken[h.key] = true
				break
			}
		}
	}
	for i, c := range cells {
		if keys[i] != "" || c.is(servColumn) {
			continue
		}
		h, _, ok := lex.damaged(c.text(), func(h hit) bool { return on(h.key) && !taken[h.key] }, servColumn)
		if ok {
			keys[i], taken[h.key] = h.key, true
		}
	}
	next := 0
	for i, c := range cells {
		text := normalise(c.text())
		if keys[i] != "" {
			next = slices.IndexFunc(f.Columns, func(l codebook.Label) bool { return l.Key == keys[i] }) + 1
			continue
		}
		if len(text) < 6 || c.is(servColumn) {
			continue
		}
		for j := next; j < len(f.Columns); j++ {
			k := f.Columns[j]
			if !taken[k.Key] && len(k.Replaces) == 0 && strings.HasPrefix(normalise(k.Text()), text) {
				keys[i], taken[k.Key], next, doubt = k.Key, true, j+1, true
				break
			}
		}
	}
	return keys, doubt
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
	if len(labels) == 0 && !hasValues(line) {
		return
	}
	if s.head == nil {
		for _, c := range own {
			if c.kind != empty && !c.used {
				w.problem(extract.UnmatchedLabel, c, "a row of section two without a header above it")
			}
		}
		return
	}
	key, name := s.rowKey(labels)
	if key == "" {
		for _, c := range own {
			if c.kind != empty {
				w.problem(extract.UnmatchedLabel, c, "the row %q is not on the form here", name)
			}
		}
		return
	}
	b := &bodyRow{h: s.head, t: t, row: r, line: line}
	place([]*bodyRow{b})
	for _, c := range labels {
		c.used = true
	}
	s.last = key
	for j, c := range b.values {
		col := s.head.columns[j]
		if c == nil {
			continue
		}
		id := key + "." + col.key
		if _, ok := codebook.Lookup(id); !ok || col.key == "" {
			if c.kind != empty {
				w.problem(extract.LeftoverCell, c, "%s has no column %q", name, col.path[0])
			}
			continue
		}
		w.add(found{factKey: factKey{id, ""}, cell: c, path: []string{name, col.path[0]}, unit: col.unit, doubt: b.doubt})
	}
	w.doubtful(b)
}

// doubtful reports a row whose values allow two readings.
func (r *results) doubtful(b *bodyRow) {
	if b.doubt == "" {
		return
	}
	for _, c := range b.line {
		if c.kind == value {
			r.problem(extract.AmbiguousReading, c, "%s", b.doubt)
			return
		}
	}
}

// rowKey tells the row of the form by its innermost label. A row without a label is the one row that can stand here, if the table has
// exactly one before the next.
func (s *servState) rowKey(labels []*cell) (key, name string) {
	fits := func(key string) bool {
		for _, c := range s.head.columns {
			if _, ok := codebook.Lookup(key + "." + c.key); ok {
				return true
			}
		}
		return false
	}
	if len(labels) == 0 {
		for _, f := range codebook.Forms() {
			if f.Section != 2 || !fits(f.Rows[0].Key) || s.title != "" && f.Table != s.title {
				continue
			}
			if s.last == "" && f.Table == codebook.Documents {
				return f.Rows[0].Key, f.Rows[0].Text()
			}
		}
		return "", ""
	}
	last := labels[len(labels)-1]
	name = last.text()
	if k, ok := last.key(servRow); ok {
		return k, name
	}
	h, _, ok := lex.damaged(name, func(h hit) bool { return fits(h.key) }, servRow)
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
