package normalize

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/inputs"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// Correction is one line of a file of corrections: what a person found a published number to be. It never changes what
// was published.
type Correction struct {
	ReportID  string
	Indicator string
	Applicant string   // empty where the table has no applicant columns
	Published *float64 // nil where the cell holds no number
	Corrected *float64 // nil where the published number is wrong and the right one is unknown
	Reason    string
	Evidence  string      // address of what shows it
	Who       string      // who says so
	When      schema.Date // when
	Line      int         // of the file, from 1
}

// Record is the correction as a line of the file, its columns in the order of the template.
func (c Correction) Record() []string {
	return []string{c.ReportID, c.Indicator, c.Applicant, numberText(c.Published), numberText(c.Corrected), c.Reason, c.Evidence, c.Who, c.When.String()}
}

func numberText(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}

// Key names the cell that the correction is for.
func (c Correction) Key() rule.Key { return rule.Key{Indicator: c.Indicator, Applicant: c.Applicant} }

var (
	reportIDShape = lazyregexp.New(`^(?:\d{12}(?:-[0-9a-f]{8})?|x-[0-9a-f]{1,16})-(?:\d{4}|unknown)-[0-9a-f]{0,8}$`)
	plainNumber   = lazyregexp.New(`^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$`)
	webAddress    = lazyregexp.New(`^(?:https?|file)://\S+$`)
)

// Validate says what is wrong with a correction, whichever report it is for.
func (c Correction) Validate() error {
	in, known := codebook.Lookup(c.Indicator)
	isApplicant := slices.ContainsFunc(codebook.Applicants, func(a codebook.Applicant) bool { return a.ID == c.Applicant })
	switch {
	case !reportIDShape.MatchString(c.ReportID):
		return fmt.Errorf("%q is no report_id", c.ReportID)
	case !known:
		return fmt.Errorf("the code book has no indicator %q", c.Indicator)
	case in.Applicants && !isApplicant:
		return fmt.Errorf("%s is published by applicant, and %q is none", c.Indicator, c.Applicant)
	case !in.Applicants && c.Applicant != "":
		return fmt.Errorf("%s is not published by applicant, so the column must be empty, not %q", c.Indicator, c.Applicant)
	case c.Published == nil && c.Corrected == nil, c.Published != nil && c.Corrected != nil && rule.Equal(*c.Published, *c.Corrected):
		return errors.New("the corrected value is the published one")
	case strings.TrimSpace(c.Reason) == "":
		return errors.New("a correction needs its reason")
	case !webAddress.MatchString(c.Evidence):
		return fmt.Errorf("the evidence must be an address, not %q", c.Evidence)
	case strings.TrimSpace(c.Who) == "":
		return errors.New("a correction needs the name of who makes it")
	}
	return nil
}

// ReadCorrections reads a file of corrections as package inputs describes it. The first line that is wrong is an error
// that names it. The file is append-only: of two corrections of one cell the later holds.
func ReadCorrections(r io.Reader) ([]Correction, error) {
	var all []Correction
	file, _ := inputs.Lookup(inputs.Corrections)
	err := file.Read(r, func(l inputs.Line) error {
		c, err := parseCorrection(l)
		if err == nil {
			err = c.Validate()
		}
		if err == nil {
			all = append(all, c)
		}
		return err
	})
	return all, err
}

func parseCorrection(l inputs.Line) (c Correction, err error) {
	c = Correction{ReportID: l.Field("report_id"), Indicator: l.Field("indicator"), Applicant: l.Field("applicant"), Reason: l.Field("reason"),
		Evidence: l.Field("evidence"), Who: l.Field("who"), Line: l.Number}
	if c.Published, err = correctionNumber("published_value", l.Field("published_value")); err != nil {
		return c, err
	}
	if c.Corrected, err = correctionNumber("corrected_value", l.Field("corrected_value")); err != nil {
		return c, err
	}
	if c.When, err = schema.ParseDate(l.Field("when")); err != nil {
		return c, fmt.Errorf("when: %w", err)
	}
	return c, nil
}

func correctionNumber(column, s string) (*float64, error) {
	if s == "" {
		return nil, nil
	}
	if !plainNumber.MatchString(s) {
		return nil, fmt.Errorf("%s must be a plain number like 12 or 7730.28, or empty, not %q", column, s)
	}
	v, err := strconv.ParseFloat(s, 64)
	return &v, err
}

// Corrections are the corrections in force, by report. The zero value is none. Use it from one goroutine at a time.
type Corrections struct {
	byReport map[string][]Correction
	seen     map[string]bool
}

// NewCorrections indexes corrections; of two for one cell the later holds.
func NewCorrections(all []Correction) *Corrections {
	c := &Corrections{byReport: map[string][]Correction{}, seen: map[string]bool{}}
	for _, one := range all {
		same := func(o Correction) bool { return o.Key() == one.Key() }
		c.byReport[one.ReportID] = append(slices.DeleteFunc(c.byReport[one.ReportID], same), one)
	}
	return c
}

// CorrectionRefused is the kind of the problem of a correction that is not applied.
const CorrectionRefused = "correction_refused"

