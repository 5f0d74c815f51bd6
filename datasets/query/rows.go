package query

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// ReportRows returns the rows of the table reports for the latest versions of an issuer, by year: all columns, or those
// named (with report_id).
func (r *Release) ReportRows(ctx context.Context, is *Issuer, columns ...string) ([]schema.Report, error) {
	if err := r.reading.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer r.reading.Release(1)
	var out []schema.Report
	for row, err := range store.Rows[schema.Report](ctx, r.Data, schema.Reports, store.Query{Issuers: []string{is.ID}, Columns: columns}) {
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(is.Reports, func(f Ref) bool { return f.ID == row.ReportID }) {
			out = append(out, row)
		}
	}
	return out, nil
}

// yearsOf is the query's years for a report: none, and so every partition, for a report of no known year.
func yearsOf(f *Ref) []int32 {
	if f.Year == 0 {
		return nil
	}
	return []int32{f.Year}
}

// Facts returns the published cells of a report.
func (r *Release) Facts(ctx context.Context, is *Issuer, f *Ref) ([]schema.Fact, error) {
	return rowsOf(ctx, r, schema.Facts, is, f, func(x *schema.Fact) string { return x.ReportID })
}

// Checks returns the rules tried on a report.
func (r *Release) Checks(ctx context.Context, is *Issuer, f *Ref) ([]schema.Check, error) {
	return rowsOf(ctx, r, schema.Checks, is, f, func(x *schema.Check) string { return x.ReportID })
}

// Mentions returns the counts that the text of a report states.
func (r *Release) Mentions(ctx context.Context, is *Issuer, f *Ref) ([]schema.Mention, error) {
	return rowsOf(ctx, r, schema.Mentions, is, f, func(x *schema.Mention) string { return x.ReportID })
}

// Texts returns the sections of the text of a report, without their words; none where the dataset is older than the
// table.
func (r *Release) Texts(ctx context.Context, is *Issuer, f *Ref) ([]schema.Text, error) {
	if !r.Data.Holds(schema.Texts) {
		return nil, nil
	}
	return rowsOf(ctx, r, schema.Texts, is, f, func(x *schema.Text) string { return x.ReportID }, "report_id", "section", "seq", "heading", "text", "locator")
}

func rowsOf[R any](ctx context.Context, r *Release, t *schema.Table, is *Issuer, f *Ref, id func(*R) string, columns ...string) ([]R, error) {
	if err := r.reading.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer r.reading.Release(1)
	var out []R
	for row, err := range store.Rows[R](ctx, r.Data, t, store.Query{Issuers: []string{is.ID}, Years: yearsOf(f), Columns: columns}) {
		if err != nil {
			return nil, fmt.Errorf("reading the %s of %s: %w", t.Name, f.ID, err)
		}
		if id(&row) == f.ID {
			out = append(out, row)
		}
	}
	return out, nil
}

// Problems returns what could not be read of a report.
func (r *Release) Problems(ctx context.Context, f *Ref) ([]schema.Problem, error) {
	if err := r.reading.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer r.reading.Release(1)
	var out []schema.Problem
	for row, err := range store.Rows[schema.Problem](ctx, r.Data, schema.Problems, store.Query{Reports: []string{f.ID}, Years: yearsOf(f)}) {
		if err != nil {
			return nil, fmt.Errorf("reading the problems of %s: %w", f.ID, err)
		}
		out = append(out, row)
	}
	return out, nil
}

// FactsOf are the rows of facts for an indicator and applicant (empty: the headline cell). More than one where the page
// prints the cell twice.
func FactsOf(facts []schema.Fact, indicator, applicant string) []schema.Fact {
	in, _ := codebook.Lookup(indicator)
	if in.Applicants && applicant == "" {
		applicant = codebook.Total
	}
	var out []schema.Fact
	for _, f := range facts {
		is := ""
		if f.Applicant != nil {
			is = *f.Applicant
		}
		if f.Indicator == indicator && is == applicant {
			out = append(out, f)
		}
	}
	return out
}

