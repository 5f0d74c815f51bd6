package web

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/query"
)

// tilesCSV holds where the tile of each province stands, and what is written on it. Each is of one size: an area of
// land says nothing of reports.
//
//go:embed tiles.csv
var tilesCSV string

type tilePlace struct {
	x, y   int
	zh, en string
}

var tilePlaces = func() map[string]tilePlace {
	rows, err := csv.NewReader(strings.NewReader(tilesCSV)).ReadAll()
	if err != nil {
		panic("web: tiles.csv: " + err.Error()) // part of the program, read by every test
	}
	out := map[string]tilePlace{}
	for _, r := range rows[1:] {
		x, errX := strconv.Atoi(r[1])
		y, errY := strconv.Atoi(r[2])
		if err := errors.Join(errX, errY); err != nil {
			panic("web: tiles.csv: " + err.Error())
		}
		out[r[0]] = tilePlace{x, y, r[3], r[4]}
	}
	return out
}()

// mapTile is one tile: a division, or a body of a county.
type mapTile struct {
	Name, Short string
	Link        string
	Text        string   // what is written below the name
	Shade       int      // 0 to 5; -1 where nothing may be shaded
	value       *float64 // by which it is shaded among the others; nil where nothing is compared
	X, Y        int      // of a province, from 1
	Why         string   // why it is not shaded
}

// coverageMeasure is the measure of a map that shows which reports are held.
const coverageMeasure = "coverage"

// tileMap is a page of tiles.
type tileMap struct {
	Area, Kind, Measure, Label string
	Year                       int32
	Above                      []*gazetteer.Division
	Tiles                      []mapTile
	Provinces, Few             bool
	Kinds                      []string
	Years                      []int32
	Measures                   []query.Measure
	Query                      string
}

func (r *request) tiles() error {
	q := r.URL.Query()
	m := tileMap{Measure: cmp.Or(q.Get("m"), coverageMeasure), Kinds: r.release.Summary().Kinds, Years: r.release.Years(), Measures: query.Measures(), Query: q.Encode()}
	var err error
	if m.Area, err = r.areaOf(); err != nil {
		return err
	}
	m.Above, m.Provinces = gazetteer.Ancestors(m.Area), m.Area == ""
	ranked := map[*query.Issuer]query.Ranked{}
	if m.Measure == coverageMeasure {
		m.Label, m.Kind = r.T("coverage"), q.Get("kind")
		if m.Year, err = r.year("year"); err != nil {
			return err
		}
		if m.Year == 0 {
			m.Year = fullYear(r.release.Summary())
		}
		if m.Kind != "" && !slices.Contains(m.Kinds, m.Kind) {
			return badRequest(fmt.Errorf("%s", r.T("no_kind")))
		}
	} else {
		k, err := r.ranking()
		if m.Few = errors.Is(err, query.ErrFew); err != nil && !m.Few {
			return err
		}
		m.Label, m.Kind, m.Year = k.Measure.Label(r.lang), k.Kind, k.Year
		for _, p := range k.Ranked {
			ranked[p.Issuer] = p
		}
	}
	r.fillTiles(&m, ranked)
	r.title = m.Label
	return r.render("map", m)
}

// fillTiles makes a tile of each division below the area, or of each body of a county.
func (r *request) fillTiles(m *tileMap, ranked map[*query.Issuer]query.Ranked) {
	d, ok := gazetteer.Lookup(m.Area)
	if ok && m.Area != "" && (d.Level == gazetteer.County || d.Level == gazetteer.Township) {
		for _, is := range r.release.Below(m.Area) {
			if m.Kind == "" || is.Kind == m.Kind {
				m.Tiles = append(m.Tiles, r.bodyTile(m, is, ranked))
			}
		}
	} else if m.Provinces {
		for d := range query.Divisions() { // also those without a report: a gap is news
			if held := r.release.Summary().Areas[d.Code[:2]] > 0; d.Level == gazetteer.Province && d.ValidTo == "" && (held || !d.Invented) {
				t := r.areaTile(m, d, ranked)
				if !held {
					t.Link, t.Shade, t.value, t.Text, t.Why = "", -1, nil, "–", r.T("no_report")
				}
				m.Tiles = append(m.Tiles, t)
			}
		}
	} else {
		for _, a := range r.areasBelow(m.Area) {
			m.Tiles = append(m.Tiles, r.areaTile(m, a.Division, ranked))
		}
	}
	if m.Measure != coverageMeasure {
		m.shade()
	}
}

