package store

import (
	"reflect"
	"sync"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Row groups that are kept give the same rows as those read anew, whatever there is room for and however
// many ask at once.
func TestKeptRowGroups(t *testing.T) {
	dir := t.TempDir() + "/d"
	w := createTest(t, dir, 1<<20)
	addSample(t, w, testFacts(20_000))
	commit(t, w)
	plain := openData(t, dir)
	queries := []Query{{Issuers: []string{"990100000003"}}, {Issuers: []string{"990100000003", "990100000200"}, Years: []int32{2021}}, {Issuers: []string{"none"}},
		{Reports: []string{"990100000007-2022"}, Columns: []string{"value", "raw"}}, {Issuers: []string{"990100000003"}, Columns: []string{"report_id", "failed_checks"}}}
	var want [][]schema.Fact
	for _, q := range queries {
		want = append(want, collect[schema.Fact](t, plain, schema.Facts, q))
	}
	for _, most := range []int64{0, 1 << 20, 64 << 20} {
		d := openData(t, dir)
		d.Keep(most)
		var readers sync.WaitGroup
		for range 4 {
			readers.Go(func() {
				for i, q := range queries {
					if got := collect[schema.Fact](t, d, schema.Facts, q); !reflect.DeepEqual(got, want[i]) {
						t.Errorf("%d bytes: %+v: %d rows, want %d", most, q, len(got), len(want[i]))
					}
				}
			})
		}
		readers.Wait()
		k := d.kept.Load()
		if k.bytes > most || len(k.held) != len(k.order) || (len(k.held) > 0) != (most > 0) {
			t.Errorf("room for %d bytes: %d bytes, %d groups, %d in order", most, k.bytes, len(k.held), len(k.order))
		}
	}
}
