package store

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store/columns"
)

// The rows of each report are in one row group, whatever the size of the groups.
func TestReportInOneRowGroup(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	w := createTest(t, dir, 0)
	year, n := int32(2022), 0
	for i := range 3_000 {
		for range 1 + i%7 {
			n++
			must(t, w.Problems.Add(schema.Problem{ReportID: fmt.Sprintf("9901%08d-2022", i), Year: &year, Kind: "leftover_cell", Detail: fmt.Sprint(n)}))
		}
	}
	addSample(t, w, nil)
	commit(t, w)
	d := openData(t, dir)
	r, _, err := d.reader("problems/year=2022/part-0.parquet", false)
	must(t, err)
	in := map[string]int{}
	for g := range r.NumRowGroups() {
		s, err := columns.NewReader(r, []int{0}, []int{g}, 1<<20)
		must(t, err)
		rec, err := s.Read()
		must(t, err)
		for i := range int(rec.NumRows()) {
			id := rec.Column(0).(*array.String).Value(i)
			if before, seen := in[id]; seen && before != g {
				t.Fatalf("the report %s is in the groups %d and %d", id, before, g)
			}
			in[id] = g
		}
	}
	if r.NumRowGroups() < 2 || len(in) != 3_000 {
		t.Errorf("%d groups of %d reports", r.NumRowGroups(), len(in))
	}
	if got := collect[schema.Problem](t, d, schema.Problems, Query{Reports: []string{"990100000034-2022"}}); len(got) != 7 {
		t.Errorf("%d problems, want 7", len(got))
	}
}

// A query for some issuers or reports gives the rows that going over the whole table gives.
func TestStretchesOfQueries(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	w := createTest(t, dir, 0)
	addSample(t, w, testFacts(90_000))
	commit(t, w)
	d := openData(t, dir)
	all := collect[schema.Fact](t, d, schema.Facts, Query{})
	for _, issuers := range [][]string{{"990100000000"}, {"990100000499"}, {"990100000001", "990100000003"}, {"990100000000", "990100000499"}, {"990100000250", "9902"}} {
		want := map[string]int{}
		for _, f := range all {
			for _, id := range issuers {
				if f.IssuerID == id {
					want[fmt.Sprintf("%s %d %v %v", f.ReportID, f.RowNo, f.Value == nil, f.FailedChecks)]++
				}
			}
		}
		got := collect[schema.Fact](t, d, schema.Facts, Query{Issuers: issuers})
		for _, f := range got {
			want[fmt.Sprintf("%s %d %v %v", f.ReportID, f.RowNo, f.Value == nil, f.FailedChecks)]--
		}
		if len(got) == 0 {
			t.Errorf("%v: no rows", issuers)
		}
		for row, n := range want {
			if n != 0 {
				t.Errorf("%v: %s is missing or too often (%d)", issuers, row, n)
			}
		}
	}
}
