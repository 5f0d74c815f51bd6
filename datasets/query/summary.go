package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Summary counts what the release holds.
type Summary struct {
	Issuers  int              `json:"issuers"`
	Reports  int              `json:"reports"`
	Years    []int32          `json:"years"`
	ByYear   map[int32]int    `json:"reports_by_year"`
	Quality  map[string]int   `json:"reports_by_quality"`
	Kinds    []string         `json:"kinds"`
	Doubtful int              `json:"reports_with_failed_checks"`
	Areas    map[string]int   `json:"-"` // issuers by division prefix of 2, 4 or 6 digits
	byYear   map[string][]int // reports by the same, beside Years

	Held      []*gazetteer.Division `json:"-"` // the divisions from provinces to counties that have issuers, in the order of Divisions
	Provinces []*gazetteer.Division `json:"-"` // those of them that are provinces today
	namesakes map[string]int        // by name, those of Held

	Fullest []*Issuer `json:"-"` // a few with the most reports, to begin with
}

// Summary counts the release, once.
func (r *Release) Summary() *Summary {
	r.count.Do(func() {
		s := Summary{Issuers: len(r.issuers), ByYear: map[int32]int{}, Quality: map[string]int{}}
		kinds := map[string]bool{}
		for _, is := range r.issuers {
			kinds[is.Kind] = true
			for _, f := range is.Reports {
				s.Reports++
				s.Quality[f.Quality]++
				if f.ChecksFailed > 0 {
					s.Doubtful++
				}
				if f.Year != 0 {
					s.ByYear[f.Year]++
				}
			}
		}
		for y := range s.ByYear {
			s.Years = append(s.Years, y)
		}
		slices.Sort(s.Years)
		r.countAreas(&s)
		order := []string{"township", "county", "prefecture", "province", "department", "other"}
		for _, k := range order {
			if kinds[k] {
				s.Kinds = append(s.Kinds, k)
			}
		}
		s.Fullest = slices.Clone(r.issuers)
		slices.SortStableFunc(s.Fullest, func(a, b *Issuer) int { return len(b.Reports) - len(a.Reports) })
		s.Fullest = slices.Clone(s.Fullest[:min(6, len(s.Fullest))])
		r.sums = s
	})
	return &r.sums
}

// Gap is a reason why expected reports are not there, with their number.
type Gap struct {
	Status string `json:"status"`
	N      int    `json:"reports"`
}

// Gaps counts the expected reports of an area ("" the whole release) that the release lacks by their reason, the most
// frequent first. The table is read once.
func (r *Release) Gaps(ctx context.Context, area string) ([]Gap, error) {
	r.gaps.Lock()
	defer r.gaps.Unlock()
	if r.gaps.byPrefix == nil {
		counts := map[string]map[string]int{}
		for c, err := range store.Rows[schema.Coverage](ctx, r.Data, schema.CoverageTable, store.Query{Columns: []string{"division_code", "status"}}) {
			if err != nil {
				return nil, fmt.Errorf("reading the coverage: %w", err)
			}
			if c.Status == schema.CoverageFound {
				continue
			}
			prefixes := []string{""}
			if c.DivisionCode != nil {
				for _, n := range []int{2, 4, 6, 12} {
					prefixes = append(prefixes, gazetteer.Pad(*c.DivisionCode)[:n])
				}
			}
			for _, p := range prefixes {
				if counts[p] == nil {
					counts[p] = map[string]int{}
				}
				counts[p][c.Status]++
			}
		}
		r.gaps.byPrefix = counts
	}
	var out []Gap
	for status, count := range r.gaps.byPrefix[prefixOf(area)] {
		out = append(out, Gap{status, count})
	}
	slices.SortFunc(out, func(a, b Gap) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Status, b.Status)) })
	return out, nil
}
