package normalize

import (
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// withAllTables adds to a report one blank cell of each table of the form of 2021 that it lacks, so that it is
// complete.
func withAllTables(r *extract.Report) *extract.Report {
	met := map[string]bool{}
	for i := range r.Facts {
		met[tableOf[r.Facts[i].Indicator]] = true
	}
	for _, f := range codebook.Forms() {
		if f.Template != "2021" || met[f.Table] {
			continue
		}
		indicator, applicant := f.Indicator(f.Rows[0].Key, f.Columns[0].Key)
		blank := extract.Fact{Indicator: indicator, State: extract.Blank}
		if applicant != "" {
			blank.Applicant = &applicant
		}
		r.Facts = append(r.Facts, blank)
		r.Expected++
	}
	return r
}

func TestMissingTables(t *testing.T) {
	total := codebook.Total
	facts := func(indicators ...string) (out []extract.Fact) {
		for _, id := range indicators {
			f := extract.Fact{Indicator: id, State: extract.Blank}
			if strings.HasPrefix(id, "requests.") {
				f.Applicant = &total
			}
			out = append(out, f)
		}
		return out
	}
	cells := func(template string) (n int) {
		for _, f := range codebook.Forms() {
			if f.Template == template {
				n += f.Cells()
			}
		}
		return n
	}
	all2021 := facts("regulations.issued", "licensing.decisions", "penalties.decisions", "fees.amount", "requests.received", "review.total")
	for _, c := range []struct {
		name      string
		title     string
		templates []string
		sections  []extract.Section
		facts     []extract.Fact
		problems  []extract.Problem
		expected  int
		missing   string // section: tables
		complete  bool
		quality   string
	}{
		{name: "whole", title: "甲镇2023年政府信息公开工作年度报告", templates: []string{"2021"}, facts: all2021, expected: 6, complete: true, quality: "A"},
		{name: "cut behind section three", title: "甲镇2023年政府信息公开工作年度报告", templates: []string{"2021"}, facts: all2021[:5], expected: 5 + 15, missing: "4: litigation", quality: "C"},
		{name: "cut before any table: the year tells the form", title: "甲镇2020年政府信息公开工作年度报告", expected: cells("2019"),
			missing: "2: documents, licensing, enforcement, fees, procurement; 3: requests; 4: litigation", quality: "D"},
		{name: "headers of another form than the year's", title: "甲镇2020年政府信息公开工作年度报告", templates: []string{"2021"}, facts: all2021, expected: 6, complete: true, quality: "A"},
		{name: "headers of both forms: the year tells", title: "甲镇2022年政府信息公开工作年度报告", templates: []string{"2019", "2021"}, facts: all2021[:4], expected: 4 + 175 + 15, missing: "3: requests; 4: litigation", quality: "C"},
		{name: "no year, but a table of these forms", title: "政府信息公开工作年度报告", facts: facts("requests.received", "review.total"), expected: 2 + 10, missing: "2: documents, licensing, enforcement, fees", quality: "C"},
		{name: "text alone was the report", title: "甲镇2012年政府信息公开工作年度报告", complete: true, quality: "D"},
		{name: "neither year nor form", title: "政府信息公开工作年度报告", complete: true, quality: "D"},
		{name: "the appendix of 2014", title: "甲镇2016年政府信息公开工作年度报告", templates: []string{"2014"}, facts: facts("stat2014.active_total"), expected: 1, complete: true, quality: "A"},
		{name: "a section in a picture", title: "甲镇2023年政府信息公开工作年度报告", templates: []string{"2021"},
			facts: append([]extract.Fact{{Indicator: "licensing.decisions", State: extract.InImage}}, all2021[4:]...), expected: 3, complete: true, quality: "C"},
		{name: "the file ends early", title: "甲镇2023年政府信息公开工作年度报告", templates: []string{"2021"}, facts: all2021, expected: 6, problems: []extract.Problem{{Kind: extract.Truncated}}, quality: "C"},
		{name: "the report is elsewhere", title: "甲镇2023年政府信息公开工作年度报告", problems: []extract.Problem{{Kind: extract.DocumentElsewhere}}, quality: "D"},
	} {
		r := &extract.Report{Title: c.title, Reader: "html", Templates: c.templates, Sections: c.sections, Facts: slices.Clone(c.facts), Problems: c.problems, Expected: len(c.facts)}
		got := Read(r)
		var missing []string
		for _, p := range got.Problems {
			if p.Kind == extract.MissingTable {
				missing = append(missing, p.Args[1]+": "+strings.Join(p.Args[2:], ", "))
			}
		}
		if m := strings.Join(missing, "; "); m != c.missing || got.Expected != c.expected || got.Complete() != c.complete || got.Quality() != c.quality {
			t.Errorf("%s: missing %q, expected %d, complete %v, quality %s; want %q, %d, %v, %s", c.name, m, got.Expected, got.Complete(), got.Quality(), c.missing, c.expected, c.complete, c.quality)
		}
	}
}
