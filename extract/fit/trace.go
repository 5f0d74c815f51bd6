package fit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// Trace is what the fitter considered: for each table the columns and rows that it aligned to the form, and the sums
// that it tried.
type Trace struct {
	Tables []TracedTable `json:"tables"`
	Sums   []TracedSum   `json:"sums"`
	Doubts []TracedDoubt `json:"doubts"`
}

// TracedTable is a header with the rows below it.
type TracedTable struct {
	TableNo  int            `json:"table_no"` // 0 for lines of text
	Tables   []string       `json:"tables"`   // of the form, that it may be
	Template string         `json:"template"` // that its columns tell; empty where they do not
	Order    string         `json:"order"`    // how values find their columns: Anchored, InOrder or Guessed
	Columns  []TracedColumn `json:"columns"`
	Rows     []TracedRow    `json:"rows"`
}

// How values find their columns.
const (
	Anchored = "by position"
	InOrder  = "by order, for positions were lost"
	Guessed  = "by the order of the form, which the sums have to confirm"
)

// TracedColumn is a column of values.
type TracedColumn struct {
	Header string        `json:"header"` // as published
	Label  string        `json:"label"`  // of the form, with its groups; empty for one that the form does not have there
	From   int           `json:"from"`   // positions
	To     int           `json:"to"`
	Doubt  string        `json:"doubt,omitempty"`
	Place  extract.Place `json:"-"`
}

// TracedRow is a line below a header.
type TracedRow struct {
	Row        int               `json:"row"` // in its table, from 1
	Labels     []string          `json:"labels"`
	Candidates []TracedCandidate `json:"candidates"`
	Chosen     string            `json:"chosen"` // the label of the form that the alignment of all rows gave it; empty for none
	Values     []string          `json:"values"` // one for each column; empty where there is none
	Doubt      string            `json:"doubt,omitempty"`

	cells  []Cell // one for each column
	labels []extract.Place
}

// TracedCandidate is a label of the form that a row may bear.
type TracedCandidate struct {
	Label string  `json:"label"`
	Score float64 `json:"score"` // of 1
	Exact bool    `json:"exact"` // by its text; else by likeness
}

// TracedSum is an identity of the form, tried on what was found.
type TracedSum struct {
	Rule       string   `json:"rule"`
	Expression string   `json:"expression"`
	Outcome    string   `json:"outcome"`
	Left       *float64 `json:"left"`
	Right      *float64 `json:"right"`
	Cells      []string `json:"cells"`
}

// TracedDoubt is a number that its reader doubted, and what became of it.
type TracedDoubt struct {
	Cell     string `json:"cell"`
	Doubt    string `json:"doubt"`
	Resolved bool   `json:"resolved"` // a sum confirms it
}

// Explain reads as Read does and keeps what was considered.
func (f *Form) Explain(blocks []extract.Block, isHeading func(string) bool, year func() int) (*Reading, *Trace) {
	t := &Trace{}
	return f.fit(blocks, isHeading, year, t), t
}

// Of returns the table, the row and the column in which a cell of the form was found; row is nil where it was not.
func (t *Trace) Of(c Cell) (table *TracedTable, row *TracedRow, column int) {
	for i := range t.Tables {
		for k := range t.Tables[i].Rows {
			r := &t.Tables[i].Rows[k]
			if at := slices.Index(r.cells, c); at >= 0 && c != (Cell{}) {
				return &t.Tables[i], r, at
			}
		}
	}
	return nil, nil, 0
}

// Places returns where the labels of a row stand, and the header of a column.
func (t *TracedTable) Places(r *TracedRow, column int) []extract.Place {
	return append(slices.Clone(r.labels), t.Columns[column].Place)
}

// tables records the blocks of a family that were read.
func (t *Trace) tables(f *fitter, fam *family, blocks []*block) {
	for _, b := range blocks {
		if b.h == nil || len(b.rows) == 0 {
			continue
		}
		out := TracedTable{TableNo: b.rows[0].sheet.No, Tables: fam.tables, Template: b.h.template, Order: InOrder}
		switch {
		case b.h.guessed:
			out.Order = Guessed
		case b.h.anchored:
			out.Order = Anchored
		}
		for _, c := range b.h.columns {
			k := TracedColumn{Header: c.text, Label: pathOf(c.node), From: c.from, To: c.to, Doubt: c.doubt}
			if c.item != nil {
				k.Place = c.item.Cell.Place
			}
			out.Columns = append(out.Columns, k)
		}
		for _, r := range b.rows {
			out.Rows = append(out.Rows, t.row(f, fam, r))
		}
		t.Tables = append(t.Tables, out)
	}
}

func (t *Trace) row(f *fitter, fam *family, r *row) TracedRow {
	out := TracedRow{Row: r.row + 1, Labels: []string{}, Candidates: []TracedCandidate{}, Chosen: pathOf(r.node), Values: []string{}, Doubt: r.doubt}
	for _, l := range r.labels {
		out.Labels = append(out.Labels, l.Text)
		out.labels = append(out.labels, l.Cell.Place)
	}
	if len(fam.rows) > 0 {
		for _, c := range f.candidates(fam, r) {
			out.Candidates = append(out.Candidates, TracedCandidate{pathOf(c.node), c.score, c.exact})
		}
		slices.SortStableFunc(out.Candidates, func(a, b TracedCandidate) int { return cmp.Compare(b.Score, a.Score) })
	}
	for i, v := range r.values {
		text, cell := "", Cell{}
		if v != nil && v.Kind != items.Blank {
			text = v.Text
		}
		if i < len(r.h.columns) && (r.node != nil || len(fam.rows) == 0) && r.h.columns[i].node != nil {
			cell = f.cell(fam, r.node, r.h.columns[i].node)
		}
		out.Values, out.cells = append(out.Values, text), append(out.cells, cell)
	}
	return out
}

// pathOf is a label of the form with the groups over it.
func pathOf(n *node) string {
	if n == nil {
		return ""
	}
	if len(n.path) > 0 {
		return strings.Join(n.path, " › ")
	}
	return n.text
}

// sums records the identities of the form over all that was found, and the doubts of readers.
func (t *Trace) sums(f *fitter) {
	for _, n := range f.found {
		if n.item.Cell.Doubt != "" {
			t.Doubts = append(t.Doubts, TracedDoubt{n.Cell.String(), n.item.Cell.Doubt, n.doubt == ""})
		}
	}
	for _, c := range rule.Report(f.numbers(), f.sums) {
		s := TracedSum{Rule: c.Rule, Expression: c.Expression, Outcome: c.Outcome, Left: c.LHS, Right: c.RHS}
		for _, k := range c.Cells {
			s.Cells = append(s.Cells, k.String())
		}
		t.Sums = append(t.Sums, s)
	}
}
