package main

import (
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/shared"
)

// The two real reports of 洪泽区 end to end: one issuer, its series over both years, and the rules over years.
func TestHongzeOverTwoYears(t *testing.T) {
	first, second := shared.Path(t, "real/hongze-2023.pdf"), shared.Path(t, "real/hongze-2024.pdf")
	first, err := filepath.Abs(first)
	if err != nil {
		t.Fatal(err)
	}
	if second, err = filepath.Abs(second); err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if code, _, errOut := gongkai(t, "import", first, second); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	if code, _, errOut := gongkai(t, "build"); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	for _, r := range rowsOf[schema.Report](t, schema.Reports) {
		if r.IssuerID != "320813000000" || r.IssuerState != "resolved" || r.IssuerKind != "county" || *r.Prefecture != "淮安市" || *r.Template != "2021" {
			t.Errorf("report: %+v", r)
		}
	}
	wantSeries := map[string]map[int32]float64{
		"normative_documents.in_force": {2023: 5, 2024: 8},
		"requests.carried_in":          {2024: carriedOut(t)},
	}
	for _, s := range rowsOf[schema.Series](t, schema.SeriesTable) {
		want, ok := wantSeries[s.Series][s.Year]
		if ok && (s.Value == nil || *s.Value != want || s.CorrectedValue != nil) {
			t.Errorf("series %s of %d: %+v, want %v", s.Series, s.Year, s, want)
		}
		delete(wantSeries[s.Series], s.Year)
	}
	for series, years := range wantSeries {
		if len(years) > 0 {
			t.Errorf("series %s lacks %v", series, years)
		}
	}
	outcomes := map[string]map[string]int{}
	for _, c := range rowsOf[schema.Check](t, schema.Checks) {
		if outcomes[c.Rule] == nil {
			outcomes[c.Rule] = map[string]int{}
		}
		outcomes[c.Rule][c.Outcome]++
		if c.Rule == "in_force" && c.LHS != nil && *c.RHS == 8 && (*c.LHS != 8 || *c.Year != 2024 || c.Outcome != "pass") {
			t.Errorf("5 in force + 3 issued - 0 repealed = 8: %+v", c)
		}
	}
	if n := outcomes["in_force"]; n["pass"] < 1 || n["fail"] > 0 {
		t.Errorf("in_force: %v", n)
	}
	if n := outcomes["carry_over"]; n["pass"] != 7 || n["fail"] > 0 {
		t.Errorf("carry_over holds in all seven columns: %v", n)
	}
	if n := outcomes["litigation.sum"]; n["fail"] != 2 {
		t.Errorf("the two totals that 2023 prints as 0: %v", n)
	}
}

// carriedOut is what the report on 2023 carries over.
func carriedOut(t *testing.T) float64 {
	for _, f := range rowsOf[schema.Fact](t, schema.Facts) {
		if *f.Year == 2023 && f.Indicator == "requests.carried_out" && *f.Applicant == "total" {
			return *f.Value
		}
	}
	t.Fatal("no carried_out of 2023")
	return 0
}
