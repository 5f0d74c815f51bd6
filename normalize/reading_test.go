package normalize

import (
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// seedMentions are the counts of the bundled report's section one, as dataset.md works them out.
func seedMentions() []extract.Mention {
	total := extract.Mention{Seq: 0, Label: "主动公开政府信息", Count: 294, Unit: "条", Approximate: true}
	out := []extract.Mention{total}
	for i, p := range []struct {
		label string
		count float64
		share float64
	}{{"机构职能类信息", 2, 0.68}, {"政策法规类信息", 14, 4.8}, {"财政类信息", 11, 3.7}, {"行政执法类", 12, 4}, {"政府会议类信息", 22, 7.4}, {"专栏信息", 113, 38.4}, {"其他信息", 122, 41.4}} {
		out = append(out, extract.Mention{Seq: i + 1, Label: p.label, Count: p.count, Unit: "条", SharePct: &p.share, PartOf: new(0)})
	}
	return out
}

func outcomes(checks []Check, rule string) map[string]int {
	n := map[string]int{}
	for _, c := range checks {
		if c.Rule == rule {
			n[c.Outcome]++
		}
	}
	return n
}

func TestMentionChecksOfTheSeed(t *testing.T) {
	checks := mentionChecks(seedMentions())
	if n := outcomes(checks, "mentions.share"); n[rule.Pass] != 5 || n[rule.Fail] != 2 {
		t.Errorf("shares: %v, want five passes and two failures", n)
	}
	if n := outcomes(checks, "mentions.sum"); n[rule.Pass] != 1 || len(n) != 1 {
		t.Errorf("sum: %v, want one pass", n)
	}
	if c := checks[0]; *c.LHS != 296 || *c.RHS != 294 || c.Note != "the total is approximate, the parts add up to 296" {
		t.Errorf("sum check: lhs %v rhs %v note %q", *c.LHS, *c.RHS, c.Note)
	}
}

func TestSumCheck(t *testing.T) {
	part := func(n float64) extract.Mention {
		return extract.Mention{Label: "甲", Count: n, Unit: "条", PartOf: new(0)}
	}
	cases := []struct {
		name   string
		total  extract.Mention
		change func(*extract.Mention)
		want   string
	}{
		{"exact", extract.Mention{Count: 9}, func(*extract.Mention) {}, rule.Pass},
		{"too many", extract.Mention{Count: 8}, func(*extract.Mention) {}, rule.Fail},
		{"approximate, just above", extract.Mention{Count: 8.5, Approximate: true}, func(*extract.Mention) {}, rule.Pass},
		{"approximate, below", extract.Mention{Count: 10, Approximate: true}, func(*extract.Mention) {}, rule.Fail},
		{"approximate, far above", extract.Mention{Count: 8, Approximate: true}, func(*extract.Mention) {}, rule.Fail},
		{"channels", extract.Mention{Count: 7}, func(m *extract.Mention) { m.Channel = true }, rule.NotAssessable},
		{"a channel above the total", extract.Mention{Count: 3}, func(m *extract.Mention) { m.Channel = true }, rule.Fail},
		{"partial list", extract.Mention{Count: 12}, func(m *extract.Mention) { m.Partial = true }, rule.NotAssessable},
		{"partial list above the total", extract.Mention{Count: 8}, func(m *extract.Mention) { m.Partial = true }, rule.Fail},
		{"another unit", extract.Mention{Count: 9, Unit: "件"}, func(*extract.Mention) {}, rule.NotAssessable},
		{"part of a year in a total of many", extract.Mention{Count: 12, Cumulative: true}, func(*extract.Mention) {}, rule.NotAssessable},
		{"vague part", extract.Mention{Count: 12}, func(m *extract.Mention) { m.Approximate = true }, rule.NotAssessable},
	}
	for _, c := range cases {
		mentions := []extract.Mention{c.total, part(4), part(5)}
		for i := range mentions {
			mentions[i].Seq = i
			if i > 0 {
				c.change(&mentions[i])
			}
		}
		if checks := mentionChecks(mentions); len(checks) != 1 || checks[0].Outcome != c.want {
			t.Errorf("%s: %+v, want %s", c.name, checks, c.want)
		}
	}
}

// A total may be broken down by subject and by channel, or by a mixture of both that adds up.
func TestTwoBreakdowns(t *testing.T) {
	part := func(seq int, n float64, channel bool) extract.Mention {
		return extract.Mention{Seq: seq, Count: n, Channel: channel, PartOf: new(0)}
	}
	mixed := []extract.Mention{{Count: 9}, part(1, 4, false), part(2, 5, true)}
	if checks := mentionChecks(mixed); len(checks) != 1 || checks[0].Outcome != rule.Pass {
		t.Errorf("4 + 5 = 9 in a mixture: %+v", checks)
	}
	twice := []extract.Mention{{Count: 9}, part(1, 4, false), part(2, 5, false), part(3, 8, true), part(4, 3, true)}
	checks := mentionChecks(twice)
	if len(checks) != 2 || checks[0].Outcome != rule.Pass || checks[1].Outcome != rule.NotAssessable {
		t.Errorf("two breakdowns: %+v", checks)
	}
}

func requests(received, carriedIn float64) rule.Table {
	return rule.Table{{Indicator: "requests.received", Applicant: codebook.Total}: received, {Indicator: "requests.carried_in", Applicant: codebook.Total}: carriedIn,
		{Indicator: "suit_direct.total"}: 26, {Indicator: "suit_after_review.total"}: 20}
}

func TestTextAgainstTable(t *testing.T) {
	cases := []struct {
		name          string
		mention       extract.Mention
		outcome, note string
	}{
		{"plain", extract.Mention{Indicator: "requests.received", Count: 91}, rule.Pass, ""},
		{"carry-in counted in", extract.Mention{Indicator: "requests.received", Count: 92}, rule.Pass, "carry-in is counted in"},
		{"differs", extract.Mention{Indicator: "requests.received", Count: 90, Sentence: "收到申请90件"}, rule.Fail, ""},
		{"the office alone", extract.Mention{Indicator: "requests.received", Count: 17, Sentence: "区政府办公室代表区政府收到申请17件"}, rule.NotAssessable, "difference of scope: the text speaks of one office or part, the table may cover the whole body"},
		{"cumulative", extract.Mention{Indicator: "requests.received", Count: 400, Cumulative: true}, rule.NotAssessable, "the text counts more than the year"},
		{"approximate", extract.Mention{Indicator: "requests.received", Count: 90, Approximate: true}, rule.Pass, ""},
		{"two suits columns", extract.Mention{Indicator: "suit.total", Count: 46}, rule.Pass, ""},
	}
	for _, c := range cases {
		checks := textChecks([]extract.Mention{c.mention}, requests(91, 1))
		if len(checks) != 1 || checks[0].Outcome != c.outcome || checks[0].Note != c.note {
			t.Errorf("%s: %+v, want %s %q", c.name, checks, c.outcome, c.note)
		}
	}
	for _, several := range []struct {
		counts []float64
		want   []string
	}{{[]float64{91, 15}, []string{rule.Pass, rule.NotAssessable}}, {[]float64{76, 15}, []string{rule.NotAssessable, rule.NotAssessable}}, {[]float64{76, 14}, []string{rule.Fail, rule.Fail}}} {
		var mentions []extract.Mention
		for _, n := range several.counts {
			mentions = append(mentions, extract.Mention{Indicator: "requests.received", Count: n})
		}
		for i, c := range textChecks(mentions, requests(91, 1)) {
			if c.Outcome != several.want[i] {
				t.Errorf("%v beside a cell of 91: %+v, want %v", several.counts, c, several.want)
			}
		}
	}
	one := []extract.Mention{{Count: 9, Unit: "条"}, {Seq: 1, Count: 4, Unit: "条", PartOf: new(0)}}
	if checks := mentionChecks(one); checks[0].Outcome != rule.NotAssessable {
		t.Errorf("one part of a total: %+v", checks)
	}
	if checks := textChecks([]extract.Mention{{Indicator: "review.total", Count: 1}}, requests(1, 1)); len(checks) != 0 {
		t.Errorf("a check without a cell: %+v", checks)
	}
}

func TestFailingChecksMarkTheirCells(t *testing.T) {
	fact := func(indicator string, v float64) extract.Fact {
		return extract.Fact{Indicator: indicator, Value: &v, State: extract.Reported}
	}
	r := Read(withAllTables(&extract.Report{Title: "2023年甲镇政府信息公开工作年度报告", Reader: "html", Templates: []string{"2021", "", "2021"}, Expected: 7, Facts: []extract.Fact{
		fact("review.upheld", 10), fact("review.corrected", 1), fact("review.other", 0), fact("review.pending", 0), fact("review.total", 0), fact("licensing.decisions", 5)}}))
	for _, f := range r.Facts {
		want := strings.HasPrefix(f.Indicator, "review.")
		if got := slices.Equal(f.FailedChecks, []string{"litigation.sum"}); got != want {
			t.Errorf("%s: failed checks %v", f.Indicator, f.FailedChecks)
		}
	}
	if r.Template != "2021" || r.Quality() != "C" || r.Parsed.Year == nil || *r.Parsed.Year != 2023 {
		t.Errorf("template %q quality %s year %v", r.Template, r.Quality(), r.Parsed.Year)
	}
	r.Expected--
	if r.Quality() != "B" {
		t.Errorf("quality %s, want B: every cell read, a check fails", r.Quality())
	}
}

func TestTemplate(t *testing.T) {
	for want, r := range map[string]*extract.Report{
		"mixed": {Templates: []string{"2019", "2021"}}, "2019": {Templates: []string{"", "2019"}}, "": {Templates: []string{""}},
		"2008": {Text: "一、概述\n根据要求\n四、政府信息公开的收费及减免情况\n无\n"},
	} {
		if got := templateOf(r); got != want {
			t.Errorf("template %q, want %q", got, want)
		}
	}
}
