package report

import "slices"

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
