package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// The invented county has something to show of everything that pages tell: what is copied, versions, corrections,
// doubts and what is missing.
func TestTheCountyShowsEverything(t *testing.T) {
	inSample(t)
	names := map[string]string{}
	kinds := map[string]int{}
	for _, r := range rowsOf[schema.Report](t, schema.Reports) {
		names[r.ReportID] = r.IssuerName
		kinds[r.IssuerKind]++
		if r.Supersedes != nil {
			kinds["version"]++
		}
	}
	copies := map[string]bool{}
	for _, r := range rowsOf[schema.Reuse](t, schema.ReuseTable) {
		if r.Share > 0.8 && r.LongestCharacters > 100 {
			copies[names[r.ReportID]+" "+r.Relation+" "+names[r.OtherReportID]] = true
		}
	}
	for _, want := range []string{"蘅平县棣堡乡人民政府 same_county 蘅平县菁岭镇人民政府", "蘅平县菁岭镇人民政府 same_county 蘅平县棣堡乡人民政府", "蘅平县岫屯镇人民政府 own_earlier 蘅平县岫屯镇人民政府"} {
		if !copies[want] {
			t.Errorf("no %s among %v", want, copies)
		}
	}
	failed := map[string][]string{}
	for _, c := range rowsOf[schema.Check](t, schema.Checks) {
		if c.Outcome == "fail" {
			failed[c.Rule] = append(failed[c.Rule], names[c.ReportID])
		}
	}
	for rule, name := range map[string]string{"litigation.sum": "潆墟街道", "requests.row": "霏坪镇", "requests.sum": "旻坪镇", "in_force": "棣埠镇", "carry_over": "荇塘镇",
		"series.outlier": "峤集镇", "report.copied": "岫屯镇", "aggregate.sum": "蘅平县人民政府"} {
		if !slices.ContainsFunc(failed[rule], func(s string) bool { return strings.Contains(s, name) }) {
			t.Errorf("%s does not fail for %s: %v", rule, name, failed[rule])
		}
	}
	missing := 0
	for _, c := range rowsOf[schema.Coverage](t, schema.CoverageTable) {
		if c.Status != "found" && strings.Contains(c.IssuerName, "蘅平县") {
			missing++
		}
	}
	if kinds["township"] < 75 || kinds["county"] < 11 || kinds["department"] < 10 || kinds["version"] != 1 || missing != 4 || len(rowsOf[schema.Correction](t, schema.Corrections)) != 2 {
		t.Errorf("%v, %d missing", kinds, missing)
	}
	divisions := 0
	for _, d := range rowsOf[schema.Division](t, schema.Divisions) {
		if strings.HasPrefix(d.Code, "99") {
			divisions++
		}
	}
	if divisions != 24 {
		t.Errorf("%d divisions of the sample", divisions)
	}
}
