package pipeline

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/sample"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/store"
)

// withOfSample adds the corrections that the sample brings along, of those of its reports that are among the documents.
func withOfSample(given []normalize.Correction, docs []document) ([]normalize.Correction, error) {
	held := map[string]bool{}
	for _, d := range docs {
		if sample.OriginOf(*d.capture.SHA256) == sample.Invented {
			held[normalize.ReportID(d.issuer.ID, new(int(d.year)), *d.capture.SHA256)] = true
		}
	}
	if len(held) == 0 {
		return given, nil
	}
	own, err := normalize.ReadCorrections(bytes.NewReader(sample.Corrections()))
	if err != nil {
		return nil, fmt.Errorf("reading the corrections of the sample: %w", err)
	}
	own = slices.DeleteFunc(own, func(c normalize.Correction) bool { return !held[c.ReportID] })
	return append(own, given...), nil // of two for one cell the user's own holds
}

// sampled collects the reports whose documents are those of the bundled sample. They are known by their bytes, so that
// a report of the user's own is never taken for one, and an imported copy of one always is.
type sampled struct {
	invented, real []string // report_id
	names          []string // of the real ones
	all            int
}

func (s *sampled) take(reports []schema.Report) {
	s.all += len(reports)
	for _, r := range reports {
		switch sample.OriginOf(r.SHA256) {
		case sample.Invented:
			s.invented = append(s.invented, r.ReportID)
		case sample.Real:
			s.real = append(s.real, r.ReportID)
			name := r.IssuerName
			if r.Year != nil {
				name += fmt.Sprintf(" %d", *r.Year)
			}
			s.names = append(s.names, name)
		}
	}
}

// manifest is what the manifest says of the sample; nil where no report is of an invented place.
func (s *sampled) manifest() *store.Sample {
	if len(s.invented) == 0 {
		return nil
	}
	slices.Sort(s.invented)
	slices.Sort(s.real)
	note := fmt.Sprintf("Sample data (样例): %d of %d reports are of invented places with invented figures (地名和数字均为虚构)", len(s.invented), s.all)
	if len(s.real) > 0 {
		note += "; real (真实) is that of " + strings.Join(s.names, ", ")
	}
	return &store.Sample{Note: note + ".", Invented: s.invented, Real: append([]string{}, s.real...)}
}