// CheckFilter selects checks. The zero value selects every failed one.
type CheckFilter struct {
	Outcome string // pass, fail, not_assessable; default fail
	Rule    string
	Class   string // of codebook.Classes
	Year    int32  // 0: all
	Area    string // division code
	Issuer  string
}

// checkColumns leave out the lists of cells, which the page of a report shows.
var checkColumns = []string{"report_id", "issuer_id", "year", "rule", "expression", "lhs", "rhs", "delta", "outcome", "note"}

// FailedChecks yields the checks of the latest versions that a filter selects, by year and issuer, passing over the
// first skip, at most limit (0: all), and reports whether more follow.
func (r *Release) FailedChecks(ctx context.Context, f CheckFilter, skip, limit int) (out []schema.Check, more bool, err error) {
	for c, err := range r.EachCheck(ctx, f) {
		switch {
		case err != nil:
			return nil, false, err
		case skip > 0:
			skip--
		case limit > 0 && len(out) == limit:
			return out, true, nil
		default:
			out = append(out, c)
		}
	}
	return out, false, nil
}

// EachCheck yields the checks of the latest versions that a filter selects, by year and issuer.
func (r *Release) EachCheck(ctx context.Context, f CheckFilter) iter.Seq2[schema.Check, error] {
	return func(yield func(schema.Check, error) bool) {
		if err := r.eachCheck(ctx, f, func(c schema.Check) bool { return yield(c, nil) }); err != nil {
			yield(schema.Check{}, err)
		}
	}
}

func (r *Release) eachCheck(ctx context.Context, f CheckFilter, yield func(schema.Check) bool) error {
	if f.Outcome == "" {
		f.Outcome = "fail"
	}
	prefix := prefixOf(f.Area)
	q := store.Query{Columns: checkColumns}
	if f.Year != 0 {
		q.Years = []int32{f.Year}
	}
	if f.Issuer != "" {
		q.Issuers = []string{f.Issuer}
	} else if f.Outcome == "fail" {
		for _, is := range r.issuers { // most reports have none: their row groups need not be read
			if !strings.HasPrefix(is.Division, prefix) || !slices.ContainsFunc(is.Reports, func(x Ref) bool { return x.ChecksFailed > 0 && (f.Year == 0 || x.Year == f.Year) }) {
				continue
			}
			if q.Issuers = append(q.Issuers, is.ID); len(q.Issuers) > 200 {
				q.Issuers = nil // so many that a plain scan is quicker
				break
			}
		}
		if q.Issuers == nil && r.Summary().Doubtful == 0 {
			return nil
		}
	}
	for c, err := range store.Rows[schema.Check](ctx, r.Data, schema.Checks, q) {
		if err != nil {
			return err
		}
		if c.Outcome != f.Outcome || f.Rule != "" && c.Rule != f.Rule || f.Class != "" && codebook.LookupRule(c.Rule).Class.ID != f.Class || r.Superseded(c.ReportID) != "" {
			continue
		}
		if is := r.byID[c.IssuerID]; prefix != "" && (is == nil || !strings.HasPrefix(is.Division, prefix)) {
			continue
		}
		if !yield(c) {
			return nil
		}
	}
	return nil
}

// Missing yields the expected reports of an issuer that the release lacks, with the reason.
func (r *Release) Missing(ctx context.Context, is *Issuer) ([]schema.Coverage, error) {
	if t := r.texts.Load(); t != nil {
		return t.gaps[is.ID], nil
	}
	var out []schema.Coverage
	for c, err := range store.Rows[schema.Coverage](ctx, r.Data, schema.CoverageTable, store.Query{Issuers: []string{is.ID}, Columns: []string{"year", "status", "detail"}}) {
		if err != nil {
			return nil, fmt.Errorf("reading the coverage of %s: %w", is.ID, err)
		}
		if c.Status != schema.CoverageFound {
			out = append(out, c)
		}
	}
	return out, nil
}
