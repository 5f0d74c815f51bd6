package report

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// statState reads the appendix of 2014 to 2018, 政府信息公开情况统计表: one row per indicator. Rows are gathered and read together, for a page
// break can cut one.
type statState struct {
	heads []*cell // of the last header
	last  string  // indicator of the last row
	rows  []*statLine
	noted bool
}

// statLine is a row of the appendix, or a part of one where the page sets two side by side.
type statLine struct {
	t       *table
	part    int     // 0 for the left part of the row
	cells   []*cell // that start in the row
	name    *cell   // its label
	value   *cell
	several []*cell // numbers of which nothing tells the one of the year
	key     string
	taken   bool // a piece of the row before
}

func (s *statState) header(own []*cell) {
	s.heads = nil
	for _, c := range own {
		if c.kind == empty {
			continue
		}
		c.used = true
		s.heads = append(s.heads, c)
	}
}

// body gathers a row. A label behind a number begins a row of its own, and so does what stands under a header that is repeated.
func (s *statState) body(t *table, own []*cell) {
	l := &statLine{t: t}
	numbered := false
	for _, c := range own {
		named := c.kind == label && !isUnit(c.text())
		if named && numbered && l.name != nil || len(l.cells) > 0 && s.again(c) {
			s.rows = append(s.rows, l)
			l, numbered = &statLine{t: t, part: l.part + 1}, false
		}
		if named && (l.name == nil || !numbered && c.is(statRow) || !l.name.is(statRow) && c.is(statRow)) {
			l.name = c
		}
		numbered = numbered || c.kind == value && l.name != nil
		l.cells = append(l.cells, c)
	}
	s.rows = append(s.rows, l)
}

// again tells a cell under the header label with which the header begins a second time: 统计指标 | 统计数 | 统计指标 | 统计数.
func (s *statState) again(c *cell) bool {
	return slices.ContainsFunc(s.heads[min(1, len(s.heads)):], func(h *cell) bool {
		return h.t == c.t && h.col == c.col && normalise(h.text()) == normalise(s.heads[0].text())
	})
}

// flush reads the gathered rows: exact labels, then labels cut in two rows, then damaged ones.
func (s *statState) flush(w *walker) {
	rows := s.rows
	slices.SortStableFunc(rows, func(a, b *statLine) int { // the right part goes on where the left one ends
		return cmp.Or(cmp.Compare(a.t.no, b.t.no), cmp.Compare(a.part, b.part))
	})
	s.choose(rows)
	for i, l := range rows {
		if l.taken || l.name == nil {
			continue
		}
		l.key = s.pick(lex.find(l.name.text()))
		if l.key == "" && i+1 < len(rows) && rows[i+1].name != nil && !l.name.is(statGroup) {
			next := rows[i+1]
			if key := s.pick(lex.find(l.name.text() + next.name.text())); key != "" && (filled([]*cell{l.value}) == 0 || filled([]*cell{next.value}) == 0) {
				l.key, next.taken = key, true
				if filled([]*cell{l.value}) == 0 {
					l.value = next.value
				}
			}
		}
		if l.key == "" {
			l.key = s.damaged(l.name)
		}
		if l.key != "" {
			s.last = l.key
		}
	}
	for _, l := range rows {
		s.emit(w, l)
	}
	*s = statState{heads: s.heads, noted: s.noted}
}

