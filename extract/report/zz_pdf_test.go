package report_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/extract/pdf"
	"github.com/gongkai-data/gongkai/extract/report"
)

func TestHongzeTmp(t *testing.T) {
	dir := shared(t)
	for _, n := range []string{"hongze-2023", "hongze-2024"} {
		body, _ := os.ReadFile(filepath.Join(dir, "real", n+".pdf"))
		d, err := pdf.Read(context.Background(), n, body, pdf.Options{})
		if err != nil {
			t.Fatal(err)
		}
		r := report.Build(d)
		compare(t, r, loadGold(t, filepath.Join(dir, "gold", n+".json")))
		t.Logf("%s %d %v %q", n, r.Expected, r.Templates, r.Title)
		for _, s := range r.Sections {
			t.Log(s)
		}
		for _, p := range r.Problems {
			t.Logf("%+v", p)
		}
	}
}
