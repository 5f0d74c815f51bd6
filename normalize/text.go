package normalize

import (
	"math"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// restated lists, for each indicator that text restates, the readings a writer may mean: each reading is a sum of
// cells. The first is the plain one.
var restated = map[string][]reading{
	"requests.received": {
		{"", []rule.Key{{Indicator: "requests.received", Applicant: codebook.Total}}},
		{codebook.Note("carry_in_counted"), []rule.Key{{Indicator: "requests.received", Applicant: codebook.Total}, {Indicator: "requests.carried_in", Applicant: codebook.Total}}}},
	"requests.handled": {
		{"", []rule.Key{{Indicator: "requests.resolved", Applicant: codebook.Total}}},
		{"those received", []rule.Key{{Indicator: "requests.received", Applicant: codebook.Total}}},
		{"those received and carried in", []rule.Key{{Indicator: "requests.received", Applicant: codebook.Total}, {Indicator: "requests.carried_in", Applicant: codebook.Total}}}},
	"requests.resolved":                 totals("requests.resolved"),
	"requests.carried_in":               totals("requests.carried_in"),
	"requests.carried_out":              totals("requests.carried_out"),
	"requests.granted":                  totals("requests.granted"),
	"requests.granted_in_part":          totals("requests.granted_in_part"),
	"review.total":                      {{"", []rule.Key{{Indicator: "review.total"}}}},
	"review.upheld":                     {{"", []rule.Key{{Indicator: "review.upheld"}}}},
	"review.corrected":                  {{"", []rule.Key{{Indicator: "review.corrected"}}}},
	"suit.total":                        {{"", []rule.Key{{Indicator: "suit_direct.total"}, {Indicator: "suit_after_review.total"}}}},
	"suit_direct.total":                 {{"", []rule.Key{{Indicator: "suit_direct.total"}}}},
	"suit_after_review.total":           {{"", []rule.Key{{Indicator: "suit_after_review.total"}}}},
	"regulations.issued":                {{"", []rule.Key{{Indicator: "regulations.issued"}}}},
	"normative_documents.issued":        {{"", []rule.Key{{Indicator: "normative_documents.issued"}}}},
	"normative_documents.made":          {{"", []rule.Key{{Indicator: "normative_documents.made"}}}},
	"normative_documents.repealed":      {{"", []rule.Key{{Indicator: "normative_documents.repealed"}}}},
	"normative_documents.in_force":      {{"", []rule.Key{{Indicator: "normative_documents.in_force"}}}},
	"licensing.decisions":               {{"", []rule.Key{{Indicator: "licensing.decisions"}}}},
	"penalties.decisions":               {{"", []rule.Key{{Indicator: "penalties.decisions"}}}},
	"coercion.decisions":                {{"", []rule.Key{{Indicator: "coercion.decisions"}}}},
	"stat2014.req_received":             {{"", []rule.Key{{Indicator: "stat2014.req_received"}}}},
	"stat2014.proactive_total":          {{"", []rule.Key{{Indicator: "stat2014.proactive_total"}}}},
	"requests.denied.state_secret":      totals("requests.denied.state_secret"),
	"requests.unavailable.not_held":     totals("requests.unavailable.not_held"),
	"requests.not_processed.complaint":  totals("requests.not_processed.complaint"),
	"requests.not_processed.repeated":   totals("requests.not_processed.repeated"),
	"requests.not_processed.excessive":  totals("requests.not_processed.excessive"),
	"requests.denied.internal_affairs":  totals("requests.denied.internal_affairs"),
	"requests.denied.enforcement_files": totals("requests.denied.enforcement_files"),
}

type reading struct {
	note string
	keys []rule.Key
}

func totals(indicator string) []reading {
	return []reading{{"", []rule.Key{{Indicator: indicator, Applicant: codebook.Total}}}}
}

// narrower matches sentences that speak of one office or one part of the body, while the table may cover the whole of
// it.
var narrower = lazyregexp.New(`办公室|政府办|区府办|县府办|市府办|本级|本办|代表.{0,6}政府|各(?:部门|单位|镇|街道|乡)|牵头`)

// textChecks is text_vs_table: a number stated in the text for a table indicator equals the cell.
func textChecks(mentions []extract.Mention, table rule.Table) []Check {
	var checks []Check
	for i := range mentions {
		m := &mentions[i]
		if m.Indicator == "" || m.PartOf != nil {
			continue // a part of a stated total is narrower than the cell by its own words
		}
		if c, ok := textCheck(m, table); ok {
			checks = append(checks, c)
		}
	}
	return oneOfSeveral(checks)
}

// oneOfSeveral spares numbers that restate one cell beside others: where one of them equals the cell, or they add up to
// it, a number that differs tells of a part of the year or of one office rather than that the cell is wrong.
func oneOfSeveral(checks []Check) []Check {
	passed, sum := map[string]bool{}, map[string]float64{}
	cell := func(c *Check) string { return strings.Join(c.Cells[1:], "+") }
	for i := range checks {
		c := &checks[i]
		passed[cell(c)] = passed[cell(c)] || c.Outcome == rule.Pass
		sum[cell(c)] += *c.LHS
	}
	for i := range checks {
		if c := &checks[i]; c.Outcome == rule.Fail && (passed[cell(c)] || rule.Equal(sum[cell(c)], *c.RHS)) {
			c.Outcome, c.Note = rule.NotAssessable, codebook.Note("several_numbers")
		}
	}
	return checks
}

func textCheck(m *extract.Mention, table rule.Table) (Check, bool) {
	c := Check{Rule: "text_vs_table", Outcome: rule.Fail}
	stated := m.Count
	c.LHS = &stated
	for n, r := range restated[m.Indicator] {
		sum, ok := sumOf(table, r.keys)
		if !ok {
			continue
		}
		words := make([]string, len(r.keys))
		for i, k := range r.keys {
			words[i] = k.String()
		}
		passes := rule.Equal(stated, sum) || m.Approximate && sum >= stated && sum <= 1.1*stated
		if n > 0 && !passes {
			continue
		}
		delta := stated - sum
		c.RHS, c.Delta, c.Note = &sum, &delta, r.note
		c.Expression = "text: " + m.Label + " = " + strings.Join(words, " + ")
		c.Cells = append([]string{cellOf(m)}, words...)
		if passes {
			c.Outcome = rule.Pass
			break
		}
	}
	if c.RHS == nil {
		return c, false
	}
	if c.Outcome == rule.Fail {
		switch {
		case m.Cumulative:
			c.Outcome, c.Note = rule.NotAssessable, codebook.Note("text_over_years")
		case m.Approximate:
			c.Outcome, c.Note = rule.NotAssessable, codebook.Note("text_approximate")
		case narrower.MatchString(m.Sentence):
			c.Outcome, c.Note = rule.NotAssessable, codebook.Note("scope")
		}
	}
	return c, true
}

func sumOf(table rule.Table, keys []rule.Key) (float64, bool) {
	sum := 0.0
	for _, k := range keys {
		v, ok := table[k]
		if !ok || math.IsNaN(v) {
			return 0, false
		}
		sum += v
	}
	return sum, true
}
