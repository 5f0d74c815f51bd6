package normalize

import (
	"math"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// headline is the cell that stands for an indicator in panel and series: the 总计 column where there are applicants.
type headline struct {
	value float64 // NaN where the cell holds no number
	unit  string
}

// headlines are the headline cells of a report, by indicator.
type headlines map[string]headline

func (h headlines) put(indicator string, applicant *string, value *float64, unit string) {
	if applicant != nil && *applicant != codebook.Total {
		return
	}
	v := math.NaN()
	if value != nil {
		v = *value
	}
	if unit == "" {
		in, _ := codebook.Lookup(indicator)
		unit = in.Unit
	}
	h[indicator] = headline{v, unit}
}

func headlinesOf(facts []extract.Fact) headlines {
	h := make(headlines, len(facts))
	for i := range facts {
		f := &facts[i]
		h.put(f.Indicator, f.Applicant, f.Value, f.Unit)
	}
	return h
}

// sum adds the cells of indicators in the unit of the first; NaN where one of them holds no number, or one in a unit
// that is not of the same kind. present is false where the report lacks one of the cells.
func (h headlines) sum(indicators []string) (total headline, present bool) {
	for i, id := range indicators {
		c, ok := h[id]
		if !ok {
			return headline{}, false
		}
		if i == 0 {
			total.unit = c.unit
		}
		v, same := codebook.Convert(c.value, c.unit, total.unit)
		if !same {
			v = math.NaN()
		}
		total.value += v
	}
	return total, len(indicators) > 0
}

// number is the value, nil where there is none.
func (h headline) number() *float64 {
	if math.IsNaN(h.value) {
		return nil
	}
	v := h.value
	return &v
}

// flagged are the indicators whose headline cell is doubted, for a problem is about it, or fails a check that speaks
// against the number.
func flagged(r *Reading) map[string]bool {
	out := map[string]bool{}
	for i := range r.Facts {
		f := &r.Facts[i]
		if (f.Applicant == nil || *f.Applicant == codebook.Total) && codebook.SpeaksAgainst(f.FailedChecks) {
			out[f.Indicator] = true
		}
	}
	for _, p := range r.Problems {
		if p.Indicator != "" && (p.Applicant == nil || *p.Applicant == codebook.Total) {
			out[p.Indicator] = true
		}
	}
	return out
}

// anyOf reports whether one of the indicators is in the set.
func anyOf(set map[string]bool, indicators []string) bool {
	return slices.ContainsFunc(indicators, func(id string) bool { return set[id] })
}
