package normalize

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize/issuer"
)

// department is the report of a department as it is resolved from its own name.
func department(t *testing.T, name string, y int32) schema.Report {
	t.Helper()
	is := issuer.Resolve(issuer.Input{Name: name, Year: int(y)})
	if is.State != issuer.Resolved || is.Kind != issuer.Department {
		t.Fatalf("%s is %+v", name, is)
	}
	return schema.Report{IssuerID: is.ID, IssuerName: name, IssuerKind: is.Kind, DivisionCode: is.DivisionCode, Year: &y}
}

// Departments go where their division went, where their successor's own reports say, or where a reform put them; where
// two bodies of the names go on side by side, or two could be the successor, nothing is said.
func TestDepartmentsBecomeOthers(t *testing.T) {
	var b Bodies
	id := func(name string, years ...int32) string {
		var r schema.Report
		for _, y := range years {
			r = department(t, name, y)
			b.Take([]schema.Report{r})
		}
		return r.IssuerID
	}
	// with the division
	oldSchools, newSchools := id("北京市崇文区教育局", 2009), id("北京市东城区教育局", 2009, 2012)
	oldRoads := id("北京市崇文区交通局", 2009) // nobody of its name in 东城区
	divided := id("石家庄市桥东区教育局", 2013)
	renamed := id("洪泽县教育局", 2014, 2015)
	if same := id("洪泽区教育局", 2018); same != renamed {
		t.Fatalf("%s and %s are two bodies", renamed, same)
	}
	// by the names that reports give
	lamps, light := id("栖霞市园林局", 2015), id("栖霞市园林和林业局(原园林局)", 2019)
	// by a reform
	fields, farms := id("栖霞市农业局", 2016, 2017), id("栖霞市农业农村局", 2018, 2022)
	shops, quality, market := id("栖霞市工商行政管理局", 2014), id("栖霞市质量技术监督局", 2014), id("栖霞市市场监督管理局", 2016)
	grain, stores := id("栖霞市粮食局", 2018, 2020), id("栖霞市粮食和物资储备局", 2019) // side by side
	land := id("栖霞市国土资源局", 2017)                                       // two could be its successor
	id("栖霞市自然资源局", 2019)
	id("栖霞市自然资源和规划局", 2020)

	rows := map[string]schema.Issuer{}
	for _, r := range b.Rows() {
		if _, twice := rows[r.IssuerID]; twice {
			t.Errorf("two rows of %s", r.IssuerID)
		}
		rows[r.IssuerID] = r
	}
	for _, want := range []struct{ id, to, how, source string }{
		{oldSchools, newSchools, "merged", "State Council"}, {newSchools, "", "", ""}, {oldRoads, "", "", ""}, {divided, "", "split", "split among"},
		{"320829000000" + renamed[12:], renamed, "renamed", "names of its reports"}, {renamed, "", "", ""},
		{lamps, light, "renamed", "原园林局"}, {fields, farms, "renamed", "end with 2017, those of the other begin with 2018"},
		{shops, market, "merged", "市场监督管理总局"}, {quality, market, "merged", "市场监督管理总局"}, {grain, "", "", ""}, {stores, "", "", ""}, {land, "", "", ""},
	} {
		row, ok := rows[want.id]
		to, how := "", ""
		if row.SuccessorID != nil {
			to = *row.SuccessorID
		}
		if row.Succession != nil {
			how = *row.Succession
		}
		if !ok || to != want.to || how != want.how || !strings.Contains(row.Source, want.source) || row.Name == "" {
			t.Errorf("%s: %+v, want %+v", want.id, row, want)
		}
	}
	if was := rows["320829000000"+renamed[12:]]; was.Name != "洪泽县教育局" || was.FirstYear == nil || *was.FirstYear != 2014 || *was.LastYear != 2015 {
		t.Errorf("%+v", was)
	}
}

// Every name of the reforms is that of a department, and none becomes itself.
func TestReformsNameDepartments(t *testing.T) {
	for _, r := range gazetteer.Reforms() {
		was, ok := issuer.BodyID("370686000000", r.Was)
		became, okToo := issuer.BodyID("370686000000", r.Became)
		if !ok || !okToo || was == became || r.Since < 2008 {
			t.Errorf("%+v: %s %v, %s %v", r, was, ok, became, okToo)
		}
	}
}
