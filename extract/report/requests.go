package report

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// reqState reads the table of section three. Its rows are gathered over page breaks and read together when the table ends,
// because a row can be cut by a page and the order of the rows is evidence.
type reqState struct {
	headCells []*cell // of the header being gathered
	head      *header
	rows      []*requestRow
}

// requestRow is a row of the body with the labels that start in it.
type requestRow struct {
	*bodyRow
	labels []*cell
	key    string // indicator, or "" while unknown
	group  bool   // a label over rows, or a piece of a label: no row of the form
	parts  []*requestRow
}

// header takes a row of the header. A header after body rows is one that a new page repeats.
// gathering tells whether the header is being gathered in a grid.
// solve turns the gathered header cells into columns.
// applicantColumns finds the header cells that name applicants: exactly, damaged, or cut short. A header that names none keeps a column
// without a key, so that what stands below it is told and does not disturb the others.
// blankHeaders takes header cells that lost their text for the applicants that no other cell names, in the order of the form; the sums of
// the rows have to confirm it.
// adjacent tells whether no position lies between the columns: where one does, the header has lost its spans.
// inReadingOrder orders the columns of a header that has lost its spans: the row under 法人或其他组织 stands in the place of that label.
// Guessed says that 总计 was printed before 自然人, so that only the sums can tell where its column is.
// body gathers a row.
func (s *reqState) body(t *table, r int, line []*cell) {
	if !slices.ContainsFunc(line, func(c *cell) bool { return c.row == r && c.kind != empty }) {
		return // spacing, or what a page break left of a row
	}
	h := s.solve()
	row := &requestRow{bodyRow: &bodyRow{h: h, t: t, row: r, line: line}}
	to := lastLabel(spots(line, false))
	for _, c := range line {
		switch {
		case c.row == r && len(row.labels) > 0 && isUnit(c.text()):
			c.used = true // 件 between the label and the numbers
		case c.row != r || c.kind == empty || c.col > to:
		default:
			row.labels = append(row.labels, c)
		}
	}
	s.rows = append(s.rows, row)
}

// flush reads the gathered rows.
func (s *reqState) flush(w *walker) {
	rows := s.rows
	h := s.solve()
	*s = reqState{}
	if len(rows) == 0 {
		return
	}
	for i, r := range rows {
		if r.h == nil {
			rows[i].h = h
		}
	}
	if h == nil {
		for _, r := range rows {
			r.unmatched(w, "a row of section three without a header above it")
		}
		return
	}
	for start := 0; start < len(rows); {
		end := start + 1
		for end < len(rows) && rows[end].t == rows[start].t && rows[end].h == rows[start].h {
			end++
		}
		part := make([]*bodyRow, 0, end-start)
		for _, r := range rows[start:end] {
			part = append(part, r.bodyRow)
		}
		place(part)
		for _, b := range part {
			if b.h.guessed && b.doubt == "" && filled(b.values) > 0 && !sumsUp(b.h.columns, b.values) {
				b.doubt = guessedOrder
			}
			if b.doubt == "" && !b.t.grid.Flat && len(b.h.columns) < len(codebook.Applicants) && filled(b.values) > 0 && b.cells() > len(b.h.columns) {
				b.doubt = "the row has more cells than the header names applicants, so which of them stand under which is open"
			}
			if b.doubt == "" && b.t.grid.Aligned && len(b.h.columns) < len(codebook.Applicants) && filled(b.values) > 0 {
				b.doubt = "the header does not name all applicants, and between spaces a blank cell cannot be seen"
			}
			if b.doubt == "" && b.t.grid.Flat && packed(b) {
				b.doubt = packedRow
			}
		}
		start = end
	}
	matchRows(rows)
	w.emitRequests(rows)
}

const packedRow = "the row's numbers stand at its start and its total is empty, as when a merged or an empty cell left no trace: more than one reading is possible"

// packed tells whether a row cut out of text has one or two numbers, in its first columns, and no total: 予以公开 | 0 | |||||||. An applicant's
// number without a total is rare on the form; a total that moved left because empty cells were lost is common.
func packed(b *bodyRow) bool {
	n := 0
	for n < len(b.values) && b.values[n] != nil && b.values[n].kind != empty {
		n++
	}
	if n == 0 || n > 2 || n >= len(b.values) || n >= len(b.h.columns) {
		return false
	}
	for i := n; i < len(b.values); i++ {
		if b.values[i] != nil && b.values[i].kind != empty {
			return false
		}
	}
	return slices.ContainsFunc(b.h.columns[n:], func(c column) bool { return c.key == codebook.Total })
}

