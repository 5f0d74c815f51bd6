package query

import (
	"context"
	"fmt"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Values says which value of a cell is used where there are two. What was published is the default and stays beside the
// other.
type Values string

// The two values of a cell.
const (
	Published Values = "published"
	Corrected Values = "corrected" // what a person found right, where there is a correction; else what was published
)

// ParseValues reads published or corrected; empty is published.
func ParseValues(s string) (Values, error) {
	switch v := Values(s); v {
	case "":
		return Published, nil
	case Published, Corrected:
		return v, nil
	}
	return "", fmt.Errorf("values are published or corrected, not %q", s)
}

// Correction is what a person found a published value to be, as in the table corrections. Values are in the unit of the
// fact.
type Correction struct {
	ReportID       string   `json:"report_id"`
	Indicator      string   `json:"indicator"`
	Applicant      *string  `json:"applicant"`
	PublishedValue *float64 `json:"published_value"`
	CorrectedValue *float64 `json:"corrected_value"` // null where the right value is not known
	Reason         string   `json:"reason"`
	Evidence       string   `json:"evidence"` // an address
	Author         string   `json:"author"`
	CorrectedOn    string   `json:"corrected_on"` // 2006-01-02
}

// headline reports whether the correction is of the cell that stands for its indicator.
func (c Correction) headline() bool { return c.Applicant == nil || *c.Applicant == codebook.Total }

func (r *Release) readCorrections(ctx context.Context) error {
	if !r.Data.Holds(schema.Corrections) {
		return nil
	}
	r.corrections = map[string][]Correction{}
	for c, err := range store.Rows[schema.Correction](ctx, r.Data, schema.Corrections, store.Query{}) {
		if err != nil {
			return err
		}
		if c.Applied {
			r.corrections[c.ReportID] = append(r.corrections[c.ReportID], Correction{ReportID: c.ReportID, Indicator: c.Indicator, Applicant: c.Applicant, PublishedValue: c.PublishedValue,
				CorrectedValue: c.CorrectedValue, Reason: c.Reason, Evidence: c.Evidence, Author: c.Author, CorrectedOn: c.CorrectedOn.String()})
		}
	}
	return nil
}

// Corrections returns the corrections in force of a report. Do not change the slice.
func (r *Release) Corrections(report string) []Correction { return r.corrections[report] }

// CorrectionOf finds the correction of a cell among those of a report, nil where there is none.
func CorrectionOf(all []Correction, indicator string, applicant *string) *Correction {
	i := slices.IndexFunc(all, func(c Correction) bool {
		return c.Indicator == indicator && (c.Applicant == nil) == (applicant == nil) && (applicant == nil || *applicant == *c.Applicant)
	})
	if i < 0 {
		return nil
	}
	return &all[i]
}
