package report

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract"
)

// otherRows doubts a row 其他处理 that stands beside one or two of the three rows under it: its numbers may be sums, or those of the row that
// is missing, which then lost its own label.
func (r *results) otherRows() {
	below := map[string]bool{}
	for _, f := range r.facts {
		if strings.HasPrefix(f.indicator, "requests.other.") {
			below[f.indicator] = true
		}
	}
	if len(below) == 0 || len(below) == 3 {
		return
	}
	const why = "a row under 其他处理 is missing, and these may be its numbers"
	told := false
	for i := range r.facts {
		f := &r.facts[i]
		if f.indicator != "requests.other" || f.doubt != "" {
			continue
		}
		f.doubt = why
		if !told {
			told = true
			r.problemAt(extract.AmbiguousReading, factKey{f.indicator, ""}, f.cell, "%s", why) // of the whole row
		}
	}
}