// unmatched reports every cell of a row that no row of the form takes.
func (r *requestRow) unmatched(w *walker, why string) {
	for _, c := range r.line {
		if c.kind != empty && !c.used && c.row == r.row {
			w.problem(extract.UnmatchedLabel, c, "%s", why)
		}
	}
}

func (w *walker) emitRequests(rows []*requestRow) {
	three := false
	any := false
	for _, r := range rows {
		three = three || strings.HasPrefix(r.key, "requests.other.")
		any = any || r.key != ""
	}
	for _, r := range rows {
		all := append([]*requestRow{r}, r.parts...)
		for _, p := range all {
			for _, c := range p.labels {
				if r.key != "" || r.group {
					c.used = true
				}
			}
		}
		switch {
		case r.key == "requests.other" && three && !anyFilled(all):
			continue // the label over the three rows, in a row of its own
		case r.key != "":
			w.emitRow(r, all)
		case r.group:
			for _, c := range r.values {
				if c != nil && c.kind != empty && !c.used {
					w.problem(extract.UnmatchedLabel, c, "the form has no numbers in the row of the label %q", leafText(r.labels))
				}
			}
		case filled(r.line) > 0:
			r.unmatched(w, "the row is not on the form")
		}
	}
	if any {
		w.use(map[bool]string{true: "2021", false: ""}[three], codebook.Requests)
	}
}

func anyFilled(rows []*requestRow) bool {
	for _, r := range rows {
		if filled(r.values) > 0 || r.doubt != "" {
			return true
		}
	}
	return false
}

// emitRow publishes one row of the form, which may have come in pieces: each number stands in one of them, unless the page break cut
// the number itself.
func (w *walker) emitRow(r *requestRow, all []*requestRow) {
	from := r
	for _, p := range all {
		if filled(p.values) > filled(from.values) {
			from = p
		}
	}
	if from.values == nil {
		w.doubtful(from.bodyRow)
		for _, c := range from.line {
			if from.doubt != "" && c.kind == value && !c.used {
				w.problem(extract.LeftoverCell, c, "%s", from.doubt)
			}
		}
		return
	}
	name := lex.path[hit{reqRow, r.key}]
	for j, c := range from.values {
		if c == nil {
			continue
		}
		col := from.h.columns[j]
		if col.key == "" {
			if c.kind != empty {
				w.problem(extract.UnmatchedLabel, c, "the column header %q names no applicant", col.path[0])
			}
			continue
		}
		f := found{factKey: factKey{r.key, col.key}, cell: c, doubt: from.doubtAt(c),
			path: append(slices.Clone(name[:len(name)-1]), leafText(r.labels), col.path[0])}
		if col.doubt != "" && f.doubt == "" && c.kind != empty {
			f.doubt = col.doubt
		}
		if col.eliminated && f.doubt == "" && c.kind != empty && !sumsUp(from.h.columns, from.values) {
			f.doubt = guessedOrder
			w.problemAt(extract.AmbiguousReading, f.factKey, c, "%s: %s", f.factKey, guessedOrder)
		}
		for _, p := range all {
			f.withPiece(w, p, from, col.key)
		}
		w.add(f)
	}
	w.doubtful(from.bodyRow)
}

// withPiece takes the number that another piece of the row has under the column.
func (f *found) withPiece(w *walker, p, from *requestRow, key string) {
	if p == from {
		return
	}
	for j, c := range p.values {
		if c == nil || c.kind == empty || p.h.columns[j].key != key {
			continue
		}
		if f.cell.kind == empty {
			f.cell = c
			continue
		}
		w.problem(extract.AmbiguousReading, c, "two pieces of one row both have a number here: a page break may have cut one number")
		f.doubt, f.rest = "another piece of the row has a number here too: "+c.text(), c.text()
		if p.before(from) {
			f.rest = ""
		}
	}
}

// before tells whether the row stands before another.
func (r *requestRow) before(other *requestRow) bool {
	return r.t.no < other.t.no || r.t == other.t && r.row < other.row
}

func leafText(labels []*cell) string {
	if len(labels) == 0 {
		return ""
	}
	return labels[len(labels)-1].text()
}
