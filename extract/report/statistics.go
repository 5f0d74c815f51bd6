package report

import (
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// statState reads the appendix of 2014 to 2018, 政府信息公开情况统计表: one row per indicator.
type statState struct {
	column *cell  // header of the values, nil where there is none
	last   string // indicator of the last row
	noted  bool
}

func (s *statState) header(own []*cell) {
	for _, c := range own {
		if c.kind == empty {
			continue
		}
		c.used = true
		if c.is(statColumn) {
			s.column = c
		}
	}
}

func (s *statState) body(w *walker, t *table, r int, line, own []*cell) {
	var name *cell
	var keys []string
	for _, c := range own {
		if c.kind != label {
			continue
		}
		for _, h := range c.hits {
			if h.role == statRow {
				name = c
				keys = append(keys, h.key)
			}
		}
		if name != nil {
			break
		}
	}
	unit := ""
	for _, c := range own {
		if u := statedUnit(c.text()); c.kind == label && u != "" && len([]rune(c.text())) <= 4 {
			unit = u
		}
	}
	c := s.value(own, t)
	if name == nil {
		name, keys = s.damaged(own)
	}
	key := s.pick(keys)
	if key == "" {
		for _, c := range own {
			group := c.is(statGroup) || c.is(statHead) || isUnit(c.text()) || s.isDash(c, own)
			if c.kind != empty && !group {
				w.problem(extract.UnmatchedLabel, c, "the row is not on the form of 2014")
			}
			c.used = true
		}
		return
	}
	if !s.noted {
		s.noted = true
		w.use("2014", codebook.Stat2014)
	}
	s.last = key
	for _, c := range own {
		if c.kind == label || c.kind == value && c != s.value(own, t) && isSerial(c.text()) {
			c.used = true
		}
	}
	if c == nil {
		return
	}
	w.add(found{factKey: factKey{key, ""}, cell: c, path: lex.path[hit{statRow, key}], unit: unit})
}

// value finds the cell of the number: under 统计数, else the last cell of the row.
func (s *statState) value(own []*cell, t *table) *cell {
	if s.column != nil && s.column.t == t {
		for _, c := range own {
			if c.col < s.column.end() && c.end() > s.column.col {
				if c.kind == label {
					return nil
				}
				return c
			}
		}
	}
	var last *cell
	for _, c := range own {
		if c.kind == value {
			last = c
		}
	}
	if last == nil && len(own) > 1 && own[len(own)-1].kind == empty {
		last = own[len(own)-1]
	}
	return last
}

func (s *statState) damaged(own []*cell) (*cell, []string) {
	for _, c := range own {
		if c.kind != label || c.is(statGroup) || isUnit(c.text()) {
			continue
		}
		low := lex.order[hit{statRow, s.last}]
		h, _, ok := lex.damaged(c.text(), func(h hit) bool { return h.role == statGroup || s.last == "" || lex.order[h] > low }, statRow, statGroup)
		if ok && h.role == statRow {
			return c, []string{h.key}
		}
	}
	return nil, nil
}

// pick chooses among rows with one label: the nearest one after the last row read.
func (s *statState) pick(keys []string) string {
	switch len(keys) {
	case 0:
		return ""
	case 1:
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
	return best
}

// isDash tells whether a cell is the dash that stands for a unit or a number in the row of a heading.
func (s *statState) isDash(c *cell, own []*cell) bool {
	return c.kind == value && c.value.State == extract.NotApplicable
}

var units = map[string]bool{"条": true, "件": true, "次": true, "篇": true, "个": true, "人": true, "人次": true, "万元": true, "元": true, "件次": true, "份": true, "名": true}

func isUnit(text string) bool { return units[strings.TrimSpace(text)] }

// isSerial tells a serial number of a row from a value.
func isSerial(text string) bool { return len(strings.TrimSpace(text)) <= 4 }
