package web

import (
	"html/template"
	"net/url"
	"slices"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
)

// series is the page of one measure of one body over the years, with what the body became or came from: those have
// series of their own, and nothing is added up.
func (r *request) series() error {
	is, m, err := r.issuerAndMeasure()
	if err != nil {
		return err
	}
	r.concerns(r.reportsOf(is)...)
	t, err := compare.Of(r.Context(), r.release, []*query.Issuer{is}, nil, []query.Measure{m})
	if err != nil {
		return err
	}
	chosen, err := r.values()
	if err != nil {
		return err
	}
	using, n := t.Using(chosen), 0
	for _, row := range using.Rows {
		for _, c := range row.Cells {
			if c.Value != nil {
				n++
			}
		}
	}
	corrections := corrected(t)
	r.title = m.Label(r.lang) + " · " + r.Plain(is.Name)
	return r.render("series", struct {
		Issuer      *query.Issuer
		Measure     query.Measure
		Table       compare.Table
		Given       string // the query that keeps the choice of values
		Switch      []choice
		Corrections []correctionOf
		Drawn       bool
		Peers       []*query.Issuer
		Became      *query.Succession // nil where the body still is
		Was         []query.Succession
		Others      []query.Measure
	}{is, m, t, given(chosen).Encode(), r.switchOf(len(corrections) > 0, "series/"+url.PathEscape(is.ID)+"/"+url.PathEscape(m.ID), nil, chosen), corrections, n > 1,
		r.release.Peers(is, "same-county", maxPlaces-1), r.became(is), r.release.Was(is),
		slices.DeleteFunc(headline(), func(other query.Measure) bool { return other.ID == m.ID })})
}

// issuerAndMeasure are those that the address names.
func (r *request) issuerAndMeasure() (*query.Issuer, query.Measure, error) {
	is, err := r.issuerOf()
	if err != nil {
		return nil, query.Measure{}, err
	}
	m, ok := query.LookupMeasure(r.PathValue("measure"))
	if !ok {
		return nil, m, notFound("%s", r.T("no_measure"))
	}
	return is, m, nil
}

// SeriesLink is the address of the series of a body; empty on a static site, whose page of the place says the same.
func (r *request) SeriesLink(issuer, measure string) string {
	if r.static != nil {
		return ""
	}
	return r.Link("series", issuer, measure)
}

// seriesOf is the address of the series that a row of a table shows, where all its columns are of one body.
func (r *request) seriesOf(t compare.Table, row compare.Row) string {
	for _, c := range t.Columns {
		if c.IssuerID != t.Columns[0].IssuerID {
			return ""
		}
	}
	if len(t.Columns) == 0 {
		return ""
	}
	return r.SeriesLink(t.Columns[0].IssuerID, row.Measure)
}

// Beside is the address of the comparison of a body with others by one measure.
func (r *request) Beside(is *query.Issuer, peers []*query.Issuer, measure string) string {
	q := r.together(is, peers)
	q.Set("m", measure)
	return r.address("/"+r.lang+"/compare", q)
}

// Years writes the body of a table of one measure into the page, a row each report.
func (r *request) Years(t compare.Table) template.HTML {
	b, row := r.body, t.Rows[0]
	for k, c := range t.Columns {
		cell := &row.Cells[k]
		b.WriteString(`<tr><th scope="row"><a href="` + template.HTMLEscapeString(r.Link("report", c.ReportID)) + `">` + r.yearOf(c.Year) + `</a></th><td>`)
		if cell.State == query.Absent {
			b.WriteString(marksOf[r.lang][compare.MarkAbsent])
		} else {
			r.cell(b, template.HTMLEscapeString(r.Link("evidence", c.ReportID, row.Measure, "-")), cell)
		}
		comparability := ""
		if cell.Comparability != "" {
			comparability = r.T("comparability_" + cell.Comparability)
		}
		b.WriteString(`</td><td>` + template.HTMLEscapeString(c.Template) + `</td><td>` + template.HTMLEscapeString(comparability) + `</td><td>` + string(r.GradeOf(c.ReportID)) + "</td></tr>\n")
	}
	return ""
}
