package txt

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// seed reads the seed report of the shared folder; the repository has its own copy as the sample, but this package does not import datasets.
func seed(t *testing.T) *extract.Document {
	t.Helper()
	dir, set := os.LookupEnv("GONGKAI_SHARED")
	if !set {
		dir = "../../../shared"
	} else if !filepath.IsAbs(dir) {
		dir = filepath.Join("../..", dir)
	}
	body, err := os.ReadFile(filepath.Join(dir, "real", "sikou-2020.txt"))
	if err != nil {
		if set {
			t.Fatal(err)
		}
		t.Skip("no shared folder with the seed report")
	}
	doc, err := Read(context.Background(), body, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestSeed(t *testing.T) {
	doc := seed(t)
	if len(doc.Problems) != 0 {
		t.Errorf("problems: %v", doc.Problems)
	}
	type shape struct {
		rows, cols, first, last int
		continues               bool
	}
	var got []shape
	paragraphs := 0
	for _, b := range doc.Blocks {
		if b.Kind == extract.Paragraph {
			paragraphs++
			continue
		}
		g := b.Grid
		got = append(got, shape{g.Rows, g.Cols, g.Place.LineStart, g.Place.LineEnd, g.Continues})
	}
	want := []shape{
		{10, 4, 37, 46, false}, {8, 4, 48, 55, true},
		{18, 10, 59, 76, false}, {12, 9, 78, 89, true},
		{4, 15, 93, 96, false},
	}
	if len(got) != len(want) {
		t.Fatalf("grids: %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("grid %d: %v, want %v", i, got[i], want[i])
		}
	}
	if paragraphs != 24 {
		t.Errorf("%d paragraphs", paragraphs)
	}
}
