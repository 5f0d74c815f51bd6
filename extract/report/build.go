// Package report puts meaning on a Document: title, the six legal sections, and the cells of the form tables as facts.
//
// A cell's meaning comes from the labels of its row and its column, matched to the code book; never from counting columns or rows.
// Every non-empty cell of a form table ends in one fact, is a label of the form, or is named in Problems.
package report

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fence"
)

// Build reads the document's blocks as a report. It never fails: what cannot be read is in Problems. Mentions are not filled in.
//
// The stages are fenced: a fault in one table leaves the other tables, one in the text leaves the tables.
func Build(d *extract.Document) *extract.Report {
	r := &extract.Report{Reader: d.Reader, MediaType: d.MediaType, Charset: d.Charset, Meta: d.Meta, Problems: slices.Clone(d.Problems)}
	stage := func(name string, do func()) {
		if p := fence.Run(name, do); p != nil {
			r.Problems = append(r.Problems, *p)
		}
	}
	w, broken := readTables(d.Blocks)
	r.Problems = append(r.Problems, broken...)
	text := &story{}
	stage("the sections", func() {
		text = narrative(d.Blocks, w.flat.taken)
		r.Sections = text.sections
	})
	r.Text = text.String()
	stage("the title", func() { r.Title = title(d, text.lines) })
	stage("what the text says of the tables", func() {
		w.otherYears(r.Title)
		w.processingFee(text)
		w.pictures(d.Blocks, text)
	})
	stage("the end of the document", func() { w.ending(d, text.sections) })
	r.Templates = w.evidence()
	r.Expected = w.expected()
	stage("the cells of the tables", func() { r.Facts = w.publish() })
	r.Problems = append(r.Problems, w.problems...)
	return r
}

// evidence returns the template of each form table. The headers of section two decide; only where there are none does the split of 其他处理
// into three rows tell of the 2021 form.
func (r *results) evidence() []string {
	told := false
	for u := range r.uses {
		told = told || u.template != "" && u.table != codebook.Requests
	}
	if !told {
		return r.templates
	}
	out := make([]string, 0, len(r.templates))
	for i, t := range r.templates {
		if r.tables[i] == codebook.Requests {
			t = ""
		}
		out = append(out, t)
	}
	return out
}

// expected counts the cells of the forms that the document uses. A form table whose header does not tell the template has as many as were found.
func (r *results) expected() int {
	n := 0
	seen := map[formUse]bool{}
	for u := range r.uses {
		switch {
		case u.table == codebook.Requests:
			u = formUse{"2019", u.table}
		case u.table == codebook.Litigation:
			u.template = "2021"
		}
		if f := codebook.FindForm(u.template, u.table); f != nil && !seen[u] {
			seen[u] = true
			n += f.Cells()
		}
	}
	rows := map[string]bool{}
	for _, f := range r.facts {
		if strings.HasPrefix(f.indicator, "requests.other.") {
			rows[f.indicator] = true
		}
		if row, _, ok := cutKey(f.indicator); ok && r.uses[formUse{"", tableOf(row)}] && tableOf(row) != "" {
			n++
		}
	}
	if len(rows) > 0 { // three rows in place of one, or beside it
		n += (3 - 1) * len(codebook.Applicants)
		if _, ok := r.at[factKey{"requests.other", codebook.Total}]; ok {
			n += len(codebook.Applicants)
		}
	}
	return n
}
