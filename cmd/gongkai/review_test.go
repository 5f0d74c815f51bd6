package main

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/store"
)

// reportOf finds a report of the dataset in the working folder by a part of its title.
func reportOf(t *testing.T, title string) schema.Report {
	t.Helper()
	for _, r := range rowsOf[schema.Report](t, schema.Reports) {
		if strings.Contains(r.Title, title) {
			return r
		}
	}
	t.Fatalf("no report %s", title)
	return schema.Report{}
}

// rowsOf reads a table of the dataset in the working folder.
func rowsOf[R any](t *testing.T, of *schema.Table) []R {
	t.Helper()
	d, err := store.OpenDataset("dataset")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if of == nil {
		of = d.Panel()
	}
	var all []R
	for r, err := range store.Rows[R](context.Background(), d, of, store.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// The whole way of a correction: seen in the review, proposed, applied in series and panel only, and refused when the
// report has changed.
func TestReviewAndCorrect(t *testing.T) {
	inSample(t)
	code, out, errOut := gongkai(t, "--json", "review")
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	items := lines(t, out)
	seen, last := false, 1000.0
	for _, i := range items {
		if w := i["weight"].(float64); w > last {
			t.Errorf("%v stands after lighter ones", i)
		} else {
			last = w
		}
		seen = seen || i["what"] == "litigation.sum" && strings.Contains(i["issuer_name"].(string), "霏安区") && i["url"] != ""
	}
	if !seen {
		t.Errorf("the wrong total of 霏安区 is not listed:\n%s", out)
	}
	for _, kind := range []string{"thin_margin", "failed_check"} {
		_, out, _ := gongkai(t, "--json", "review", "--kinds", kind)
		for _, i := range lines(t, out) {
			if i["kind"] != kind {
				t.Errorf("%s: %v", kind, i)
			}
		}
	}
	if code, out, _ := gongkai(t, "review", "--limit", "1"); code != exitDone || strings.Count(out, "failed_check")+strings.Count(out, "identity")+strings.Count(out, "problem") != 1 {
		t.Errorf("exit %d: %s", code, out)
	}
	if code, _, errOut := gongkai(t, "review", "--csv", "look.csv"); code != exitDone {
		t.Errorf("exit %d: %s", code, errOut)
	}
	if body, err := os.ReadFile("look.csv"); err != nil || !strings.HasPrefix(string(body), "\ufeffweight,kind,") || strings.Count(string(body), "\n") < len(items) {
		t.Errorf("%v: %s", err, body)
	}

	report := reportOf(t, "霏安区人民政府2023")
	before := rowsOf[schema.Fact](t, schema.Facts)
	propose := func(args ...string) (int, string) {
		code, out, errOut := gongkai(t, append([]string{"review", "--propose", "--reason", "the parts add up to it", "--evidence", report.URL, "--who", "a tester", "--when", "2026-11-23"}, args...)...)
		return code, out + errOut
	}
	total := 0.0
	for _, f := range before {
		if f.ReportID == report.ReportID && strings.HasPrefix(f.Indicator, "review.") && f.Value != nil && f.Indicator != "review.total" {
			total += *f.Value
		}
	}
	if code, out := propose(report.ReportID, "review.total", trimFloat(total)); code != exitDone || !strings.Contains(out, `published as "0"`) {
		t.Fatalf("exit %d: %s", code, out)
	}
	for _, wrong := range [][]string{{report.ReportID, "review.total"}, {report.ReportID, "review.sum", "1"}, {report.ReportID, "review.total", "many"}, {report.ReportID, "review.total", "0"},
		{"x-0-2023-00000000", "review.total", "1"}, {report.ReportID, "requests.received", "1"}} {
		if code, out := propose(wrong...); code == exitDone {
			t.Errorf("%v is taken: %s", wrong, out)
		}
	}
	if code, _, _ := gongkai(t, "review", "--propose", report.ReportID, "review.total", "5"); code != exitUsage {
		t.Errorf("a proposal without reason is taken: exit %d", code)
	}

	code, out, errOut = gongkai(t, "--json", "build")
	if summary := final(lines(t, out)); code != exitDone || summary["corrected"] != 3.0 || summary["corrections_refused"] != 0.0 {
		t.Fatalf("exit %d: %s%s", code, out, errOut)
	}
	corrected(t, report.ReportID, total)
	after := rowsOf[schema.Fact](t, schema.Facts)
	for i := range before {
		if before[i].ReportID != after[i].ReportID || before[i].Raw != after[i].Raw || before[i].State != after[i].State || !sameNumber(before[i].Value, after[i].Value) {
			t.Fatalf("what was published has changed: %+v, was %+v", after[i], before[i])
		}
	}
	if code, out, _ := gongkai(t, "verify"); code != exitDone {
		t.Errorf("verify: exit %d: %s", code, out)
	}
	if kept, err := os.ReadFile("dataset/corrections.csv"); err != nil || !strings.Contains(string(kept), report.ReportID) {
		t.Errorf("the dataset does not carry its corrections: %v", err)
	}

	stale, err := os.ReadFile("corrections.csv")
	if err != nil {
		t.Fatal(err)
	}
	write(t, "stale.csv", []byte(strings.Replace(string(stale), "review.total,,0,", "review.total,,3,", 1)))
	code, out, _ = gongkai(t, "--json", "build", "--corrections", "stale.csv")
	if summary := final(lines(t, out)); code != exitDone || summary["corrected"] != 2.0 || summary["corrections_refused"] != 1.0 {
		t.Errorf("exit %d: %s", code, out)
	}
	refused := 0
	for _, p := range rowsOf[schema.Problem](t, schema.Problems) {
		if p.Kind == normalize.CorrectionRefused && p.ReportID == report.ReportID {
			refused++
		}
	}
	if refused != 1 {
		t.Errorf("%d problems of refused corrections", refused)
	}
	write(t, "broken.csv", []byte("report_id\n"))
	if code, _, errOut := gongkai(t, "build", "--corrections", "broken.csv"); code != exitFailed || !strings.Contains(errOut, "broken.csv") {
		t.Errorf("exit %d: %s", code, errOut)
	}
	if code, _, _ := gongkai(t, "build", "--corrections", "absent.csv"); code != exitFailed {
		t.Errorf("a file of corrections that is not there: exit %d", code)
	}
}

func final(all []map[string]any) map[string]any { return all[len(all)-1] }

func sameNumber(a, b *float64) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

// corrected wants review.total of a report to be corrected to v, beside what was published, and no other row marked.
func corrected(t *testing.T, report string, v float64) {
	t.Helper()
	var published *float64
	for _, p := range rowsOf[schema.Panel](t, nil) {
		if strings.HasPrefix(p.ReportID, "990121") {
			continue // the sample brings corrections of its own
		}
		if want := p.ReportID == report; slices.Contains(p.Corrected, "review_total") != want || !want && len(p.Corrected) > 0 {
			t.Errorf("panel: %s corrected %v", p.ReportID, p.Corrected)
		} else if x, ok := p.Values["review.total"]; want && ok {
			published = &x
		}
	}
	if published == nil || *published == v {
		t.Errorf("the panel holds %v for what was published", published)
	}
	n := 0
	for _, s := range rowsOf[schema.Series](t, schema.SeriesTable) {
		if strings.HasPrefix(s.ReportID, "990121") {
			continue
		}
		want := s.ReportID == report && s.Series == "review.total"
		if (s.CorrectedValue != nil) != want || want && (*s.CorrectedValue != v || !sameNumber(s.Value, published)) {
			t.Errorf("series: %+v", s)
		} else if want {
			n++
		}
	}
	if n != 1 {
		t.Errorf("%d rows of the series", n)
	}
	rows := rowsOf[schema.Correction](t, schema.Corrections)
	rows = slices.DeleteFunc(rows, func(c schema.Correction) bool { return strings.HasPrefix(c.ReportID, "990121") })
	if len(rows) != 1 || rows[0].ReportID != report || rows[0].Indicator != "review.total" || *rows[0].CorrectedValue != v || !sameNumber(rows[0].PublishedValue, published) || !rows[0].Applied || rows[0].Reason == "" || rows[0].Author == "" {
		t.Errorf("corrections: %+v", rows)
	}
}
