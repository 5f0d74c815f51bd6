package report

import (
	"math"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// resolve decides cells whose number a narrow column or a page break cut into two runs of digits (19 over 1). Read together they are a
// candidate; it is taken only when every identity of the form that the cell takes part in holds with it, and at least one does.
// Otherwise the cell stays unreadable. A cell that reads as one number is never changed.
func (r *results) resolve() {
	candidates := map[int]number.Value{}
	for i := range r.facts {
		if v, ok := r.facts[i].joined(); ok {
			candidates[i] = v
		}
	}
	if len(candidates) == 0 {
		return
	}
	table := rule.Table{}
	for i, f := range r.facts {
		k := rule.Key{Indicator: f.indicator, Applicant: f.applicant}
		v, open := candidates[i]
		switch {
		case open:
			table[k] = v.Value
		case f.cell.value.State == number.Reported && f.doubt == "":
			table[k] = f.cell.value.Value
		default:
			table[k] = math.NaN()
		}
	}
	holds, fails := map[rule.Key]int{}, map[rule.Key]int{}
	for _, c := range rule.Report(table) {
		if !strings.HasPrefix(c.Rule, "requests.") && c.Rule != "litigation.sum" && c.Rule != "stat2014.sum" || strings.Contains(c.Expression, "<=") {
			continue
		}
		for _, k := range c.Cells {
			switch c.Outcome {
			case rule.Pass:
				holds[k]++
			case rule.Fail:
				fails[k]++
			}
		}
	}
	for i, v := range candidates {
		f := &r.facts[i]
		k := rule.Key{Indicator: f.indicator, Applicant: f.applicant}
		if holds[k] == 0 || fails[k] > 0 {
			continue
		}
		f.cell.value, f.doubt = v, ""
		r.problem(extract.AmbiguousReading, f.cell, "%s: the digits stand apart (%q); read together as %v, because the sums of the form hold", f.factKey, f.cell.text()+f.rest, v.Value)
	}
}

// joined reads the runs of digits of a cut number as one.
func (f *found) joined() (number.Value, bool) {
	if f.doubt != "" && f.rest == "" {
		return number.Value{}, false
	}
	parts := strings.Fields(f.cell.text())
	if f.rest != "" {
		parts = append(parts, f.rest)
	}
	if len(parts) != 2 || strings.Trim(strings.Join(parts, ""), "0123456789") != "" {
		return number.Value{}, false
	}
	v := number.Parse(parts[0] + parts[1])
	return v, v.State == number.Reported
}
