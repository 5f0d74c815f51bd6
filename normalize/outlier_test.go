package normalize

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/normalize/rule"
)

func history(values ...float64) []Document {
	var docs []Document
	for i, v := range values {
		docs = append(docs, document(2015+i, fmt.Sprint("u", i), 1, map[string]float64{"requests.received": v}))
	}
	return docs
}

func TestOutlier(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []float64
		fail   []int // years flagged
		tried  bool
	}{
		{"too few years", []float64{5, 5, 5, 900}, nil, false},
		{"four other years", []float64{5, 5, 5, 5, 900}, []int{2019}, true},
		{"few cases", []float64{0, 0, 1, 0, 3}, nil, true},
		{"zeros, then many", []float64{0, 0, 0, 0, 0, 40}, []int{2020}, true},
		{"many, then a zero", []float64{41, 38, 44, 40, 0, 43}, []int{2019}, true},
		{"steady growth", []float64{10, 14, 20, 28, 39, 55}, nil, true},
		{"two odd years do not hide each other", []float64{10, 11, 9, 10, 12, 900, 950}, []int{2020, 2021}, true},
		{"a body whose numbers swing", []float64{3, 90, 12, 400, 1, 60}, nil, true},
		{"an unchanged history, a factor of two", []float64{20, 20, 20, 20, 20, 40}, nil, true},
	} {
		rows := Issuer(history(c.values...))
		n := checksOf(rows, "series.outlier")
		if tried := n[rule.Pass]+n[rule.Fail] > 0; tried != c.tried {
			t.Errorf("%s: tried %v: %v", c.name, tried, n)
		}
		var got []int
		for _, check := range rows.Checks {
			if check.Rule == "series.outlier" && check.Outcome == rule.Fail {
				got = append(got, int(*check.Year))
				if *check.LHS != c.values[*check.Year-2015] || check.RHS == nil || !strings.Contains(check.Note, "other years") || fmt.Sprint(check.Cells) != "[requests.received/total]" {
					t.Errorf("%s: %+v", c.name, check)
				}
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(c.fail) {
			t.Errorf("%s: flagged %v, want %v", c.name, got, c.fail)
		}
		if len(rows.Panel) != len(c.values) || len(rows.Series) == 0 {
			t.Errorf("%s: a flag filters rows", c.name)
		}
		for _, f := range rows.Facts {
			if flagged := len(f.FailedChecks) > 0; f.Value != nil && flagged != (len(c.fail) > 0 && contains(c.fail, int(*f.Year))) {
				t.Errorf("%s: %d: failed checks %v", c.name, *f.Year, f.FailedChecks)
			}
		}
	}
}

func contains(years []int, y int) bool {
	for _, x := range years {
		if x == y {
			return true
		}
	}
	return false
}

// The same documents in another order give the same checks.
func TestOutlierOrder(t *testing.T) {
	a, b := history(5, 6, 5, 900, 6, 800), history(5, 6, 5, 900, 6, 800)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	if x, y := fmt.Sprint(checksOnly(Issuer(a))), fmt.Sprint(checksOnly(Issuer(b))); x != y {
		t.Errorf("%s\n%s", x, y)
	}
}

func checksOnly(rows Rows) (out []string) {
	for _, c := range rows.Checks {
		out = append(out, c.ReportID+c.Rule+c.Expression+c.Outcome+c.Note)
	}
	return out
}
