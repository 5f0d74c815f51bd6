package normalize

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// Limits of series.outlier.
const (
	outlierYears    = 4    // other years that the issuer's history needs
	outlierScore    = 3.5  // of the modified z-score: Iglewicz and Hoaglin, How to Detect and Handle Outliers, ASQC 1993
	outlierSpread   = 0.35 // least spread: with it 3.5 is a factor of 3.4, so that a history without any change does not flag every change
	outlierDistance = 10   // least distance from the median, in the series' own unit: 0, 0, 1, 0, 3 is no news
)

// outliers is series.outlier: each value of a series against the issuer's own other years, at least four of them.
//
// With x = ln(1 + |v|) under v's sign, m the median of the other years' x and MAD the median of their |x − m|, a value
// is flagged when |x − m| > 3.5 · max(1.4826 · MAD, 0.35) and it is at least 10 away from the median of the other
// years. The logarithm is taken as counts are skewed, mostly nought with few large; median and MAD so that one odd year
// does not hide itself or another. It is a flag, not a verdict: a flood of requests is news. Years whose forms count
// different things (a break in the crosswalk) are not compared.
//
// A flagged value is a check that fails; a report with no flagged value among those that could be tried has one check
// that passes.
func outliers(latest []*version) {
	type line struct{ series, indicator string }
	type point struct {
		of  *version
		row schema.Series
	}
	lines := map[line][]point{}
	for _, v := range latest {
		for _, row := range v.series {
			if row.Value == nil {
				continue
			}
			key := line{series: row.Series}
			if row.Comparability == "break" {
				key.indicator = row.Indicator
			}
			lines[key] = append(lines[key], point{v, row})
		}
	}
	tried, flagged := map[*version]int{}, map[*version][]Check{}
	for _, points := range lines {
		if len(points) <= outlierYears {
			continue
		}
		for i, p := range points {
			others := make([]float64, 0, len(points)-1)
			for j, o := range points {
				if i != j {
					others = append(others, *o.row.Value)
				}
			}
			tried[p.of]++
			if c, ok := outlier(p.row, others); ok {
				flagged[p.of] = append(flagged[p.of], c)
			}
		}
	}
	for _, v := range latest {
		if tried[v] == 0 {
			continue
		}
		checks := flagged[v]
		if len(checks) == 0 {
			checks = []Check{{Rule: "series.outlier", Expression: codebook.Note("series_near"), Outcome: rule.Pass,
				Note: codebook.Note("series_tried", strconv.Itoa(tried[v])), Cells: []string{}}}
		}
		slices.SortFunc(checks, func(a, b Check) int { return strings.Compare(a.Expression, b.Expression) })
		v.Reading.add(checks...)
	}
}

// outlier tries one value against the values of the other years.
func outlier(row schema.Series, others []float64) (Check, bool) {
	logs := make([]float64, len(others))
	for i, v := range others {
		logs[i] = signedLog(v)
	}
	m := median(logs)
	deviations := make([]float64, len(logs))
	for i, x := range logs {
		deviations[i] = math.Abs(x - m)
	}
	spread := math.Max(1.4826*median(deviations), outlierSpread)
	middle := median(slices.Clone(others))
	score := math.Abs(signedLog(*row.Value)-m) / spread
	if score <= outlierScore || math.Abs(*row.Value-middle) < outlierDistance {
		return Check{}, false
	}
	value, delta := *row.Value, *row.Value-middle
	c := Check{Rule: "series.outlier", Expression: codebook.Note("near_median", row.Series), LHS: &value, RHS: &middle, Delta: &delta, Outcome: rule.Fail,
		Note: codebook.Note("spreads", strconv.FormatFloat(score, 'f', 1, 64), strconv.Itoa(len(others)))}
	c.Cells = headlineCells(row.Indicator)
	return c, true
}

func signedLog(v float64) float64 { return math.Copysign(math.Log1p(math.Abs(v)), v) }

// median sorts x and returns its middle; NaN of nothing.
func median(x []float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	slices.Sort(x)
	if n := len(x); n%2 == 0 {
		return (x[n/2-1] + x[n/2]) / 2
	}
	return x[len(x)/2]
}

// headlineCells names the cells that a series row of one or more indicators stands on.
func headlineCells(indicators string) []string {
	var cells []string
	for _, id := range strings.Split(indicators, "+") {
		k := rule.Key{Indicator: id}
		if hasApplicants(id) {
			k.Applicant = codebook.Total
		}
		cells = append(cells, k.String())
	}
	return cells
}
