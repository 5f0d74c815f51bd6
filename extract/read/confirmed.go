package read

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// total names the column of a table with columns of applicants that the text speaks of.
const total = "total"

// confirmByText gives the numbers that were recognised in a picture with little confidence and that the text, which was
// read apart from the table, names too. Section two has no sums that could confirm them.
func confirmByText(r *extract.Report) {
	for i := range r.Facts {
		f := &r.Facts[i]
		if !f.Unconfirmed || f.Applicant != nil && *f.Applicant != total {
			continue
		}
		v := number.Parse(f.Raw)
		if v.State != number.Reported || v.Code != "" || !said(r.Mentions, f.Indicator, v.Value) {
			continue
		}
		f.State, f.Value, f.Unconfirmed = extract.Reported, &v.Value, false
		r.Problems = slices.DeleteFunc(r.Problems, func(p extract.Problem) bool {
			return p.Kind == extract.UnreadNumber && p.Locator == f.Locator && p.Indicator == f.Indicator // one place may be that of a whole picture
		})
	}
}

// said reports whether the text names a count for an indicator, and no other one.
func said(mentions []extract.Mention, indicator string, count float64) bool {
	found := false
	for _, m := range mentions {
		if m.Indicator != indicator {
			continue
		}
		if m.Count != count || m.Approximate || m.Cumulative || m.SharePct != nil {
			return false
		}
		found = true
	}
	return found
}
