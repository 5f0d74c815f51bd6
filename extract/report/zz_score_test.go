package report_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/read"
	"github.com/gongkai-data/gongkai/extract/report"
)

func TestScoreTmp(t *testing.T) {
	pat := os.Getenv("CORPUS")
	if pat == "" {
		t.Skip()
	}
	type gold struct {
		Template      string
		Trap          bool
		ExpectProblem any `json:"expect_problem"`
		Facts         []struct {
			Indicator string
			Applicant *string
			Value     *float64
			State     string
		}
	}
	files, _ := filepath.Glob(pat)
	sort.Strings(files)
	tot, ok, silent, whole, n := 0, 0, 0, 0, 0
	for _, f := range files {
		gb, err := os.ReadFile(f + ".gold.json")
		if err != nil {
			continue
		}
		var g gold
		if err := json.Unmarshal(gb, &g); err != nil {
			t.Fatal(f, err)
		}
		n++
		body, _ := os.ReadFile(f)
		d, err := read.Document(context.Background(), f, body, read.Options{})
		if err != nil {
			t.Log(f, err)
			continue
		}
		r := report.Build(d)
		have := map[string]extract.Fact{}
		for _, x := range r.Facts {
			have[name(x.Indicator, x.Applicant)] = x
		}
		var bad []string
		want := map[string]bool{}
		for _, x := range g.Facts {
			k := name(x.Indicator, x.Applicant)
			want[k] = true
			if g.Trap {
				if h, is := have[k]; is && h.Value != nil && (x.Value == nil || math.Abs(*x.Value-*h.Value) > 1e-9) {
					bad = append(bad, "TRAP "+k)
				}
				continue
			}
			tot++
			st := x.State
			if st == "" {
				st = "reported"
			}
			h, is := have[k]
			if is && (x.Value == nil && h.Value == nil && h.State == st || x.Value != nil && h.Value != nil && math.Abs(*x.Value-*h.Value) < 1e-9) {
				ok++
				continue
			}
			got := "none"
			if is {
				got = h.State
				if h.Value != nil {
					got = fmt.Sprint(*h.Value)
				}
			}
			w := st
			if x.Value != nil {
				w = fmt.Sprint(*x.Value)
			}
			if is && h.Value != nil {
				t.Logf("WRONG %s %s want %s got %s", filepath.Base(f), k, w, got)
			}
			if is && h.Value != nil && len(r.Problems) == 0 {
				silent++
				got += "!SILENT"
			}
			bad = append(bad, k+" want "+w+" got "+got)
		}
		for k, h := range have {
			if !want[k] && !strings.HasPrefix(k, "processing") {
				if h.Value != nil && *h.Value != 0 || g.Trap && h.Value != nil {
					silent++
				}
				bad = append(bad, "EXTRA "+k+" "+h.State)
			}
		}
		ts := map[string]bool{}
		for _, x := range r.Templates {
			if x != "" {
				ts[x] = true
			}
		}
		tm := ""
		for x := range ts {
			tm += x
		}
		if len(ts) > 1 {
			tm = "mixed"
		}
		if tm != g.Template && !g.Trap {
			bad = append(bad, "template "+tm+" want "+g.Template)
		}
		if g.ExpectProblem != nil && g.ExpectProblem != false {
			exp, _ := g.ExpectProblem.(string)
			hit := false
			for _, p := range r.Problems {
				hit = hit || exp == "" || p.Kind == exp
			}
			if !hit {
				bad = append(bad, fmt.Sprint("expects problem ", g.ExpectProblem))
			}
		}
		if len(bad) == 0 {
			whole++
			continue
		}
		p := ""
		for i, x := range r.Problems {
			if i < 2 {
				p += fmt.Sprintf(" | %s: %s %q t%d r%d c%d", x.Kind, x.Detail, x.Raw, x.TableNo, x.RowNo, x.ColumnNo)
			}
		}
		t.Logf("%s: %d bad %v; %d problems%s", filepath.Base(f), len(bad), bad[:min(3, len(bad))], len(r.Problems), p)
	}
	t.Logf("cells %d/%d silent %d whole %d/%d", ok, tot, silent, whole, n)
}
