package normalize

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/issuer"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// document makes a report of 甲镇 with the given cells.
func document(year int, url string, day int, cells map[string]float64) Document {
	total := codebook.Total
	r := &extract.Report{Title: fmt.Sprintf("甲镇%d年政府信息公开工作年度报告", year), Reader: "html", Templates: []string{"2021"}, Expected: len(cells)}
	for _, id := range []string{"requests.received", "requests.granted", "requests.granted_in_part", "requests.resolved", "requests.carried_in", "requests.carried_out", "normative_documents.issued", "normative_documents.repealed", "normative_documents.in_force"} {
		if v, ok := cells[id]; ok {
			f := extract.Fact{Indicator: id, Value: &v, State: extract.Reported}
			if id[:8] == "requests" {
				f.Applicant = &total
			}
			r.Facts = append(r.Facts, f)
		}
	}
	if len(cells) > 0 {
		withAllTables(r)
	}
	sum := fmt.Sprintf("%064x", year*1000+day)
	return Document{Reading: Read(r), Issuer: issuer.Issuer{ID: "x-1", Name: "甲镇", State: "unresolved", Kind: "township"},
		Capture: schema.Capture{URL: url, SHA256: &sum, FetchedAt: time.Date(year+1, 1, day, 0, 0, 0, 0, time.UTC)}}
}

func checksOf(rows Rows, rule string) map[string]int {
	n := map[string]int{}
	for _, c := range rows.Checks {
		if c.Rule == rule {
			n[c.Outcome]++
		}
	}
	return n
}

func TestRulesOverYears(t *testing.T) {
	rows := Issuer([]Document{
		document(2024, "u24", 1, map[string]float64{"requests.carried_in": 5, "normative_documents.issued": 3, "normative_documents.repealed": 0, "normative_documents.in_force": 8}),
		document(2023, "u23", 1, map[string]float64{"requests.carried_out": 4, "normative_documents.in_force": 5}),
	})
	if n := checksOf(rows, "in_force"); n[rule.Pass] != 1 {
		t.Errorf("in_force: %v", n)
	}
	if n := checksOf(rows, "carry_over"); n[rule.Fail] != 1 {
		t.Errorf("carry_over: %v", n)
	}
	if len(rows.Reports) != 2 || *rows.Reports[0].Year != 2023 || rows.Reports[0].Quality != "A" || rows.Reports[1].Quality != "A" || rows.Reports[1].Notes != 1 || rows.Reports[1].ChecksFailed != 0 {
		t.Errorf("reports: %+v", rows.Reports)
	}
	for _, f := range rows.Facts {
		if flagged := len(f.FailedChecks) > 0; flagged != (f.Indicator == "requests.carried_in") {
			t.Errorf("%s: failed checks %v", f.Indicator, f.FailedChecks)
		}
	}
}

func TestTwinsAndVersions(t *testing.T) {
	cells := map[string]float64{"requests.received": 7, "requests.carried_in": 1}
	page, pdf, corrected := document(2023, "page", 1, cells), document(2023, "pdf", 2, cells), document(2023, "new", 9, map[string]float64{"requests.received": 8, "requests.carried_in": 1})
	rows := Issuer([]Document{corrected, pdf, page})
	if len(rows.Reports) != 2 {
		t.Fatalf("%d reports, want the twin folded and the corrected version kept: %+v", len(rows.Reports), rows.Reports)
	}
	if rows.Reports[0].Supersedes != nil || rows.Reports[1].Supersedes == nil || *rows.Reports[1].Supersedes != rows.Reports[0].ReportID {
		t.Errorf("the later version does not supersede the earlier: %+v", rows.Reports)
	}
	if n := checksOf(rows, "report.duplicate"); n[rule.Pass] != 1 || n[rule.Fail] != 1 {
		t.Errorf("report.duplicate: %v", n)
	}
	if len(rows.Panel) != 1 || rows.Panel[0].Values["requests.received"] != 8 {
		t.Errorf("the panel does not hold the latest version alone: %+v", rows.Panel)
	}
	for _, s := range rows.Series {
		if s.Series == "requests.received" && *s.Value != 8 {
			t.Errorf("series: %+v", s)
		}
	}
}

