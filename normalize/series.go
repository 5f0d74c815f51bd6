package normalize

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// seriesRows follows the crosswalk of the code book: for each series the first part whose template the report uses and
// whose cells it has. The value is as published, and null where one of the cells holds no number.
func seriesRows(v *version, h headlines) []schema.Series {
	var rows []schema.Series
	done := map[string]bool{}
	for _, part := range codebook.Crosswalk() {
		if done[part.Series] || !uses(v.Reading, part.Template) {
			continue
		}
		sum, present := h.sum(part.Indicators)
		if !present {
			continue
		}
		done[part.Series] = true
		rows = append(rows, schema.Series{IssuerID: v.Issuer.ID, Series: part.Series, Year: int32(*v.year), Value: sum.number(), Comparability: part.Comparability,
			Indicator: strings.Join(part.Indicators, "+"), Unit: sum.unit, ReportID: v.id})
	}
	return rows
}

// indicatorsOf are the indicators that a row of series adds up.
func indicatorsOf(s schema.Series) []string { return strings.Split(s.Indicator, "+") }

// hasApplicants reports whether an indicator is a row of the requests table.
func hasApplicants(id string) bool {
	in, ok := codebook.Lookup(id)
	return ok && in.Applicants
}

// uses reports whether a report has a table of the template; a report of mixed templates has several, and where no
// header told, the cells decide.
func uses(r *Reading, template string) bool {
	return r.Template == "" || slices.Contains(r.Templates, template)
}
