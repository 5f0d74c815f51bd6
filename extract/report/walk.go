package report

import (
	"slices"
	"strings"
)

// family is the kind of form table that the walk is in.
type family uint8

const (
	noFamily   family = iota
	services          // the tables of section two
	requests          // section three
	litigation        // section four
	statistics        // the 2014 appendix
)

// walker goes over the rows of all grids in order. A form table may be split over grids and several may stand in one, so what a row belongs
// to is told by labels and by what came before, not by the grid.
type walker struct {
	*results
	family family
	serv   servState
	req    reqState
	lit    litState
	stat   statState
	flat   flatState
	forms  []*table // grids in which a form table was found

	above    string // the line right above the grid
	captions []caption

	block   int   // index of the block being read; -1 while rows gathered from earlier ones are
	waiting []int // blocks of which rows are gathered and not read yet
}

func newWalker() *walker { return &walker{results: newResults()} }

// tally counts what the cells that start in a row can be.
type tally struct {
	role                         [numberOfRoles]int
	applicants, results, rows    int // sure ones: 总计 and 其他 can be any of them, and stand in foreign tables too
	titles, values, labels, text int
}

func count(own []*cell) (n tally) {
	for _, c := range own {
		switch c.kind {
		case value:
			n.values++
			continue
		case empty:
			continue
		}
		n.labels++
		seen := [numberOfRoles]bool{}
		for _, h := range c.hits {
			if !seen[h.role] {
				seen[h.role] = true
				n.role[h.role]++
			}
		}
		if seen[reqGroup] || seen[reqRow] && !seen[reqColumn] && !seen[litResult] {
			n.rows++
		}
		switch {
		case seen[reqColumn] && !seen[reqRow] && !seen[litResult]:
			n.applicants++
		case seen[litResult] && !seen[reqRow] && !seen[reqColumn]:
			n.results++
		case len(c.hits) == 0 && isTitle(c.text()):
			n.titles++
		case len(c.hits) == 0:
			n.text++
		}
	}
	n.titles += n.role[servTitle]
	return n
}

// isTitle recognises a caption of section two of which the end may be lost: 第二十条第.
func isTitle(text string) bool {
	s := normalise(text)
	return (strings.HasPrefix(s, "第二十条") || strings.HasPrefix(s, "第二十第") || strings.HasPrefix(s, "第二条第") || strings.HasPrefix(s, "二十条第")) && len(s) <= len("第二十条第十项")+6
}

func (w *walker) walk(t *table) {
	touched := false
	paused := noFamily
	if !w.goesOn(t) { // perhaps a foreign table between two pages of the form
		paused, w.family = w.family, noFamily
	}
	for r := 0; r < t.rows; r++ {
		line := t.line(r)
		if len(line) == 0 {
			continue
		}
		own := line[:0:0]
		for _, c := range line {
			if c.row == r {
				own = append(own, c)
			}
		}
		n := count(own)
		if w.row(t, r, line, own, n) {
			touched = true
		}
		if w.rowsWait() && !slices.Contains(w.waiting, w.block) {
			w.waiting = append(w.waiting, w.block)
		}
	}
	if touched {
		w.forms = append(w.forms, t)
		w.caption(t)
	}
	if w.family == noFamily {
		w.family = paused
	}
	w.serv.grid = nil
}

// goesOn tells whether a grid can go on with the table that is open: it has labels of that table, or the geometry says so, or the open
// table has its header and waits for its numbers. A foreign table (contacts, a calendar) ends the form table before it.
func (w *walker) goesOn(t *table) bool {
	roles := map[family][]role{services: {servRow, servColumn, servTitle}, requests: {reqRow, reqGroup, reqCorner, reqSpan},
		litigation: {litGroup, litSuit, litResult}, statistics: {statRow, statGroup}}[w.family]
	if slices.ContainsFunc(roles, t.has) {
		return true
	}
	switch w.family {
	case litigation:
		return len(w.lit.cells) > 0 && !w.lit.answered()
	case requests:
		return t.grid.Continues && len(w.req.rows) > 0
	case statistics:
		return t.grid.Continues
	}
	return false
}

// isHeading recognises the heading of a section in a row of its own.
func isHeading(own []*cell) bool {
	for _, c := range own {
		if c.kind == empty {
			continue
		}
		h, ok := asHeading(c.text())
		c.used = c.used || ok && h.rank > 0
		return ok && h.rank > 0
	}
	return false
}

// has tells whether any cell of the grid can have a role.
func (t *table) has(r role) bool {
	return slices.ContainsFunc(t.cells, func(c cell) bool { return c.is(r) })
}

// row hands a row to the family it belongs to and tells whether there is one.
func (w *walker) row(t *table, r int, line, own []*cell, n tally) bool {
	switch {
	case n.values == 0 && n.labels == 1 && n.text == 1 && isHeading(own):
		w.enter(noFamily) // one table over several sections, their headings as rows
	case n.values == 0 && (n.role[litGroup]+n.role[litSuit] > 0 || n.results >= 2):
		w.enter(litigation)
		w.lit.header(w, t, own)
	case n.values == 0 && (n.role[reqCorner]+n.role[reqSpan] > 0 || n.applicants >= 2 || w.req.gathering(t) && n.role[reqColumn] > 0):
		w.enter(requests)
		w.req.header(t, own)
	case n.values == 0 && n.role[statHead] > 0 && n.role[statHead]+n.role[statColumn] >= 2 && t.has(statRow):
		w.enter(statistics)
		w.stat.header(own)
	case n.titles > 0 || n.role[servColumn] > 0 || n.role[servCorner] > 0 && n.role[servRow] == 0 && n.values == 0:
		w.enter(services)
		w.serv.header(w, t, own)
	case n.role[servRow] > 0 && n.role[reqRow] == 0:
		w.enter(services)
		w.serv.body(w, t, r, line, own)
	case n.role[statRow] > 0 && (w.family == statistics || n.role[reqRow] == 0 && n.role[litResult] == 0):
		w.enter(statistics)
		w.stat.body(t, own)
	case n.rows > 0:
		w.enter(requests)
		w.req.body(t, r, line)
	case w.family == requests:
		w.req.body(t, r, line)
	case w.family == litigation:
		w.lit.body(w, t, r, line, own)
	case w.family == services && w.serv.grid == t:
		w.serv.body(w, t, r, line, own)
	case w.family == statistics:
		w.stat.body(t, own)
	default:
		return false
	}
	return true
}

// enter leaves a family for another.
func (w *walker) enter(f family) {
	here := w.block
	w.block = -1
	if f != requests {
		w.req.flush(w)
	}
	if f != litigation {
		w.lit.flush(w)
	}
	if f != statistics {
		w.stat.flush(w)
	}
	w.block, w.family = here, f
	if !w.rowsWait() {
		w.waiting = nil
	}
}

// finish closes what is open and reports what was left.
func (w *walker) finish() {
	w.enter(noFamily)
	w.otherRows()
	w.doubtGlued(w.flat.glue)
	w.leftovers(w.forms)
}
