package query

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Cell is one measure of one report.
type Cell struct {
	Value          *float64     `json:"value"`                     // as published, null unless every part states a number; see In
	Published      *float64     `json:"published_value"`           // the same, whatever In chose
	CorrectedValue *float64     `json:"corrected_value,omitempty"` // with corrections in place of what was published; null without a correction, and where the right value is not known
	Corrections    []Correction `json:"corrections,omitempty"`     // of the parts
	Unit           string       `json:"unit"`                      // of the values: count, CNY, CNY_10k, unstated, share; empty of an absent cell
	State          string       `json:"state"`                     // reported; absent (not on the form, or not on the page); else the state of the part that is no number
	Failed         []string     `json:"failed_checks"`             // rules of every class that fail on a part
	Doubted        bool         `json:"doubted,omitempty"`         // the number was read, and a problem is about a part of it
	Comparability  string       `json:"comparability"`             // of a series: same, approximate or break against the form of 2021
	Parts          []string     `json:"indicators,omitempty"`      // the indicators that it stands on: the way to the evidence
	Numerator      *float64     `json:"numerator,omitempty"`
	Denominator    *float64     `json:"denominator,omitempty"`
	Small          bool         `json:"small_sample,omitempty"` // a rate on fewer than 30 cases
	Report         string       `json:"report_id,omitempty"`

	numerator, denominator *float64 // of the corrected rate
	chosen                 Values
}

// Flagged reports whether a rule fails on the cell that speaks against the number: one of the form's own sums. A
// corrected value that In chose is a person's and fails none.
func (c *Cell) Flagged() bool {
	return codebook.SpeaksAgainst(c.Failed) && !(c.chosen == Corrected && len(c.Corrections) > 0)
}

// Doubtful reports whether the number that In chose was read and is doubted.
func (c *Cell) Doubtful() bool {
	return c.Doubted && !(c.chosen == Corrected && len(c.Corrections) > 0)
}

// Noted reports whether a rule fails on the cell that does not speak against the number: worth a look.
func (c *Cell) Noted() bool {
	return slices.ContainsFunc(c.Failed, func(id string) bool { return !codebook.LookupRule(id).Class.Against })
}

// In returns the cell with the value chosen in Value; Published and CorrectedValue stay.
func (c Cell) In(v Values) Cell {
	c.chosen = v
	if v != Corrected || len(c.Corrections) == 0 {
		c.Value = c.Published
		return c
	}
	c.Value = c.CorrectedValue
	if c.Unit == codebook.Share {
		c.Numerator, c.Denominator = c.numerator, c.denominator
		c.Small = c.Value != nil && *c.Denominator < codebook.SmallSample
	}
	return c
}

// Absent is the state of a cell that the form does not have, or the page lacks.
const Absent = "absent"

// values are the columns of one row of the panel, beside the names asked for.
type values struct {
	report  string
	columns []float64
	valid   []bool
	flagged []string // columns of the panel that are doubted or fail a check that speaks against the number; of all, not only of those asked for
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
		return append([]string{m.ID, m.ID + "_numerator", m.ID + "_denominator"}, m.rate.Parts()...) // the parts for a corrected rate
	}
	return m.indicators()
}

// Compare lays measures over the reports of issuers in the years given (nil: all), in the order of the issuers and then
// by year.
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
		from := r.source(of, rows[of.Ref.ID], at, readings(of))
		for i, m := range measures {
			t.Cells[i][k] = m.cell(of, from)
		}
	}
	return t, nil
}

// columnsOf names the columns of the panel that measures need, and tells where each stands by the name that the measure
// calls it.
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

// named returns a function that tells the value of a row by the name that a measure calls it; nil where there is none,
// or no row.
func (v *values) named(at map[string]int) func(name string) *float64 {
	return func(name string) *float64 {
		if k, ok := at[name]; ok && v != nil && v.valid[k] {
			return &v.columns[k]
		}
		return nil
	}
}

// isFlagged reports whether the panel flags the column of an indicator or a rate.
func (v *values) isFlagged(name string) bool {
	return v != nil && slices.Contains(v.flagged, schema.ColumnName(name))
}

// source is what the measures of one report are made of.
type source struct {
	value       func(name string) *float64 // number of an indicator, or of a rate's column
	read        func(indicator string) Reading
	flagged     func(name string) bool // of an indicator, or of a rate's column; nil where that is not known
	printed     bool                   // numbers are in the units that the facts are published in, not in those of the panel's columns
	corrections []Correction
}

// source makes that of a report from its row of the panel. A release of an older schema holds amounts as they are
// printed.
func (r *Release) source(of ReportOf, row *values, at map[string]int, read func(string) Reading) source {
	return source{value: row.named(at), read: read, flagged: row.isFlagged, printed: r.Data.Older(), corrections: r.corrections[of.Ref.ID]}
}

// unit is that of the number of an indicator.
func (s source) unit(indicator string) string {
	in, _ := codebook.Lookup(indicator)
	if s.printed || in.Unit == codebook.Unstated {
		return cmp.Or(s.read(indicator).Unit, in.Unit)
	}
	return in.Unit
}

