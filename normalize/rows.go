package normalize

import (
	"cmp"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

var dateShape = lazyregexp.New(`^(?:19|20)\d\d[-/.][01]\d[-/.][0-3]\d$`)

func sortedKeys(t rule.Table) []rule.Key {
	keys := make([]rule.Key, 0, len(t))
	for k := range t {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b rule.Key) int {
		return cmp.Or(cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Applicant, b.Applicant))
	})
	return keys
}

// add appends the rows of one version; latest reports that it is the last of its year and enters panel and series.
func (rows *Rows) add(v *version, latest bool) {
	report := v.report()
	rows.Reports = append(rows.Reports, report)
	for i := range v.Reading.Facts {
		f := &v.Reading.Facts[i]
		rows.Facts = append(rows.Facts, schema.Fact{ReportID: v.id, IssuerID: v.Issuer.ID, Year: report.Year, Indicator: f.Indicator, Applicant: f.Applicant,
			Value: f.Value, State: f.State, Raw: f.Raw, Unit: f.Unit, TableNo: int32(f.TableNo), Page: int32Of(f.Page), RowNo: int32(f.RowNo),
			ColumnNo: int32(f.ColumnNo), ReadBy: cmp.Or(f.ReadBy, extract.ReadByText), Locator: f.Locator, FailedChecks: f.FailedChecks})
	}
	for i := range v.Reading.Mentions {
		m := &v.Reading.Mentions[i]
		rows.Mentions = append(rows.Mentions, schema.Mention{ReportID: v.id, IssuerID: v.Issuer.ID, Year: report.Year, Seq: int32(m.Seq), Section: int32Of(m.Section),
			Label: m.Label, Category: m.Category, Count: m.Count, Unit: m.Unit, Approximate: m.Approximate, Cumulative: m.Cumulative, SharePct: m.SharePct,
			PartOf: int32Of(m.PartOf), Sentence: m.Sentence, StartOffset: int32(m.StartOffset), EndOffset: int32(m.EndOffset)})
	}
	for _, c := range v.Reading.Checks {
		rows.Checks = append(rows.Checks, schema.Check{ReportID: v.id, IssuerID: v.Issuer.ID, Year: report.Year, Rule: c.Rule, Class: c.Class, Expression: c.Expression,
			LHS: c.LHS, RHS: c.RHS, Delta: c.Delta, Outcome: c.Outcome, Note: c.Note, Cells: c.Cells})
	}
	for _, p := range v.Reading.Problems {
		rows.Problems = append(rows.Problems, schema.Problem{ReportID: v.id, Year: report.Year, Kind: p.Kind, Code: text(p.Code), Args: p.Args,
			Indicator: text(p.Indicator), Applicant: p.Applicant, Detail: p.Detail, TableNo: positive(p.TableNo),
			Page: positive(p.Page), RowNo: positive(p.RowNo), ColumnNo: positive(p.ColumnNo), Locator: text(p.Locator), Raw: text(p.Raw)})
	}
	rows.Texts = append(rows.Texts, textRows(v)...)
	if !latest {
		return
	}
	if c, ok := contributionOf(v, len(rows.Reports)-1, Table(v.Reading.Facts)); ok {
		rows.Contributions = append(rows.Contributions, c)
	}
	doubted := flagged(v.Reading)
	rows.Panel = append(rows.Panel, panelRow(report, headlinesOf(v.Reading.Facts), doubted))
	for _, s := range v.series {
		s.Quality, s.Flagged = report.Quality, anyOf(doubted, indicatorsOf(s))
		rows.Series = append(rows.Series, s)
	}
}

func (v *version) report() schema.Report {
	r, c, i := v.Reading, v.Capture, v.Issuer
	name := i.Name
	if name == "" {
		name = r.Parsed.IssuerName
	}
	out := schema.Report{ReportID: v.id, IssuerID: i.ID, IssuerName: name, IssuerState: i.State, IssuerKind: kindOf(i, name), DivisionCode: i.DivisionCode,
		Province: i.Province, Prefecture: i.Prefecture, County: i.County, Township: i.Township, Year: int32Of(v.year), Title: r.Title,
		URL: c.URL, FinalURL: c.FinalURL, FetchedAt: c.FetchedAt, SHA256: *orEmpty(c.SHA256), WarcFile: c.WarcFile, WarcOffset: c.WarcOffset,
		MediaType: text(r.MediaType), Charset: text(r.Charset), Template: text(r.Template), Reader: text(r.Reader), Sections: []int32{},
		CellsExpected: int32(r.Expected), CellsReported: int32(r.CellsReported()), ChecksFailed: int32(r.ChecksFailed()), Complete: r.Complete(),
		Quality: r.Quality(), Notes: int32(r.Notes()), Supersedes: text(v.supersedes)}
	for _, s := range r.Sections {
		out.Sections = append(out.Sections, int32(s.Number))
	}
	if on, err := schema.ParseDate(published(v.Document)); err == nil {
		out.PublishedOn = &on
	}
	return out
}

func int32Of(n *int) *int32 {
	if n == nil {
		return nil
	}
	m := int32(*n)
	return &m
}

func positive(n int) *int32 {
	if n <= 0 {
		return nil
	}
	return int32Of(&n)
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
