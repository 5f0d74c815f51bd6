package query

import (
	"cmp"
	"iter"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
)

// Digits are those of a code that name a division of a level.
var Digits = map[gazetteer.Level]int{gazetteer.Province: 2, gazetteer.Prefecture: 4, gazetteer.County: 6}

// Divisions are those that exist and those of the sample.
func Divisions() iter.Seq[*gazetteer.Division] {
	return func(yield func(*gazetteer.Division) bool) {
		for _, list := range [][]*gazetteer.Division{gazetteer.All(), gazetteer.Invented()} {
			for _, d := range list {
				if !yield(d) {
					return
				}
			}
		}
	}
}

// countAreas counts issuers and reports by division, once: a page of an area then looks through nothing.
func (r *Release) countAreas(s *Summary) {
	s.Areas, s.byYear, s.namesakes = map[string]int{}, map[string][]int{}, map[string]int{}
	for _, is := range r.placed {
		for _, n := range Digits {
			prefix := is.Division[:min(n, len(is.Division))]
			s.Areas[prefix]++
			years := s.byYear[prefix]
			if years == nil {
				years = make([]int, len(s.Years))
				s.byYear[prefix] = years
			}
			countYears(years, s.Years, is)
		}
	}
	for d := range Divisions() {
		if n := Digits[d.Level]; n > 0 && s.Areas[d.Code[:n]] > 0 {
			if d.Level == gazetteer.Province && d.ValidTo == "" {
				s.Provinces = append(s.Provinces, d)
			}
			if !d.Pseudo {
				s.Held = append(s.Held, d)
				s.namesakes[d.Name]++
			}
		}
	}
}

// countYears adds the reports of an issuer to those of each year.
func countYears(counts []int, years []int32, is *Issuer) {
	for _, f := range is.Reports {
		if i, ok := slices.BinarySearch(years, f.Year); ok {
			counts[i]++
		}
	}
}

// Alone reports whether no other division that has issuers bears the name of one, which may have none itself.
func (s *Summary) Alone(d *gazetteer.Division) bool {
	others := s.namesakes[d.Name]
	if slices.Contains(s.Held, d) {
		others--
	}
	return others == 0
}

// ReportsByYear counts, beside Summary.Years, the reports of a division down to a county, and its issuers. Do not
// change the slice.
func (r *Release) ReportsByYear(d *gazetteer.Division) (issuers int, reports []int) {
	s, prefix := r.Summary(), prefixOf(d.Code)
	if reports = s.byYear[prefix]; reports == nil {
		reports = make([]int, len(s.Years))
	}
	return s.Areas[prefix], reports
}

// UnplacedByYear counts the issuers of no known division and their reports.
func (r *Release) UnplacedByYear() (issuers int, reports []int) {
	years := r.Summary().Years
	reports = make([]int, len(years))
	for _, is := range r.unplaced {
		countYears(reports, years, is)
	}
	return len(r.unplaced), reports
}

// Below returns the issuers whose division is the area or lies in it, by their IDs.
func (r *Release) Below(area string) []*Issuer {
	out := slices.Clone(r.within(prefixOf(area)))
	slices.SortFunc(out, func(a, b *Issuer) int { return cmp.Compare(a.at, b.at) })
	return out
}

// Unplaced returns the issuers of no known division. Do not change the slice.
func (r *Release) Unplaced() []*Issuer { return r.unplaced }
