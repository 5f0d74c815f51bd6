package report

import (
	"math"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/identity"
	"github.com/gongkai-data/gongkai/normalize/number"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// resolve decides cells whose number a narrow column or a page break cut into two runs of digits (19 over 1). Read together they are a
// candidate; it is taken only when every identity of the form that the cell takes part in holds with it, at least one does, and none would
// with one of the runs alone: 26 over 19 in a part and its total may be a number struck out and its correction.
// Otherwise the cell stays unreadable. A cell that reads as one number is never changed, but one that its reader doubts needs a sum that holds.
func (r *results) resolve() {
	candidates := map[int]cutNumber{}
	var doubted []int
	for i := range r.facts {
		f := &r.facts[i]
		if v, ok := f.joined(); ok {
			candidates[i] = v
		}
		if f.cell.src.Doubt != "" && f.doubt == "" {
			doubted = append(doubted, i)
		}
	}
	if len(candidates) == 0 && len(doubted) == 0 {
		return
	}
	holds, fails := r.trial(candidates, func(v cutNumber) float64 { return v.joined.Value })
	for _, i := range doubted {
		f := &r.facts[i]
		k := rule.Key{Indicator: f.indicator, Applicant: f.applicant}
		_, open := candidates[i]
		sure := f.cell.value.State == number.Reported && holds[k] > 0 && fails[k] == 0
		if !open && !sure && f.cell.value.State != number.Unreadable {
			f.doubt = f.cell.src.Doubt
			r.problemAt(extract.AmbiguousReading, f.factKey, f.cell, "%s: %s, and no sum of the form confirms the number", f.factKey, f.doubt)
		}
	}
	firstHolds, firstFails := r.trial(candidates, func(v cutNumber) float64 { return v.first })
	lastHolds, lastFails := r.trial(candidates, func(v cutNumber) float64 { return v.last })
	for i := range r.facts {
		f := &r.facts[i]
		v, open := candidates[i]
		if !open {
			continue
		}
		k := rule.Key{Indicator: f.indicator, Applicant: f.applicant}
		if holds[k] == 0 || fails[k] > 0 || firstHolds[k] > firstFails[k] || lastHolds[k] > lastFails[k] {
			continue
		}
		f.cell.value, f.doubt = v.joined, ""
		r.problemAt(extract.AmbiguousReading, f.factKey, f.cell, "%s: the digits stand apart (%q); read together as %v, because the sums of the form hold", f.factKey, f.cell.text()+f.rest, v.joined.Value)
	}
}

// cutNumber is a cell of two runs of digits: both together, and each alone.
type cutNumber struct {
	joined      number.Value
	first, last float64
}

// trial counts the identities of the form that hold and that fail when every open cell has the value given.
func (r *results) trial(candidates map[int]cutNumber, value func(cutNumber) float64) (holds, fails map[rule.Key]int) {
	table := rule.Table{}
	for i, f := range r.facts {
		k := rule.Key{Indicator: f.indicator, Applicant: f.applicant}
		v, open := candidates[i]
		switch {
		case open:
			table[k] = value(v)
		case f.cell.value.State == number.Reported && f.doubt == "":
			table[k] = f.cell.value.Value
		default:
			table[k] = math.NaN()
		}
	}
	holds, fails = map[rule.Key]int{}, map[rule.Key]int{}
	for _, c := range rule.Report(table, identity.Sums) {
		for _, k := range c.Cells {
			switch c.Outcome {
			case rule.Pass:
				holds[k]++
			case rule.Fail:
				fails[k]++
			}
		}
	}
	return holds, fails
}

// joined reads the runs of digits of a cut number as one.
func (f *found) joined() (out cutNumber, ok bool) {
	if f.doubt != "" && f.rest == "" {
		return out, false
	}
	parts := strings.Fields(f.cell.text())
	if f.rest != "" {
		parts = append(parts, f.rest)
	}
	whole := strings.Join(parts, "")
	if len(parts) < 2 || strings.Trim(whole, "0123456789０１２３４５６７８９,，") != "" {
		return out, false
	}
	out.joined = number.Parse(whole)
	out.first, out.last = number.Parse(parts[0]).Value, number.Parse(parts[len(parts)-1]).Value
	return out, out.joined.State == number.Reported
}