// shade gives the tiles that have a value a step from 1 to 5, by the order of the values; equal values have one shade.
func (m *tileMap) shade() {
	var values []float64
	for _, t := range m.Tiles {
		if t.value != nil {
			values = append(values, *t.value)
		}
	}
	if m.Few || len(values) < 2 {
		return
	}
	slices.Sort(values)
	for i, t := range m.Tiles {
		if t.value != nil {
			m.Tiles[i].Shade = 1 + slices.Index(values, *t.value)*5/len(values)
		}
	}
}

func (r *request) bodyTile(m *tileMap, is *query.Issuer, ranked map[*query.Issuer]query.Ranked) mapTile {
	t := mapTile{Name: is.Name, Short: shortName(is), Link: r.Link("place", is.ID), Shade: -1}
	if m.Measure == coverageMeasure {
		t.Shade, t.Text = 0, r.T("no_report")
		if ref := is.ReportOf(m.Year); ref != nil {
			t.Shade, t.Text = 5, r.T("quality")+" "+ref.Quality
		}
		return t
	}
	p, ok := ranked[is]
	if !ok {
		t.Text, t.Why = "·", r.T("absent")
		return t
	}
	t.Text = value(p.Value, p.Cell.Unit)
	if p.Rank == 0 {
		t.Why = r.T("not_ranked")
		return t
	}
	t.value = &p.Value
	return t
}

// shortName is the name of a township without the county before it.
func shortName(is *query.Issuer) string {
	if d, ok := gazetteer.Lookup(is.Division); ok && is.ID == d.Code {
		return d.Name
	}
	return is.Name
}

// leastPlaces is the number of places below which an area has no median: a few are no picture of it.
const leastPlaces = 5

func (r *request) areaTile(m *tileMap, d *gazetteer.Division, ranked map[*query.Issuer]query.Ranked) mapTile {
	t := mapTile{Name: d.Name, Short: d.Name, Shade: -1}
	if at, ok := tilePlaces[d.Code[:2]]; ok && d.Level == gazetteer.Province {
		t.X, t.Y, t.Short = at.x, at.y, r.Pick(at.zh, at.en)
	}
	pairs := []any{"area", d.Code, "year", m.Year, "kind", m.Kind}
	if m.Measure != coverageMeasure {
		pairs = append(pairs, "m", m.Measure)
	}
	if r.static != nil {
		pairs = pairs[:2] // a static site has the map of each area, of its latest full year
	}
	if r.release.Summary().Areas[d.Code[:max(2, query.Digits[d.Level])]] > 0 {
		t.Link, _ = r.Query("map", pairs...) // the pairs are pairs
	}
	var values []float64
	held, all, unit := 0, 0, ""
	for _, is := range r.release.Below(d.Code) {
		if m.Kind != "" && is.Kind != m.Kind {
			continue
		}
		all++
		if is.ReportOf(m.Year) != nil {
			held++
		}
		if p, ok := ranked[is]; ok && p.Rank > 0 {
			values, unit = append(values, p.Value), p.Cell.Unit
		}
	}
	switch {
	case m.Measure == coverageMeasure:
		t.Text, t.Shade = fmt.Sprintf("%d/%d", held, all), r.Shade(held, all)
	case len(values) < leastPlaces:
		t.Text, t.Why = "–", r.T("few")
	default:
		slices.Sort(values)
		v := values[len(values)/2]
		if len(values)%2 == 0 {
			v = (v + values[len(values)/2-1]) / 2
		}
		t.Text, t.value = value(v, unit), &v
	}
	return t
}
