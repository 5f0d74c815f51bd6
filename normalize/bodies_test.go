package normalize

import (
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// What became of bodies: 崇文区 was merged into 东城区, 桥东区 of 石家庄 was split, 洪泽县 goes on as 洪泽区 under another code, and an
// office is itself.
func TestBodies(t *testing.T) {
	report := func(id, name, kind string, y int32) schema.Report {
		r := schema.Report{IssuerID: id, IssuerName: name, IssuerKind: kind}
		if kind != "department" {
			r.DivisionCode = &id
		}
		if y > 0 {
			r.Year = &y
		}
		return r
	}
	var b Bodies
	b.Take([]schema.Report{report("110103000000", "崇文区人民政府", "county", 2009), report("110103000000", "崇文区人民政府", "county", 2008)})
	b.Take([]schema.Report{report("320813000000", "洪泽县人民政府", "county", 2015), report("320813000000", "淮安市洪泽区人民政府", "county", 2019), report("320813000000", "洪泽区人民政府", "county", 0)})
	b.Take([]schema.Report{report("130103000000", "桥东区人民政府", "county", 2013), report("320813000000-0a1b2c3d", "洪泽区教育局", "department", 2020)})
	rows := map[string]schema.Issuer{}
	all := b.Rows()
	for _, r := range all {
		rows[r.IssuerID] = r
	}
	if len(rows) != len(all) || !slices.IsSortedFunc(all, func(x, y schema.Issuer) int { return strings.Compare(x.IssuerID, y.IssuerID) }) {
		t.Errorf("%d rows of %d bodies", len(all), len(rows))
	}
	says := func(id string) (name, to, how string, first, last int32) {
		r, ok := rows[id]
		if !ok {
			t.Fatalf("no row of %s: %+v", id, all)
		}
		if r.SuccessorID != nil {
			to = *r.SuccessorID
		}
		if r.Succession != nil {
			how = *r.Succession
		}
		if r.FirstYear != nil {
			first, last = *r.FirstYear, *r.LastYear
		}
		if r.Source == "" {
			t.Errorf("%s has no source", id)
		}
		return r.Name, to, how, first, last
	}
	type row struct {
		name, to, how string
		first, last   int32
	}
	for id, want := range map[string]row{
		"110103000000":          {"崇文区人民政府", "110101000000", "merged", 2008, 2009},
		"110101000000":          {"东城区", "", "", 0, 0},
		"130103000000":          {"桥东区人民政府", "", "split", 2013, 2013},
		"320813000000":          {"淮安市洪泽区人民政府", "", "", 2015, 2019},
		"320829000000":          {"洪泽县", "320813000000", "renamed", 2015, 2015},
		"320813000000-0a1b2c3d": {"洪泽区教育局", "", "", 2020, 2020},
	} {
		name, to, how, first, last := says(id)
		if got := (row{name, to, how, first, last}); got != want {
			t.Errorf("%s: %+v, want %+v", id, got, want)
		}
	}
	if a := rows["320813000000"].Aliases; !slices.Contains(a, "洪泽县人民政府") || !slices.Contains(a, "洪泽县") || slices.Contains(a, "淮安市洪泽区人民政府") {
		t.Errorf("aliases %q", a)
	}
	if _, ok := rows["110104000000"]; ok { // 宣武区 went into 西城区, of which nothing is here
		t.Error("a division that no body here became is listed")
	}
}
