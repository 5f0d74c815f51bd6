package normalize

import (
	"encoding/csv"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/inputs"
)

const correctionLine = "x-1-2023-00000000,review.total,,0,11,the parts add up to 11,https://a.example/2023.pdf,me,2026-11-23"

func corrections(lines ...string) string {
	return strings.Join(append([]string{strings.Join(correctionHeader, ",")}, lines...), "\n") + "\n"
}

func TestReadCorrections(t *testing.T) {
	all, err := ReadCorrections(strings.NewReader("\ufeff" + corrections(correctionLine)))
	if err != nil || len(all) != 1 {
		t.Fatalf("%v %v", all, err)
	}
	c := all[0]
	if c.Line != 2 || *c.Published != 0 || *c.Corrected != 11 || c.When.String() != "2026-11-23" || c.Key().String() != "review.total" {
		t.Errorf("%+v", c)
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	if err := w.WriteAll([][]string{correctionHeader, c.Record()}); err != nil {
		t.Fatal(err)
	}
	again, err := ReadCorrections(strings.NewReader(b.String()))
	if err != nil || !reflect.DeepEqual(all, again) {
		t.Errorf("written and read: %+v %v", again, err)
	}
}

func TestCorrectionsAreReadStrictly(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":                   "",
		"another header":            "report,indicator\n",
		"a column too few":          corrections("x-1-2023-00000000,review.total,,0,11,reason,https://a.example/,me"),
		"no report":                 corrections(strings.Replace(correctionLine, "x-1-2023-00000000", "寺口镇", 1)),
		"unknown indicator":         corrections(strings.Replace(correctionLine, "review.total", "review.sum", 1)),
		"an applicant too many":     corrections(strings.Replace(correctionLine, "total,,", "total,total,", 1)),
		"no applicant":              corrections(strings.Replace(correctionLine, "review.total", "requests.received", 1)),
		"unknown applicant":         corrections(strings.Replace(correctionLine, "review.total,,", "requests.received,everybody,", 1)),
		"words":                     corrections(strings.Replace(correctionLine, ",11,", ",eleven,", 1)),
		"an exponent":               corrections(strings.Replace(correctionLine, ",11,", ",1e3,", 1)),
		"not a number":              corrections(strings.Replace(correctionLine, ",11,", ",NaN,", 1)),
		"a space":                   corrections(strings.Replace(correctionLine, ",11,", ",1 1,", 1)),
		"no change":                 corrections(strings.Replace(correctionLine, ",11,", ",0,", 1)),
		"no number twice":           corrections(strings.Replace(correctionLine, ",0,11,", ",,,", 1)),
		"no reason":                 corrections(strings.Replace(correctionLine, "the parts add up to 11", " ", 1)),
		"evidence without address":  corrections(strings.Replace(correctionLine, "https://a.example/2023.pdf", "see page 3", 1)),
		"nobody":                    corrections(strings.Replace(correctionLine, ",me,", ",,", 1)),
		"no day":                    corrections(strings.Replace(correctionLine, "2026-11-23", "2026-13-23", 1)),
		"a second line that is bad": corrections(correctionLine, "x"),
	} {
		if all, err := ReadCorrections(strings.NewReader(text)); err == nil {
			t.Errorf("%s: read as %+v", name, all)
		}
	}
}

