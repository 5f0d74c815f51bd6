package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

var testIndicators = []schema.PanelIndicator{{ID: "requests.received", LabelZH: "新收", LabelEN: "received", Unit: "count"}, {ID: "fees.amount", LabelZH: "收费", LabelEN: "fees", Unit: "CNY_10k"}}

func createTest(t testing.TB, out string, memory int) *DatasetWriter {
	t.Helper()
	w, err := CreateDataset(context.Background(), out, DatasetOptions{Indicators: testIndicators, Software: "gongkai/test", Memory: memory})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Abort(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// testFacts invents n facts of many issuers and years, some of no year, no two the same.
func testFacts(n int) []schema.Fact {
	facts := make([]schema.Fact, n)
	for i := range facts {
		issuer := fmt.Sprintf("9901%08d", i/70%500)
		f := schema.Fact{ReportID: fmt.Sprintf("%s-%d", issuer, 2019+i%5), IssuerID: issuer, Year: new(int32(2019 + i%5)), Indicator: "requests.received",
			State: "reported", Raw: fmt.Sprint(i), Unit: "count", TableNo: 2, RowNo: int32(i), ColumnNo: 3, ReadBy: "text", Locator: "line:1-2"}
		if f.Value = new(float64(i)); i%7 == 0 {
			f.Value, f.State, f.Raw = nil, "blank", ""
		}
		if i%3 == 0 {
			f.Applicant, f.FailedChecks = new("total"), []string{"requests.row", "requests.sum"}
		}
		if i%11 == 0 {
			f.Year = nil
		}
		if i%2 == 0 {
			f.Page = new(int32(i % 9))
		}
		facts[i] = f
	}
	return facts
}

func addSample(t testing.TB, w *DatasetWriter, facts []schema.Fact) {
	t.Helper()
	day := schema.Date(19748)
	when := time.Date(2024, 1, 26, 2, 3, 4, 5000, time.UTC)
	must(t,
		w.Reports.Add(schema.Report{ReportID: "990100000001-2023-00000000", IssuerID: "990100000001", IssuerName: "测试市甲镇", IssuerState: "resolved", IssuerKind: "township",
			DivisionCode: new("990100000001"), Township: new("甲镇"), Year: new(int32(2023)), Title: "甲镇2023年政府信息公开工作年度报告", PublishedOn: &day, URL: "http://a.example/1", FetchedAt: when,
			SHA256: strings.Repeat("0", 64), WarcFile: "x.warc.gz", WarcOffset: 1 << 33, Template: new("2021"), Reader: new("html"), Sections: []int32{1, 2, 3}, CellsExpected: 190, CellsReported: 190, Quality: "A"},
			schema.Report{ReportID: "x-1-", IssuerID: "x-1", IssuerState: "unresolved", IssuerKind: "other", FetchedAt: when, Quality: "D"}),
		w.Mentions.Add(schema.Mention{ReportID: "990100000001-2023-00000000", IssuerID: "990100000001", Year: new(int32(2023)), Label: "机构职能类信息", Count: 12, Sentence: "公开信息12条。", SharePct: new(4.1)}),
		w.Problems.Add(schema.Problem{ReportID: "x-1-", Kind: "unreadable_document", Detail: "The file is empty."}),
		w.Panel.Add(schema.Panel{ReportID: "990100000001-2023-00000000", IssuerID: "990100000001", IssuerState: "resolved", IssuerKind: "township", Year: new(int32(2023)),
			Values: map[string]float64{"fees.amount": 7730.28}, GrantRate: new(0.5), Quality: "B", Flagged: []string{"fees_amount"}}),
		w.Captures.Add(schema.Capture{URL: "http://a.example/1", FetchedAt: when, Status: new(int32(200)), Outcome: "ok", WarcFile: "x.warc.gz"}),
		w.Divisions.Add(schema.Division{Code: "990100000001", Name: "甲镇", Level: "township", Aliases: []string{"甲乡"}}),
		w.Indicators.Add(schema.Indicator{Indicator: "requests.received", LabelZH: "新收", LabelEN: "received", Unit: "count", Templates: []string{"2019", "2021"}},
			schema.Indicator{Indicator: "fees.amount", LabelZH: "收费", LabelEN: "fees", Unit: "CNY_10k"}),
		w.Facts.Add(facts...))
}

func commit(t testing.TB, w *DatasetWriter) Manifest {
	t.Helper()
	m, err := w.Commit(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func tree(t testing.TB, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	must(t, filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err == nil {
			files[filepath.ToSlash(rel)], err = os.ReadFile(p)
		}
		return err
	}))
	return files
}

func collect[R any](t testing.TB, d *Dataset, tab *schema.Table, q Query) (all []R) {
	t.Helper()
	for r, err := range Rows[R](context.Background(), d, tab, q) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func openData(t testing.TB, dir string) *Dataset {
	t.Helper()
	d, err := OpenDataset(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { must(t, d.Close()) })
	return d
}

// The same rows in any order, sorted in memory or by temporary files, give the same bytes, in order.
func TestDatasetIsDeterministic(t *testing.T) {
	facts := testFacts(20_000)
	var want map[string][]byte
	for i, memory := range []int{0, 1 << 20, 40_000} {
		out := filepath.Join(t.TempDir(), "dataset")
		w := createTest(t, out, memory)
		mixed := slices.Clone(facts)
		rand.New(rand.NewPCG(uint64(i), 1)).Shuffle(len(mixed), func(a, b int) { mixed[a], mixed[b] = mixed[b], mixed[a] })
		addSample(t, w, mixed)
		if spilled := len(w.Facts.sort.runs) > 0; spilled != (memory > 0) {
			t.Fatalf("memory %d: %d runs", memory, len(w.Facts.sort.runs))
		}
		commit(t, w)
		got := tree(t, out)
		if want == nil {
			want = got
		}
		for name := range want {
			if !bytes.Equal(got[name], want[name]) {
				t.Errorf("memory %d: %s differs", memory, name)
			}
		}
		if len(got) != len(want) {
			t.Errorf("memory %d: %d files, want %d", memory, len(got), len(want))
		}
		rest, err := os.ReadDir(filepath.Dir(out))
		must(t, err)
		if len(rest) != 2 { // the dataset and the lock file
			t.Errorf("left beside the dataset: %v", rest)
		}
	}
}

func TestDatasetReading(t *testing.T) {
	facts := testFacts(5_000)
	out := filepath.Join(t.TempDir(), "dataset")
	w := createTest(t, out, 0)
	addSample(t, w, facts)
	m := commit(t, w)
	d := openData(t, out)
	if !reflect.DeepEqual(d.Manifest(), m) {
		t.Error("the manifest reads back otherwise")
	}
	got := collect[schema.Fact](t, d, schema.Facts, Query{})
	key, err := newSortKey[schema.Fact](schema.Facts)
	must(t, err)
	slices.SortFunc(facts, func(a, b schema.Fact) int { return strings.Compare(key.of(&a), key.of(&b)) })
	if !reflect.DeepEqual(got, facts) {
		t.Error("facts read back otherwise")
	}
	var wanted []schema.Fact
	for _, f := range facts {
		if f.IssuerID == "990100000003" && f.Year != nil && *f.Year == 2021 {
			wanted = append(wanted, schema.Fact{Value: f.Value, Raw: f.Raw})
		}
	}
	some := collect[schema.Fact](t, d, schema.Facts, Query{Columns: []string{"raw", "value"}, Issuers: []string{"990100000003"}, Years: []int32{2021}})
	if len(wanted) == 0 || !reflect.DeepEqual(some, wanted) {
		t.Errorf("selected %d facts, want %d", len(some), len(wanted))
	}
	for _, issuers := range [][]string{{facts[0].IssuerID}, {facts[len(facts)-1].IssuerID}, {"990100000003", "990100000001"}, {"990100000002", "nobody"}} {
		var wanted []schema.Fact
		for _, f := range got {
			if slices.Contains(issuers, f.IssuerID) {
				wanted = append(wanted, f)
			}
		}
		if some := collect[schema.Fact](t, d, schema.Facts, Query{Issuers: issuers}); len(wanted) == 0 || !reflect.DeepEqual(some, wanted) {
			t.Errorf("selected %d facts of %v, want %d", len(some), issuers, len(wanted))
		}
	}
	for _, report := range []string{facts[0].ReportID, facts[len(facts)-1].ReportID} {
		if some := collect[schema.Fact](t, d, schema.Facts, Query{Reports: []string{report}, Columns: []string{"raw"}}); len(some) == 0 || len(some) == len(got) || slices.ContainsFunc(some, func(f schema.Fact) bool { return f.Raw == "" && f.ReportID != "" }) {
			t.Errorf("selected %d facts of the report %s", len(some), report)
		}
	}
	panel := collect[schema.Panel](t, d, d.Panel(), Query{})
	if len(panel) != 1 || panel[0].Values["fees.amount"] != 7730.28 || len(panel[0].Values) != 1 {
		t.Errorf("panel: %+v", panel)
	}
	reports := collect[schema.Report](t, d, schema.Reports, Query{})
	if len(reports) != 2 || reports[0].PublishedOn.String() != "2024-01-26" || len(reports[0].Sections) != 3 || reports[1].Year != nil {
		t.Errorf("reports: %+v", reports)
	}
	if rows := collect[schema.Check](t, d, schema.Checks, Query{}); len(rows) != 0 {
		t.Errorf("checks: %v", rows)
	}
	for _, f := range verify(t, out) {
		t.Errorf("verify: %+v", f)
	}
	path := filepath.Join(out, "panel.parquet")
	b, err := os.ReadFile(path)
	must(t, err)
	b[len(b)/2] ^= 1
	must(t, os.WriteFile(path, b, 0o644), os.WriteFile(filepath.Join(out, "facts", "stray.parquet"), nil, 0o644), os.Remove(filepath.Join(out, "series.parquet")))
	if found := verify(t, out); len(found) != 3 {
		t.Errorf("verify finds %+v, want the changed, the stray and the missing file", found)
	}
}

func verify(t testing.TB, dir string) []Finding {
	t.Helper()
	found, err := VerifyDataset(context.Background(), dir)
	must(t, err)
	return found
}

func TestDatasetReplacedUnderReader(t *testing.T) {
	out := filepath.Join(t.TempDir(), "dataset")
	w := createTest(t, out, 0)
	addSample(t, w, testFacts(100))
	commit(t, w)
	d := openData(t, out)
	w = createTest(t, out, 0)
	if _, err := CreateDataset(context.Background(), out, DatasetOptions{}); !errors.Is(err, ErrLocked) {
		t.Errorf("two builds at a time: %v", err)
	}
	addSample(t, w, testFacts(50))
	commit(t, w)
	if n := len(collect[schema.Fact](t, d, schema.Facts, Query{})); n != 100 {
		t.Errorf("the open dataset has now %d facts", n)
	}
	if n := len(collect[schema.Fact](t, openData(t, out), schema.Facts, Query{})); n != 50 {
		t.Errorf("the new dataset has %d facts", n)
	}
}

func TestDatasetTargets(t *testing.T) {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, "thesis.doc"), []byte("mine"), 0o644))
	if _, err := CreateDataset(context.Background(), dir, DatasetOptions{}); err == nil {
		t.Error("a folder of other files would be replaced")
	}
	out := filepath.Join(dir, "dataset")
	must(t, os.Mkdir(out, 0o755))
	w, err := CreateDataset(context.Background(), out, DatasetOptions{})
	must(t, err)
	commit(t, w) // into an empty folder, without a row
	if found := verify(t, out); len(found) != 0 {
		t.Errorf("empty dataset: %+v", found)
	}
	for _, name := range []string{"facts", "mentions", "checks", "problems"} {
		if _, err := os.Stat(filepath.Join(out, name, "year=__HIVE_DEFAULT_PARTITION__", "part-0.parquet")); err != nil {
			t.Error(err)
		}
	}
	// the state between the two renames that stand in for an exchange
	must(t, os.Rename(out, beside(out, ".old")), os.Mkdir(beside(out, ".building-1"), 0o755))
	openData(t, out)
	if _, err := os.Stat(beside(out, ".building-1")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an unfinished build is left: %v", err)
	}
}
