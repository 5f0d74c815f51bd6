package report_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/report"
	"github.com/gongkai-data/gongkai/extract/txt"
)

// shared is the folder with the real documents; a clone without it skips the tests on them.
func shared(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("GONGKAI_SHARED")
	set := dir != ""
	if !set {
		dir = "../shared"
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join("..", "..", dir)
	}
	if _, err := os.Stat(dir); err != nil {
		if set {
			t.Fatalf("GONGKAI_SHARED is set and cannot be read: %v", err)
		}
		t.Skip("no shared folder beside the repository")
	}
	return dir
}

type goldReport struct {
	Template string
	Facts    []struct {
		Indicator string
		Applicant *string
		Value     *float64
		State     string
	}
}

// compare fails for every fact that is missing, wrong or too many.
func compare(t *testing.T, r *extract.Report, g goldReport) {
	t.Helper()
	have := map[string]extract.Fact{}
	for _, f := range r.Facts {
		have[name(f.Indicator, f.Applicant)] = f
	}
	for _, w := range g.Facts {
		k := name(w.Indicator, w.Applicant)
		f, ok := have[k]
		delete(have, k)
		state := w.State
		if state == "" {
			state = extract.Reported
		}
		if !ok || f.State != state || (w.Value == nil) != (f.Value == nil) || w.Value != nil && math.Abs(*w.Value-*f.Value) > 1e-9 {
			t.Errorf("%s: got %+v, want %v %s", k, f, w.Value, state)
		}
	}
	for k, f := range have {
		t.Errorf("%s is not published: %+v", k, f)
	}
}

func name(indicator string, applicant *string) string {
	if applicant == nil {
		return indicator
	}
	return indicator + "/" + *applicant
}

func loadGold(t *testing.T, path string) (g goldReport) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

func TestSeed(t *testing.T) {
	dir := shared(t)
	body, err := os.ReadFile(filepath.Join(dir, "real", "sikou-2020.txt"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := txt.Read(context.Background(), body, txt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := report.Build(d)
	compare(t, r, loadGold(t, filepath.Join(dir, "gold", "sikou-2020.json")))
	if r.Expected != 198 || len(r.Problems) != 0 || len(r.Sections) != 6 || r.Title != "2020年栖霞市寺口镇政府信息公开年报" {
		t.Errorf("expected cells %d, sections %+v, title %q, problems %+v", r.Expected, r.Sections, r.Title, r.Problems)
	}
	for _, template := range r.Templates {
		if template != "2019" && template != "" {
			t.Errorf("templates %q", r.Templates)
		}
	}
}
