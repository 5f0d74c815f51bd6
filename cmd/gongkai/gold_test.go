package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/shared"
)

// goldFile is one file of gold values: every cell of the three tables, as published.
type goldFile struct {
	Year     int
	Template string
	Facts    []struct {
		Indicator string
		Applicant *string
		Value     *float64
		State     string
	}
}

func cellName(indicator string, applicant any) string {
	switch a := applicant.(type) {
	case *string:
		if a != nil {
			return indicator + "/" + *a
		}
	case string:
		return indicator + "/" + a
	}
	return indicator
}

// The three real reports: every fact of the gold, and none that is not there.
func TestRealReportsGiveTheirGold(t *testing.T) {
	files := map[string]string{"sikou-2020": "real/sikou-2020.txt", "hongze-2023": "real/hongze-2023.pdf", "hongze-2024": "real/hongze-2024.pdf"}
	for name, path := range files {
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(shared.Path(t, "gold/"+name+".json"))
			if err != nil {
				t.Fatal(err)
			}
			var gold goldFile
			if err := json.Unmarshal(body, &gold); err != nil {
				t.Fatal(err)
			}
			code, out, errOut := gongkai(t, "extract", shared.Path(t, path))
			if code != exitDone {
				t.Fatalf("exit %d: %s", code, errOut)
			}
			report := lines(t, out)[0]
			if report["year"] != float64(gold.Year) || report["template"] != gold.Template {
				t.Errorf("year %v template %v, want %d %s", report["year"], report["template"], gold.Year, gold.Template)
			}
			want := map[string]float64{}
			for _, f := range gold.Facts {
				want[cellName(f.Indicator, f.Applicant)] = *f.Value
			}
			for _, f := range report["facts"].([]any) {
				m := f.(map[string]any)
				key := cellName(m["indicator"].(string), m["applicant"])
				v, ok := want[key]
				if got, reported := m["value"].(float64); !ok && key != "processing_fee.amount" || ok && (!reported || math.Abs(got-v) > 1e-9) {
					t.Errorf("%s = %v, want %v (%v)", key, m["value"], v, ok)
				}
				if m["locator"] == "" || m["raw"] == nil {
					t.Errorf("%s has no place in the source", key)
				}
				delete(want, key)
			}
			for key := range want {
				t.Errorf("%s is missing", key)
			}
		})
	}
}

// Hongze 2023 prints 10 + 1 with a total of 0, and 5 with a total of 0: these two checks fail and none other on its
// tables.
func TestChecksOfRealReports(t *testing.T) {
	failing := func(path string) map[string]int {
		_, out, _ := gongkai(t, "extract", shared.Path(t, path))
		n := map[string]int{}
		for _, c := range lines(t, out)[0]["checks"].([]any) {
			m := c.(map[string]any)
			if m["outcome"] == "fail" {
				n[fmt.Sprint(m["rule"], " ", m["cells"].([]any)[0])]++
			}
		}
		return n
	}
	if n := failing("real/hongze-2023.pdf"); len(n) != 2 || n["litigation.sum review.upheld"] != 1 || n["litigation.sum suit_after_review.upheld"] != 1 {
		t.Errorf("hongze-2023 fails %v", n)
	}
	if n := failing("real/hongze-2024.pdf"); len(n) != 0 {
		t.Errorf("hongze-2024 fails %v", n)
	}
	n := 0
	for rule, count := range failing("real/sikou-2020.txt") {
		if !strings.HasPrefix(rule, "mentions.share") {
			t.Errorf("the seed fails %s", rule)
		}
		n += count
	}
	if n != 2 {
		t.Errorf("%d shares of the seed fail, want 2", n)
	}
}
