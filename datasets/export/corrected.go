package export

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// corrected are the corrected values of headline cells in the units of the panel's columns, by report and indicator;
// nil where no number is right.
type corrected map[string]map[string]*float64

func readCorrected(ctx context.Context, d *store.Dataset) (corrected, error) {
	all := corrected{}
	if !d.Holds(schema.Corrections) {
		return all, nil
	}
	for c, err := range store.Rows[schema.Correction](ctx, d, schema.Corrections, store.Query{}) {
		if err != nil {
			return nil, fmt.Errorf("reading the corrections: %w", err)
		}
		if !c.Applied || c.Applicant != nil && *c.Applicant != codebook.Total {
			continue
		}
		v := c.CorrectedValue
		if v != nil {
			if v, err = inColumn(ctx, d, c); err != nil {
				return nil, err
			}
		}
		if all[c.ReportID] == nil {
			all[c.ReportID] = map[string]*float64{}
		}
		all[c.ReportID][c.Indicator] = v
	}
	return all, nil
}

// inColumn is the corrected value in the unit of the panel's column: a correction is in that of the fact, which the
// page may print in another.
func inColumn(ctx context.Context, d *store.Dataset, c schema.Correction) (*float64, error) {
	in, _ := codebook.Lookup(c.Indicator)
	if in.Unit != codebook.CNY && in.Unit != codebook.CNY10k {
		return c.CorrectedValue, nil
	}
	q := store.Query{Issuers: []string{c.IssuerID}}
	if c.Year != nil {
		q.Years = []int32{*c.Year}
	}
	for f, err := range store.Rows[schema.Fact](ctx, d, schema.Facts, q) {
		if err != nil {
			return nil, fmt.Errorf("reading the cell of a correction: %w", err)
		}
		if f.ReportID == c.ReportID && f.Indicator == c.Indicator {
			if v, ok := codebook.Convert(*c.CorrectedValue, f.Unit, in.Unit); ok {
				return &v, nil
			}
		}
	}
	return nil, nil
}

// panel puts the corrected values of a report into its row, and makes its rates anew.
func (all corrected) panel(p *schema.Panel) {
	wanted := all[p.ReportID]
	if len(wanted) == 0 {
		return
	}
	for id, v := range wanted {
		if v == nil {
			delete(p.Values, id)
		} else {
			p.Values[id] = *v
		}
	}
	p.SmallSample = false
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
	}
	p.Flagged = slices.DeleteFunc(p.Flagged, func(column string) bool { return slices.Contains(p.Corrected, column) })
}

// series puts the corrected value of a row into its value.
func (all corrected) series(s *schema.Series) {
	for _, id := range strings.Split(s.Indicator, "+") {
		if _, is := all[s.ReportID][id]; is {
			s.Value, s.Flagged = s.CorrectedValue, false
			return
		}
	}
}