// Apply sets corrections beside what was published: in rows.Corrections, in panel.corrected and in
// series.corrected_value. Nothing that was published changes: facts, checks, the values of panel and series and the
// sums over parts stay as they are. It returns how many it applied. A correction whose published value is not that of
// the cell any more is refused with a problem, and so is one for a version of a report that a later version supersedes.
func (c *Corrections) Apply(rows *Rows) (applied int) {
	if c == nil || len(c.byReport) == 0 {
		return 0
	}
	for i := range rows.Reports {
		report := &rows.Reports[i]
		wanted := c.byReport[report.ReportID]
		if len(wanted) == 0 {
			continue
		}
		c.seen[report.ReportID] = true
		applied += rows.correct(report, wanted)
	}
	return applied
}

// See notes a report whose rows are not made anew, so that it does not count as missing.
func (c *Corrections) See(reportID string) {
	if len(c.byReport[reportID]) > 0 {
		c.seen[reportID] = true
	}
}

// Unmet makes a row and a problem for each correction whose report is not among the rows that Apply saw, in the order
// of the file.
func (c *Corrections) Unmet() ([]schema.Correction, []schema.Problem) {
	if c == nil {
		return nil, nil
	}
	var lost []Correction
	for id, all := range c.byReport {
		if !c.seen[id] {
			lost = append(lost, all...)
		}
	}
	slices.SortFunc(lost, func(a, b Correction) int { return a.Line - b.Line })
	rows, problems := make([]schema.Correction, len(lost)), make([]schema.Problem, len(lost))
	for i, one := range lost {
		issuer, year := splitReportID(one.ReportID)
		rows[i] = one.row(issuer, year, false)
		problems[i] = one.refused(nil, "the dataset has no such report (it may have been published anew)")
	}
	return rows, problems
}

// splitReportID takes issuer and year, nil where unknown, out of a report_id.
func splitReportID(id string) (issuer string, year *int32) {
	parts := strings.Split(id, "-")
	if y, err := strconv.ParseInt(parts[len(parts)-2], 10, 32); err == nil {
		year = new(int32(y))
	}
	return strings.Join(parts[:len(parts)-2], "-"), year
}

func (c Correction) row(issuer string, year *int32, applied bool) schema.Correction {
	return schema.Correction{ReportID: c.ReportID, IssuerID: issuer, Year: year, Indicator: c.Indicator, Applicant: text(c.Applicant), PublishedValue: c.Published,
		CorrectedValue: c.Corrected, Reason: c.Reason, Evidence: c.Evidence, Author: c.Who, CorrectedOn: c.When, Applied: applied}
}

func (c Correction) refused(year *int32, why string) schema.Problem {
	raw := strings.Join(c.Record(), ",")
	return schema.Problem{ReportID: c.ReportID, Year: year, Kind: CorrectionRefused,
		Code: new(CorrectionRefused), Args: []string{strconv.Itoa(c.Line), c.Key().String(), why}, Indicator: &c.Indicator, Applicant: text(c.Applicant), Detail: fmt.Sprintf("line %d of the corrections, %s: %s", c.Line, c.Key(), why), Raw: &raw}
}

// correct applies the corrections of one report.
func (rows *Rows) correct(report *schema.Report, wanted []Correction) (applied int) {
	published, heads := rule.Table{}, headlines{}
	for i := range rows.Facts {
		f := &rows.Facts[i]
		if f.ReportID != report.ReportID {
			continue
		}
		v := math.NaN()
		if f.Value != nil {
			v = *f.Value
		}
		published[cellKey(f.Indicator, f.Applicant)] = v
		heads.put(f.Indicator, f.Applicant, f.Value, f.Unit)
	}
	panel := slices.IndexFunc(rows.Panel, func(p schema.Panel) bool { return p.ReportID == report.ReportID })
	changed := map[string]bool{} // indicators whose headline cell has a correction
	for _, c := range wanted {
		why := c.unfit(published)
		if why == "" && panel < 0 {
			why = "a later version supersedes this report"
		}
		rows.Corrections = append(rows.Corrections, c.row(report.IssuerID, report.Year, why == ""))
		if why != "" {
			rows.Problems = append(rows.Problems, c.refused(report.Year, why))
			continue
		}
		applied++
		if head, is := heads[c.Indicator]; is && (c.Applicant == "" || c.Applicant == codebook.Total) {
			changed[c.Indicator] = true
			heads.put(c.Indicator, nil, c.Corrected, head.unit)
		}
	}
	if len(changed) > 0 {
		rows.mark(*report, panel, heads, changed)
	}
	return applied
}

// unfit says why a correction does not fit the cells of its report, empty where it does.
func (c Correction) unfit(published rule.Table) string {
	v, there := published[c.Key()]
	switch {
	case !there:
		return "the report has no such cell"
	case (c.Published == nil) == math.IsNaN(v) && (c.Published == nil || rule.Equal(*c.Published, v)):
		return ""
	case math.IsNaN(v):
		return "the cell now holds no number"
	}
	return "the cell now holds " + numberText(&v)
}

// mark names the corrected columns in the panel and sets the corrected values beside those of series.
func (rows *Rows) mark(report schema.Report, panel int, heads headlines, changed map[string]bool) {
	for _, id := range slices.Sorted(maps.Keys(changed)) {
		rows.Panel[panel].Corrected = append(rows.Panel[panel].Corrected, schema.ColumnName(id))
	}
	slices.Sort(rows.Panel[panel].Corrected)
	for i := range rows.Series {
		s := &rows.Series[i]
		if s.ReportID != report.ReportID || !anyOf(changed, indicatorsOf(*s)) {
			continue
		}
		if sum, present := heads.sum(indicatorsOf(*s)); present {
			s.CorrectedValue = sum.number()
		}
	}
}
