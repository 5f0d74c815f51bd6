package report

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
)

func (s *reqState) header(t *table, own []*cell) {
	if s.head != nil && (len(s.rows) == 0 || s.rows[len(s.rows)-1].t != t || s.rows[len(s.rows)-1].h == s.head) {
		s.headCells, s.head = nil, nil
	}
	if slices.ContainsFunc(own, func(c *cell) bool { return s.names(c) }) {
		// The header stands twice, in a table of its own and in that of the rows: the nearer one holds.
		s.headCells = slices.DeleteFunc(s.headCells, func(c *cell) bool { return c.t != t })
	}
	for _, c := range own {
		if c.kind != empty {
			c.used = true
			s.headCells = append(s.headCells, c)
		}
	}
}

// names tells whether the header gathered so far has the applicant of a cell already, in another table.
func (s *reqState) names(c *cell) bool {
	key, ok := c.key(reqColumn)
	return ok && slices.ContainsFunc(s.headCells, func(h *cell) bool {
		k, ok := h.key(reqColumn)
		return ok && k == key && h.t != c.t
	})
}

func (s *reqState) gathering(t *table) bool {
	return s.head == nil && len(s.headCells) > 0 && s.headCells[0].t == t && (len(s.rows) == 0 || s.rows[len(s.rows)-1].h != nil)
}

func (s *reqState) solve() *header {
	if s.head != nil {
		return s.head
	}
	if len(s.headCells) == 0 {
		return nil
	}
	s.headCells = joinPieces(s.headCells, reqColumn, reqSpan, reqCorner)
	columns := applicantColumns(s.headCells)
	h := &header{t: s.headCells[0].t, columns: columns}
	byElimination(columns)
	if blank := blankHeaders(s.headCells, columns); len(blank) > 0 {
		h.columns, h.guessed = append(columns, blank...), true
		columns = h.columns
	}
	sameTable := !slices.ContainsFunc(s.headCells, func(c *cell) bool { return c.t != h.t })
	covered := !sameTable || underGroup(s.headCells, columns)
	if h.anchored = sameTable && anchoredColumns(columns) && adjacent(columns) && covered; !h.anchored {
		h.columns, h.guessed = inReadingOrder(s.headCells, columns)
		h.guessed = h.guessed || !covered
		h.columns = numbered(h.columns)
	} else {
		slices.SortFunc(h.columns, func(a, b column) int { return a.from - b.from })
	}
	s.head = h
	return h
}

// byElimination gives the one header cell that names no applicant to the one applicant that no cell names, where they have two characters in
// common (商业公司, 自燃人); the sums of the rows have to confirm it.
func byElimination(columns []column) {
	unnamed, n := -1, 0
	for i, c := range columns {
		if c.key == "" {
			unnamed = i
			n++
		}
	}
	if n != 1 || len(columns) != len(codebook.Applicants) {
		return
	}
	for _, a := range codebook.Applicants {
		if slices.ContainsFunc(columns, func(c column) bool { return c.key == a.ID }) {
			continue
		}
		common := 0
		for _, r := range normalise(a.LabelZH) {
			if strings.ContainsRune(normalise(columns[unnamed].path[0]), r) {
				common++
			}
		}
		if common < 2 || opposed(normalise(columns[unnamed].path[0]), normalise(a.LabelZH)) {
			return
		}
		columns[unnamed].key, columns[unnamed].eliminated = a.ID, true
		return
	}
}

func applicantColumns(cells []*cell) []column {
	var columns []column
	taken := map[string]bool{}
	add := func(c *cell, key string) {
		taken[key] = true
		columns = append(columns, column{key: key, cell: c, from: c.col, to: c.end(), path: []string{c.text()}})
	}
	var rest []*cell
	for _, c := range cells {
		if key, ok := c.key(reqColumn); ok && !taken[key] {
			add(c, key)
		} else if len(c.hits) == 0 {
			rest = append(rest, c)
		}
	}
	for _, c := range rest {
		h, _, ok := lex.damaged(c.text(), func(h hit) bool { return h.role != reqColumn || !taken[h.key] }, reqColumn, reqSpan, reqCorner)
		switch {
		case ok && h.role == reqColumn:
			add(c, h.key)
			continue
		case ok || c.cols > 2:
			continue
		}
		var begins []string
		for _, a := range codebook.Applicants {
			if text := normalise(c.text()); text != "" && !taken[a.ID] && strings.HasPrefix(a.LabelZH, text) {
				begins = append(begins, a.ID)
			}
		}
		if len(begins) == 1 {
			add(c, begins[0])
			columns[len(columns)-1].doubt = "the column's header is cut, so the number may be cut too"
		} else if c.row > 0 {
			add(c, "")
		}
	}
	return columns
}

