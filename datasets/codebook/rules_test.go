package codebook

import "testing"

// Every rule has a class with its words, and every identity of the form is a rule; only the form's own sums speak
// against a number.
func TestRulesHaveClasses(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.ID] = true; r.Class.ID == "" || r.ZH == "" || r.EN == "" || r.Fails("zh") == "" || r.Fails("en") == "" {
			t.Errorf("%s lacks a field: %+v", r.ID, r)
		}
	}
	for _, c := range Classes() {
		if c.Against != (c.ID == "arithmetic") || c.FailsZH == "" || c.FailsEN == "" {
			t.Errorf("class %+v", c)
		}
	}
	for _, i := range Standard.Identities {
		want := "arithmetic"
		if i.AcrossYears() {
			want = "years"
		}
		if !seen[i.Rule] || LookupRule(i.Rule).Class.ID != want {
			t.Errorf("the identity %s is of class %q, want %s", i.Rule, LookupRule(i.Rule).Class.ID, want)
		}
	}
	for rule, class := range map[string]string{"report.duplicate": "copy", "report.copied": "copy", "report.year_mismatch": "text", "text_vs_table": "text", "mentions.share": "text",
		"mentions.sum": "text", "series.outlier": "unusual", "aggregate.sum": "aggregate"} {
		if got := LookupRule(rule).Class.ID; got != class {
			t.Errorf("%s is of class %q, want %s", rule, got, class)
		}
	}
	if r := LookupRule("later.rule"); r.Class.Against || r.Fails("en") != "later.rule" {
		t.Errorf("an unknown rule: %+v", r)
	}
	if SpeaksAgainst([]string{"series.outlier", "text_vs_table"}) || !SpeaksAgainst([]string{"series.outlier", "requests.row"}) {
		t.Error("SpeaksAgainst is wrong")
	}
}

func TestConvert(t *testing.T) {
	for _, c := range []struct {
		value    float64
		from, to string
		want     float64
		ok       bool
	}{
		{7730.28, CNY10k, CNY10k, 7730.28, true}, {77302800, CNY, CNY10k, 7730.28, true}, {7730.28, CNY10k, CNY, 77302800, true}, {5, Count, Count, 5, true},
		{5, Count, CNY, 0, false}, {5, Unstated, CNY10k, 0, false}, {5, CNY, Unstated, 0, false}, {5, Unstated, Unstated, 5, true}, {0.5, Share, Count, 0, false},
	} {
		if got, ok := Convert(c.value, c.from, c.to); ok != c.ok || got != c.want {
			t.Errorf("%v %s in %s: %v %v, want %v %v", c.value, c.from, c.to, got, ok, c.want, c.ok)
		}
	}
}

// The indicators of one part of a series are added up, so they are in one unit.
func TestPartsOfSeriesHaveOneUnit(t *testing.T) {
	for _, p := range Crosswalk() {
		first, _ := Lookup(p.Indicators[0])
		for _, id := range p.Indicators {
			if in, _ := Lookup(id); in.Unit != first.Unit {
				t.Errorf("series %s of %s adds %s to %s", p.Series, p.Template, in.Unit, first.Unit)
			}
		}
	}
	for _, in := range All() {
		if LookupUnit(in.Unit).Called("en") == in.Unit && in.Unit != Count {
			t.Errorf("%s: the unit %s has no words", in.ID, in.Unit)
		}
	}
}

func TestRatesStandOnIndicators(t *testing.T) {
	for _, r := range Rates() {
		for _, id := range r.Parts() {
			if in, ok := Lookup(id); !ok || in.Unit != Count {
				t.Errorf("%s stands on %s", r.ID, id)
			}
		}
	}
	value := func(v map[string]float64) func(string) *float64 {
		return func(id string) *float64 {
			if x, ok := v[id]; ok {
				return &x
			}
			return nil
		}
	}
	grant := Rates()[0]
	if share, n, d := grant.Of(value(map[string]float64{"requests.granted": 2, "requests.granted_in_part": 1, "requests.resolved": 4})); *share != 0.75 || *n != 3 || *d != 4 {
		t.Errorf("%v of %v is %v", *n, *d, *share)
	}
	for _, v := range []map[string]float64{{"requests.granted": 2, "requests.resolved": 4}, {"requests.granted": 0, "requests.granted_in_part": 0, "requests.resolved": 0},
		{"requests.granted": 5, "requests.granted_in_part": 0, "requests.resolved": 4}} {
		if share, _, _ := grant.Of(value(v)); share != nil {
			t.Errorf("%v has a share of %v", v, *share)
		}
	}
}
