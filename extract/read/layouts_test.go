package read_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/shared"
)

// Reports in layouts met in real life, with figures of their own: what of them is read, and that nothing is read wrong
// without a word.
const layoutFloor = 0.995

func TestLayouts(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(shared.Path(t, "layouts"), "*.gold.json"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no layouts (%v)", err)
	}
	var sum score
	for _, name := range names {
		path := strings.TrimSuffix(name, ".gold.json")
		if testing.Short() && strings.HasSuffix(path, ".pdf") {
			continue
		}
		s := scoreFile(t, path)
		if s.exact < s.cells {
			t.Logf("%s: %d of %d cells", filepath.Base(path), s.exact, s.cells)
		}
		sum.add(s)
	}
	t.Logf("%d documents, %d of %d cells, silent wrong %d", sum.docs, sum.exact, sum.cells, sum.silent)
	if share := float64(sum.exact) / float64(sum.cells); share < layoutFloor || sum.silent > 0 {
		t.Errorf("%.4f of the cells are read, the floor is %.4f; %d are wrong without a word", share, layoutFloor, sum.silent)
	}
}
