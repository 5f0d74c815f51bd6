package pipeline

import (
	"errors"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/store"
)

// maker takes the issuers in order: it completes the rows of each by what rests on others, and gathers what tables over
// issuers follow from.
type maker struct {
	aggregates  normalize.Aggregates
	bodies      normalize.Bodies
	corrections *normalize.Corrections
	sample      sampled
	covered     *coverage
	found       []schema.Coverage // rows not yet written
	years       map[year]bool
	keep        *keeper
	sum         *Summary
}

// year is one that a report tells, or none.
type year struct {
	told bool
	year int32
}

func (y year) pointer() *int32 {
	if !y.told {
		return nil
	}
	return &y.year
}

func yearOf(y *int32) year {
	if y == nil {
		return year{}
	}
	return year{true, *y}
}

func newMaker(given []normalize.Correction, docs []document, keep *keeper, sum *Summary) *maker {
	return &maker{corrections: normalize.NewCorrections(given), covered: newCoverage(docs), years: map[year]bool{}, keep: keep, sum: sum}
}

// complete adds to the rows of an issuer what rests on others, and returns its record.
func (m *maker) complete(r *issuerRows) issuerRecord {
	parts := m.aggregates.Parts(r.rows.Contributions)
	m.aggregates.Take(&r.rows)
	record := recordOf(r, m.corrections.Apply(&r.rows))
	record.Parts = parts
	return record
}

// pass takes an issuer whose rows stand in the dataset.
func (m *maker) pass(r *issuerRecord) {
	m.aggregates.Count(r.Contributions)
	for i := range r.Reports {
		m.corrections.See(r.Reports[i].ID)
	}
}

// note takes what tables over issuers and the summary need of one.
func (m *maker) note(r *issuerRecord) error {
	reports := make([]schema.Report, len(r.Reports))
	for i := range r.Reports {
		rep := &r.Reports[i]
		reports[i] = rep.report(r.ID)
		m.covered.add(reports[i], rep.Unreadable)
		m.years[yearOf(rep.Year)] = true
		if !rep.Older {
			m.found = append(m.found, foundRow(reports[i], rep.Unreadable))
		}
	}
	m.bodies.Take(reports)
	m.sample.take(reports)
	m.sum.take(r)
	return m.keep.issuer(r)
}

func (s *Summary) take(r *issuerRecord) {
	s.Issuers++
	s.Reports += len(r.Reports)
	s.Cells += r.Counts.Cells
	s.Mentions += r.Counts.Mentions
	s.Problems += r.Counts.Problems
	s.ChecksPassed += r.Counts.Passed
	s.ChecksFailed += r.Counts.Failed
	s.Unreadable += r.Counts.Unreadable
	s.Corrected += r.Counts.Corrected
	s.Refused += r.Counts.Refused
	for _, u := range r.Unread {
		s.name(u)
	}
}

// writeFound writes the coverage rows of the reports noted.
func (m *maker) writeFound(w *store.DatasetWriter) error {
	rows := m.found
	m.found = m.found[:0]
	return w.Coverage.Add(rows...)
}

// unmet is how many corrections have no report.
func (m *maker) unmet() int {
	lost, _ := m.corrections.Unmet()
	return len(lost)
}

// finish writes the tables over issuers.
func (m *maker) finish(w *store.DatasetWriter, opt Options) error {
	lost, problems := m.corrections.Unmet()
	m.keep.head.Unmet, m.keep.head.Sampled = len(problems), m.sample.manifest() != nil
	m.sum.Problems += len(problems)
	m.sum.Refused += len(problems)
	m.sum.Sample = m.sample.manifest()
	w.Sample(m.sum.Sample)
	return errors.Join(m.writeFound(w), w.Coverage.Add(m.covered.gaps(opt.Ledger, opt.Resolver)...), w.Issuers.Add(m.bodies.Rows()...),
		w.Corrections.Add(lost...), w.Problems.Add(problems...))
}
