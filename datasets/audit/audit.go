// Package audit draws a stratified sample of what a dataset publishes, keeps a person's judgement of each piece, and
// estimates from them how much of the dataset is wrong.
//
// What is drawn: cells (rows of facts that say something: reported, blank, not_applicable) and counts (rows of
// mentions). A cell that is told to be unreadable, or a picture, claims nothing and is left out. Strata are made of
// what it is, the form, the format, the quality of the report and the size of the body; see Strata.
package audit

import (
	"context"
	"fmt"
	"strconv"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Kinds of a Unit.
const (
	Cell  = "cell"  // a row of facts
	Count = "count" // a row of mentions
)

// Verdicts of a person on a Unit.
const (
	Right      = "right"
	Wrong      = "wrong"
	CannotTell = "cannot_tell"
)

// Unit is one piece drawn, and what a person found.
type Unit struct {
	Stratum string // see Strata
	Size    int    // of the stratum in the dataset

	Kind, ReportID, URL       string
	Indicator, Applicant      string // of a cell
	TableNo, RowNo, ColumnNo  int32  // of a cell
	Seq                       int32  // of a count
	Published                 string // the number, or the state of a cell without one
	Raw                       string // as the document has it: the cell, or the sentence of a count
	Verdict, Found, Note, Who string
	When                      string // YYYY-MM-DD
}

// Options of a draw.
type Options struct {
	Sample int    // number of units
	Seed   uint64 // the same seed draws the same units of the same dataset
}

// traits are what the strata are made of, for each report.
type traits struct{ url, form, format, quality, size string }

// stratum are the values of a unit, in the order of dimensions.
type stratum [5]string

// dimensions name what strata are made of. Where there would be too many strata the last are left out first.
var dimensions = [5]string{"kind", "form", "format", "quality", "size"}

// Draw draws the sample of a dataset, in the order of the dataset: cells first, then counts.
func Draw(ctx context.Context, d *store.Dataset, opt Options) ([]Unit, error) {
	s := sampler{ctx: ctx, d: d}
	if err := s.readTraits(); err != nil {
		return nil, fmt.Errorf("drawing a sample: %w", err)
	}
	sizes := map[stratum]int{}
	if err := s.each(func(at stratum, _ func() Unit) { sizes[at]++ }); err != nil {
		return nil, fmt.Errorf("drawing a sample: %w", err)
	}
	plan := newPlan(sizes, opt)
	var drawn []Unit
	err := s.each(func(at stratum, unit func() Unit) {
		if name, size, ok := plan.take(at); ok {
			u := unit()
			u.Stratum, u.Size = name, size
			drawn = append(drawn, u)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("drawing a sample: %w", err)
	}
	return drawn, nil
}

type sampler struct {
	ctx    context.Context
	d      *store.Dataset
	traits map[string]*traits
}

// readTraits reads what is needed of each report.
func (s *sampler) readTraits() error {
	s.traits = map[string]*traits{}
	for r, err := range store.Rows[schema.Report](s.ctx, s.d, schema.Reports, store.Query{Columns: []string{"report_id", "url", "template", "reader", "quality"}}) {
		if err != nil {
			return err
		}
		s.traits[r.ReportID] = &traits{r.URL, orUnknown(r.Template), formatOf(r.Reader), r.Quality, "size unknown"}
	}
	for f, err := range store.Rows[schema.Fact](s.ctx, s.d, schema.Facts, store.Query{Columns: []string{"report_id", "indicator", "applicant", "value"}}) {
		if err != nil {
			return err
		}
		if t := s.traits[f.ReportID]; t != nil && f.Indicator == "requests.received" && f.Applicant != nil && *f.Applicant == codebook.Total && f.Value != nil {
			t.size = sizeOf(*f.Value)
		}
	}
	return nil
}

func orUnknown(s *string) string {
	if s == nil || *s == "" {
		return "unknown"
	}
	return *s
}

// formats group the readers: what goes wrong in one goes wrong in its neighbours.
var formats = map[string]string{"pdf": "pdf", "pdfium": "pdf", "docx": "word", "doc": "word", "rtf": "word", "odt": "word", "wps": "word",
	"xlsx": "sheet", "xls": "sheet", "ods": "sheet", "ocr": "scan"}

func formatOf(reader *string) string {
	name := orUnknown(reader)
	if group, ok := formats[name]; ok {
		return group
	}
	return name
}

// sizeOf is the size of a body by the requests that it received in the year.
func sizeOf(received float64) string {
	switch {
	case received < 1:
		return "no requests"
	case received < 100:
		return "1-99 requests"
	}
	return "100+ requests"
}

// each calls f for everything that can be drawn, always in the same order.
func (s *sampler) each(f func(stratum, func() Unit)) error {
	for c, err := range store.Rows[schema.Fact](s.ctx, s.d, schema.Facts, store.Query{}) {
		if err != nil {
			return err
		}
		t := s.traits[c.ReportID]
		if t == nil || c.State == "unreadable" || c.State == "image" {
			continue
		}
		format := t.format
		if c.ReadBy == "ocr" {
			format = "scan"
		}
		f(stratum{Cell, t.form, format, t.quality, t.size}, func() Unit { return cellUnit(c, t) })
	}
	for m, err := range store.Rows[schema.Mention](s.ctx, s.d, schema.Mentions, store.Query{}) {
		if err != nil {
			return err
		}
		if t := s.traits[m.ReportID]; t != nil {
			f(stratum{Count, t.form, t.format, t.quality, t.size}, func() Unit {
				return Unit{Kind: Count, ReportID: m.ReportID, URL: t.url, Seq: m.Seq, Published: numberText(m.Count) + " " + m.Unit + " " + m.Label, Raw: m.Sentence}
			})
		}
	}
	return nil
}

func cellUnit(f schema.Fact, t *traits) Unit {
	u := Unit{Kind: Cell, ReportID: f.ReportID, URL: t.url, Indicator: f.Indicator, TableNo: f.TableNo, RowNo: f.RowNo, ColumnNo: f.ColumnNo, Published: f.State, Raw: f.Raw}
	if f.Applicant != nil {
		u.Applicant = *f.Applicant
	}
	if f.Value != nil {
		u.Published = numberText(*f.Value)
	}
	return u
}

func numberText(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// Name is what a unit is called: the cell, or the number of the count in its report.
func (u Unit) Name() string {
	if u.Kind == Count {
		return "count " + strconv.Itoa(int(u.Seq))
	}
	return schema.CellName(u.Indicator, &u.Applicant)
}
