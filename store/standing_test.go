package store

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// TestUpon: a dataset that is made by changing another has the bytes of one that is written whole, whatever rows come
// and go, and over the bounds of row groups.
func TestUpon(t *testing.T) {
	ctx := t.Context()
	dir := t.TempDir()
	facts := testFacts(20_000)
	issuer := func(i int) string { return fmt.Sprintf("9901%08d", i) }
	reports := func(facts []schema.Fact) (out []schema.Report) {
		seen := map[string]bool{}
		for _, f := range facts {
			if !seen[f.ReportID] {
				seen[f.ReportID] = true
				out = append(out, schema.Report{ReportID: f.ReportID, IssuerID: f.IssuerID, Year: f.Year, Quality: "A", Sections: []int32{1, 2}})
			}
		}
		return out
	}
	texts := func(facts []schema.Fact) (out []schema.Text) {
		for _, f := range facts {
			out = append(out, schema.Text{ReportID: f.ReportID, IssuerID: f.IssuerID, Year: f.Year, Seq: f.RowNo, Text: f.Raw, Words: []string{f.Raw, "又"}[:f.RowNo%2+1]})
		}
		return out
	}
	write := func(out string, facts []schema.Fact, upon func(*DatasetWriter)) {
		t.Helper()
		w := createTest(t, out, 1<<20)
		if upon != nil {
			upon(w)
		}
		must(t, w.Reports.Add(reports(facts)...), w.Facts.Add(facts...), w.Texts.Add(texts(facts)...))
		w.Reports.Amend(func(r *schema.Report) { r.Notes++ })
		_, err := w.Commit(ctx)
		must(t, err)
	}
	out := filepath.Join(dir, "dataset")
	write(out, facts, nil)
	for step, change := range []struct {
		gone []string
		more []schema.Fact
	}{
		{gone: []string{issuer(0), issuer(250), issuer(499)}},
		{more: []schema.Fact{{ReportID: "9900-2019-a", IssuerID: "9900", Year: new(int32(2019)), Raw: "1", FailedChecks: []string{"a", "b"}}}},
		{gone: []string{issuer(7), issuer(8)}, more: []schema.Fact{{ReportID: issuer(7) + "-2030-a", IssuerID: issuer(7), Year: new(int32(2030)), Value: new(1.0)},
			{ReportID: issuer(8) + "-2021-a", IssuerID: issuer(8), Year: new(int32(2021))}, {ReportID: issuer(8) + "-2021-b", IssuerID: issuer(8), Year: new(int32(2021))}}},
		{more: []schema.Fact{{ReportID: "9999-2020-a", IssuerID: "9999", Year: new(int32(2020))}, {ReportID: "9999-unknown-a", IssuerID: "9999"}}},
		{gone: []string{issuer(7)}},
	} {
		gone := map[string]bool{}
		stale := map[string]bool{}
		for _, id := range change.gone {
			gone[id] = true
		}
		for _, f := range facts {
			if gone[f.IssuerID] {
				stale[Partition(f.Year)] = true
			}
		}
		for _, f := range change.more {
			gone[f.IssuerID] = true
			stale[Partition(f.Year)] = true
		}
		facts = slices.Concat(slices.DeleteFunc(facts, func(f schema.Fact) bool { return slices.Contains(change.gone, f.IssuerID) }), change.more)
		var years []*int32
		for _, f := range facts {
			years = append(years, f.Year)
		}
		kept := filepath.Join(out, "facts", "year=2022", "part-0.parquet")
		before, err := os.Stat(kept)
		must(t, err)
		write(out, slices.DeleteFunc(slices.Clone(facts), func(f schema.Fact) bool { return !gone[f.IssuerID] }), func(w *DatasetWriter) {
			d, err := OpenDataset(out)
			must(t, err)
			w.Upon(Standing{Data: d, Years: years, Gone: func(id string) bool { return gone[id] }, Stale: func(table, part string) bool {
				return table == "reports" || table == "divisions" || table == "indicators" || (table == "facts" || table == "texts") && stale[part]
			}})
		})
		after, err := os.Stat(kept)
		must(t, err)
		if os.SameFile(before, after) == stale["year=2022"] {
			t.Errorf("step %d: is the file of 2022 kept as it is? %v", step, !stale["year=2022"])
		}
		whole := filepath.Join(dir, fmt.Sprint("whole", step))
		write(whole, facts, nil)
		a, err := DatasetDigest(out)
		must(t, err)
		b, err := DatasetDigest(whole)
		must(t, err)
		m, err := readManifest(os.DirFS(out))
		must(t, err)
		for _, f := range m.Files {
			if is, err := DescribeFile(out, f.Path); err != nil || is.SHA256 != f.SHA256 {
				t.Errorf("step %d: %s is not what the manifest says: %v", step, f.Path, err)
			}
		}
		if a != b {
			t.Fatalf("step %d: the dataset is not what a whole build writes", step)
		}
	}
}
