package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fit"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// reasons are what the fitter considered for one value.
type reasons struct {
	Table  *fit.TracedTable  `json:"table"` // nil for a value that is stated in words
	Row    *fit.TracedRow    `json:"row"`
	Column int               `json:"column"` // of the table's columns, from 0
	Sums   []fit.TracedSum   `json:"sums"`
	Doubts []fit.TracedDoubt `json:"doubts"`
}

// cellOf is the cell of the form that a fact is.
func cellOf(f extract.Fact) fit.Cell {
	c := fit.Cell{Indicator: f.Indicator}
	if f.Applicant != nil {
		c.Applicant = *f.Applicant
	}
	return c
}

// why picks what the trace says of a fact.
func why(t *fit.Trace, f extract.Fact) *reasons {
	out := &reasons{Sums: []fit.TracedSum{}, Doubts: []fit.TracedDoubt{}}
	out.Table, out.Row, out.Column = t.Of(cellOf(f))
	key := normalize.KeyOf(&f).String()
	for _, s := range t.Sums {
		if slices.Contains(s.Cells, key) {
			out.Sums = append(out.Sums, s)
		}
	}
	for _, d := range t.Doubts {
		if d.Cell == key {
			out.Doubts = append(out.Doubts, d)
		}
	}
	return out
}

// mostCandidates are printed of one row, the likeliest first.
const mostCandidates = 5

func (r *reasons) write(b *strings.Builder) {
	if r.Table == nil {
		b.WriteString("why           the value was read from words, not fitted into a table\n")
		return
	}
	fmt.Fprintf(b, "why           values find their columns %s\n", r.Table.Order)
	fmt.Fprintf(b, "  the row     %q\n", strings.Join(r.Row.Labels, " | "))
	for i, c := range r.Row.Candidates[:min(len(r.Row.Candidates), mostCandidates)] {
		how := "by likeness"
		if c.Exact {
			how = "by its text"
		}
		head := ""
		if i == 0 {
			head = "candidates"
		}
		fmt.Fprintf(b, "  %-11s %.2f %-11s %s\n", head, c.Score, how, c.Label)
	}
	fmt.Fprintf(b, "  aligned to  %s\n", cmp.Or(r.Row.Chosen, "the one row of the table"))
	b.WriteString("columns       position  header → label of the form\n")
	for i, c := range r.Table.Columns {
		fmt.Fprintf(b, "%s %-9s %s → %s%s\n", pointer(i == r.Column), positions(c), cmp.Or(c.Header, "(none)"), cmp.Or(c.Label, "(none of the form)"), inBrackets(c.Doubt))
	}
	b.WriteString("rows          line  label → label of the form: values\n")
	for i := range r.Table.Rows {
		row := &r.Table.Rows[i]
		fmt.Fprintf(b, "%s %-5d %s → %s: %s%s\n", pointer(row == r.Row), row.Row, cmp.Or(strings.Join(row.Labels, " | "), "(none)"), cmp.Or(row.Chosen, "(none)"), strings.Join(row.Values, " | "), inBrackets(row.Doubt))
	}
	for _, d := range r.Doubts {
		how := "no sum confirms it"
		if d.Resolved {
			how = "a sum confirms it"
		}
		fmt.Fprintf(b, "doubt         %s: %s\n", d.Doubt, how)
	}
	for _, s := range r.Sums {
		sides := ""
		if s.Left != nil && s.Right != nil {
			mark := "="
			if s.Outcome == rule.Fail {
				mark = "≠"
			}
			sides = fmt.Sprintf(": %s %s %s", trimFloat(*s.Left), mark, trimFloat(*s.Right))
		}
		fmt.Fprintf(b, "identity      %-14s %s: %s%s\n", s.Outcome, s.Rule, s.Expression, sides)
	}
}

func pointer(here bool) string {
	if here {
		return "            →"
	}
	return "             "
}

func positions(c fit.TracedColumn) string {
	if c.To <= c.From+1 {
		return fmt.Sprint(c.From + 1)
	}
	return fmt.Sprintf("%d-%d", c.From+1, c.To)
}

func inBrackets(doubt string) string {
	if doubt == "" {
		return ""
	}
	return " [" + doubt + "]"
}
