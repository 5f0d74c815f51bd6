package store

import (
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// A footer that is kept chooses row groups as the whole one does and holds no other statistics.
func TestLeanFooter(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	facts := testFacts(70_000) // three row groups
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
	r, err := d.reader(path, true)
	must(t, err)
	m := r.MetaData()
	issuer := m.Schema.ColumnIndexByName("issuer_id")
	for g := range m.RowGroups {
		for i, c := range m.RowGroups[g].Columns {
			s := c.MetaData.Statistics
			if (s != nil) != (i == issuer) {
				t.Errorf("row group %d, column %d: statistics %v", g, i, s)
			}
			if s != nil && (cap(s.MinValue) > 32 || string(s.MinValue) == "" || string(s.MaxValue) < string(s.MinValue)) {
				t.Errorf("row group %d: %q to %q in %d bytes", g, s.MinValue, s.MaxValue, cap(s.MinValue))
			}
		}
		first := string(m.RowGroups[g].Columns[issuer].MetaData.Statistics.MinValue)
		if got := groupsFor(m, Query{Issuers: []string{first}}); len(got) == 0 || len(got) > 2 || len(got) == len(m.RowGroups) && len(m.RowGroups) > 2 {
			t.Errorf("the rows of %s are looked for in the groups %v", first, got)
		}
	}
	if got := groupsFor(m, Query{Issuers: []string{"~"}}); len(got) != 0 {
		t.Errorf("an issuer that is nowhere is looked for in %v", got)
	}
}
