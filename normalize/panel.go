package normalize

import (
	"math"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// smallSample is the number of cases under which a rate says little.
const smallSample = 30

// panelRow is the wide row of a report: headline values and derived rates.
func panelRow(r schema.Report, t rule.Table) schema.Panel {
	p := schema.Panel{ReportID: r.ReportID, IssuerID: r.IssuerID, IssuerName: r.IssuerName, IssuerState: r.IssuerState, IssuerKind: r.IssuerKind,
		DivisionCode: r.DivisionCode, Province: r.Province, Prefecture: r.Prefecture, County: r.County, Township: r.Township, Year: r.Year,
		Values: map[string]float64{}}
	for k, v := range t {
		if (k.Applicant == "" || k.Applicant == codebook.Total) && !math.IsNaN(v) {
			p.Values[k.Indicator] = v
		}
	}
	rate := func(numerator, denominator *float64) (share, n, d *float64) {
		if numerator == nil || denominator == nil || *denominator <= 0 || *numerator > *denominator {
			return nil, numerator, denominator
		}
		p.SmallSample = p.SmallSample || *denominator < smallSample
		q := *numerator / *denominator
		return &q, numerator, denominator
	}
	granted := total(p.Values, "requests.granted", "requests.granted_in_part")
	resolved := total(p.Values, "requests.resolved")
	p.GrantRate, p.GrantRateNumerator, p.GrantRateDenominator = rate(granted, resolved)
	p.DenialRate, p.DenialRateNumerator, p.DenialRateDenominator = rate(total(p.Values, denials...), resolved)
	decided := total(p.Values, "review.upheld", "review.corrected", "review.other")
	p.ReviewCorrectionRate, p.ReviewCorrectionRateNumerator, p.ReviewCorrectionRateDenominator = rate(total(p.Values, "review.corrected"), decided)
	lost := total(p.Values, "suit_direct.corrected", "suit_after_review.corrected")
	closed := total(p.Values, "suit_direct.upheld", "suit_direct.corrected", "suit_direct.other", "suit_after_review.upheld", "suit_after_review.corrected", "suit_after_review.other")
	p.SuitLossRate, p.SuitLossRateNumerator, p.SuitLossRateDenominator = rate(lost, closed)
	return p
}

// denials are the rows of （三）不予公开.
var denials = func() []string {
	var ids []string
	for _, in := range codebook.All() {
		if strings.HasPrefix(in.ID, "requests.denied.") {
			ids = append(ids, in.ID)
		}
	}
	return ids
}()

// total adds indicators up; nil unless every one of them holds a number, for blank is not zero.
func total(values map[string]float64, indicators ...string) *float64 {
	sum := 0.0
	for _, i := range indicators {
		v, ok := values[i]
		if !ok {
			return nil
		}
		sum += v
	}
	return &sum
}
