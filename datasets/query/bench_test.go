package query_test

import (
	"context"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query"
)

// BenchmarkPlace asks for random places of a large dataset, which GONGKAI_LARGE names (see ../web/README.md for how to
// make one).
func BenchmarkPlace(b *testing.B) {
	dir := os.Getenv("GONGKAI_LARGE")
	if dir == "" {
		b.Skip("GONGKAI_LARGE names no dataset")
	}
	ctx := context.Background()
	r, err := query.Open(ctx, dir)
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	if err := r.LoadValues(ctx); err != nil {
		b.Fatal(err)
	}
	if err := r.LoadMarks(ctx); err != nil {
		b.Fatal(err)
	}
	var measures []query.Measure
	for _, id := range query.Headline {
		m, _ := query.LookupMeasure(id)
		measures = append(measures, m)
	}
	random := func() *query.Issuer { return r.Issuers()[rand.IntN(len(r.Issuers()))] }
	b.Run("compare", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.Compare(ctx, []*query.Issuer{random()}, nil, measures); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("reports", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.Headers(ctx, random()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("missing", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.Missing(ctx, random()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("urls", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.URLs(ctx, []*query.Issuer{random()}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
