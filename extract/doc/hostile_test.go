package doc

import (
	"bytes"
	"context"
	"encoding/binary"
	"reflect"
	"testing"
)

// The sectors of a stream are chained by the allocation table; a chain that runs in a circle or into another must not
// show other text as if it were whole.
func TestChains(t *testing.T) {
	good := fromFile(t, "testdata/devices.doc")
	whole, err := Read(context.Background(), good)
	if err != nil {
		t.Fatal(err)
	}
	const sector = 512
	table := sector * int(1+binary.LittleEndian.Uint32(good[0x4C:]))
	sectors := len(good)/sector - 1
	for i := range min(sectors, sector/4) {
		for _, next := range []int{i, i - 1, 0, sectors - 1, 1 << 30} {
			if next < 0 || int(binary.LittleEndian.Uint32(good[table+4*i:])) == next {
				continue
			}
			bad := bytes.Clone(good)
			binary.LittleEndian.PutUint32(bad[table+4*i:], uint32(next))
			d, err := Read(context.Background(), bad)
			if err != nil {
				t.Fatal(err)
			}
			if len(d.Problems) == 0 && !reflect.DeepEqual(d.Blocks, whole.Blocks) {
				t.Errorf("sector %d leads to %d: other text, and no problem", i, next)
			}
		}
	}
}
