// Package compare lays the reports of several places beside each other: one column per place and year, one row per measure,
// every value marked where it must not be taken at face value, every column with its source.
package compare

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/query"
)

// Marks behind or in place of a value.
const (
	MarkFlagged     = "!" // a rule fails on this cell as published
	MarkBlank       = "blank"
	MarkDash        = "—"  // a dash, a slash or 无 as published
	MarkUnreadable  = "??" // something is there that could not be read; see problems
	MarkAbsent      = ""   // the form of this report has no such cell, or the page lacks it
	MarkApproximate = "≈"  // counts nearly the same as the forms of other years
	MarkBreak       = "‖"  // counts something else than the forms of other years: not comparable
	MarkSmall       = "°"  // a rate on fewer than 30 cases
)

// Meaning explains a mark.
type Meaning struct{ Mark, EN, ZH string }

// Meanings explains every mark, in the order of footnotes.
var Meanings = []Meaning{
	{MarkFlagged, "as published, but a rule of the form fails on it (see checks)", "原样公布，但表内校验不成立（见校验）"},
	{MarkBreak, "counts something else than the form of other years: not comparable", "与其他年份表样口径不同，不可比"},
	{MarkApproximate, "counts nearly the same as the form of other years", "与其他年份表样口径近似"},
	{MarkSmall, "a rate on fewer than 30 cases", "比率的基数不足30件"},
	{MarkBlank, "the cell is empty as published; blank is not zero", "公布时为空白；空白不等于零"},
	{MarkDash, "a dash as published, or a share of nothing", "公布时为横线，或无基数的比率"},
	{MarkUnreadable, "something is there that could not be read (see problems)", "有内容但无法读取（见问题）"},
}

// Column is one report.
type Column struct {
	ReportID string `json:"report_id"`
	IssuerID string `json:"issuer_id"`
	Place    string `json:"place"`
	Year     *int32 `json:"year"`
	Template string `json:"template"`
	Quality  string `json:"quality"`
	URL      string `json:"url"`
	Sample   bool   `json:"sample,omitempty"` // of an invented place of the bundled sample
}

// Cell is one value of the comparison. Value is null unless the report states a number; of a rate it is a share of 1.
type Cell struct {
	Value         *float64 `json:"value"`
	Marks         []string `json:"marks"`
	Flagged       []string `json:"failed_checks"`
	Comparability string   `json:"comparability,omitempty"`
	State         string   `json:"state"`
	Numerator     *float64 `json:"numerator,omitempty"`
	Denominator   *float64 `json:"denominator,omitempty"`
	Indicators    []string `json:"indicators,omitempty"`
}

// Row is one measure over all columns.
type Row struct {
	Measure string `json:"measure"`
	LabelZH string `json:"label_zh"`
	LabelEN string `json:"label_en"`
	Unit    string `json:"unit"`
	Cells   []Cell `json:"cells"`
}

// Label returns the label in zh or en.
func (r Row) Label(language string) string {
	if language == "zh" {
		return r.LabelZH
	}
	return r.LabelEN
}

// Table is a comparison: len(Row.Cells) = len(Columns) for every row.
type Table struct {
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`
}

// Of lays measures over the reports of issuers in years (nil: all). A measure that none of the reports carries makes no row.
func Of(ctx context.Context, r *query.Release, issuers []*query.Issuer, years []int32, measures []query.Measure) (Table, error) {
	q, err := r.Compare(ctx, issuers, years, measures)
	if err != nil {
		return Table{}, fmt.Errorf("comparing %d places: %w", len(issuers), err)
	}
	urls, err := r.URLs(ctx, issuers)
	if err != nil {
		return Table{}, err
	}
	var t Table
	for _, of := range q.Reports {
		c := Column{ReportID: of.Ref.ID, IssuerID: of.Issuer.ID, Place: of.Issuer.Name, Template: of.Ref.Template, Quality: of.Ref.Quality, URL: urls[of.Ref.ID]}
		_, c.Sample = r.Sampled(of.Ref.ID)
		if y := of.Ref.Year; y != 0 {
			c.Year = &y
		}
		t.Columns = append(t.Columns, c)
	}
	for i, m := range q.Measures {
		if !slices.ContainsFunc(q.Cells[i], func(c query.Cell) bool { return c.State != query.Absent }) {
			continue
		}
		row := Row{Measure: m.ID, LabelZH: m.LabelZH, LabelEN: m.LabelEN, Unit: m.Unit, Cells: make([]Cell, len(q.Cells[i]))}
		for k := range q.Cells[i] {
			c := &q.Cells[i][k]
			row.Cells[k] = Cell{Value: c.Value, Marks: Marks(c), Flagged: append([]string{}, c.Failed...), Comparability: c.Comparability, State: c.State,
				Numerator: c.Numerator, Denominator: c.Denominator, Indicators: c.Parts}
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

// Marks are the marks of a cell.
func Marks(c *query.Cell) []string {
	marks := []string{}
	if c.Value == nil {
		switch c.State {
		case query.Absent:
			return marks
		case "blank":
			marks = append(marks, MarkBlank)
		case "not_applicable":
			marks = append(marks, MarkDash)
		default:
			marks = append(marks, MarkUnreadable)
		}
	}
	if c.Flagged() {
		marks = append(marks, MarkFlagged)
	}
	switch c.Comparability {
	case "break":
		marks = append(marks, MarkBreak)
	case "approximate":
		marks = append(marks, MarkApproximate)
	}
	if c.Small {
		marks = append(marks, MarkSmall)
	}
	return marks
}

// Sampled reports whether a column is of an invented place of the bundled sample.
func (t Table) Sampled() bool {
	return slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Sample })
}

// SampleMark marks an invented place of the bundled sample in the language given.
func SampleMark(language string) string {
	return pick(language, "样例，虚构地方", "sample, an invented place")
}

// Footnotes are the meanings of the marks that the table uses.
func (t Table) Footnotes() []Meaning {
	var out []Meaning
	for _, m := range Meanings {
		if slices.ContainsFunc(t.Rows, func(r Row) bool {
			return slices.ContainsFunc(r.Cells, func(c Cell) bool { return slices.Contains(c.Marks, m.Mark) })
		}) {
			out = append(out, m)
		}
	}
	return out
}

// Measures finds measures by their IDs or labels, with a suggestion where one is not known.
func Measures(ids []string) ([]query.Measure, error) {
	var out []query.Measure
	for _, id := range ids {
		id = strings.TrimSpace(id)
		m, ok := query.LookupMeasure(id)
		if !ok {
			m, ok = query.MeasureCalled(id)
		}
		if !ok {
			near := query.Suggest(id)
			if len(near) > 0 {
				return nil, fmt.Errorf("no indicator %q in the code book; did you mean %s?", id, strings.Join(near, ", "))
			}
			return nil, fmt.Errorf("no indicator %q in the code book", id)
		}
		out = append(out, m)
	}
	return out, nil
}

// MaxYears bounds a range of years.
const MaxYears = 50

// Years reads 2019-2024, 2021 or 2019,2021; empty is nil, which means all.
func Years(s string) ([]int32, error) {
	var out []int32
	for _, part := range strings.Split(s, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		a, errA := strconv.Atoi(from)
		b, errB := strconv.Atoi(to)
		if errA != nil || errB != nil || a < 1000 || b > 9999 || a > b || b-a >= MaxYears {
			return nil, fmt.Errorf("years are written 2019-2024 or 2019,2021, not %q", s)
		}
		for y := a; y <= b && len(out) < MaxYears; y++ {
			out = append(out, int32(y))
		}
	}
	return out, nil
}
