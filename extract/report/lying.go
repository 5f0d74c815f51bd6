package report

// lying tells whether a grid has the form's rows as columns and its columns as rows. It is then read with both exchanged.
func (t *table) lying() bool {
	results, applicants, columns := newSpread(), newSpread(), newSpread()
	requests, services := newSpread(), newSpread()
	for i := range t.cells {
		c := &t.cells[i]
		if c.kind != label {
			continue
		}
		if c.is(litResult) && !c.is(reqRow) {
			results.add(c)
		}
		if c.is(reqColumn) && !c.is(reqRow) {
			applicants.add(c)
		}
		if c.is(servColumn) {
			columns.add(c)
		}
		if c.is(reqRow) && !c.is(reqColumn) {
			requests.add(c)
		}
		if c.is(servRow) {
			services.add(c)
		}
	}
	switch {
	case len(results.rows) >= 4 && len(results.cols) <= 2 && len(requests.rows)+len(services.rows) == 0:
		return true
	case len(applicants.rows) >= 4 && len(applicants.cols) == 1 && len(requests.cols) >= 4:
		return true
	case len(columns.rows) >= 1 && len(columns.cols) == 1 && len(services.rows) == 1 && len(services.cols) >= 1:
		return services.sideBy(columns)
	}
	return false
}

// spread collects the rows and columns in which labels of one kind stand.
type spread struct{ rows, cols map[int]bool }

func newSpread() spread { return spread{map[int]bool{}, map[int]bool{}} }

func (s spread) add(c *cell) {
	s.rows[c.row] = true
	s.cols[c.col] = true
}

// sideBy tells whether the one row of s lies above all rows of other and its columns right of the one column of other.
func (s spread) sideBy(other spread) bool {
	for r := range s.rows {
		for o := range other.rows {
			if o <= r {
				return false
			}
		}
	}
	for c := range s.cols {
		for o := range other.cols {
			if c <= o {
				return false
			}
		}
	}
	return true
}
