// Package report puts meaning on a Document: title, the six legal sections, and the cells of the form tables as facts.
//
// A cell's meaning comes from the labels of its row and its column, matched to the code book; never from counting columns or rows.
// Every non-empty cell of a form table ends in one fact, is a label of the form, or is named in Problems.
package report

import (
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// Build reads the document's blocks as a report. It never fails: what cannot be read is in Problems. Mentions are not filled in.
func Build(d *extract.Document) *extract.Report {
	r := &extract.Report{Reader: d.Reader, MediaType: d.MediaType, Charset: d.Charset, Meta: d.Meta}
	w := &walker{results: newResults()}
	no := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		w.above = ""
		if i > 0 && d.Blocks[i-1].Kind == extract.Paragraph {
			w.above = d.Blocks[i-1].Text
		}
		switch {
		case b.Kind == extract.Paragraph:
			w.flat.paragraph(w, b.Text, i, b.Place)
			w.cutOff(d.Blocks, i)
		case b.Kind == extract.Table && b.Grid != nil:
			no++
			w.flat.end(w)
			if b.Grid.Rows <= 0 || b.Grid.Cols <= 0 || b.Grid.Rows > maxCells/b.Grid.Cols {
				w.problem(extract.AmbiguousReading, nil, "table %d has %d × %d positions and was not read", no, b.Grid.Rows, b.Grid.Cols)
				continue
			}
			t := newTable(no, b.Grid, false)
			if t.lying() {
				t = newTable(no, b.Grid, true)
			}
			w.walk(t)
		}
	}
	w.flat.end(w)
	w.finish()
	w.merged()
	w.contradicted()
	w.resolve()
	w.withinReach()
	text := narrative(d.Blocks, w.flat.taken)
	r.Text, r.Sections = text.String(), text.sections
	r.Title = title(d, text.lines)
	w.otherYears(r.Title)
	w.processingFee(text)
	w.pictures(d.Blocks, text)
	r.Templates = w.evidence()
	r.Expected = w.expected()
	r.Facts = w.publish()
	r.Problems = append(append(r.Problems, d.Problems...), w.problems...)
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
