package report

import (
	"maps"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// litState reads the table of section four: three levels of header and one row of numbers. The header may end one page and the numbers
// begin the next, and the table may come in several.
type litState struct {
	cells   []*cell // header cells gathered
	earlier []*cell // the header before, which a page break may have repeated in part
	rows    []*bodyRow
}

// header takes a row of the header. A header after numbers opens a further table; a header that is repeated takes the old one's place.
func (s *litState) header(w *walker, t *table, own []*cell) {
	repeated := slices.ContainsFunc(own, func(c *cell) bool {
		return c.is(litGroup) && slices.ContainsFunc(s.cells, func(b *cell) bool { return b.is(litGroup) && hitKey(b) == hitKey(c) })
	})
	if earlier := s.cells; s.answered() || repeated {
		s.flush(w)
		s.earlier = earlier
	}
	s.rows = nil // spacing
	for _, c := range own {
		if c.kind != empty {
			c.used = true
			s.cells = append(s.cells, c)
		}
	}
}

// readLitigation solves a header after mending its labels. It returns the labels that section four does not have.
func readLitigation(cells []*cell) (h *header, unknown []*cell) {
	cells = wholeAbove(joinPieces(withoutRepeats(cells), litGroup, litResult, litSuit))
	for _, c := range cells {
		if len(c.hits) > 0 {
			continue
		}
		if h, _, ok := lex.damaged(c.text(), func(hit) bool { return true }, litGroup, litResult, litSuit); ok {
			c.hits = []hit{h}
		} else {
			unknown = append(unknown, c)
		}
	}
	return solveLitigation(cells), unknown
}

func hitKey(c *cell) string {
	k, _ := c.key(litGroup)
	return k
}

// answered tells whether a row with numbers stands under the header.
func (s *litState) answered() bool {
	return slices.ContainsFunc(s.rows, func(b *bodyRow) bool { return hasValues(b.line) })
}

// body takes a row under the header.
func (s *litState) body(w *walker, t *table, r int, line, own []*cell) {
	if !hasValues(line) {
		labels := labelsOf(own)
		if len(labels) > 0 {
			s.header(w, t, own) // a damaged row of the header
			return
		}
	}
	s.rows = append(s.rows, &bodyRow{t: t, row: r, line: line})
}

// flush reads the rows gathered under the header.
func (s *litState) flush(w *walker) {
	cells, rows, earlier := s.cells, s.rows, s.earlier
	*s = litState{}
	if len(cells) == 0 || len(rows) == 0 {
		return
	}
	h, unknown := readLitigation(cells)
	for _, other := range [][]*cell{withoutRepeated(earlier, cells), earlier} {
		if h == nil && len(other) > 0 {
			var rest []*cell
			if h, rest = readLitigation(other); h != nil {
				unknown = rest
			}
		}
	}
	for _, c := range unknown {
		w.problem(extract.UnmatchedLabel, c, "a header that section four does not have")
	}
	if s := (litState{rows: rows}); s.answered() {
		rows = slices.DeleteFunc(rows, func(b *bodyRow) bool { return !hasValues(b.line) }) // spacing
	} else if len(rows) > 1 {
		rows = rows[:1]
	}
	if h == nil {
		h = resultsOnly(cells)
	}
	if h == nil {
		for _, b := range rows {
			for _, c := range b.line {
				if c.kind != empty && !c.used {
					w.problem(extract.UnmatchedLabel, c, "the header of section four does not tell which group and result this is")
				}
			}
		}
		w.use("", codebook.Litigation)
		return
	}
	for _, b := range rows {
		b.h = h
		place([]*bodyRow{b})
		if !h.byRow && b.doubt == "" && filled(b.values) > 0 && !whole(h.columns) && !addUp(h.columns, b.values) {
			b.doubt = "a group of the header has not the five results of the form, and its sum does not tell which they are"
		}
		if b.doubt == "" && b.oneTooFar() {
			b.doubt = "the first cell is empty, and the numbers add up when each is read one column to the left"
		}
		for _, c := range labelsOf(b.line) {
			c.used = true // 数量, 案件数
		}
		for j, c := range b.values {
			if c == nil {
				continue
			}
			col := h.columns[j]
			if group := groupOf(b); h.byRow && group != nil {
				col.key = hitKey(group) + "." + col.key
				col.path = litPath(col.key, col.cell)
			} else if h.byRow {
				col.key = ""
			}
			if col.key == "" {
				if c.kind != empty {
					w.problem(extract.UnmatchedLabel, c, "the header of section four does not tell which group and result this is")
				}
				continue
			}
			w.add(found{factKey: factKey{col.key, ""}, cell: c, path: col.path, doubt: b.doubtAt(c)})
		}
		w.doubtful(b)
	}
	w.use("", codebook.Litigation)
}

// oneTooFar tells a row before which an empty cell came in, while its last number was lost.
func (b *bodyRow) oneTooFar() bool {
	n := len(b.values)
	return n == 15 && whole(b.h.columns) && b.values[0] != nil && b.values[0].kind == empty &&
		!addUp(b.h.columns[5:], b.values[5:]) && addUp(b.h.columns[:10], b.values[1:11])
}

// whole tells whether each group of a header has its five results in the order of the form. A header that lost a cell has not.
func whole(columns []column) bool {
	if len(columns)%5 != 0 {
		return false
	}
	form := codebook.FindForm("2021", codebook.Litigation).Columns
	at := -5
	for i, c := range columns {
		k := slices.IndexFunc(form, func(l codebook.Label) bool { return l.Key == c.key })
		if i%5 == 0 && k%5 == 0 {
			at = k
		} else if k != at+i%5 {
			return false
		}
	}
	return true
}

// addUp tells whether every group has a total and adds up to it.
func addUp(columns []column, values []*cell) bool {
	sums, totals := map[string]float64{}, map[string]float64{}
	for j, c := range values {
		group, result, _ := cutKey(columns[j].key)
		switch {
		case c == nil || c.value.State != number.Reported:
			return false
		case result == "total":
			totals[group] = c.value.Value
		default:
			sums[group] += c.value.Value
		}
	}
	return len(totals) > 0 && maps.Equal(sums, totals)
}

// resultsOnly solves a header of results alone: the groups are then the labels of the rows.
func resultsOnly(cells []*cell) *header {
	h := &header{t: cells[0].t, byRow: true}
	seen := map[string]bool{}
	for _, c := range joinPieces(cells, litResult) {
		result, ok := c.key(litResult)
		if c.is(litGroup) || c.is(litSuit) || ok && seen[result] {
			return nil
		}
		if ok {
			seen[result] = true
			h.columns = append(h.columns, column{key: result, cell: c, from: c.col, to: c.end(), path: []string{c.text()}})
		}
	}
	h.anchored = anchoredColumns(h.columns)
	if len(h.columns) == 0 || !h.anchored {
		return nil
	}
	return h
}

// groupOf finds the label of a row that names a group, a damaged one where no other does.
func groupOf(b *bodyRow) *cell {
	for i := len(b.line) - 1; i >= 0; i-- {
		if b.line[i].is(litGroup) {
			return b.line[i]
		}
	}
	for _, c := range slices.Backward(labelsOf(b.line)) {
		if h, _, ok := lex.damaged(c.text(), func(hit) bool { return true }, litGroup, litSuit); ok && h.role == litGroup {
			c.hits = append(c.hits, h)
			return c
		}
	}
	return nil
}

// solveLitigation finds the columns: each result with the group above it, by position; or, where the source lost its spans, by order:
// groups in reading order, each with five different results.
func solveLitigation(cells []*cell) *header {
	h := &header{t: cells[0].t}
	var groups, results []*cell
	for _, c := range cells {
		switch {
		case c.is(litGroup):
			groups = append(groups, c)
		case c.is(litResult):
			results = append(results, c)
		}
	}
	oneTable := !slices.ContainsFunc(cells, func(c *cell) bool { return c.t != h.t })
	if oneTable {
		if columns, ok := groupsAbove(groups, results, cells); ok {
			h.columns, h.anchored = columns, true
			return h
		}
	}
	columns, ok := groupsInOrder(groups, results)
	if !ok {
		return nil
	}
	h.columns = numbered(columns)
	return h
}

// groupsAbove gives each result the nearest group above it: the one whose positions cover it, or, where groups lost their spans,
// the last one that starts at or before it.
func groupsAbove(groups, results, all []*cell) ([]column, bool) {
	spanned := slices.ContainsFunc(groups, func(c *cell) bool { return c.cols > 1 })
	var columns []column
	seen := map[string]bool{}
	for _, c := range results {
		var above *cell
		for _, g := range all {
			if g.row >= c.row || g.is(litResult) && !g.is(litGroup) || g.col > c.col || spanned && g.end() < c.end() {
				continue
			}
			if above == nil || g.row > above.row || g.row == above.row && g.col > above.col {
				above = g
			}
		}
		if above == nil || !above.is(litGroup) {
			return nil, false
		}
		group, _ := above.key(litGroup)
		result, _ := c.key(litResult)
		key := group + "." + result
		if seen[key] {
			return nil, false
		}
		seen[key] = true
		columns = append(columns, column{key: key, cell: c, from: c.col, to: c.end(), path: litPath(key, c)})
	}
	return columns, anchoredColumns(columns) && len(columns) >= 5
}

func litPath(key string, c *cell) []string {
	full := lex.path[hit{litResult, key}]
	if full == nil {
		return []string{c.text()}
	}
	return append(slices.Clone(full[:len(full)-1]), c.text())
}

func groupsInOrder(groups, results []*cell) ([]column, bool) {
	if len(groups) == 0 || len(results) != 5*len(groups) {
		return nil, false
	}
	if len(groups) > 1 && hitKey(groups[0]) != "review" {
		return nil, false // the order of reading is not the order of the columns
	}
	var columns []column
	seen := map[string]bool{}
	for i, c := range results {
		result, _ := c.key(litResult)
		key := hitKey(groups[i/5]) + "." + result
		if seen[key] {
			return nil, false
		}
		seen[key] = true
		columns = append(columns, column{key: key, cell: c, path: litPath(key, c)})
	}
	return columns, true
}
