package report_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/shared"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/extract/report"
)

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

// document reads one of the real documents.
func document(t testing.TB, dir, file string) *extract.Document {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(dir, "real", file))
	if err != nil {
		t.Fatal(err)
	}
	d, err := read.Document(context.Background(), file, body, read.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestReal reads the real documents: every fact of the gold, none besides, every section.
func TestReal(t *testing.T) {
	dir := shared.Path(t)
	for _, c := range []struct {
		file, template, title string
		expected              int
	}{
		{"sikou-2020.txt", "2019", "2020年栖霞市寺口镇政府信息公开年报", 198},
		{"hongze-2023.pdf", "2021", "洪泽区人民政府2023年政府信息公开工作年度报告", 186},
		{"hongze-2024.pdf", "2021", "淮安市洪泽区人民政府2024年政府信息公开工作年度报告", 186},
	} {
		t.Run(c.file, func(t *testing.T) {
			r := report.Build(document(t, dir, c.file))
			stem := c.file[:len(c.file)-len(filepath.Ext(c.file))]
			compare(t, r, loadGold(t, filepath.Join(dir, "gold", stem+".json")))
			if r.Expected != c.expected || r.Title != c.title || len(r.Problems) != 0 {
				t.Errorf("expected cells %d, title %q, problems %+v", r.Expected, r.Title, r.Problems)
			}
			for i, s := range r.Sections {
				if s.Number != i+1 || []rune(r.Text)[s.Start] != []rune(s.Title)[0] {
					t.Errorf("section %+v", s)
				}
			}
			for _, template := range r.Templates {
				if template != c.template && template != "" {
					t.Errorf("templates %q", r.Templates)
				}
			}
			if len(r.Sections) != 6 || len(r.Templates) == 0 {
				t.Errorf("sections %+v, templates %q", r.Sections, r.Templates)
			}
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	dir := shared.Path(b)
	for _, file := range []string{"sikou-2020.txt", "hongze-2024.pdf"} {
		d := document(b, dir, file)
		b.Run(file, func(b *testing.B) {
			for b.Loop() {
				report.Build(d)
			}
		})
	}
}
