package review

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

func number(v float64) *float64 { return &v }

// dataset writes a small dataset with one thing to look at of each kind.
func dataset(t *testing.T) *store.Dataset {
	t.Helper()
	out := filepath.Join(t.TempDir(), "dataset")
	w, err := store.CreateDataset(context.Background(), out, store.DatasetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	year := int32(2023)
	report := func(id, state, quality string, year *int32) schema.Report {
		return schema.Report{ReportID: id, IssuerID: id, IssuerName: "甲镇" + id, IssuerState: state, IssuerKind: "township", Year: year, Title: "年度报告", URL: "http://a.example/" + id, Quality: quality}
	}
	check := func(id, rule, outcome, note string, l, r float64) schema.Check {
		return schema.Check{ReportID: id, IssuerID: id, Year: &year, Rule: rule, Expression: "a = b", LHS: number(l), RHS: number(r), Outcome: outcome, Note: note, Cells: []string{"requests.received/total"}}
	}
	for _, err := range []error{
		w.Reports.Add(report("a", "resolved", "A", &year), report("b", "ambiguous", "B", &year), report("c", "unresolved", "D", nil)),
		w.Problems.Add(schema.Problem{ReportID: "a", Year: &year, Kind: "ambiguous_reading", Detail: "two readings"}, schema.Problem{ReportID: "a", Year: &year, Kind: "something_new", Detail: "?"}),
		w.Checks.Add(check("a", "requests.sum", "fail", "", 10, 11), check("a", "requests.sum", "fail", "", 10, 50), check("a", "requests.sum", "fail", "", 10, 20), check("b", "requests.sum", "pass", "", 1, 1),
			check("b", "requests.sum", "pass", "passes with 其他处理 as one row", 1, 1), check("b", "series.outlier", "pass", "3 series tried", 0, 0), check("a", "mentions.share", "fail", "", 7, 8.5),
			check("a", "text_vs_table", "not_assessable", "difference of scope", 1, 2)),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Commit(context.Background()); err != nil {
		t.Fatal(err)
	}
	d, err := store.OpenDataset(out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestOrder(t *testing.T) {
	d := dataset(t)
	items, err := List(context.Background(), d, Options{Limit: -1})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, i := range items {
		got = append(got, i.Kind+" "+i.What)
	}
	want := []string{"identity ambiguous_issuer", "identity unknown_year", "problem ambiguous_reading", "failed_check requests.sum", "problem something_new", "failed_check requests.sum",
		"failed_check requests.sum", "problem no_table", "identity unresolved_issuer", "failed_check mentions.share", "thin_margin requests.sum"}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	if items[3].Detail != "a = b (10 and 11)" || items[5].Detail != "a = b (10 and 50)" {
		t.Errorf("a slip of one comes first, then the larger: %q, %q", items[3].Detail, items[5].Detail)
	}
	if items[0].IssuerName != "甲镇b" || items[0].URL != "http://a.example/b" {
		t.Errorf("%+v", items[0])
	}
}

func TestSelection(t *testing.T) {
	d := dataset(t)
	for name, c := range map[string]struct {
		opt  Options
		want int
	}{
		"the first two":        {Options{Limit: 2}, 2},
		"fifty where not said": {Options{}, 11},
		"of a report":          {Options{Reports: []string{"b"}}, 2},
		"of a kind":            {Options{Kinds: []string{ThinMargin}}, 1},
		"of a year":            {Options{Years: []int32{2023}}, 8},
		"of another year":      {Options{Years: []int32{2001}}, 0},
	} {
		items, err := List(context.Background(), d, c.opt)
		if err != nil || len(items) != c.want {
			t.Errorf("%s: %d items, want %d: %v", name, len(items), c.want, err)
		}
	}
}
