// Package querytest makes small datasets for tests of the packages that read them, straight through the writer of the
// store.
package querytest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/lexicon"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Place is an issuer with its reports to be written.
type Place struct {
	ID, Name, Kind, Division string
	Years                    []Year
	Sample                   string // invented or real: of the bundled sample
	Became, How              string // issuer that it became, and how: merged, renamed; split has none
}

// Year is one report.
type Year struct {
	Year     int32
	Template string
	Title    string // default made of name and year
	URL      string // default on example.org
	Values   map[string]float64
	States   map[string]string   // cells that are no number: blank, not_applicable, unreadable
	Failed   map[string][]string // rules that fail on a cell
	Locator  string
	Text     string   // sentence of a mention
	Prose    string   // text of section one
	NewText  *float64 // panel.text_new_share
	AlsoIn   string   // issuer whose report of the year holds the first line of Prose as well

	Version    int    // tells the versions of one year apart: it stands in the report_id
	Supersedes string // report_id of the version before
	Name       string // of the issuer as this report writes it; default that of the place
	// Corrected are corrections of headline cells, by indicator; nil where no number is right.
	Corrected map[string]*float64
	Units     map[string]string // units of cells that are not those of the code book
	Doubted   []string          // indicators that a problem is about
	ReadBy    string            // of all cells; default text
}

// ReportID is the ID of a place's report of a year.
func ReportID(issuer string, year int32) string { return VersionID(issuer, year, 0) }

// VersionID is the ID of a version of a place's report of a year; year 0 is not known.
func VersionID(issuer string, year int32, version int) string {
	if year == 0 {
		return fmt.Sprintf("%s-unknown-%08x", issuer, version)
	}
	return fmt.Sprintf("%s-%d-%08x", issuer, year, int(year)+version<<16)
}

