package query

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/gazetteer"
)

// Ranked is one place of a ranking.
type Ranked struct {
	Issuer *Issuer `json:"issuer"`
	Report string  `json:"report_id"`
	Value  float64 `json:"value"` // in the unit of the ranking, where it can be told in that unit
	Cell   Cell    `json:"cell"`
	Rank   int     `json:"rank"` // equal values share a rank; 0: not ranked, see LeftOut
}

// LeftOut reports whether the number gets no rank: it stands on too few cases, one of the form's own sums does not hold
// with it, or it is in a unit that cannot be told in the ranking's.
func (p *Ranked) LeftOut(unit string) bool {
	_, same := codebook.Convert(0, p.Cell.Unit, unit)
	return p.Cell.Value == nil || p.Cell.Small || p.Cell.Flagged() || !same
}

// Ranking is the places of an area by one measure of one year.
type Ranking struct {
	Area    string    `json:"area"` // division code, empty for the whole country
	Kind    string    `json:"kind"`
	Year    int32     `json:"year"`
	Measure Measure   `json:"measure"`
	Values  Values    `json:"values"` // published or corrected
	Unit    string    `json:"unit"`
	Ranked  []Ranked  `json:"-"`
	Missing int       `json:"missing"` // reports of the year without a number for it
	Summary *Quantile `json:"distribution,omitempty"`
}

// Quantile describes the numbers that are ranked.
type Quantile struct {
	N                              int
	Min, Lower, Median, Upper, Max float64
	Bins                           []Bin
}

// Bin is one bar of a histogram: From ≤ value < To, the last one To included.
type Bin struct {
	From, To float64
	Count    int
}

// MinPlaces is the number of places under which no ranking and no distribution are given: with fewer, a rank says
// nothing and a median is a place.
const MinPlaces = 5

// ErrFew says that an area has too few places for a ranking.
var ErrFew = fmt.Errorf("fewer than %d places have this number: no ranking is given", MinPlaces)

// ErrMeasure says that a measure cannot be ranked.
var ErrMeasure = errors.New("there is no such measure")

// Rank ranks the issuers of a kind within an area (a division code, shortened or not) by a measure in a year, by the
// values published or corrected. Rates on fewer than 30 cases, numbers with which one of the form's own sums does not
// hold, and those of another unit are listed behind the others, without a rank. A number that is only unusual, or that
// differs from the text or another year, is ranked.
func (r *Release) Rank(ctx context.Context, area, kind, measure string, year int32, v Values) (*Ranking, error) {
	m, ok := LookupMeasure(measure)
	if !ok {
		return nil, ErrMeasure
	}
	all, err := r.order(ctx, m, kind, year, v, prefixOf(area))
	if err != nil {
		return nil, err
	}
	k := &Ranking{Area: area, Kind: kind, Year: year, Measure: m, Values: v, Unit: all.unit}
	for _, p := range all.places {
		if p.Cell.Value == nil {
			k.Missing++
			continue
		}
		k.Ranked = append(k.Ranked, p)
	}
	var numbers []float64
	for i := range k.Ranked {
		p := &k.Ranked[i]
		p.Rank = 0
		if p.LeftOut(k.Unit) {
			continue
		}
		numbers = append(numbers, p.Value)
		p.Rank = len(numbers)
		if n := len(numbers); n > 1 && numbers[n-2] == p.Value {
			p.Rank = k.Ranked[i-1].Rank
		}
	}
	if len(numbers) < MinPlaces {
		return k, ErrFew
	}
	k.Summary = quantiles(numbers)
	return k, nil
}

// prefixOf shortens a division code to the digits that all codes below it share.
func prefixOf(area string) string {
	switch code := gazetteer.Pad(area); {
	case area == "":
		return ""
	case strings.HasSuffix(code, "0000000000"):
		return code[:2]
	case strings.HasSuffix(code, "00000000"):
		return code[:4]
	case strings.HasSuffix(code, "000000"):
		return code[:6]
	default:
		return code
	}
}

// quantiles describes numbers given in falling order.
func quantiles(falling []float64) *Quantile {
	n := len(falling)
	at := func(p float64) float64 { // linear between the two nearest, as R's type 7
		x := p * float64(n-1)
		i := int(x)
		rising := func(k int) float64 { return falling[n-1-k] }
		if i+1 >= n {
			return rising(n - 1)
		}
		return rising(i) + (x-float64(i))*(rising(i+1)-rising(i))
	}
	q := &Quantile{N: n, Min: at(0), Lower: at(.25), Median: at(.5), Upper: at(.75), Max: at(1)}
	bins := min(20, max(5, int(math.Sqrt(float64(n)))))
	width := niceWidth((q.Max - q.Min) / float64(bins))
	from := math.Floor(q.Min/width) * width
	for lo := from; lo <= q.Max && len(q.Bins) < 64; lo += width {
		b := Bin{From: lo, To: lo + width}
		for _, v := range falling {
			if v >= b.From && v < b.To {
				b.Count++
			}
		}
		q.Bins = append(q.Bins, b)
	}
	return q
}

// niceWidth rounds a width up to 1, 2 or 5 times a power of ten.
func niceWidth(w float64) float64 {
	if w <= 0 || math.IsInf(w, 0) || math.IsNaN(w) {
		return 1
	}
	p := math.Pow(10, math.Floor(math.Log10(w)))
	for _, f := range []float64{1, 2, 5, 10} {
		if f*p >= w {
			return f * p
		}
	}
	return 10 * p
}

// Years lists the years that have reports, rising.
func (r *Release) Years() []int32 { return r.Summary().Years }
