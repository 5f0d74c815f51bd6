package codebook

import (
	"slices"
	"testing"
)

func TestIndicatorsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, in := range All() {
		if seen[in.ID] {
			t.Errorf("%s stands twice", in.ID)
		}
		seen[in.ID] = true
		if in.LabelZH == "" || in.LabelEN == "" || in.Definition == "" || in.Series == "" || in.Note == "" {
			t.Errorf("%s lacks a field: %+v", in.ID, in)
		}
		if !slices.Contains([]string{"count", "CNY", "CNY_10k", "unstated"}, in.Unit) {
			t.Errorf("%s: unit %q", in.ID, in.Unit)
		}
		if !slices.Contains([]string{"same", "approximate", "break"}, in.Comparability) {
			t.Errorf("%s: comparability %q", in.ID, in.Comparability)
		}
		if got, ok := Lookup(in.ID); !ok || got.LabelZH != in.LabelZH {
			t.Errorf("Lookup(%s) = %+v, %v", in.ID, got, ok)
		}
	}
	if _, ok := Lookup("requests"); ok {
		t.Error("Lookup finds an indicator that is none")
	}
}

// The number of cells is that of the gold values: 198 on the seed's 2019 form; 186 + 14 on the 2021 form with its three
// rows of 其他处理.
func TestFormCells(t *testing.T) {
	want := map[string]int{"2014": 58, "2019": 198, "2021": 200}
	got := map[string]int{}
	for _, f := range Forms() {
		got[f.Template] += f.Cells()
	}
	for template, n := range want {
		if got[template] != n {
			t.Errorf("template %s has %d cells, want %d", template, got[template], n)
		}
	}
}

// Every cell of every form is an indicator of the code book that names the form's template, and every indicator but the
// text's is on a form.
func TestFormsAndIndicatorsAgree(t *testing.T) {
	onForm := map[string]bool{"processing_fee.amount": true}
	for _, f := range Forms() {
		for _, r := range f.Rows {
			for _, c := range f.Columns {
				id, applicant := f.Indicator(r.Key, c.Key)
				in, ok := Lookup(id)
				if !ok {
					t.Fatalf("%s %s: %q × %q gives %q, which is no indicator", f.Template, f.Table, r.Text(), c.Text(), id)
				}
				onForm[id] = true
				if in.Applicants != (applicant != "") {
					t.Errorf("%s: applicant %q", id, applicant)
				}
				if !slices.Contains(in.Templates, f.Template) {
					t.Errorf("%s stands on the form of %s, its templates are %v", id, f.Template, in.Templates)
				}
			}
		}
	}
	for _, in := range All() {
		if !onForm[in.ID] {
			t.Errorf("%s is on no form", in.ID)
		}
	}
}

func TestCrosswalkNamesIndicators(t *testing.T) {
	inSeries := map[string]bool{}
	for _, p := range Crosswalk() {
		for _, id := range p.Indicators {
			in, ok := Lookup(id)
			if !ok {
				t.Errorf("series %s: %q is no indicator", p.Series, id)
			}
			if !slices.Contains(in.Templates, p.Template) {
				t.Errorf("series %s, template %s: %s is on %v", p.Series, p.Template, id, in.Templates)
			}
			inSeries[id] = true
		}
		if p.Reason == "" {
			t.Errorf("series %s of %s gives no reason", p.Series, p.Template)
		}
	}
	for _, in := range All() {
		if !inSeries[in.ID] {
			t.Errorf("%s is in no series", in.ID)
		}
	}
}
