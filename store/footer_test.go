package store

import (
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// A footer that is kept chooses row groups as the whole one does and holds no other statistics.
func TestLeanFooter(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	facts := testFacts(190_000) // some 31,000 of each year: two row groups
	w := createTest(t, dir, 0)
	addSample(t, w, facts)
	commit(t, w)
	d := openData(t, dir)
	path, whole := "", 0
	for _, f := range d.Manifest().Files {
		if f.Table == schema.Facts.Name && f.Rows != nil && int(*f.Rows) > whole {
			path, whole = f.Path, int(*f.Rows)
		}
	}
	r, foot, err := d.reader(path, true)
	must(t, err)
	m := r.MetaData()
	if foot.by != "issuer_id" || len(foot.bounds) != len(m.RowGroups) || len(foot.bounds) < 2 {
		t.Fatalf("%d row groups are chosen by %s in %d", len(m.RowGroups), foot.by, len(foot.bounds))
	}
	for g, b := range foot.bounds {
		for i, c := range m.RowGroups[g].Columns {
			if c.MetaData.Statistics != nil {
				t.Errorf("row group %d, column %d: statistics %v", g, i, c.MetaData.Statistics)
			}
		}
		if b[0] == "" || b[1] < b[0] {
			t.Errorf("row group %d: %q to %q", g, b[0], b[1])
		}
		if got := foot.groups(Query{Issuers: []string{b[0]}}); len(got) == 0 || len(got) > 2 || len(got) == len(m.RowGroups) && len(m.RowGroups) > 2 {
			t.Errorf("the rows of %s are looked for in the groups %v", b[0], got)
		}
	}
	if got := foot.groups(Query{Issuers: []string{"~"}}); len(got) != 0 {
		t.Errorf("an issuer that is nowhere is looked for in %v", got)
	}
	if got := foot.groups(Query{}); len(got) != len(m.RowGroups) {
		t.Errorf("every row is looked for in %v", got)
	}
}
