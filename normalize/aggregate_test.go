package normalize

import (
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/normalize/issuer"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// resolved makes a report of a real division (370686 栖霞市) with so many requests.
func resolved(id, kind string, year int, received float64, text string) Document {
	d := document(year, "http://a.example/"+id, 1, map[string]float64{"requests.received": received})
	code := id[:12]
	d.Issuer = issuer.Issuer{ID: id, Name: id, State: issuer.Resolved, Kind: kind, DivisionCode: &code}
	d.Reading.Text = text
	return d
}

const (
	city, town1, town2 = "370686000000", "370686101000", "370686107000"
	bureau, school     = city + "-0a0b0c0d", city + "-1a0b0c0d"
)

func TestSumOfTheParts(t *testing.T) {
	for _, c := range []struct {
		name    string
		docs    []Document
		outcome string // "" where there is nothing to try
		note    string
		sum     float64
	}{
		{"no parts", []Document{resolved(city, "county", 2023, 9, "")}, "", "", 0},
		{"equal", []Document{resolved(city, "county", 2023, 9, ""), resolved(town1, "township", 2023, 2, ""), resolved(bureau, "department", 2023, 7, "")}, rule.Pass, "divisions (1), departments (1)", 9},
		{"more than the known parts", []Document{resolved(city, "county", 2023, 20, "全市共收到20件"), resolved(town1, "township", 2023, 2, "")}, rule.NotAssessable, "without a report", 2},
		{"less than its parts", []Document{resolved(city, "county", 2023, 3, ""), resolved(town1, "township", 2023, 2, ""), resolved(town2, "township", 2023, 2, "")}, rule.Fail, "office alone", 4},
		{"less than its parts by its own words", []Document{resolved(city, "county", 2023, 3, "2023年，全市收到申请3件"), resolved(town1, "township", 2023, 4, "")}, rule.Fail, "speaks of 全市", 4},
		{"another year", []Document{resolved(city, "county", 2023, 3, ""), resolved(town1, "township", 2022, 4, "")}, "", "", 0},
		{"a school is no part", []Document{resolved(city, "county", 2023, 3, ""), resolved(school, "other", 2023, 9, "")}, "", "", 0},
		{"a town of another county", []Document{resolved(city, "county", 2023, 3, ""), resolved("370685101000", "township", 2023, 9, "")}, "", "", 0},
		{"a prefecture is compared with its counties, not its towns", []Document{resolved("370600000000", "prefecture", 2023, 3, ""), resolved(city, "county", 2023, 3, ""), resolved(town1, "township", 2023, 1, "")}, rule.Pass, "divisions (1), departments (0)", 3},
		{"districts below 市辖区", []Document{resolved("110000000000", "province", 2023, 8, ""), resolved("110101000000", "county", 2023, 8, "")}, rule.Pass, "divisions (1)", 8},
	} {
		slices.SortFunc(c.docs, func(a, b Document) int { return strings.Compare(b.Issuer.ID, a.Issuer.ID) })
		var sums Aggregates
		var last Rows
		var got []string
		for _, d := range c.docs {
			last = Issuer([]Document{d})
			sums.Take(&last)
			for _, check := range last.Checks {
				if check.Rule == "aggregate.sum" && (d.Issuer.ID == c.docs[len(c.docs)-1].Issuer.ID) {
					got = append(got, check.Outcome)
					if !strings.Contains(check.Note, c.note) || *check.RHS != c.sum || check.ReportID != last.Reports[0].ReportID {
						t.Errorf("%s: %+v", c.name, check)
					}
				}
			}
		}
		if c.outcome == "" && len(got) > 0 || c.outcome != "" && !slices.Equal(got, []string{c.outcome}) {
			t.Errorf("%s: %v, want %q", c.name, got, c.outcome)
		}
		failed := c.outcome == rule.Fail
		if flagged := slices.Contains(last.Facts[0].FailedChecks, "aggregate.sum"); flagged != failed || (last.Reports[0].Notes == 1) != failed || last.Reports[0].ChecksFailed != 0 || last.Reports[0].Quality != "A" {
			t.Errorf("%s: fact %v, report %+v", c.name, last.Facts[0].FailedChecks, last.Reports[0])
		}
	}
}
