package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Reuse returns what the sections of a report share with other reports; none where the dataset is older than the table.
func (r *Release) Reuse(ctx context.Context, is *Issuer, f *Ref) ([]schema.Reuse, error) {
	if !r.Data.Holds(schema.ReuseTable) {
		return nil, nil
	}
	return rowsOf(ctx, r, schema.ReuseTable, is, f, func(x *schema.Reuse) string { return x.ReportID })
}

// NewText returns, by report, the share of its text that is not in the issuer's earlier reports: panel.text_new_share,
// where it is not null.
func (r *Release) NewText(ctx context.Context, is *Issuer) (map[string]float64, error) {
	if r.Data.Panel().Column(newShare) == nil {
		return nil, nil
	}
	if err := r.reading.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer r.reading.Release(1)
	out := map[string]float64{}
	for row, err := range store.Rows[schema.Panel](ctx, r.Data, r.Data.Panel(), store.Query{Issuers: []string{is.ID}, Columns: []string{"report_id", newShare}}) {
		if err != nil {
			return nil, fmt.Errorf("reading the new text of %s: %w", is.ID, err)
		}
		if row.TextNewShare != nil {
			out[row.ReportID] = *row.TextNewShare
		}
	}
	return out, nil
}

const newShare = "text_new_share"

// Before returns the report of the last year before that of a report of the same issuer; nil where there is none.
func (i *Issuer) Before(f *Ref) *Ref {
	var last *Ref
	for k := range i.Reports {
		if r := &i.Reports[k]; r.Year != 0 && f.Year != 0 && r.Year < f.Year && (last == nil || r.Year > last.Year) {
			last = r
		}
	}
	return last
}

// NewTextPlace is a place of the ranking by new text.
type NewTextPlace struct {
	Issuer *Issuer
	Ref    *Ref
	Share  float64
	Rank   int // equal shares share a rank; 0 where there are fewer than MinPlaces
}

// RankNewText ranks the issuers of a kind within an area (a division code, shortened or not) by the share of a year's
// text that is new, the largest first. Boilerplate is in neither part of the share, so that a report is not ranked by
// how much of the form it copies. With fewer than MinPlaces places the error is ErrFew, and nobody has a rank.
func (r *Release) RankNewText(ctx context.Context, area, kind string, year int32) ([]NewTextPlace, error) {
	if r.Data.Panel().Column(newShare) == nil {
		return nil, ErrFew
	}
	if err := r.reading.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer r.reading.Release(1)
	shares := map[string]float64{}
	for row, err := range store.Rows[schema.Panel](ctx, r.Data, r.Data.Panel(), store.Query{Years: []int32{year}, Columns: []string{"report_id", "year", newShare}}) {
		if err != nil {
			return nil, fmt.Errorf("ranking by new text: %w", err)
		}
		if row.TextNewShare != nil && row.Year != nil && *row.Year == year {
			shares[row.ReportID] = *row.TextNewShare
		}
	}
	var out []NewTextPlace
	prefix := prefixOf(area)
	for _, is := range r.issuers {
		ref := is.ReportOf(year)
		if ref == nil || kind != "" && is.Kind != kind || prefix != "" && !strings.HasPrefix(is.Division, prefix) {
			continue
		}
		if share, known := shares[ref.ID]; known {
			out = append(out, NewTextPlace{Issuer: is, Ref: ref, Share: share})
		}
	}
	slices.SortStableFunc(out, func(a, b NewTextPlace) int { return cmp.Compare(b.Share, a.Share) })
	if len(out) < MinPlaces {
		return out, ErrFew
	}
	for i := range out {
		if out[i].Rank = i + 1; i > 0 && out[i].Share == out[i-1].Share {
			out[i].Rank = out[i-1].Rank
		}
	}
	return out, nil
}
