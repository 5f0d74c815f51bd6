package normalize

import (
	"math"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// seriesRows follows the crosswalk of the code book: for each series the first part whose template the report uses and whose cells it has.
// The value is null where one of the cells holds no number.
func seriesRows(v *version, t rule.Table) []schema.Series {
	var rows []schema.Series
	done := map[string]bool{}
	for _, part := range codebook.Crosswalk() {
		if done[part.Series] || !uses(v.Reading, part.Template) {
			continue
		}
		sum, present := headline(t, part.Indicators)
		if !present {
			continue
		}
		done[part.Series] = true
		row := schema.Series{IssuerID: v.Issuer.ID, Series: part.Series, Year: int32(*v.year), Comparability: part.Comparability,
			Indicator: strings.Join(part.Indicators, "+"), ReportID: v.id}
		if !math.IsNaN(sum) {
			row.Value = &sum
		}
		rows = append(rows, row)
	}
	return rows
}

// hasApplicants tells whether an indicator is a row of the requests table.
func hasApplicants(id string) bool {
	in, ok := codebook.Lookup(id)
	return ok && in.Applicants
}

// uses tells whether a report has a table of the template; a report of mixed templates has several, and where no header told, the cells decide.
func uses(r *Reading, template string) bool {
	return r.Template == "" || slices.Contains(r.Templates, template)
}

// headline adds the headline cells of the indicators (the 总计 column where there are applicants); NaN where one holds no number.
func headline(t rule.Table, indicators []string) (sum float64, present bool) {
	for _, id := range indicators {
		v, ok := t[rule.Key{Indicator: id}]
		if !ok {
			if v, ok = t[rule.Key{Indicator: id, Applicant: codebook.Total}]; !ok {
				return 0, false
			}
		}
		sum += v
	}
	return sum, len(indicators) > 0
}
