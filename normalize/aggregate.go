package normalize

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

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

// Contribution is what Aggregates needs of one report, as published. It may be kept as JSON.
type Contribution struct {
	Report   int // index in Rows.Reports
	Year     int32
	Division string // 12 digits
	Whole    bool   // the government of the division, not one of its departments
	Says     string // 全县, 全区, …: the report says that it is of the whole; empty where it does not
	Values   [len(additive)]*float64
}

var saysWhole = lazyregexp.New(`全(?:县|区|市|州|盟|旗|省)`)

// contributionOf returns what takes part in sums over parts: governments of divisions and their departments, of a known
// year.
func contributionOf(v *version, report int, t rule.Table) (Contribution, bool) {
	i := v.Issuer
	if i.State != issuer.Resolved || i.DivisionCode == nil || v.year == nil {
		return Contribution{}, false
	}
	h := Contribution{Report: report, Year: int32(*v.year), Division: *i.DivisionCode, Whole: i.ID == *i.DivisionCode, Says: saysWhole.FindString(v.Reading.Text)}
	if !h.Whole && i.Kind != issuer.Department {
		return Contribution{}, false // a school or a company may be counted within a department
	}
	for n, k := range additive {
		if x, ok := t[k]; ok && !math.IsNaN(x) {
			h.Values[n] = &x
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
	for _, h := range rows.Contributions {
		if p := a.sums[partsKey{h.Division, h.Year}]; h.Whole && p != nil {
			rows.aggregate(h, p)
		}
	}
	a.Count(rows.Contributions)
}

// Count counts reports as parts without trying the rule on them. The order is that of Take.
func (a *Aggregates) Count(all []Contribution) {
	if a.sums == nil {
		a.sums = map[partsKey]*parts{}
	}
	for _, h := range all {
		a.count(h)
	}
}

// Parts tells two states of the sums apart that Take would try reports on: it is the same where they are.
func (a *Aggregates) Parts(all []Contribution) string {
	var b strings.Builder
	for _, h := range all {
		if p := a.sums[partsKey{h.Division, h.Year}]; h.Whole && p != nil {
			fmt.Fprintln(&b, h.Division, h.Year, *p)
		}
	}
	return b.String()
}

func (a *Aggregates) count(h Contribution) {
	above := h.Division
	if h.Whole {
		if above = parentOf(h.Division); above == "" {
			return
		}
	}
	key := partsKey{above, h.Year}
	p := a.sums[key]
	if p == nil {
		p = &parts{}
		a.sums[key] = p
	}
	if h.Whole {
		p.divisions++
	} else {
		p.departments++
	}
	for n, v := range h.Values {
		if v != nil {
			p.sum[n] += *v
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
func (rows *Rows) aggregate(h Contribution, p *parts) {
	report := &rows.Reports[h.Report]
	failed := map[string]bool{}
	for n, k := range additive {
		if p.bodies[n] == 0 || h.Values[n] == nil {
			continue
		}
		whole, sum := *h.Values[n], p.sum[n]
		delta := whole - sum
		c := schema.Check{ReportID: report.ReportID, IssuerID: report.IssuerID, Year: report.Year, Rule: "aggregate.sum",
			Class: codebook.LookupRule("aggregate.sum").Class.ID, Expression: codebook.Note("sum_of_parts", k.String()),
			LHS: &whole, RHS: &sum, Delta: &delta, Outcome: rule.NotAssessable, Cells: []string{k.String()},
			Note: codebook.Note("known_parts", strconv.Itoa(p.divisions), strconv.Itoa(p.departments))}
		switch {
		case rule.Equal(whole, sum):
			c.Outcome = rule.Pass
		case whole < sum && h.Says != "":
			c.Outcome = rule.Fail
			c.Note += "; " + codebook.Note("whole_less_says", h.Says)
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