// corrected is the number of an indicator with a correction in place of what was published.
func (s source) corrected(indicator string) *float64 {
	for _, c := range s.corrections {
		if c.Indicator != indicator || !c.headline() {
			continue
		}
		if c.CorrectedValue == nil {
			return nil
		}
		if v, ok := codebook.Convert(*c.CorrectedValue, cmp.Or(s.read(indicator).Unit, s.unit(indicator)), s.unit(indicator)); ok {
			return &v
		}
		return nil
	}
	return s.value(indicator)
}

// sum adds the numbers of indicators in the unit of the first; nil where one is none, or in a unit of another kind.
func (s source) sum(indicators []string, value func(string) *float64) *float64 {
	sum := 0.0
	for _, id := range indicators {
		v := value(id)
		if v == nil {
			return nil
		}
		x, ok := codebook.Convert(*v, s.unit(id), s.unit(indicators[0]))
		if !ok {
			return nil
		}
		sum += x
	}
	return &sum
}

// cell makes the measure of one report of the values of the panel and the readings of the facts.
func (m Measure) cell(of ReportOf, from source) Cell {
	c := Cell{State: Absent, Report: of.Ref.ID}
	switch m.Kind {
	case Rate:
		c.Value, c.Numerator, c.Denominator = from.value(m.ID), from.value(m.ID+"_numerator"), from.value(m.ID+"_denominator")
		c.Parts, c.Unit = m.rate.Parts(), codebook.Share
	case Indicator:
		if from.read(m.ID).State == "" {
			return c
		}
		c.Parts, c.Value, c.Unit = []string{m.ID}, from.value(m.ID), from.unit(m.ID)
	case Series:
		p := m.part(of.Ref.Template, func(id string) bool { return from.read(id).State != "" })
		if p == nil {
			return c
		}
		c.Parts, c.Comparability, c.Unit = p.Indicators, p.Comparability, from.unit(p.Indicators[0])
		c.Value = from.sum(p.Indicators, from.value)
	}
	for _, id := range c.Parts {
		reading := from.read(id)
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
		c.Small = m.Kind == Rate && c.Denominator != nil && *c.Denominator < codebook.SmallSample
	case m.Kind == Rate && c.Denominator != nil:
		c.State = "not_applicable" // no cases to take a share of, or more than all of them
	case m.Kind != Rate && c.State == Absent:
		c.State = "unreadable" // the cell is there, and the panel holds no number for it: two readings that differ
	}
	if m.Kind == Rate && c.State == Absent {
		c.Unit = ""
	}
	c.Published = c.Value
	c.Doubted = c.Value != nil && from.doubts(m, &c)
	m.correct(&c, from)
	return c
}

// doubts reports whether the panel flags a measure, and no check that speaks against the number is why.
func (s source) doubts(m Measure, c *Cell) bool {
	if s.flagged == nil || codebook.SpeaksAgainst(c.Failed) {
		return false
	}
	if m.Kind == Rate {
		return s.flagged(m.ID)
	}
	return slices.ContainsFunc(c.Parts, s.flagged)
}

// correct sets the corrected value beside what was published.
func (m Measure) correct(c *Cell, from source) {
	for _, one := range from.corrections {
		if one.headline() && slices.Contains(c.Parts, one.Indicator) {
			c.Corrections = append(c.Corrections, one)
		}
	}
	switch {
	case len(c.Corrections) == 0:
	case m.Kind == Rate:
		c.CorrectedValue, c.numerator, c.denominator = m.rate.Of(from.corrected)
		c.Unit = codebook.Share
	default:
		c.CorrectedValue = from.sum(c.Parts, from.corrected)
	}
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
		fresh[strings.Clone(issuer)] = append(fresh[issuer], values{strings.Clone(v.report), slices.Clone(v.columns), slices.Clone(v.valid), v.flagged})
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

// scanPanel calls each with the columns of every row that q selects; what it is given, but for the
// flagged columns, is valid during the call only.
func (r *Release) scanPanel(ctx context.Context, q store.Query, columns []string, each func(issuer string, v values) error) error {
	q.Columns = []string{"issuer_id", "report_id"}
	held := make([]bool, len(columns)) // a release may be older than the code book
	for k, c := range columns {
		if held[k] = r.Data.Panel().Column(c) != nil; held[k] {
			q.Columns = append(q.Columns, c)
		}
	}
	lists := r.Data.Panel().Column("flagged") != nil
	if lists {
		q.Columns = append(q.Columns, "flagged")
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
		var flagged *array.List
		if lists {
			flagged = column[*array.List](rec, "flagged")
		}
		for i := range int(rec.NumRows()) {
			v.report, v.flagged = report.Value(i), textsOf(flagged, i)
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

// textsOf copies a row of a list of texts; nil where it is empty, or the column is not there.
func textsOf(list *array.List, row int) (out []string) {
	if list == nil {
		return nil
	}
	from, to := list.ValueOffsets(row)
	for k := from; k < to; k++ {
		out = append(out, strings.Clone(list.ListValues().(*array.String).Value(int(k))))
	}
	return out
}
