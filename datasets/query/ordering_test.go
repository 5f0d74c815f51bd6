package query_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/query/querytest"
)

// severalCounties are towns of two counties; those of the second state amounts in another unit.
func severalCounties() []querytest.Place {
	towns := append(querytest.Towns(), querytest.Towns()...)
	for i := range towns {
		if i >= len(towns)/2 {
			towns[i].ID = fmt.Sprintf("37068510%d000", i)
			towns[i].Division, towns[i].Name = towns[i].ID, fmt.Sprintf("招远市%d镇", i)
		}
		for k := range towns[i].Years {
			y := &towns[i].Years[k]
			if y.Values == nil {
				continue
			}
			y.Values["procurement.amount"], y.Units = float64(100+i*7%5), map[string]string{"procurement.amount": "CNY_10k"}
			if i >= len(towns)/2 && i%4 != 0 {
				y.Units = map[string]string{"procurement.amount": "CNY"}
			}
		}
	}
	return towns
}

// The ranking of an area, which looks at its own issuers, is that of the whole release without the others, whether the
// numbers are in memory or not, and the other ranking was asked for before or not.
func TestRankingOfAnArea(t *testing.T) {
	ctx := context.Background()
	for _, loaded := range []bool{false, true} {
		r, compared := open(t, severalCounties()...), 0
		if loaded {
			if err := errors.Join(r.LoadValues(ctx), r.LoadMarks(ctx)); err != nil {
				t.Fatal(err)
			}
		}
		for _, m := range query.Measures() {
			for _, year := range []int32{2018, 2020, 2022} {
				before := placesOf(t, r, "370685", m.ID, year)
				whole := placesOf(t, r, "", m.ID, year)
				want := slices.DeleteFunc(slices.Clone(whole), func(place string) bool { return strings.HasPrefix(place, "370686") })
				if after := placesOf(t, r, "370685", m.ID, year); !slices.Equal(before, want) || !slices.Equal(after, want) {
					t.Errorf("%s of %d, loaded %v: %v and then %v, want %v", m.ID, year, loaded, before, after, want)
				}
				compared += len(want)
			}
		}
		if compared < 100 {
			t.Errorf("%d places were compared", compared)
		}
	}
}

// placesOf are the places of a ranking with their values, and its unit.
func placesOf(t *testing.T, r *query.Release, area, measure string, year int32) (out []string) {
	t.Helper()
	k, err := r.Rank(context.Background(), area, "township", measure, year, query.Published)
	if err != nil && !errors.Is(err, query.ErrFew) {
		t.Fatal(err)
	}
	for _, p := range k.Ranked {
		out = append(out, fmt.Sprint(p.Issuer.ID, " ", p.Value, " ", p.Cell.Unit))
	}
	return append(out, k.Unit)
}

// The counts of divisions are those of going through the issuers.
func TestCountsOfAreas(t *testing.T) {
	r := open(t, severalCounties()...)
	s, seen := r.Summary(), 0
	for _, d := range s.Held {
		below := r.Below(d.Code)
		want := make([]int, len(s.Years))
		for _, is := range below {
			if !strings.HasPrefix(is.Division, d.Code[:query.Digits[d.Level]]) {
				t.Errorf("%s is not in %s", is.ID, d.Code)
			}
			for k, y := range s.Years {
				if is.ReportOf(y) != nil {
					want[k]++
				}
			}
		}
		if n, reports := r.ReportsByYear(d); n != len(below) || !slices.Equal(reports, want) {
			t.Errorf("%s: %d issuers with %v, want %d with %v", d.Code, n, reports, len(below), want)
		}
		if !slices.IsSortedFunc(below, func(a, b *query.Issuer) int { return strings.Compare(a.ID, b.ID) }) {
			t.Errorf("the issuers of %s are not in the order of their IDs", d.Code)
		}
		seen += len(below)
	}
	if seen == 0 || len(s.Provinces) == 0 {
		t.Errorf("%d issuers in %d provinces", seen, len(s.Provinces))
	}
}
