package audit

import (
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// Confidence of the intervals.
const Confidence = 0.95

// Method says how rate and interval are made.
const Method = "Stratified estimate: the rate of each stratum weighted by its size. 95% interval of Clopper and Pearson (1934) with the effective sample size of Korn and Graubard (1998), " +
	"which is never larger than Kish's (1965) for the weights."

// Sources are the works that Method names.
var Sources = []string{
	"C. J. Clopper, E. S. Pearson (1934): The use of confidence or fiducial limits illustrated in the case of the binomial. Biometrika 26, 404-413",
	"E. L. Korn, B. I. Graubard (1998): Confidence intervals for proportions with small expected number of positive counts estimated from survey data. Survey Methodology 24, 193-201",
	"L. Kish (1965): Survey Sampling. Wiley",
}

// Rate is an estimate of how much is wrong, as a share, with its interval.
type Rate struct {
	Judged int     `json:"judged"` // right or wrong
	Wrong  int     `json:"wrong"`
	Rate   float64 `json:"rate"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
}

// StratumResult is what was found in one stratum.
type StratumResult struct {
	Stratum    string `json:"stratum"`
	Size       int    `json:"size"` // in the dataset
	Drawn      int    `json:"drawn"`
	Wrong      int    `json:"wrong"`
	CannotTell int    `json:"cannot_tell"`
}

// Judge is a person who judged.
type Judge struct {
	Who   string `json:"who"`
	Units int    `json:"units"`
	First string `json:"first"` // day
	Last  string `json:"last"`
}

// Result of an audit.
type Result struct {
	Dataset    string          `json:"dataset"` // sha256 of its manifest
	Seed       uint64          `json:"seed"`
	Drawn      int             `json:"drawn"`
	Open       int             `json:"open"` // not judged yet: then the rates are not final
	CannotTell int             `json:"cannot_tell"`
	All        Rate            `json:"all"`
	Cells      Rate            `json:"cells"`
	Counts     Rate            `json:"counts"`
	Worst      Rate            `json:"if_cannot_tell_is_wrong"`
	Confidence float64         `json:"confidence"`
	Method     string          `json:"method"`
	Sources    []string        `json:"sources"`
	Judges     []Judge         `json:"judges"`
	Strata     []StratumResult `json:"strata"`
}

// Estimate makes the result of judged units.
func Estimate(units []Unit) Result {
	r := Result{Drawn: len(units), Confidence: Confidence, Method: Method, Sources: Sources, Judges: []Judge{}}
	strata, judges := map[string]*StratumResult{}, map[string]*Judge{}
	for _, u := range units {
		s := strata[u.Stratum]
		if s == nil {
			s = &StratumResult{Stratum: u.Stratum, Size: u.Size}
			strata[u.Stratum] = s
		}
		s.Drawn++
		switch u.Verdict {
		case "":
			r.Open++
			continue
		case Wrong:
			s.Wrong++
		case CannotTell:
			s.CannotTell++
			r.CannotTell++
		}
		j := judges[u.Who]
		if j == nil {
			j = &Judge{Who: u.Who, First: u.When, Last: u.When}
			judges[u.Who] = j
		}
		j.Units++
		j.First, j.Last = min(j.First, u.When), max(j.Last, u.When)
	}
	for _, name := range slices.Sorted(maps.Keys(strata)) {
		r.Strata = append(r.Strata, *strata[name])
	}
	for _, who := range slices.Sorted(maps.Keys(judges)) {
		r.Judges = append(r.Judges, *judges[who])
	}
	only := func(kind string) func(Unit) bool { return func(u Unit) bool { return u.Kind == kind } }
	r.All = rate(units, func(Unit) bool { return true }, false)
	r.Worst = rate(units, func(Unit) bool { return true }, true)
	r.Cells, r.Counts = rate(units, only(Cell), false), rate(units, only(Count), false)
	return r
}

// tally is what was judged in one stratum.
type tally struct{ size, judged, wrong float64 }

// rate estimates over the units that are wanted. Where a whole stratum has no judgement the others stand for it.
func rate(units []Unit, wanted func(Unit) bool, strict bool) Rate {
	var out Rate
	strata := map[string]*tally{}
	for _, u := range units {
		if !wanted(u) || u.Verdict == "" || u.Verdict == CannotTell && !strict {
			continue
		}
		t := strata[u.Stratum]
		if t == nil {
			t = &tally{size: float64(u.Size)}
			strata[u.Stratum] = t
		}
		t.judged++
		out.Judged++
		if u.Verdict != Right {
			t.wrong++
			out.Wrong++
		}
	}
	if out.Judged == 0 {
		out.High = 1
		return out
	}
	var tallies []tally
	total := 0.0
	for _, name := range slices.Sorted(maps.Keys(strata)) {
		tallies = append(tallies, *strata[name])
		total += strata[name].size
	}
	for _, t := range tallies {
		out.Rate += t.size / total * t.wrong / t.judged
	}
	out.Low, out.High = interval(out.Rate, effective(tallies, total, out.Rate))
	return out
}

// effective is the effective sample size: that of a simple random sample which would be as exact.
func effective(tallies []tally, total, p float64) float64 {
	weights, variance := 0.0, 0.0
	for _, t := range tallies {
		w := t.size / total
		weights += w * w / t.judged
		ph := t.wrong / t.judged
		if t.judged > 1 {
			variance += w * w * (1 - t.judged/t.size) * ph * (1 - ph) / (t.judged - 1)
		} else {
			variance += w * w * (1 - t.judged/t.size) * p * (1 - p)
		}
	}
	kish := 1 / weights
	if variance == 0 {
		return kish
	}
	return min(kish, p*(1-p)/variance)
}

// interval is that of Clopper and Pearson for p*n successes of n, which need be no whole numbers.
func interval(p, n float64) (low, high float64) {
	alpha := 1 - Confidence
	x := p * n
	low, high = 0, 1
	if x > 1e-9 {
		low = mathext.InvRegIncBeta(x, n-x+1, alpha/2)
	}
	if n-x > 1e-9 {
		high = mathext.InvRegIncBeta(x+1, n-x, 1-alpha/2)
	}
	return math.Min(low, p), math.Max(high, p)
}
