package query

import (
	"slices"
	"strings"
)

// Summary counts what the release holds.
type Summary struct {
	Issuers  int            `json:"issuers"`
	Reports  int            `json:"reports"`
	Years    []int32        `json:"years"`
	ByYear   map[int32]int  `json:"reports_by_year"`
	Quality  map[string]int `json:"reports_by_quality"`
	Kinds    []string       `json:"kinds"`
	Doubtful int            `json:"reports_with_failed_checks"`
	Areas    map[string]int `json:"-"` // issuers by division prefix of 2, 4 or 6 digits
}

// Summary counts the release, once.
func (r *Release) Summary() *Summary {
	r.count.Do(func() {
		s := Summary{Issuers: len(r.issuers), ByYear: map[int32]int{}, Quality: map[string]int{}, Areas: map[string]int{}}
		kinds := map[string]bool{}
		for _, is := range r.issuers {
			kinds[is.Kind] = true
			if is.Division != "" {
				for _, n := range []int{2, 4, 6} {
					s.Areas[is.Division[:min(n, len(is.Division))]]++
				}
			}
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
		order := []string{"township", "county", "prefecture", "province", "department", "other"}
		for _, k := range order {
			if kinds[k] {
				s.Kinds = append(s.Kinds, k)
			}
		}
		r.sums = s
	})
	return &r.sums
}

// Below returns the issuers whose division is the area or lies in it.
func (r *Release) Below(area string) []*Issuer {
	prefix := prefixOf(area)
	var out []*Issuer
	for _, is := range r.issuers {
		if is.Division != "" && strings.HasPrefix(is.Division, prefix) {
			out = append(out, is)
		}
	}
	return out
}

// Unplaced returns the issuers of no known division.
func (r *Release) Unplaced() []*Issuer {
	var out []*Issuer
	for _, is := range r.issuers {
		if is.Division == "" {
			out = append(out, is)
		}
	}
	return out
}
