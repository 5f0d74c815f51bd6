package issuer

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/extract/title"
)

// shared finds the folder with the real documents: $GONGKAI_SHARED relative to the repository's root, else ../shared beside it.
func shared(t *testing.T) string {
	t.Helper()
	root := filepath.Join("..", "..")
	dir, set := os.LookupEnv("GONGKAI_SHARED")
	if !set {
		dir = filepath.Join("..", "shared")
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(root, dir)
	}
	if _, err := os.Stat(dir); err != nil {
		if set {
			t.Fatalf("GONGKAI_SHARED is set but %v", err)
		}
		t.Skip("the real documents are not here: set GONGKAI_SHARED")
	}
	return dir
}

func TestSeedReport(t *testing.T) {
	body, err := os.ReadFile(filepath.Join(shared(t), "real", "sikou-2020.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, head := range []string{"2020年栖霞市寺口镇政府信息公开年报", ""} {
		p := title.FromReport(head, string(body), nil)
		if p.IssuerName != "栖霞市寺口镇" || p.Year == nil || *p.Year != 2020 || len(p.Doubts) > 0 {
			t.Errorf("title %q: %+v", head, p)
		}
		if got := Resolve(Input{Title: head, Name: p.IssuerName, Text: string(body), Year: *p.Year}); got.ID != "370686107000" || *got.Township != "寺口镇" {
			t.Errorf("%+v", got)
		}
	}
}
