// Package compare lays the reports of several places beside each other: one column per place and year, one row per indicator,
// every value marked where it must not be taken at face value, every column with its source.
package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Marks behind or in place of a value.
const (
	MarkFlagged    = "!" // a rule fails on this cell as published
	MarkBlank      = "blank"
	MarkDash       = "—"  // a dash, a slash or 无 as published
	MarkUnreadable = "??" // something is there that could not be read; see problems
	MarkAbsent     = ""   // the form of this report has no such cell, or the page lacks it
)

// Column is one report.
type Column struct {
	ReportID string `json:"report_id"`
	Place    string `json:"place"`
	Year     *int32 `json:"year"`
	Template string `json:"template"`
	Quality  string `json:"quality"`
	URL      string `json:"url"`
}

// Cell is one value of the comparison. Value is null unless the report states a number.
type Cell struct {
	Value   *float64 `json:"value"`
	Mark    string   `json:"mark"`
	Flagged []string `json:"failed_checks"`
}

// Row is one indicator over all columns.
type Row struct {
	Indicator string `json:"indicator"`
	LabelZH   string `json:"label_zh"`
	LabelEN   string `json:"label_en"`
	Unit      string `json:"unit"`
	Cells     []Cell `json:"cells"`
}

// Table is a comparison: len(Row.Cells) = len(Columns) for every row.
type Table struct {
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`
}

// Headline are the indicators of a comparison where the user names none.
var Headline = []string{
	"requests.received", "requests.carried_in", "requests.granted", "requests.granted_in_part", "requests.resolved", "requests.carried_out",
	"normative_documents.made", "normative_documents.issued", "normative_documents.in_force",
	"licensing.decisions", "penalties.decisions", "coercion.decisions", "fees.amount", "review.total", "review.corrected", "suit_direct.total", "suit_after_review.total",
	"stat2014.proactive_total", "stat2014.req_received",
}

// Select returns the reports of the places named, the latest version of each year, by place in the order named and then by year.
// A place matches by issuer_id, by the whole name of its issuer, or by a part of the name; the closest kind of match wins for each place.
func Select(reports []schema.Report, places []string) ([]schema.Report, error) {
	superseded := map[string]bool{}
	for _, r := range reports {
		if r.Supersedes != nil {
			superseded[*r.Supersedes] = true
		}
	}
	var out []schema.Report
	for _, place := range places {
		var found []schema.Report
		for _, matches := range []func(schema.Report) bool{
			func(r schema.Report) bool { return r.IssuerID == place || r.IssuerName == place },
			func(r schema.Report) bool { return strings.Contains(r.IssuerName, place) },
			func(r schema.Report) bool {
				return slices.ContainsFunc([]*string{r.Township, r.County, r.Prefecture}, func(s *string) bool { return s != nil && *s == place })
			},
		} {
			for _, r := range reports {
				if !superseded[r.ReportID] && matches(r) {
					found = append(found, r)
				}
			}
			if len(found) > 0 {
				break
			}
		}
		if len(found) == 0 {
			return nil, fmt.Errorf("no report of %q in the dataset", place)
		}
		slices.SortFunc(found, func(a, b schema.Report) int {
			return cmp.Or(cmp.Compare(a.IssuerID, b.IssuerID), cmp.Compare(year(a), year(b)))
		})
		for _, r := range found {
			if !slices.ContainsFunc(out, func(o schema.Report) bool { return o.ReportID == r.ReportID }) {
				out = append(out, r)
			}
		}
	}
	return out, nil
}

func year(r schema.Report) int32 {
	if r.Year == nil {
		return 0
	}
	return *r.Year
}

// New lays out the reports over the indicators. Facts of other reports and of single applicants are passed over;
// an indicator that none of the reports carries makes no row.
func New(reports []schema.Report, facts []schema.Fact, indicators []string) (Table, error) {
	var t Table
	at := map[string]int{}
	for i, r := range reports {
		at[r.ReportID] = i
		c := Column{ReportID: r.ReportID, Place: r.IssuerName, Year: r.Year, Quality: r.Quality, URL: r.URL}
		if r.Template != nil {
			c.Template = *r.Template
		}
		t.Columns = append(t.Columns, c)
	}
	cells := map[string][]Cell{}
	for _, f := range facts {
		column, ours := at[f.ReportID]
		if !ours || f.Applicant != nil && *f.Applicant != codebook.Total {
			continue
		}
		if cells[f.Indicator] == nil {
			cells[f.Indicator] = make([]Cell, len(reports))
		}
		cells[f.Indicator][column] = cellOf(f)
	}
	for _, id := range indicators {
		in, ok := codebook.Lookup(id)
		if !ok {
			return Table{}, fmt.Errorf("no indicator %q in the code book", id)
		}
		if cells[id] != nil {
			t.Rows = append(t.Rows, Row{Indicator: id, LabelZH: in.LabelZH, LabelEN: in.LabelEN, Unit: in.Unit, Cells: cells[id]})
		}
	}
	return t, nil
}

func cellOf(f schema.Fact) Cell {
	c := Cell{Value: f.Value, Flagged: f.FailedChecks}
	switch {
	case f.Value != nil && len(f.FailedChecks) > 0:
		c.Mark = MarkFlagged
	case f.Value != nil:
	case f.State == "blank":
		c.Mark = MarkBlank
	case f.State == "not_applicable":
		c.Mark = MarkDash
	default:
		c.Mark = MarkUnreadable
	}
	return c
}
