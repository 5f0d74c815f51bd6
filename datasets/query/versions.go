package query

import (
	"context"
	"fmt"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// versions hold the reports that later ones supersede, and how reports follow each other. Questions about places see
// the latest ones only.
type versions struct {
	older  map[string]ReportOf // the superseded reports, by their IDs
	before map[string]string   // by report_id, the report that it supersedes
	after  map[string]string   // by report_id, the report that supersedes it
}

// supersede takes the reports that others supersede out of the issuers' lists. links holds, by report_id, the report
// that each supersedes. One that supersedes itself or a report that the release lacks supersedes nothing.
func (r *Release) supersede(links map[string]string) {
	v := &r.versions
	v.older, v.before, v.after = map[string]ReportOf{}, map[string]string{}, map[string]string{}
	if len(links) == 0 {
		return
	}
	named := map[string]bool{}
	for id, old := range links {
		named[old] = named[old] || id != old
	}
	for _, is := range r.issuers {
		is.Reports = slices.DeleteFunc(is.Reports, func(f Ref) bool {
			if named[f.ID] {
				v.older[f.ID] = ReportOf{is, &f}
			}
			return named[f.ID]
		})
	}
	for id, old := range links {
		if _, held := v.older[old]; held && id != old {
			v.before[id], v.after[old] = old, id
		}
	}
}

// Versions lists a report with the versions before and after it, the first one first.
func (r *Release) Versions(id string) []ReportOf {
	ids := []string{id}
	for old := r.versions.before[id]; old != "" && !slices.Contains(ids, old); old = r.versions.before[old] {
		ids = slices.Insert(ids, 0, old)
	}
	for next := r.versions.after[id]; next != "" && !slices.Contains(ids, next); next = r.versions.after[next] {
		ids = append(ids, next)
	}
	var out []ReportOf
	for _, id := range ids {
		if is, ref := r.Report(id); is != nil {
			out = append(out, ReportOf{is, ref})
		}
	}
	return out
}

// Superseded is the report that supersedes another, empty where that is the latest version.
func (r *Release) Superseded(id string) string { return r.versions.after[id] }

// Replaced lists the reports of an issuer that reports of other issuers supersede: no list of its own reports leads to
// them.
func (r *Release) Replaced(is *Issuer) []*Ref {
	var out []*Ref
	for id, of := range r.versions.older {
		if of.Issuer != is {
			continue
		}
		if all := r.Versions(id); all[len(all)-1].Issuer != is {
			out = append(out, of.Ref)
		}
	}
	slices.SortFunc(out, func(a, b *Ref) int { return int(a.Year - b.Year) })
	return out
}

// ReportRow returns the row of one report, of any version, all columns.
func (r *Release) ReportRow(ctx context.Context, of ReportOf) (schema.Report, error) {
	if err := r.reading.Acquire(ctx, 1); err != nil {
		return schema.Report{}, err
	}
	defer r.reading.Release(1)
	for row, err := range store.Rows[schema.Report](ctx, r.Data, schema.Reports, store.Query{Issuers: []string{of.Issuer.ID}}) {
		if err != nil {
			return schema.Report{}, fmt.Errorf("reading the report %s: %w", of.Ref.ID, err)
		}
		if row.ReportID == of.Ref.ID {
			return row, nil
		}
	}
	return schema.Report{}, fmt.Errorf("the index names the report %s, the table reports lacks it", of.Ref.ID)
}

// CellOf is one measure of one report of any version; facts are those of the report. The panel holds latest versions
// only: of an earlier one the measure is made of its facts, and it has no rates.
func (r *Release) CellOf(ctx context.Context, of ReportOf, m Measure, facts []schema.Fact) (Cell, error) {
	if r.Superseded(of.Ref.ID) == "" {
		t, err := r.Compare(ctx, []*Issuer{of.Issuer}, nil, []Measure{m})
		if err != nil {
			return Cell{}, err
		}
		k := slices.IndexFunc(t.Reports, func(o ReportOf) bool { return o.Ref.ID == of.Ref.ID })
		return t.Cells[0][k], nil
	}
	if m.Kind == Rate {
		return Cell{State: Absent, Report: of.Ref.ID}, nil
	}
	value := func(name string) *float64 {
		var v *float64
		for _, f := range FactsOf(facts, name, "") {
			if f.Value == nil {
				continue
			}
			if v != nil && *v != *f.Value {
				return nil // two readings that differ
			}
			v = f.Value
		}
		return v
	}
	read := func(indicator string) Reading {
		var out Reading
		for _, f := range FactsOf(facts, indicator, "") {
			if out.State == "" || out.State != "reported" && f.State == "reported" {
				out = Reading{State: f.State, Unit: f.Unit, Failed: f.FailedChecks}
			}
		}
		return out
	}
	return m.cell(of, source{value: value, read: read, printed: true, corrections: r.corrections[of.Ref.ID]}), nil
}
