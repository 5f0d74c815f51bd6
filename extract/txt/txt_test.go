package txt

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/shared"
	"github.com/gongkai-data/gongkai/extract"
)

// seed reads the seed report of the shared folder; the repository has its own copy as the sample, but this package does
// not import datasets.
func seed(t *testing.T) *extract.Document {
	t.Helper()
	body, err := os.ReadFile(shared.Path(t, "real", "sikou-2020.txt"))
	if err != nil {
		t.Fatal(err)
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

func read(t testing.TB, body string) *extract.Document {
	t.Helper()
	doc, err := Read(context.Background(), []byte(body), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestLines(t *testing.T) {
	doc := read(t, "\ufeff一、总体情况\r\n\r\n\u3000\u3000公开**5**条。\f## 二、主动公开\r规章\t11\r\n文件\t22\n\n")
	want := []struct {
		text  string
		place string
	}{{"一、总体情况", "line:1-1"}, {"公开5条。", "line:3-3"}, {"二、主动公开", "line:3-3"}, {"", "line:4-5"}}
	if len(doc.Blocks) != len(want) {
		t.Fatalf("%+v", doc.Blocks)
	}
	for i, b := range doc.Blocks {
		if b.Text != want[i].text || b.Place.Locator() != want[i].place {
			t.Errorf("%q at %s, want %q at %s", b.Text, b.Place.Locator(), want[i].text, want[i].place)
		}
	}
	if g := doc.Blocks[3].Grid; g == nil || g.Rows != 2 || g.Cells[3].Text != "22" || g.Cells[3].Place.Locator() != "line:5-5" {
		t.Errorf("%+v", doc.Blocks[3].Grid)
	}
}

func TestProblems(t *testing.T) {
	for name, c := range map[string]struct{ body, kind string }{
		"white space":       {" \n\u3000\n\t", extract.UnreadableDocument},
		"damaged":           {strings.Repeat("公开\uFFFD", 5), extract.DamagedText},
		"too long":          {strings.Repeat("a\n", maxLines+1), extract.Truncated},
		"one line too long": {strings.Repeat("a", maxBytes+1), extract.Truncated},
	} {
		doc := read(t, c.body)
		if len(doc.Problems) != 1 || doc.Problems[0].Kind != c.kind {
			t.Errorf("%s: %v", name, doc.Problems)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("一、\n规章\t1\t2\n\t文件\t3\n\n\f| a | b |\r\n"))
	f.Add([]byte("\xff\xfe1\x00\t\x002\x00"))
	f.Fuzz(func(t *testing.T, body []byte) {
		doc := read(t, string(body))
		last := 0
		for _, b := range doc.Blocks {
			if b.Place.LineStart < last || b.Place.LineEnd < b.Place.LineStart {
				t.Fatalf("block %+v after line %d", b, last)
			}
			last = b.Place.LineStart
		}
	})
}
