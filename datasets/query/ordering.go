package query

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/store"
)

// ordering is the reports of a kind and year by a measure: largest first, those that get no rank behind them.
type ordering struct {
	places []Ranked
	unit   string // that most of the numbers of all issuers of the kind are in
}

// within keeps the places of an area.
func (o ordering) within(prefix string) ordering {
	if prefix == "" {
		return o
	}
	in := ordering{unit: o.unit}
	for _, p := range o.places {
		if strings.HasPrefix(p.Issuer.Division, prefix) {
			in.places = append(in.places, p)
		}
	}
	return in
}

// order makes the ordering of an area. That of the whole release is kept, for it takes long; an area needs the numbers
// of its own issuers only.
func (r *Release) order(ctx context.Context, m Measure, kind string, year int32, v Values, prefix string) (ordering, error) {
	key := fmt.Sprintf("%s %s %d %s", m.ID, kind, year, v)
	if whole, ok := r.orders.Get(key); ok {
		return whole.within(prefix), nil
	}
	issuers := r.issuers
	if prefix != "" {
		issuers = r.Below(prefix)
	}
	places, err := r.measured(ctx, issuers, m, kind, year, v)
	if err != nil {
		return ordering{}, err
	}
	if prefix == "" {
		o := ordering{places, commonUnit(places)}
		o.sort()
		r.orders.Add(key, o)
		r.units.Add(key, o.unit)
		return o, nil
	}
	o := ordering{places, r.fixedUnit(m)}
	if o.unit == "" || !slices.ContainsFunc(places, func(p Ranked) bool { return p.Cell.Value != nil }) {
		var known bool
		if o.unit, known = r.units.Get(key); !known { // it is that of the others
			whole, err := r.order(ctx, m, kind, year, v, "")
			if err != nil {
				return ordering{}, err
			}
			o.unit = whole.unit
		}
	}
	o.sort()
	return o, nil
}

// fixedUnit is the unit that every number of a measure is in; empty where reports differ.
func (r *Release) fixedUnit(m Measure) string {
	if m.Kind == Rate {
		return codebook.Share
	}
	if m.Unit == codebook.Unstated || m.Unit == codebook.Mixed || r.Data.Older() {
		return ""
	}
	return m.Unit
}

// measured are the reports of a kind and year with their numbers, in the order of the issuers.
func (r *Release) measured(ctx context.Context, issuers []*Issuer, m Measure, kind string, year int32, v Values) ([]Ranked, error) {
	var of []ReportOf
	var whose []*Issuer
	for _, is := range issuers {
		if ref := is.ReportOf(year); ref != nil && (kind == "" || is.Kind == kind) {
			of, whose = append(of, ReportOf{is, ref}), append(whose, is)
		}
	}
	columns, at := columnsOf([]Measure{m})
	row, err := r.rowsOfYear(ctx, whose, year, columns)
	if err != nil {
		return nil, err
	}
	readings, err := r.readings(ctx, whose)
	if err != nil {
		return nil, err
	}
	out := make([]Ranked, 0, len(of))
	for _, o := range of {
		c := m.cell(o, r.source(o, row(o), at, readings(o))).In(v)
		p := Ranked{Issuer: o.Issuer, Report: o.Ref.ID, Cell: c, Value: math.NaN()}
		if c.Value != nil {
			p.Value = *c.Value
		}
		out = append(out, p)
	}
	return out, nil
}

// fewIssuers is the number up to which the rows of issuers are looked for one by one.
const fewIssuers = 200

// rowsOfYear returns a function that gives columns of the panel for a report of the issuers.
func (r *Release) rowsOfYear(ctx context.Context, issuers []*Issuer, year int32, columns []string) (func(ReportOf) *values, error) {
	if p := r.packed.Load(); p != nil {
		place := p.places(columns)
		return func(o ReportOf) *values { return p.of(o.position(), o.Ref.ID, len(columns), place) }, nil
	}
	rows := map[string]*values{}
	q := store.Query{Years: []int32{year}}
	if len(issuers) <= fewIssuers {
		for _, is := range issuers {
			q.Issuers = append(q.Issuers, is.ID)
		}
	}
	if len(issuers) > 0 {
		if err := r.scanPanel(ctx, q, columns, func(_ string, v values) error {
			rows[strings.Clone(v.report)] = &values{"", slices.Clone(v.columns), slices.Clone(v.valid), v.flagged}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	return func(o ReportOf) *values { return rows[o.Ref.ID] }, nil
}

// sort puts the places in order, by numbers in the unit of the ordering. Equal ones stay as they are.
func (o *ordering) sort() {
	at, last := make([]int, len(o.places)), make([]int, len(o.places))
	for i := range o.places {
		p := &o.places[i]
		if x, ok := codebook.Convert(p.Value, p.Cell.Unit, o.unit); ok {
			p.Value = x
		}
		if at[i] = i; p.LeftOut(o.unit) {
			last[i] = 1
		}
	}
	slices.SortFunc(at, func(a, b int) int { // places are large: they are moved once
		return cmp.Or(last[a]-last[b], cmp.Compare(o.places[b].Value, o.places[a].Value), a-b)
	})
	sorted := make([]Ranked, len(at))
	for i, k := range at {
		sorted[i] = o.places[k]
	}
	o.places = sorted
}

// commonUnit is the unit that most of the numbers are in; of units that are equally frequent the first by name.
func commonUnit(all []Ranked) string {
	n := map[string]int{}
	for i := range all {
		if all[i].Cell.Value != nil {
			n[all[i].Cell.Unit]++
		}
	}
	unit := ""
	for _, u := range slices.Sorted(maps.Keys(n)) {
		if unit == "" || n[u] > n[unit] {
			unit = u
		}
	}
	return unit
}