// The page that only offers the report as a file is no version that hides the report's numbers, however late it is
// dated.
func TestPageWithoutTableSupersedesNothing(t *testing.T) {
	pdf, page := document(2023, "pdf", 1, map[string]float64{"requests.received": 7}), document(2023, "page", 9, nil)
	page.Reading.Meta = map[string]string{"pubdate": "2024-01-31"}
	if rows := Issuer([]Document{pdf, page}); len(rows.Reports) != 1 || rows.Reports[0].Quality != "A" || checksOf(rows, "report.duplicate")[rule.Pass] != 1 {
		t.Errorf("a page with nothing but a link is no version: %+v", rows.Reports)
	}
	page.Reading.Text = strings.Repeat("我镇公开信息若干，工作有序。", 40) // a report in prose
	rows := Issuer([]Document{pdf, page})
	if len(rows.Panel) != 1 || rows.Panel[0].Values["requests.received"] != 7 {
		t.Errorf("panel %+v", rows.Panel)
	}
	for _, r := range rows.Reports {
		if (r.Quality == "D") != (r.Supersedes == nil) {
			t.Errorf("%+v", r)
		}
	}
}

func TestCopiedReport(t *testing.T) {
	cells := map[string]float64{"requests.received": 7, "requests.carried_in": 1, "requests.carried_out": 1, "requests.resolved": 7, "normative_documents.issued": 2}
	if n := checksOf(Issuer([]Document{document(2022, "a", 1, cells), document(2023, "b", 1, cells)}), "report.copied"); n[rule.Fail] != 1 {
		t.Errorf("the same numbers in two years: %v", n)
	}
	cells2 := map[string]float64{"requests.received": 9, "requests.carried_in": 1}
	if n := checksOf(Issuer([]Document{document(2022, "a", 1, cells), document(2023, "b", 1, cells2)}), "report.copied"); n[rule.Pass] != 1 {
		t.Errorf("different numbers: %v", n)
	}
}

func TestRates(t *testing.T) {
	row := Issuer([]Document{document(2023, "a", 1, map[string]float64{"requests.granted": 20, "requests.granted_in_part": 4, "requests.resolved": 40})}).Panel[0]
	if row.GrantRate == nil || *row.GrantRate != 0.6 || *row.GrantRateNumerator != 24 || *row.GrantRateDenominator != 40 || row.SmallSample {
		t.Errorf("%+v", row)
	}
	if row.DenialRate != nil {
		t.Error("a rate was made of cells that hold no number")
	}
	row = Issuer([]Document{document(2023, "a", 1, map[string]float64{"requests.granted": 2, "requests.granted_in_part": 0, "requests.resolved": 4})}).Panel[0]
	if !row.SmallSample {
		t.Error("a rate of four cases is not marked")
	}
	row = Issuer([]Document{document(2023, "a", 1, map[string]float64{"requests.granted": 0, "requests.granted_in_part": 0, "requests.resolved": 0})}).Panel[0]
	if row.GrantRate != nil {
		t.Error("a rate over zero cases")
	}
}

func TestUnknownYearsAreNotCompared(t *testing.T) {
	a, b := document(2023, "a", 1, map[string]float64{"requests.received": 7}), document(2023, "b", 2, map[string]float64{"requests.received": 9})
	a.Reading.Parsed.Year, b.Reading.Parsed.Year = nil, nil
	rows := Issuer([]Document{a, b})
	if len(rows.Reports) != 2 || rows.Reports[1].Supersedes != nil || len(rows.Panel) != 0 || len(rows.Series) != 0 {
		t.Errorf("%+v", rows)
	}
}

// 教育局 of two sites are two bodies; the same of one site is one; local files of an ambiguous name may be of any.
func TestUnresolvedBodiesAreHeldTogetherBySite(t *testing.T) {
	for _, c := range []struct {
		state, first, second string
		compared             int
	}{
		{"unresolved", "http://a.example/1", "http://b.example/1", 0},
		{"unresolved", "http://a.example/1", "http://a.example/2", 1},
		{"unresolved", "file:///1", "file:///2", 1},
		{"ambiguous", "file:///1", "file:///2", 0},
		{"resolved", "http://a.example/1", "http://b.example/1", 1},
	} {
		a, b := document(2022, c.first, 1, map[string]float64{"requests.carried_out": 4}), document(2023, c.second, 1, map[string]float64{"requests.carried_in": 5})
		a.Issuer.State, b.Issuer.State = c.state, c.state
		if n := checksOf(Issuer([]Document{a, b}), "carry_over"); n[rule.Fail] != c.compared {
			t.Errorf("%+v: %v", c, n)
		}
	}
}
