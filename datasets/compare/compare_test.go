package compare

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

func sample() ([]schema.Report, []schema.Fact) {
	report := func(id, name string, year int32, supersedes *string) schema.Report {
		return schema.Report{ReportID: id, IssuerID: "x-" + name, IssuerName: name, Year: &year, Quality: "A", URL: "https://example.org/" + id, Supersedes: supersedes}
	}
	fact := func(report, indicator string, value *float64, state string, failed ...string) schema.Fact {
		return schema.Fact{ReportID: report, Indicator: indicator, Value: value, State: state, FailedChecks: failed}
	}
	total, person := "total", "natural_person"
	reports := []schema.Report{report("b-2024", "乙镇", 2024, nil), report("a-2023", "甲镇", 2023, nil), report("a-2024", "甲镇", 2024, nil), report("b-2024-old", "乙镇", 2024, nil)}
	reports[0].Supersedes = new("b-2024-old")
	facts := []schema.Fact{
		fact("a-2023", "review.total", new(7.0), "reported", "litigation.sum"), fact("a-2024", "review.total", nil, "blank"), fact("b-2024", "review.total", nil, "unreadable"),
		fact("a-2023", "requests.received", new(31.0), "reported"), fact("a-2023", "requests.received", new(30.0), "reported"),
	}
	facts[3].Applicant, facts[4].Applicant = &total, &person
	return reports, facts
}

func TestCompare(t *testing.T) {
	reports, facts := sample()
	selected, err := Select(reports, []string{"甲镇", "乙"})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, r := range selected {
		ids = append(ids, r.ReportID)
	}
	if got := strings.Join(ids, " "); got != "a-2023 a-2024 b-2024" {
		t.Fatalf("selected %s", got)
	}
	table, err := New(selected, facts, Headline)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := table.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"31 ", "7 !", "blank", "??", "[3] 乙镇 2024", "https://example.org/a-2023", "a rule of the form fails"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "30") {
		t.Errorf("a single applicant's value stands in the table:\n%s", b.String())
	}
	b.Reset()
	if err := table.WriteCSV(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 1+3*2 || rows[1][6] != "31" || rows[2][7] != "!" || rows[2][8] != "litigation.sum" {
		t.Fatalf("csv %v %q", err, rows)
	}
}

func TestUnknownPlaceAndIndicator(t *testing.T) {
	reports, facts := sample()
	if _, err := Select(reports, []string{"丙镇"}); err == nil {
		t.Error("an unknown place is no error")
	}
	if _, err := New(reports, facts, []string{"requests.nonsense"}); err == nil {
		t.Error("an unknown indicator is no error")
	}
}

func TestFormulasAreInert(t *testing.T) {
	for in, want := range map[string]string{"=1+1": "'=1+1", "@x": "'@x", "甲镇": "甲镇", "": ""} {
		if got := inert(in); got != want {
			t.Errorf("inert(%q) = %q", in, got)
		}
	}
}
