package query

import (
	"fmt"
	"testing"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/gongkai-data/gongkai/datasets/codebook"
)

// Cells that stand in more ways than a byte counts keep their marks.
func TestManyKindsOfReadings(t *testing.T) {
	lists := array.NewListBuilder(memory.DefaultAllocator, arrow.BinaryTypes.String)
	for k := range 1000 {
		lists.Append(true)
		lists.ValueBuilder().(*array.StringBuilder).Append(fmt.Sprintf("rule.%d", k))
	}
	failed := lists.NewListArray()
	defer failed.Release()
	rd, seen := newReader(), map[uint32]bool{}
	for k := range 1000 {
		v := make(vector, len(codebook.All()))
		v[0] = rd.code("reported\x00count", failed, k)
		if got := rd.m.readings[v[0]]; len(got.Failed) != 1 || got.Failed[0] != fmt.Sprintf("rule.%d", k) || got.State != "reported" {
			t.Fatalf("reading %d: %+v", k, got)
		}
		seen[rd.share(v)] = true
	}
	if rd.full || len(seen) != 1000 {
		t.Errorf("full %v, %d vectors", rd.full, len(seen))
	}
}
