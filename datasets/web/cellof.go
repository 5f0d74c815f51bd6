package web

import (
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// cellOf is a fact with the name of its indicator.
type cellOf struct {
	schema.Fact
	Label  codebook.Indicator
	Labels []string // as published, where the archive could be asked
	Checks []schema.Check
	Passed int // checks that hold, where they are counted and not listed

	Problems   []schema.Problem  // that name the cell
	Correction *query.Correction // of the cell, where there is one
}

// unitIn is the unit of the cell that a correction is of.
func unitIn(facts []schema.Fact, c query.Correction) string {
	applicant := ""
	if c.Applicant != nil {
		applicant = *c.Applicant
	}
	for _, f := range query.FactsOf(facts, c.Indicator, applicant) {
		return f.Unit
	}
	return unitOf(c.Indicator)
}

// recognised reports whether a cell was recognised in a picture.
func recognised(f schema.Fact) bool { return f.ReadBy == "ocr" }

// Recognised reports whether the cell was recognised in a picture.
func (c cellOf) Recognised() bool { return recognised(c.Fact) }

// onlyFailed keeps the checks that hold as a number.
func (c *cellOf) onlyFailed() {
	var kept []schema.Check
	for _, x := range c.Checks {
		if x.Outcome == "pass" {
			c.Passed++
		} else {
			kept = append(kept, x)
		}
	}
	c.Checks = kept
}

// cellRows are the rows of a report by which one of its cells is explained.
type cellRows struct {
	facts    []schema.Fact
	cell     query.Cell
	checks   []schema.Check
	problems []schema.Problem
}

// cellRows reads them in a turn of its own, for drawing the document, which follows, may take seconds and has turns too.
func (r *request) cellRows(is *query.Issuer, ref *query.Ref, m query.Measure) (rows cellRows, err error) {
	err = inTurn(r.server.making, func(r *request) (err error) {
		if rows.facts, err = r.release.Facts(r.Context(), is, ref); err != nil {
			return err
		}
		if rows.cell, err = r.release.CellOf(r.Context(), query.ReportOf{Issuer: is, Ref: ref}, m, rows.facts); err != nil {
			return err
		}
		if rows.checks, err = r.release.Checks(r.Context(), is, ref); err != nil {
			return err
		}
		rows.problems, err = r.release.Problems(r.Context(), ref)
		return err
	})(r)
	return rows, err
}

func (r *request) cellOf(row schema.Report, f schema.Fact, checks []schema.Check) cellOf {
	in, _ := codebook.Lookup(f.Indicator)
	c := cellOf{Fact: f, Label: in}
	key := schema.CellName(f.Indicator, f.Applicant)
	for _, x := range checks {
		if slices.Contains(x.Cells, key) {
			c.Checks = append(c.Checks, x)
		}
	}
	return c
}
