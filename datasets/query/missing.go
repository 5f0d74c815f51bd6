package query

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// EachMissing yields the expected reports of an area ("" the whole release) that the release lacks, in the order of
// coverage.parquet: by body and year. year 0 takes all years.
func (r *Release) EachMissing(ctx context.Context, area string, year int32) iter.Seq2[schema.Coverage, error] {
	prefix := prefixOf(area)
	var q store.Query
	if year != 0 {
		q.Years = []int32{year}
	}
	return func(yield func(schema.Coverage, error) bool) {
		for c, err := range store.Rows[schema.Coverage](ctx, r.Data, schema.CoverageTable, q) {
			if err != nil {
				yield(c, fmt.Errorf("reading the coverage: %w", err))
				return
			}
			if c.Status == schema.CoverageFound || prefix != "" && (c.DivisionCode == nil || !strings.HasPrefix(*c.DivisionCode, prefix)) {
				continue
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}
