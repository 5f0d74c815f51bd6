package normalize

import (
	"math"
	"slices"
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/normalize/issuer"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// additive are the cells whose numbers of a whole are the sum of its parts' numbers: each request, review, lawsuit and
// decision is one body's. Documents and fees are not among them, as a joint one stands in the reports of each of its
// makers.
var additive = [...]rule.Key{
	{Indicator: "requests.received", Applicant: codebook.Total}, {Indicator: "requests.carried_in", Applicant: codebook.Total},
	{Indicator: "requests.resolved", Applicant: codebook.Total}, {Indicator: "requests.carried_out", Applicant: codebook.Total},
	{Indicator: "review.total"}, {Indicator: "suit_direct.total"}, {Indicator: "suit_after_review.total"},
	{Indicator: "licensing.decisions"}, {Indicator: "penalties.decisions"}, {Indicator: "coercion.decisions"},
}

// contribution is what Aggregates needs of one report, as published.
type contribution struct {
	report   int // index in Rows.Reports
	year     int32
	division string // 12 digits
	whole    bool   // the government of the division, not one of its departments
	says     string // 全县, 全区, …: the report says that it is of the whole; empty where it does not
	values   [len(additive)]float64
}

var saysWhole = lazyregexp.New(`全(?:县|区|市|州|盟|旗|省)`)

// contributionOf returns what takes part in sums over parts: governments of divisions and their departments, of a known
// year.
func contributionOf(v *version, report int, t rule.Table) (contribution, bool) {
	i := v.Issuer
	if i.State != issuer.Resolved || i.DivisionCode == nil || v.year == nil {
		return contribution{}, false
	}
	h := contribution{report: report, year: int32(*v.year), division: *i.DivisionCode, whole: i.ID == *i.DivisionCode, says: saysWhole.FindString(v.Reading.Text)}
	if !h.whole && i.Kind != issuer.Department {
		return contribution{}, false // a school or a company may be counted within a department
	}
	for n, k := range additive {
		h.values[n] = math.NaN()
		if x, ok := t[k]; ok {
			h.values[n] = x
		}
	}
	return h, true
}

// Aggregates is aggregate.sum: the report of a county, city or province beside the sum of the reports of its parts. The
// parts of a division are the governments of the divisions right below it and its own departments. It holds ten sums
// per division and year, however many reports there are.
//
// The number of a division's departments is unknown, and most reports are missing from any crawl, so the sum of the
// known parts is a lower bound of the whole. What can be told:
//   - equal: pass;
//   - the whole is less than its known parts: fail. By article 49 of the Regulations the report is of the whole government, yet some are of the
//     office alone; the note says whether the report itself names the whole (全县, 全区, …);
//   - the whole is more: not_assessable, as what is missing may be in the parts without a report.
type Aggregates struct{ sums map[partsKey]*parts }

type partsKey struct {
	division string
	year     int32
}

// parts are the sums over the known parts of one division in one year.
type parts struct {
	sum, bodies            [len(additive)]float64 // bodies: parts that print a number in this cell
	divisions, departments int
}

// Take tries the rule on the reports in rows and then counts them as parts. Rows must come in descending order of
// issuer_id: the codes of the parts of a division begin with its own digits and are greater. It adds to rows.Checks and
// marks what fails, as a check made by Issuer does.
func (a *Aggregates) Take(rows *Rows) {
	if a.sums == nil {
		a.sums = map[partsKey]*parts{}
	}
	for _, h := range rows.contributions {
		if p := a.sums[partsKey{h.division, h.year}]; h.whole && p != nil {
			rows.aggregate(h, p)
		}
	}
	for _, h := range rows.contributions {
		a.count(h)
	}
}

func (a *Aggregates) count(h contribution) {
	above := h.division
	if h.whole {
		if above = parentOf(h.division); above == "" {
			return
		}
	}
	key := partsKey{above, h.year}
	p := a.sums[key]
	if p == nil {
		p = &parts{}
		a.sums[key] = p
	}
	if h.whole {
		p.divisions++
	} else {
		p.departments++
	}
	for n, v := range h.values {
		if !math.IsNaN(v) {
			p.sum[n] += v
			p.bodies[n]++
		}
	}
}

// parentOf is the division above, past units that are none by law (市辖区 as a level).
func parentOf(code string) string {
	d, ok := gazetteer.Lookup(code)
	for ok && d.Parent != "" {
		if d, ok = gazetteer.Lookup(d.Parent); ok && !d.Pseudo {
			return d.Code
		}
	}
	return ""
}

// aggregate adds the checks of one report.
func (rows *Rows) aggregate(h contribution, p *parts) {
	report := &rows.Reports[h.report]
	failed := map[string]bool{}
	for n, k := range additive {
		if p.bodies[n] == 0 || math.IsNaN(h.values[n]) {
			continue
		}
		whole, sum := h.values[n], p.sum[n]
		delta := whole - sum
		c := schema.Check{ReportID: report.ReportID, IssuerID: report.IssuerID, Year: report.Year, Rule: "aggregate.sum",
			Class: codebook.LookupRule("aggregate.sum").Class.ID, Expression: codebook.Note("sum_of_parts", k.String()),
			LHS: &whole, RHS: &sum, Delta: &delta, Outcome: rule.NotAssessable, Cells: []string{k.String()},
			Note: codebook.Note("known_parts", strconv.Itoa(p.divisions), strconv.Itoa(p.departments))}
		switch {
		case rule.Equal(whole, sum):
			c.Outcome = rule.Pass
		case whole < sum && h.says != "":
			c.Outcome = rule.Fail
			c.Note += "; " + codebook.Note("whole_less_says", h.says)
		case whole < sum:
			c.Outcome = rule.Fail
			c.Note += "; " + codebook.Note("whole_less")
		default:
			c.Note += "; " + codebook.Note("rest_unreported")
		}
		rows.Checks = append(rows.Checks, c)
		if c.Outcome == rule.Fail {
			failed[k.String()] = true
			report.Notes++
		}
	}
	for i := range rows.Facts {
		f := &rows.Facts[i]
		if f.ReportID == report.ReportID && failed[cellKey(f.Indicator, f.Applicant).String()] {
			f.FailedChecks = append(slices.Clip(f.FailedChecks), "aggregate.sum")
		}
	}
}
