package compare

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/inputs"
	"github.com/gongkai-data/gongkai/datasets/query"
)

// Denominators are the numbers of inhabitants that a user brings, by division and year (0: every year that has no line
// of its own). The dataset has none.
type Denominators struct {
	of      map[string]map[int32]float64
	sources []string
}

// ReadDenominators reads a file of denominators as package inputs describes it. The first line that is wrong is an
// error that names it.
func ReadDenominators(r io.Reader) (*Denominators, error) {
	d := &Denominators{of: map[string]map[int32]float64{}}
	file, _ := inputs.Lookup(inputs.Denominators)
	err := file.Read(r, func(l inputs.Line) error {
		code := strings.TrimSpace(l.Field("division_code"))
		division, ok := gazetteer.Lookup(code)
		if !ok || code == "" || strings.Trim(code, "0123456789") != "" {
			return fmt.Errorf("division_code: the gazetteer has no %q", code)
		}
		year := 0
		if text := strings.TrimSpace(l.Field("year")); text != "" {
			var err error
			if year, err = strconv.Atoi(text); err != nil || year < 1949 || year > 2100 {
				return fmt.Errorf("year: %q is no year", text)
			}
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(l.Field("inhabitants")), 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) || n <= 0 {
			return fmt.Errorf("inhabitants: %q is no number above 0", l.Field("inhabitants"))
		}
		source := strings.TrimSpace(l.Field("source"))
		if source == "" {
			return fmt.Errorf("source: a number of inhabitants needs its source")
		}
		if d.of[division.Code] == nil {
			d.of[division.Code] = map[int32]float64{}
		}
		if _, twice := d.of[division.Code][int32(year)]; twice {
			return fmt.Errorf("division_code: a second line for %s and the year %q", code, l.Field("year"))
		}
		d.of[division.Code][int32(year)] = n
		if !slices.Contains(d.sources, source) {
			d.sources = append(d.sources, source)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the denominators: %w", err)
	}
	return d, nil
}

// Sources are where the numbers of inhabitants are from, in the order of the file.
func (d *Denominators) Sources() []string { return d.sources }

// Inhabitants of a division in a year, if the user brought them.
func (d *Denominators) Inhabitants(division string, year *int32) (float64, bool) {
	if d == nil || year == nil {
		return 0, false
	}
	n, ok := d.of[division][*year]
	if !ok {
		n, ok = d.of[division][0]
	}
	return n, ok
}

// perInhabitants is the number of inhabitants that counts are given by.
const perInhabitants = 10_000

// Per returns the counts of the table per 10,000 inhabitants, and the places that lack a denominator in a year of
// theirs. Only counts of governments are divided: a share is none, and a department has no inhabitants. Rows that hold
// no counts and columns without a denominator are left out.
func (t Table) Per(d *Denominators, governments map[string]string) (Table, []string) {
	out := t
	out.Columns, out.Rows = nil, nil
	var kept []int
	var by []float64
	var lacking []string
	for k, c := range t.Columns {
		n, ok := d.Inhabitants(governments[c.IssuerID], c.Year)
		if !ok {
			if !slices.Contains(lacking, c.Place) {
				lacking = append(lacking, c.Place)
			}
			continue
		}
		kept, by, out.Columns = append(kept, k), append(by, n), append(out.Columns, c)
	}
	if len(kept) == 0 {
		return out, lacking
	}
	for _, row := range t.Rows {
		if row.Unit != codebook.Count {
			continue
		}
		cells := make([]Cell, len(kept))
		for i, k := range kept {
			cells[i] = row.Cells[k].per(by[i])
		}
		row.Cells = cells
		out.Rows = append(out.Rows, row)
	}
	return out, lacking
}

// per divides a cell: to two places, so that few cases do not look exact.
func (c Cell) per(inhabitants float64) Cell {
	for _, v := range []**float64{&c.Value, &c.Published, &c.Corrected} {
		if *v != nil {
			x := math.Round(**v/inhabitants*perInhabitants*100) / 100
			*v = &x
		}
	}
	return c
}

// Governments are the divisions of the issuers that are governments themselves, by issuer.
func Governments(issuers []*query.Issuer) map[string]string {
	out := map[string]string{}
	for _, is := range issuers {
		if is.Division != "" && is.ID == is.Division {
			out[is.ID] = is.Division
		}
	}
	return out
}