func blankHeaders(cells []*cell, columns []column) []column {
	t, right, last := cells[0].t, -1, 0
	for _, c := range cells {
		if c.t != t {
			return nil
		}
		if c.is(reqCorner) {
			right = c.end()
		}
		last = max(last, c.row+c.rows-1)
	}
	if right < 0 || last >= t.rows {
		return nil
	}
	var blank []*cell
	for _, c := range t.line(last) {
		if c.col >= right && c.kind == empty {
			blank = append(blank, c)
		}
	}
	var missing []string
	for _, a := range codebook.Applicants {
		if !slices.ContainsFunc(columns, func(k column) bool { return k.key == a.ID }) {
			missing = append(missing, a.ID)
		}
	}
	if len(blank) != len(missing) {
		return nil
	}
	out := make([]column, len(blank))
	for i, c := range blank {
		out[i] = column{key: missing[i], cell: c, from: c.col, to: c.end(), path: []string{""}}
	}
	if !slices.IsSortedFunc(slices.SortedFunc(slices.Values(slices.Concat(columns, out)), func(a, b column) int { return a.from - b.from }), func(a, b column) int {
		return formIndex(a.key) - formIndex(b.key)
	}) {
		return nil // a cell of the header was lost, and what stands in its row moved
	}
	return out
}

// formIndex is the place of an applicant on the form.
func formIndex(key string) int {
	return slices.IndexFunc(codebook.Applicants, func(a codebook.Applicant) bool { return a.ID == key })
}

// underGroup tells whether 法人或其他组织 stands over every applicant that it groups. A wrong span moves 总计 before
// the last of them, one that was lost before all of them: then the order of the form holds, and the sums have to confirm it. A header without any
// span is another matter.
func underGroup(cells []*cell, columns []column) bool {
	var groups []*cell
	for _, c := range cells {
		if c.is(reqSpan) && strings.HasPrefix(normalise(c.text()), "法人") {
			groups = append(groups, c)
		}
	}
	total := slices.IndexFunc(columns, func(k column) bool { return k.key == codebook.Total })
	spanned := slices.ContainsFunc(cells, func(c *cell) bool { return c.cols > 1 })
	if total < 0 || !spanned {
		return true
	}
	return !slices.ContainsFunc(columns, func(k column) bool {
		inner := k.key != "" && k.key != "natural_person" && k.key != codebook.Total
		return inner && (len(groups) == 0 && k.cell.row > columns[total].cell.row || len(groups) > 0 && k.cell.row > groups[0].row) && k.from > columns[total].from &&
			!slices.ContainsFunc(groups, func(g *cell) bool { return k.from >= g.col && k.to <= g.end() })
	})
}

func adjacent(columns []column) bool {
	from, to, width := 1<<30, 0, 0
	for _, c := range columns {
		from, to, width = min(from, c.from), max(to, c.to), width+c.to-c.from
	}
	return to-from == width
}

func inReadingOrder(cells []*cell, columns []column) (order []column, guessed bool) {
	var outer, inner []column
	insert := -1
	for _, c := range cells {
		if k, ok := c.key(reqSpan); ok && k == "法人或其他组织" || c.is(reqSpan) && strings.HasPrefix(normalise(c.text()), "法人") {
			if insert < 0 {
				insert = len(outer)
			}
			continue
		}
		i := slices.IndexFunc(columns, func(k column) bool { return k.cell == c })
		switch {
		case i < 0:
		case columns[i].key == "natural_person" || columns[i].key == codebook.Total:
			outer = append(outer, columns[i])
		default:
			inner = append(inner, columns[i])
		}
	}
	if insert < 0 {
		insert = slices.IndexFunc(outer, func(k column) bool { return k.key == "natural_person" }) + 1
	}
	// 法人或其他组织 stands lower than 自然人 in the form but may be set higher on the page: in text the order of the form holds. In a grid
	// such a header is out of place, and with it the columns.
	if natural := slices.IndexFunc(outer, func(k column) bool { return k.key == "natural_person" }); natural == insert && len(inner) > 0 {
		insert = natural + 1
		if !cells[0].t.grid.Flat {
			const doubt = "the header's labels stand out of their columns"
			for i := range inner {
				inner[i].doubt = doubt
			}
			for i := range outer {
				outer[i].doubt = doubt
			}
		}
	}
	// 总计 printed before 自然人 is a header cell over all rows of the header that was written first; the column is the last one.
	if len(outer) == 2 && outer[0].key == codebook.Total {
		outer[0], outer[1] = outer[1], outer[0]
		insert, guessed = 1, true
	}
	return slices.Concat(outer[:insert], inner, outer[insert:]), guessed
}
