package report

import (
	"slices"
	"strings"
)

// joinPieces joins header labels that a page break or a drawn line cut into cells one below the other (结果 over 维持), where the pieces
// together are a label of one of the roles. The upper cell then stands for both.
func joinPieces(cells []*cell, roles ...role) []*cell {
	gone := map[*cell]bool{}
	for _, c := range cells {
		if gone[c] {
			continue
		}
		text, rows := c.text(), c.rows
		below := c
		var pieces []*cell
		for range 3 {
			i := slices.IndexFunc(cells, func(b *cell) bool { return !gone[b] && stacked(below, b) })
			if i < 0 {
				break
			}
			below = cells[i]
			pieces = append(pieces, below)
			text += below.text()
			rows += below.rows
			hits := slices.DeleteFunc(slices.Clone(lex.exact[normalise(text)]), func(h hit) bool { return !slices.Contains(roles, h.role) })
			if len(hits) == 0 {
				continue
			}
			c.name, c.hits, c.rows = text, hits, rows
			for _, p := range pieces {
				gone[p] = true
			}
			break
		}
	}
	return slices.DeleteFunc(slices.Clone(cells), func(c *cell) bool { return gone[c] })
}

// stacked tells whether b stands right below a, in one grid or over the end of one and the beginning of the next.
func stacked(a, b *cell) bool {
	if a.col != b.col || a.end() != b.end() {
		return false
	}
	if a.t == b.t {
		return b.row == a.row+a.rows
	}
	return b.t.no == a.t.no+1 && b.row == 0 && a.t.cols == b.t.cols && a.row+a.rows == a.t.rows
}

// wholeAbove drops a row that a page break left of header labels which the repeated header above it shows whole: 维持 below 结果维持, beside
// labels that were whole on either page.
func wholeAbove(cells []*cell) []*cell {
	const rest, other = 1, 2
	type line struct {
		t   *table
		row int
	}
	rows := map[line]int{}
	for _, c := range cells {
		i := slices.IndexFunc(cells, func(a *cell) bool {
			return len(a.hits) > 0 && stacked(a, c) && strings.HasSuffix(normalise(a.text()), normalise(c.text()))
		})
		switch k := (line{c.t, c.row}); {
		case i < 0:
			rows[k] |= other
		case normalise(cells[i].text()) != normalise(c.text()):
			rows[k] |= rest
		}
	}
	return slices.DeleteFunc(slices.Clone(cells), func(c *cell) bool { return rows[line{c.t, c.row}] == rest })
}

// withoutRepeated puts the two halves of a header together that a page cut: earlier as far as it stands on the first page, below it what follows
// the rows that the second page repeats. It returns nil when no row is repeated or the halves stand in different grids.
func withoutRepeated(earlier, cells []*cell) []*cell {
	if len(earlier) == 0 || len(cells) == 0 || earlier[0].t != cells[0].t {
		return nil
	}
	own := map[int]bool{} // rows with a label that earlier has not
	for _, c := range cells {
		own[c.row] = own[c.row] || !slices.ContainsFunc(earlier, func(e *cell) bool { return e.col == c.col && normalise(e.text()) == normalise(c.text()) })
	}
	repeated := 0
	for _, again := range own {
		if !again {
			repeated++
		}
	}
	if repeated == 0 {
		return nil
	}
	out := slices.Clone(earlier)
	for _, c := range cells {
		if own[c.row] {
			moved := *c
			moved.row -= repeated
			out = append(out, &moved)
		}
	}
	return out
}

// withoutRepeats takes a header in which an exporter wrote the label of a span at each of its positions: labels side by side become one cell
// again, and where there are more results than the groups have, one below its like is left out.
func withoutRepeats(cells []*cell) []*cell {
	groups, results := map[string]bool{}, 0
	for _, c := range cells {
		switch {
		case c.is(litGroup):
			groups[hitKey(c)] = true
		case c.is(litResult):
			results++
		}
	}
	twice := results > 5*len(groups)
	var out []*cell
	for _, c := range cells {
		same := func(o *cell) bool { return o.t == c.t && normalise(o.text()) == normalise(c.text()) }
		if beside := slices.IndexFunc(out, func(o *cell) bool {
			return same(o) && o.row == c.row && o.rows == c.rows && o.end() == c.col && (c.is(litGroup) || c.is(litSuit))
		}); beside >= 0 {
			wide := *out[beside]
			wide.cols += c.cols
			out[beside] = &wide
			continue
		}
		if !slices.ContainsFunc(out, func(o *cell) bool {
			return twice && same(o) && o.row+o.rows == c.row && o.col == c.col && o.cols == c.cols && c.is(litResult)
		}) {
			out = append(out, c)
		}
	}
	return out
}
