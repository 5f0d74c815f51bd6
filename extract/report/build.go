// Package report puts meaning on a Document: title, the six legal sections, and the cells of the form tables as facts.
//
// Package fit finds the cells of tables; what is stated in words or shown as pictures, and where a document ends, is
// read here.
package report

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fence"
	"github.com/gongkai-data/gongkai/extract/fit"
	"github.com/gongkai-data/gongkai/extract/text"
)

// Build reads the document's blocks as a report. It never fails: what cannot be read is in Problems. Mentions are not
// filled in.
//
// The stages are fenced: a fault in one table leaves the other tables, one in the text leaves the tables.
func Build(d *extract.Document) *extract.Report {
	return build(d, fit.Standard().Read)
}

// Explain builds a report as Build does, with what the fitter considered.
func Explain(d *extract.Document) (r *extract.Report, t *fit.Trace) {
	r = build(d, func(blocks []extract.Block, isHeading func(string) bool, year func() int) (tables *fit.Reading) {
		tables, t = fit.Standard().Explain(blocks, isHeading, year)
		return tables
	})
	return r, t
}

func build(d *extract.Document, readTables func([]extract.Block, func(string) bool, func() int) *fit.Reading) *extract.Report {
	r := &extract.Report{Reader: d.Reader, MediaType: d.MediaType, Charset: d.Charset, Meta: d.Meta, Problems: slices.Clone(d.Problems)}
	stage := func(name string, do func()) {
		if p := fence.Run(name, do); p != nil {
			r.Problems = append(r.Problems, *p)
		}
	}
	stage("the lines of aligned text", func() { d.Blocks = fit.Standard().Straighten(d.Blocks, isChapter) })
	tables := &fit.Reading{}
	stage("the tables together", func() { tables = readTables(d.Blocks, isChapter, func() int { return yearOf(d) }) })
	told := &story{}
	stage("the sections", func() {
		told = narrative(d.Blocks, tables.Taken)
		r.Sections = told.sections
	})
	r.Text = told.String()
	if len(told.lines) > 0 {
		r.Opening = told.lines[0].place.Locator()
	}
	stage("the title", func() { r.Title = title(d, told.lines) })
	stage("the end of the document", func() { r.Problems = append(r.Problems, ending(d, told.sections, tables)...) })
	stage("the cells of the tables", func() { r.Facts = tables.Facts() })
	r.Problems = append(r.Problems, tables.Problems()...)
	r.Templates = tables.Templates
	stage("what the text says of the tables", func() {
		r.Problems = append(r.Problems, otherYears(r.Title, tables.Captions)...)
		if f, ok := processingFee(told); ok {
			r.Facts = append(r.Facts, f)
		}
		pictures(r, d.Blocks, told, tables)
	})
	r.Expected = expected(cellsOf(r.Facts), tables)
	return r
}

var (
	fold         = text.Fold
	splitOrdinal = text.SplitOrdinal
)

// yearOf is the year in the title of a document, or 0 where it states none or several.
func yearOf(d *extract.Document) int {
	years := text.Years(title(d, narrative(d.Blocks, nil).lines))
	if len(years) != 1 {
		return 0
	}
	return years[0]
}

// isChapter reports whether a text heads a section.
func isChapter(text string) bool {
	if num, _ := splitOrdinal(text); num.Level > 1 {
		return false // （一） or 1. parts a section
	}
	h, ok := asHeading(text)
	return ok && h.rank > 0
}