func (s *statState) emit(w *walker, l *statLine) {
	if l.key == "" && signed(l.cells) {
		for _, c := range l.cells {
			c.used = true
		}
		return
	}
	unit, doubt := "", s.doubt(l)
	for _, c := range l.cells {
		known := l.key != "" && c.kind == label || (l.key != "" || l.name != nil && l.name.is(statGroup)) && s.serial(l, c) || c.is(statGroup) || c.is(statHead) || isUnit(c.text()) || isDash(c)
		if c.kind == label && isUnit(c.text()) {
			unit = statedUnit(c.text())
		}
		switch {
		case (c == l.value || slices.Contains(l.several, c)) && l.key != "":
		case known || l.taken && c.kind == label:
			c.used = true
		case c.kind != empty && !c.used && c != l.value || c.kind != empty && c == l.value && l.key == "" && !l.taken:
			if l.key != "" {
				w.problem(extract.LeftoverCell, c, "another cell beside the number of %s", l.key)
				if c.kind == value && l.value != nil && c.col > l.name.col && (l.value.kind == empty || !s.under(c)) {
					doubt = "a cell beside it may be the number, or a part of it"
				}
				continue
			}
			w.problem(extract.UnmatchedLabel, c, "the row is not on the form of 2014")
		}
	}
	if l.key == "" || l.value == nil && len(l.several) == 0 {
		return
	}
	if !s.noted {
		s.noted = true
		w.use("2014", codebook.Stat2014)
	}
	f := found{factKey: factKey{l.key, ""}, cell: l.value, path: lex.path[hit{statRow, l.key}], unit: unit}
	if len(l.several) > 0 {
		f.cell, f.doubt = l.several[0], severalNumbers
		for _, c := range l.several {
			w.problemAt(extract.AmbiguousReading, f.factKey, c, "%s: %s", f.factKey, severalNumbers)
		}
	} else if f.doubt = doubt; doubt != "" {
		w.problemAt(extract.AmbiguousReading, f.factKey, l.value, "%s: %s", f.factKey, doubt)
	}
	w.add(f)
}

// foot begins the last line of the form, which names who is responsible for it and who filled it in.
var foot = regexp.MustCompile(`^(单位|主要|分管)*(负责人|审核人|审签人|填报人|填表人|制表人|经办人|联系人|联系电话|填报日期|填表日期|填报时间)(（?签[字章名]）?)?[:：]`)

func signed(line []*cell) bool {
	for _, c := range line {
		if c.kind != empty {
			return foot.MatchString(c.text())
		}
	}
	return false
}

const severalNumbers = "several numbers in one row, and no header that tells which is the year's"

func (s *statState) damaged(c *cell) string {
	if c.is(statGroup) {
		return ""
	}
	low, suits := lex.order[hit{statRow, s.last}], lex.order[hit{statRow, "stat2014.suit_total"}]
	possible := func(h hit) bool {
		if h.role == statGroup || s.last == "" {
			return true
		}
		// The rows under 行政诉讼 repeat the labels of those under 行政复议.
		return lex.order[h] > low && (low >= suits || lex.order[h] <= suits || !strings.HasPrefix(h.key, "stat2014.suit_"))
	}
	h, _, ok := lex.damaged(c.text(), possible, statRow, statGroup)
	if !ok || h.role != statRow {
		return ""
	}
	return h.key
}

// pick chooses among rows with one label (（二）被依法纠错数 stands twice): the nearest one after the last row read.
func (s *statState) pick(hits []hit) string {
	var keys []string
	for _, h := range hits {
		if h.role == statRow {
			keys = append(keys, h.key)
		}
	}
	if len(keys) == 1 {
		return keys[0]
	}
	after := -1
	if s.last != "" {
		after = lex.order[hit{statRow, s.last}]
	}
	best, at := "", 1<<30
	for _, k := range keys {
		if o := lex.order[hit{statRow, k}]; o > after && o < at {
			best, at = k, o
		}
	}
	if strings.HasPrefix(best, "stat2014.suit_") && after < lex.order[hit{statRow, "stat2014.suit_total"}] {
		return "" // a row printed twice: those of 行政诉讼 have not begun
	}
	return best
}

// isDash recognises the dash that stands for a unit or a number in the row of a heading.
func isDash(c *cell) bool { return c.kind == value && c.value.State == extract.NotApplicable }

var units = map[string]bool{"条": true, "件": true, "次": true, "篇": true, "个": true, "人": true, "人次": true, "万元": true, "元": true, "件次": true, "份": true, "名": true}

func isUnit(text string) bool { return units[strings.TrimSpace(text)] }
