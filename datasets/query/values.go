package query

import (
	"context"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// smallSample is the number of cases under which a rate says little, as in the panel.
const smallSample = 30

// Cell is one measure of one report.
type Cell struct {
	Value         *float64 `json:"value"`                // null unless every part states a number
	State         string   `json:"state"`                // reported; absent (not on the form, or not on the page); else the state of the part that is no number
	Failed        []string `json:"failed_checks"`        // rules that fail on a part
	Comparability string   `json:"comparability"`        // of a series: same, approximate or break against the form of 2021
	Parts         []string `json:"indicators,omitempty"` // the indicators that it stands on: the way to the evidence
	Numerator     *float64 `json:"numerator,omitempty"`
	Denominator   *float64 `json:"denominator,omitempty"`
	Small         bool     `json:"small_sample,omitempty"` // a rate on fewer than 30 cases
	Report        string   `json:"report_id,omitempty"`
}

// Flagged tells whether a rule fails on the cell.
func (c *Cell) Flagged() bool { return len(c.Failed) > 0 }

// Absent is the state of a cell that the form does not have, or the page lacks.
const Absent = "absent"

// values are the columns of one row of the panel, beside the names asked for.
type values struct {
	report  string
	columns []float64
	valid   []bool
}

// Table lays measures over reports: Cells[measure][report].
type Table struct {
	Reports  []ReportOf
	Measures []Measure
	Cells    [][]Cell
}

// ReportOf is a report with its issuer.
type ReportOf struct {
	Issuer *Issuer
	Ref    *Ref
}

// position is where the report stands in the tables by position.
func (r ReportOf) position() int { return r.Issuer.position + r.Issuer.find(r.Ref.ID) }

// values names the numbers of the panel that a measure needs: indicators, or the rate with what it is made of.
func (m Measure) values() []string {
	if m.Kind == Rate {
		return []string{m.ID, m.ID + "_numerator", m.ID + "_denominator"}
	}
	return m.indicators()
}

// rateParts are the indicators that a rate stands on, so that a fault in one of them shows on the rate.
var rateParts = map[string][]string{
	"grant_rate":             {"requests.granted", "requests.granted_in_part", "requests.resolved"},
	"denial_rate":            append(denials(), "requests.resolved"),
	"review_correction_rate": {"review.upheld", "review.corrected", "review.other"},
	"suit_loss_rate": {"suit_direct.upheld", "suit_direct.corrected", "suit_direct.other", "suit_after_review.upheld", "suit_after_review.corrected",
		"suit_after_review.other"},
}

func denials() (ids []string) {
	for _, in := range codebook.All() {
		if strings.HasPrefix(in.ID, "requests.denied.") {
			ids = append(ids, in.ID)
		}
	}
	return ids
}

// Compare lays measures over the reports of issuers in the years given (nil: all), in the order of the issuers and then by year.
func (r *Release) Compare(ctx context.Context, issuers []*Issuer, years []int32, measures []Measure) (*Table, error) {
	t := &Table{Measures: measures}
	for _, is := range issuers {
		for k := range is.Reports {
			if ref := &is.Reports[k]; years == nil || slices.Contains(years, ref.Year) {
				t.Reports = append(t.Reports, ReportOf{is, ref})
			}
		}
	}
	columns, at := columnsOf(measures)
	rows, err := r.panel(ctx, issuers, columns)
	if err != nil {
		return nil, err
	}
	readings, err := r.readings(ctx, issuers)
	if err != nil {
		return nil, err
	}
	t.Cells = make([][]Cell, len(measures))
	for i := range measures {
		t.Cells[i] = make([]Cell, len(t.Reports))
	}
	for k, of := range t.Reports {
		value, read := rows[of.Ref.ID].named(at), readings(of)
		for i, m := range measures {
			t.Cells[i][k] = m.cell(of, value, read)
		}
	}
	return t, nil
}

// columnsOf names the columns of the panel that measures need, and tells where each stands by the name that the measure calls it.
func columnsOf(measures []Measure) (columns []string, at map[string]int) {
	at = map[string]int{}
	for _, m := range measures {
		for _, name := range m.values() {
			if _, seen := at[name]; !seen {
				at[name] = len(columns)
				columns = append(columns, schema.ColumnName(name))
			}
		}
	}
	return columns, at
}

// named returns a function that tells the value of a row by the name that a measure calls it; nil where there is none, or no row.
func (v *values) named(at map[string]int) func(name string) *float64 {
	return func(name string) *float64 {
		if k, ok := at[name]; ok && v != nil && v.valid[k] {
			return &v.columns[k]
		}
		return nil
	}
}

// cell makes the measure of one report of the values of the panel and the readings of the facts.
func (m Measure) cell(of ReportOf, value func(name string) *float64, read func(indicator string) Reading) Cell {
	c := Cell{State: Absent, Report: of.Ref.ID}
	switch m.Kind {
	case Rate:
		c.Value, c.Numerator, c.Denominator = value(m.ID), value(m.ID+"_numerator"), value(m.ID+"_denominator")
		c.Parts = rateParts[m.ID]
	case Indicator:
		if read(m.ID).State == "" {
			return c
		}
		c.Parts, c.Value = []string{m.ID}, value(m.ID)
	case Series:
		p := m.part(of.Ref.Template, func(id string) bool { return read(id).State != "" })
		if p == nil {
			return c
		}
		c.Parts, c.Comparability = p.Indicators, p.Comparability
		sum := 0.0
		for _, id := range p.Indicators {
			v := value(id)
			if v == nil {
				c.Value = nil
				break
			}
			sum += *v
			c.Value = &sum
		}
	}
	for _, id := range c.Parts {
		reading := read(id)
		for _, f := range reading.Failed {
			if !slices.Contains(c.Failed, f) {
				c.Failed = append(c.Failed, f)
			}
		}
		if c.Value == nil && reading.State != "" && reading.State != "reported" {
			c.State = reading.State
		}
	}
	switch {
	case c.Value != nil:
		c.State = "reported"
		c.Small = m.Kind == Rate && c.Denominator != nil && *c.Denominator < smallSample
	case m.Kind == Rate && c.Denominator != nil:
		c.State = "not_applicable" // no cases to take a share of, or more than all of them
	case m.Kind != Rate && c.State == Absent:
		c.State = "unreadable" // the cell is there, and the panel holds no number for it: two readings that differ
	}
	return c
}

// panel reads columns of the panel for the issuers, by report.
func (r *Release) panel(ctx context.Context, issuers []*Issuer, columns []string) (map[string]*values, error) {
	out := map[string]*values{}
	if p := r.packed.Load(); p != nil {
		place := p.places(columns)
		for _, is := range issuers {
			for k := range is.Reports {
				if v := p.of(is.position+k, is.Reports[k].ID, len(columns), place); v != nil {
					out[v.report] = v
				}
			}
		}
		return out, nil
	}
	set := strings.Join(columns, ",")
	var missing []string
	for _, is := range issuers {
		if rows, ok := r.values.Get(is.ID + "\x00" + set); ok {
			for k := range rows {
				out[rows[k].report] = &rows[k]
			}
		} else {
			missing = append(missing, is.ID)
		}
	}
	if len(missing) == 0 {
		return out, nil
	}
	fresh := map[string][]values{}
	err := r.scanPanel(ctx, store.Query{Issuers: missing}, columns, func(issuer string, v values) error {
		fresh[strings.Clone(issuer)] = append(fresh[issuer], values{strings.Clone(v.report), slices.Clone(v.columns), slices.Clone(v.valid)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	for issuer, rows := range fresh {
		r.values.Add(issuer+"\x00"+set, rows)
		for k := range rows {
			out[rows[k].report] = &rows[k]
		}
	}
	return out, nil
}

// scanPanel calls each with the columns of every row that q selects; what it is given is valid during the call only.
func (r *Release) scanPanel(ctx context.Context, q store.Query, columns []string, each func(issuer string, v values) error) error {
	q.Columns = []string{"issuer_id", "report_id"}
	held := make([]bool, len(columns)) // a release may be older than the code book
	for k, c := range columns {
		if held[k] = r.Data.Panel().Column(c) != nil; held[k] {
			q.Columns = append(q.Columns, c)
		}
	}
	v := values{columns: make([]float64, len(columns)), valid: make([]bool, len(columns))}
	for rec, err := range store.Records(ctx, r.Data, r.Data.Panel(), q) {
		if err != nil {
			return err
		}
		issuer, report := column[*array.String](rec, "issuer_id"), column[*array.String](rec, "report_id")
		numbers := make([]*array.Float64, len(columns))
		for k, c := range columns {
			if held[k] {
				numbers[k] = column[*array.Float64](rec, c)
			}
		}
		for i := range int(rec.NumRows()) {
			v.report = report.Value(i)
			for k, n := range numbers {
				if v.valid[k] = n != nil && n.IsValid(i); v.valid[k] {
					v.columns[k] = n.Value(i)
				}
			}
			if err := each(issuer.Value(i), v); err != nil {
				return err
			}
		}
	}
	return nil
}
