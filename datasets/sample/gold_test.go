package sample_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/sample"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/read"
)

type key struct{ indicator, applicant string }

func keyOf(indicator string, applicant *string) key {
	if applicant == nil {
		return key{indicator: indicator}
	}
	return key{indicator, *applicant}
}

// TestGold reads every invented report of the site as it is served and holds each cell against what its writer put
// there.
func TestGold(t *testing.T) {
	golds, err := filepath.Glob(filepath.Join("testdata", "*.gold.json"))
	if err != nil || len(golds) < 5 {
		t.Fatalf("%d gold files, want at least 5 (%v)", len(golds), err)
	}
	for _, path := range golds {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var gold struct {
			File  string
			Facts []struct {
				Indicator string
				Applicant *string
				Value     *float64
				State     string
			}
		}
		if err := json.Unmarshal(raw, &gold); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		t.Run(strings.ReplaceAll(gold.File, "/", "_"), func(t *testing.T) {
			body := sample.File(gold.File)
			r, err := read.Report(context.Background(), gold.File, body, read.Options{})
			if err != nil {
				t.Fatal(err)
			}
			have := map[key]extract.Fact{}
			for _, f := range r.Facts {
				have[keyOf(f.Indicator, f.Applicant)] = f
			}
			for _, w := range gold.Facts {
				if w.State == "" {
					w.State = extract.Reported
				}
				f, ok := have[keyOf(w.Indicator, w.Applicant)]
				delete(have, keyOf(w.Indicator, w.Applicant))
				if !ok || f.State != w.State || (w.Value != nil && (f.Value == nil || math.Abs(*f.Value-*w.Value) > 1e-9)) {
					t.Errorf("%s: want %s %v, got %+v", w.Indicator, w.State, w.Value, f)
				}
			}
			for k, f := range have {
				if k.indicator != "processing_fee.amount" {
					t.Errorf("%v is not on the page, got %+v", k, f)
				}
			}
		})
	}
}

// TestReportsOfTheCounty reads every report that the tables make and holds each cell against what they say.
func TestReportsOfTheCounty(t *testing.T) {
	reports := sample.Reports()
	if len(reports) < 100 {
		t.Fatalf("%d reports", len(reports))
	}
	for _, want := range reports {
		r, err := read.Report(context.Background(), want.Path, sample.File(want.Path), read.Options{})
		if err != nil {
			t.Fatalf("%s: %v", want.Path, err)
		}
		have := map[sample.Cell]extract.Fact{}
		for _, f := range r.Facts {
			c := sample.Cell{Indicator: f.Indicator}
			if f.Applicant != nil {
				c.Applicant = *f.Applicant
			}
			have[c] = f
		}
		written := want.Written()
		if len(have) != len(written) || len(r.Problems) != 0 || r.Title != want.Title() {
			t.Errorf("%s %s: %d cells read, %d written; problems %+v", want.Path, r.Title, len(have), len(written), r.Problems)
		}
		for c, text := range written {
			f, ok := have[c]
			v, err := strconv.ParseFloat(text, 64)
			switch {
			case !ok, err == nil && (f.Value == nil || *f.Value != v), err != nil && f.State != map[string]string{"": extract.Blank, "/": extract.NotApplicable}[text]:
				t.Errorf("%s %v: want %q, got %+v", want.Path, c, text, f)
			}
		}
	}
}
