// Package compare lays the reports of several places beside each other: one column per place and year, one row per
// measure, every value marked where it must not be taken at face value, every column with its source.
package compare

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/query"
)

// Marks behind or in place of a value.
const (
	MarkFlagged     = "!" // one of the form's own sums does not hold; rules of other classes have the marks of the code book
	MarkDoubted     = "?" // a number that was read, and a problem is about it
	MarkCorrected   = "✎" // a correction stands beside what was published
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

// Meanings explains every mark, in the order of footnotes: first what rules say of a number, in the words of the code
// book.
var Meanings = append(failures(), []Meaning{
	{MarkDoubted, "read, but doubted: a problem is about this cell (see problems)", "已读取，但存疑：有问题涉及该格（见问题）"},
	{MarkCorrected, "as published; behind it what a person found right, with reason and source below (see corrections)", "原样公布；其后为更正值，理由与来源见下（见更正）"},
	{MarkBreak, "counts something else than the form of other years: not comparable", "与其他年份表样口径不同，不可比"},
	{MarkApproximate, "counts nearly the same as the form of other years", "与其他年份表样口径近似"},
	{MarkSmall, "a rate on fewer than 30 cases", "比率的基数不足30件"},
	{MarkBlank, "the cell is empty as published; blank is not zero", "公布时为空白；空白不等于零"},
	{MarkDash, "a dash as published, or a share of nothing", "公布时为横线，或无基数的比率"},
	{MarkUnreadable, "something is there that could not be read (see problems)", "有内容但无法读取（见问题）"},
}...)

func failures() (all []Meaning) {
	for _, c := range codebook.Classes() {
		all = append(all, Meaning{c.Mark, "as published: " + c.FailsEN + " (see checks)", "原样公布：" + c.FailsZH + "（见校验）"})
	}
	return all
}

// Column is one report.
type Column struct {
	ReportID string `json:"report_id"`
	IssuerID string `json:"issuer_id"`
	Place    string `json:"place"`
	Year     *int32 `json:"year"`
	Template string `json:"template"`
	Quality  string `json:"quality"`
	Complete *bool  `json:"complete"` // nil where an older release does not say
	URL      string `json:"url"`
	Sample   bool   `json:"sample,omitempty"` // of an invented place of the bundled sample
}

// Cell is one value of the comparison. Value is null unless the report states a number; of a rate it is a share of 1.
// It is as published, unless Using chose the corrected values.
type Cell struct {
	Value         *float64           `json:"value"`
	Unit          string             `json:"unit"` // of the values; empty of an absent cell
	Published     *float64           `json:"published_value"`
	Corrected     *float64           `json:"corrected_value"` // null without a correction, and where the right value is not known
	Corrections   []query.Correction `json:"corrections,omitempty"`
	Marks         []string           `json:"marks"`
	Flagged       bool               `json:"flagged"`       // one of the form's own sums does not hold
	Doubted       bool               `json:"doubted"`       // the number was read, and a problem is about it
	Failed        []string           `json:"failed_checks"` // rules of every class
	Comparability string             `json:"comparability,omitempty"`
	State         string             `json:"state"`
	Numerator     *float64           `json:"numerator,omitempty"`
	Denominator   *float64           `json:"denominator,omitempty"`
	Indicators    []string           `json:"indicators,omitempty"`

	of query.Cell
}

// Row is one measure over all columns.
type Row struct {
	Measure string `json:"measure"`
	LabelZH string `json:"label_zh"`
	LabelEN string `json:"label_en"`
	Unit    string `json:"unit"` // of every value of the row; mixed where they are in several
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
	Values  query.Values `json:"values"` // published or corrected: which of the two Value holds
	Columns []Column     `json:"columns"`
	Rows    []Row        `json:"rows"`

	byYear bool // the columns of one year stand together, not those of one place
}

// Of lays measures over the reports of issuers in years (nil: all). A measure that none of the reports carries makes no
// row.
func Of(ctx context.Context, r *query.Release, issuers []*query.Issuer, years []int32, measures []query.Measure) (Table, error) {
	q, err := r.Compare(ctx, issuers, years, measures)
	if err != nil {
		return Table{}, fmt.Errorf("comparing %d places: %w", len(issuers), err)
	}
	urls, err := r.URLs(ctx, issuers)
	if err != nil {
		return Table{}, err
	}
	t := Table{Values: query.Published}
	for _, of := range q.Reports {
		c := Column{ReportID: of.Ref.ID, IssuerID: of.Issuer.ID, Place: of.Issuer.Name, Template: of.Ref.Template, Quality: of.Ref.Quality, Complete: of.Ref.Complete, URL: urls[of.Ref.ID]}
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
		row := Row{Measure: m.ID, LabelZH: m.LabelZH, LabelEN: m.LabelEN, Unit: unitOf(q.Cells[i], m.Unit), Cells: make([]Cell, len(q.Cells[i]))}
		for k, c := range q.Cells[i] {
			row.Cells[k] = CellOf(c)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

// CellOf makes a cell of the comparison of one of a query.
func CellOf(c query.Cell) Cell {
	return Cell{Value: c.Value, Unit: c.Unit, Published: c.Published, Corrected: c.CorrectedValue, Corrections: c.Corrections, Marks: Marks(&c), Flagged: c.Flagged(), Doubted: c.Doubtful(),
		Failed: append([]string{}, c.Failed...), Comparability: c.Comparability, State: c.State, Numerator: c.Numerator, Denominator: c.Denominator, Indicators: c.Parts, of: c}
}

// unitOf is the one unit of the cells of a row that have one, mixed where there are several.
func unitOf(cells []query.Cell, none string) string {
	unit := ""
	for i := range cells {
		switch u := cells[i].Unit; {
		case u == "" || cells[i].State == query.Absent:
		case unit == "":
			unit = u
		case u != unit:
			return codebook.Mixed
		}
	}
	return cmp.Or(unit, none)
}

// Using returns the table with the values chosen: those published, or corrected ones where there are any. What was
// published stays in Cell.Published.
func (t Table) Using(v query.Values) Table {
	out := t
	out.Values, out.Rows = v, slices.Clone(t.Rows)
	for i := range out.Rows {
		cells := make([]Cell, len(t.Rows[i].Cells))
		for k := range cells {
			cells[k] = CellOf(t.Rows[i].Cells[k].of.In(v))
			cells[k].of = t.Rows[i].Cells[k].of
		}
		out.Rows[i].Cells = cells
	}
	return out
}

// Marks are the marks of a cell.
func Marks(c *query.Cell) []string {
	marks := []string{}
	if c.Value == nil {
		switch {
		case c.Published != nil:
		case c.State == query.Absent:
			return marks
		case c.State == "blank":
			marks = append(marks, MarkBlank)
		case c.State == "not_applicable":
			marks = append(marks, MarkDash)
		default:
			marks = append(marks, MarkUnreadable)
		}
	}
	for _, mark := range FailureMarks(c.Failed) {
		if mark != MarkFlagged || c.Flagged() {
			marks = append(marks, mark)
		}
	}
	if c.Doubtful() {
		marks = append(marks, MarkDoubted)
	}
	if len(c.Corrections) > 0 {
		marks = append(marks, MarkCorrected)
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

// FailureMarks are the marks of the classes of rules that fail on a number, in the order of the code book.
func FailureMarks(failed []string) (marks []string) {
	for _, class := range codebook.Classes() {
		if slices.ContainsFunc(failed, func(id string) bool { return codebook.LookupRule(id).Class.ID == class.ID }) {
			marks = append(marks, class.Mark)
		}
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