func TestApplyCorrections(t *testing.T) {
	cells := map[string]float64{"requests.received": 50, "requests.granted": 20, "requests.granted_in_part": 4, "requests.resolved": 40}
	id := Issuer([]Document{document(2023, "a", 1, cells)}).Reports[0].ReportID
	line := func(rest string) string { return id + "," + rest + ",reason,https://a.example/,me,2026-11-23" }
	for _, c := range []struct {
		name      string
		lines     []string
		applied   int
		problem   string
		corrected []string // columns of the panel
		received  *float64 // corrected value of the series
	}{
		{"none", nil, 0, "", nil, nil},
		{"a headline value", []string{line("requests.received,total,50,55")}, 1, "", []string{"requests_received"}, new(55.0)},
		{"another one", []string{line("requests.resolved,total,40,48")}, 1, "", []string{"requests_resolved"}, nil},
		{"the later line holds", []string{line("requests.received,total,50,55"), line("requests.received,total,50,56")}, 1, "", []string{"requests_received"}, new(56.0)},
		{"no number is right", []string{line("requests.received,total,50,")}, 1, "", []string{"requests_received"}, nil},
		{"two columns", []string{line("requests.received,total,50,55"), line("requests.granted,total,20,21")}, 2, "", []string{"requests_granted", "requests_received"}, new(55.0)},
		{"another published value", []string{line("requests.received,total,51,55")}, 0, "the cell now holds 50", nil, nil},
		{"published as no number", []string{line("requests.received,total,,55")}, 0, "the cell now holds 50", nil, nil},
		{"no such cell", []string{line("review.total,,0,55")}, 0, "no such cell", nil, nil},
		{"no such report", []string{strings.Replace(line("requests.received,total,50,55"), "2023", "2022", 1)}, 0, "no such report", nil, nil},
	} {
		all, err := ReadCorrections(strings.NewReader(corrections(c.lines...)))
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		rows, before := Issuer([]Document{document(2023, "a", 1, cells)}), Issuer([]Document{document(2023, "a", 1, cells)})
		set := NewCorrections(all)
		if n := set.Apply(&rows); n != c.applied {
			t.Errorf("%s: %d applied", c.name, n)
		}
		lost, unmet := set.Unmet()
		problems := append(rows.Problems[len(before.Problems):], unmet...)
		if c.problem == "" && len(problems) > 0 || c.problem != "" && (len(problems) != 1 || problems[0].Kind != CorrectionRefused || !strings.Contains(problems[0].Detail, c.problem)) {
			t.Errorf("%s: %+v", c.name, problems)
		}
		if c.problem != "" && (problems[0].Indicator == nil || *problems[0].Code != CorrectionRefused) {
			t.Errorf("%s: the problem does not say of which cell: %+v", c.name, problems[0])
		}
		if told := append(rows.Corrections, lost...); len(told) != min(1, len(c.lines)) && c.applied < 2 || len(told) > 0 && (told[0].Applied != (c.applied > 0) || told[0].Author != "me" || told[0].IssuerID != rows.Reports[0].IssuerID || told[0].Year == nil) {
			t.Errorf("%s: corrections %+v", c.name, told)
		}
		for i := range before.Panel {
			if got := rows.Panel[i].Corrected; !slices.Equal(got, c.corrected) {
				t.Errorf("%s: panel.corrected %v, want %v", c.name, got, c.corrected)
			}
			rows.Panel[i].Corrected = before.Panel[i].Corrected
		}
		for i, s := range rows.Series {
			var want *float64
			if s.Series == "requests.received" {
				want = c.received
			}
			if want == nil && s.CorrectedValue != nil && s.Indicator == "requests.received" || want != nil && (s.CorrectedValue == nil || *s.CorrectedValue != *want) {
				t.Errorf("%s: series %+v", c.name, s)
			}
			rows.Series[i].CorrectedValue = nil
		}
		if !reflect.DeepEqual(rows.Facts, before.Facts) || !reflect.DeepEqual(rows.Checks, before.Checks) || !reflect.DeepEqual(rows.Panel, before.Panel) || !reflect.DeepEqual(rows.Series, before.Series) {
			t.Errorf("%s: what was published has changed", c.name)
		}
	}
}

func TestACorrectionOfASupersededVersionIsRefused(t *testing.T) {
	old, later := document(2023, "a", 1, map[string]float64{"requests.received": 7}), document(2023, "b", 9, map[string]float64{"requests.received": 8})
	digest := strings.Repeat("ab", 32)
	later.Capture.SHA256 = &digest
	rows := Issuer([]Document{old, later})
	all, err := ReadCorrections(strings.NewReader(corrections(rows.Reports[0].ReportID + ",requests.received,total,7,9,reason,https://a.example/,me,2026-11-23")))
	if err != nil {
		t.Fatal(err)
	}
	if n := NewCorrections(all).Apply(&rows); n != 0 || len(rows.Problems) != 1 || !strings.Contains(rows.Problems[0].Detail, "later version") || len(rows.Panel[0].Corrected) > 0 || len(rows.Corrections) != 1 || rows.Corrections[0].Applied {
		t.Errorf("%d applied, %+v", n, rows.Problems)
	}
}

var correctionHeader = func() []string {
	file, _ := inputs.Lookup(inputs.Corrections)
	return file.Header()
}()