// Write writes the places as a dataset into dir. The panel's rates are those of the pipeline: granted of resolved, and
// so on.
func Write(t testing.TB, dir string, places ...Place) {
	t.Helper()
	ctx := context.Background()
	var panel []schema.PanelIndicator
	for _, in := range codebook.All() {
		panel = append(panel, schema.PanelIndicator{ID: in.ID, LabelZH: in.LabelZH, LabelEN: in.LabelEN, Unit: in.Unit})
	}
	w, err := store.CreateDataset(ctx, dir, store.DatasetOptions{Indicators: panel, Software: "gongkai/test"})
	if err != nil {
		t.Fatal(err)
	}
	superseded := map[string]bool{}
	for _, p := range places {
		for _, y := range p.Years {
			superseded[y.Supersedes] = true
		}
	}
	var sample store.Sample
	for _, p := range places {
		for _, y := range p.Years {
			switch id := VersionID(p.ID, y.Year, y.Version); p.Sample {
			case "invented":
				sample.Invented = append(sample.Invented, id)
			case "real":
				sample.Real = append(sample.Real, id)
			}
			if err := add(w, p, y, !superseded[VersionID(p.ID, y.Year, y.Version)]); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, p := range places {
		row := schema.Issuer{IssuerID: p.ID, Name: p.Name, IssuerKind: p.Kind, Source: "a test"}
		if p.Became != "" {
			row.SuccessorID = &p.Became
		}
		if p.How != "" {
			row.Succession = &p.How
		}
		if err := w.Issuers.Add(row); err != nil {
			t.Fatal(err)
		}
	}
	for _, in := range codebook.All() {
		if err := w.Indicators.Add(schema.Indicator{Indicator: in.ID, LabelZH: in.LabelZH, LabelEN: in.LabelEN, Definition: in.Definition, Unit: in.Unit, Templates: in.Templates}); err != nil {
			t.Fatal(err)
		}
	}
	if len(sample.Invented) > 0 {
		w.Sample(&sample)
	}
	if _, err := w.Commit(ctx); err != nil {
		t.Fatal(err)
	}
}

func add(w *store.DatasetWriter, p Place, y Year, latest bool) error {
	id := VersionID(p.ID, y.Year, y.Version)
	if y.Name != "" {
		p.Name = y.Name
	}
	title, url := y.Title, y.URL
	if title == "" {
		title = fmt.Sprintf("%s%d年政府信息公开工作年度报告", p.Name, y.Year)
	}
	if url == "" {
		url = "https://example.org/" + id
	}
	var division *string
	if p.Division != "" {
		division = &p.Division
	}
	media, year := "text/html", &y.Year
	if y.Year == 0 {
		year = nil
	}
	r := schema.Report{ReportID: id, IssuerID: p.ID, IssuerName: p.Name, IssuerState: "resolved", IssuerKind: p.Kind, DivisionCode: division, Year: year, Title: title, URL: url,
		FetchedAt: time.Date(2025, 1, 2, 0, 0, 0, 0, time.UTC), SHA256: "00", WarcFile: "a.warc.gz", MediaType: &media, Template: &y.Template, Complete: true, Quality: "A"}
	if y.Supersedes != "" {
		r.Supersedes = &y.Supersedes
	}
	row := schema.Panel{ReportID: id, IssuerID: p.ID, IssuerName: p.Name, IssuerState: "resolved", IssuerKind: p.Kind, DivisionCode: division, Year: year, Values: y.Values}
	granted, g := y.Values["requests.granted"]
	part, gp := y.Values["requests.granted_in_part"]
	if resolved, ok := y.Values["requests.resolved"]; ok && g && gp {
		n := granted + part
		row.GrantRateNumerator, row.GrantRateDenominator = &n, &resolved
		if resolved > 0 {
			share := n / resolved
			row.GrantRate = &share
			row.SmallSample = resolved < 30
		}
	}
	if v, ok := y.Values["requests.received"]; ok && latest && year != nil {
		if err := w.Series.Add(schema.Series{IssuerID: p.ID, Series: "requests.received", Year: y.Year, Value: &v, Comparability: "same", Indicator: "requests.received",
			Unit: codebook.Count, ReportID: id, Quality: "A", CorrectedValue: y.Corrected["requests.received"]}); err != nil {
			return err
		}
	}
	var facts []schema.Fact
	n := int32(0)
	for _, in := range codebook.All() {
		v, reported := y.Values[in.ID]
		state, other := y.States[in.ID]
		if !reported && !other {
			continue
		}
		n++
		f := schema.Fact{ReportID: id, IssuerID: p.ID, Year: year, Indicator: in.ID, State: "reported", Unit: cmp.Or(y.Units[in.ID], in.Unit), TableNo: 1, RowNo: n, ColumnNo: 1, ReadBy: cmp.Or(y.ReadBy, "text"), Locator: y.Locator, FailedChecks: y.Failed[in.ID]}
		if reported {
			f.Value, f.Raw = &v, fmt.Sprint(v)
		} else {
			f.State = state
		}
		if in.Applicants {
			total := codebook.Total
			f.Applicant = &total
		}
		for _, rule := range f.FailedChecks {
			class := codebook.LookupRule(rule).Class
			if class.Against {
				r.ChecksFailed++
				r.Quality = "B"
				row.Flagged = append(row.Flagged, schema.ColumnName(in.ID))
			} else {
				r.Notes++
			}
			if err := w.Checks.Add(schema.Check{ReportID: id, IssuerID: p.ID, Year: year, Rule: rule, Class: class.ID, Expression: in.ID + " = 0", LHS: f.Value, RHS: new(0.0), Outcome: "fail", Cells: []string{in.ID}}); err != nil {
				return err
			}
		}
		facts = append(facts, f)
	}
	for indicator, value := range y.Corrected {
		c := schema.Correction{ReportID: id, IssuerID: p.ID, Year: year, Indicator: indicator, CorrectedValue: value, Reason: "the parts add up to it", Evidence: "https://example.org/evidence",
			Author: "A. Reader", CorrectedOn: schema.DateOf(time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)), Applied: true}
		if v, ok := y.Values[indicator]; ok {
			c.PublishedValue = &v
		}
		if in, _ := codebook.Lookup(indicator); in.Applicants {
			c.Applicant = new(codebook.Total)
		}
		if err := w.Corrections.Add(c); err != nil {
			return err
		}
		row.Corrected = append(row.Corrected, schema.ColumnName(indicator))
	}
	for _, indicator := range y.Doubted {
		if err := w.Problems.Add(schema.Problem{ReportID: id, Year: year, Kind: "count_mismatch", Indicator: new(indicator), Detail: "a problem about " + indicator}); err != nil {
			return err
		}
		row.Flagged = append(row.Flagged, schema.ColumnName(indicator))
	}
	slices.Sort(row.Flagged)
	slices.Sort(row.Corrected)
	row.Quality, row.Complete, row.TextNewShare = r.Quality, r.Complete, y.NewText
	if y.Text != "" {
		if err := w.Mentions.Add(schema.Mention{ReportID: id, IssuerID: p.ID, Year: year, Label: y.Text, Count: 1, Unit: "条", Sentence: y.Text}); err != nil {
			return err
		}
	}
	if y.Prose != "" {
		if err := w.Texts.Add(schema.Text{ReportID: id, IssuerID: p.ID, Year: year, Section: new(int32(1)), Heading: "一、总体情况", Text: y.Prose,
			Characters: int32(utf8.RuneCountInString(y.Prose)), Words: lexicon.Words(y.Prose), Locator: "line:1-1"}); err != nil {
			return err
		}
	}
	if y.AlsoIn != "" && y.AlsoIn != p.ID {
		line, _, _ := strings.Cut(y.Prose, "\n")
		n := int32(utf8.RuneCountInString(line))
		if err := w.Reuse.Add(schema.Reuse{ReportID: id, IssuerID: p.ID, Year: year, Section: new(int32(1)), OtherReportID: VersionID(y.AlsoIn, y.Year, 0), Relation: "same_county",
			SharedCharacters: n, Share: 0.5, LongestCharacters: n, Passage: line}); err != nil {
			return err
		}
	}
	if err := w.Facts.Add(facts...); err != nil {
		return err
	}
	if err := w.Reports.Add(r); err != nil {
		return err
	}
	if !latest {
		return nil
	}
	if err := w.Coverage.Add(schema.Coverage{IssuerID: p.ID, IssuerName: p.Name, DivisionCode: division, Year: year, Status: schema.CoverageFound, ReportID: &id}); err != nil {
		return err
	}
	return w.Panel.Add(row)
}

// Towns are five towns of one county and one of another, 2018 (form of 2014), 2020 (2019) and 2022 (2021), with every
// kind of mark.
func Towns() []Place {
	town := func(code, name string, n float64) Place {
		return Place{ID: code, Name: "栖霞市" + name, Kind: "township", Division: code, Years: []Year{
			{Year: 2018, Template: "2014", Values: map[string]float64{"stat2014.req_received": n, "stat2014.fee_collected_10k_yuan": 1}},
			{Year: 2020, Template: "2019", Values: map[string]float64{"requests.received": n + 1, "requests.granted": 3, "requests.granted_in_part": 1, "requests.resolved": 5, "normative_documents.made": 2, "fees.items_last_year": 4}, Prose: "坚持以公开为常态，" + name + "主动公开政府信息。\n加强政务公开培训。",
				NewText: new(n / 100), AlsoIn: "370686101000"},
			{Year: 2022, Template: "2021", Values: map[string]float64{"requests.received": n + 2, "requests.granted": 60, "requests.granted_in_part": 20, "requests.resolved": 100, "review.total": 1, "fees.amount": 2.5},
				States: map[string]string{"requests.carried_in": "blank", "requests.carried_out": "not_applicable", "requests.other": "unreadable"}, Failed: map[string][]string{"review.total": {"litigation.sum"}}},
		}}
	}
	return []Place{town("370686107000", "寺口镇", 10), town("370686101000", "观里镇", 20), town("370686102000", "蛇窝泊镇", 30), town("370686103000", "唐家泊镇", 40), town("370686104000", "桃村镇", 50)}
}
