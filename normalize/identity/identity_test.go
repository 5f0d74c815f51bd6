package identity

import (
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// Each identity of the form is written out once for each of its rows or columns, the generations' wordings together.
func TestTheStandardIdentities(t *testing.T) {
	n := map[string]int{}
	for _, i := range All {
		n[i.Rule]++
		if want := map[string]int{"requests.sum": 2}[i.Rule]; want > 0 && len(i.Left) != want {
			t.Errorf("%s has %d wordings of its left side, not %d", i.Rule, len(i.Left), want)
		}
	}
	// 26 rows: 23 that both generations have, and the three of 其他处理.
	want := map[string]int{"requests.balance": 7, "requests.sum": 7, "requests.row": 26, "litigation.sum": 3, "stat2014.sum": 10, "carry_over": 7, "in_force": 2}
	for r, w := range want {
		if n[r] != w {
			t.Errorf("%s: %d identities, not %d", r, n[r], w)
		}
	}
	if len(n) != len(want) || len(Sums) != len(All)-3 {
		t.Errorf("rules %v, %d sums", n, len(Sums))
	}
}

// A whole column of the 2021 form and one of the 2019 form pass, and one more in any cell fails.
func TestBothGenerationsAddUp(t *testing.T) {
	for _, template := range []string{"2019", "2021"} {
		table := rule.Table{}
		results := 0.0
		for _, l := range codebook.FindForm(template, codebook.Requests).Rows {
			k := rule.Key{Indicator: l.Key, Applicant: "business"}
			switch {
			case template == "2021" && len(l.Replaces) > 0:
			case l.Key == "requests.resolved":
				table[k] = results
			case l.Key == "requests.received":
				table[k] = 0
			case len(l.Path) > 1:
				table[k], results = 2, results+2
			default:
				table[k] = 1
			}
		}
		table[rule.Key{Indicator: "requests.received", Applicant: "business"}] = results
		if len(table) < 20 {
			t.Fatalf("the column has %d cells", len(table))
		}
		if checks := rule.Report(table, All); len(checks) != 2 || checks[0].Outcome != rule.Pass || checks[1].Outcome != rule.Pass {
			t.Fatalf("%s: %+v", template, checks)
		}
		for k, v := range table {
			table[k] = v + 1
			if checks := rule.Report(table, All); checks[0].Outcome != rule.Fail && checks[1].Outcome != rule.Fail {
				t.Errorf("%s: one more in %s is not noticed", template, k)
			}
			table[k] = v
		}
	}
}
