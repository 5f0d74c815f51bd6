package report

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
)

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
