package normalize

import (
	"maps"
	"math"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// panelRow is the wide row of a report: headline values as published, derived rates, and which of the columns are
// doubted. An amount of money that is published in another unit than its column's is converted; the fact holds what is
// printed.
func panelRow(r schema.Report, h headlines, doubted map[string]bool) schema.Panel {
	p := schema.Panel{ReportID: r.ReportID, IssuerID: r.IssuerID, IssuerName: r.IssuerName, IssuerState: r.IssuerState, IssuerKind: r.IssuerKind,
		DivisionCode: r.DivisionCode, Province: r.Province, Prefecture: r.Prefecture, County: r.County, Township: r.Township, Year: r.Year,
		Values: map[string]float64{}, Quality: r.Quality, Complete: r.Complete, Flagged: []string{}, Corrected: []string{}}
	for id, c := range h {
		if v, ok := inColumn(id, c); ok && !math.IsNaN(v) {
			p.Values[id] = v
		}
	}
	for _, id := range slices.Sorted(maps.Keys(doubted)) {
		p.Flagged = append(p.Flagged, schema.ColumnName(id))
	}
	for _, rate := range codebook.Rates() {
		share, numerator, denominator := rate.Of(func(id string) *float64 {
			if v, ok := p.Values[id]; ok {
				return &v
			}
			return nil
		})
		to := p.Rate(rate.ID)
		*to.Share, *to.Numerator, *to.Denominator = share, numerator, denominator
		p.SmallSample = p.SmallSample || share != nil && *denominator < codebook.SmallSample
		over, under := anyOf(doubted, rate.Numerator), anyOf(doubted, rate.Denominator)
		for column, is := range map[string]bool{rate.ID: over || under, rate.ID + "_numerator": over, rate.ID + "_denominator": under} {
			if is {
				p.Flagged = append(p.Flagged, column)
			}
		}
	}
	slices.Sort(p.Flagged)
	return p
}

// inColumn is a value in the unit of the panel's column; of a column whose unit the forms do not print it is as
// published.
func inColumn(indicator string, c headline) (float64, bool) {
	in, known := codebook.Lookup(indicator)
	if !known || in.Unit == codebook.Unstated {
		return c.value, true
	}
	return codebook.Convert(c.value, c.unit, in.Unit)
}
