package query

import (
	"context"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Succession is what a body became, or what became it.
type Succession struct {
	ID        string  `json:"issuer_id"` // of the other body; empty where it was divided among several
	Name      string  `json:"name"`
	How       string  `json:"succession"` // renamed, merged, split
	Source    string  `json:"source"`
	FirstYear *int32  `json:"first_year"` // of the reports of the other body, or of those that bear its name; null where there is none
	LastYear  *int32  `json:"last_year"`
	Issuer    *Issuer `json:"-"` // nil where the other body has no report here
}

// readSuccession reads the rows of issuers that name a successor or say that a body was split.
func (r *Release) readSuccession(ctx context.Context) error {
	if !r.Data.Holds(schema.IssuersTable) {
		return nil
	}
	names := map[string]schema.Issuer{}
	var all []schema.Issuer
	for row, err := range store.Rows[schema.Issuer](ctx, r.Data, schema.IssuersTable, store.Query{}) {
		if err != nil {
			return err
		}
		if row.Succession != nil {
			all = append(all, row)
		}
		if row.Succession != nil || r.byID[row.IssuerID] == nil {
			names[row.IssuerID] = row
		}
	}
	r.became, r.was = map[string]Succession{}, map[string][]Succession{}
	for _, row := range all {
		s := Succession{How: *row.Succession, Source: row.Source}
		if row.SuccessorID != nil {
			s.ID = *row.SuccessorID
			s.Issuer, s.Name = r.byID[s.ID], names[s.ID].Name
			if s.Issuer != nil {
				s.Name = s.Issuer.Name
			}
			r.was[s.ID] = append(r.was[s.ID], Succession{ID: row.IssuerID, Name: row.Name, How: s.How, Source: row.Source, FirstYear: row.FirstYear, LastYear: row.LastYear, Issuer: r.byID[row.IssuerID]})
		}
		r.became[row.IssuerID] = s
	}
	return nil
}

// Became is what a body became; false where it still is, or where that is not known.
func (r *Release) Became(is *Issuer) (Succession, bool) {
	s, ok := r.became[is.ID]
	return s, ok
}

// Was lists the bodies that became this one, by ID.
func (r *Release) Was(is *Issuer) []Succession { return r.was[is.ID] }
