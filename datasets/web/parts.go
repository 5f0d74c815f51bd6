package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// Last is the last year of a list, nil where it is the first as well.
func (r *request) Last(years []int32) any {
	if len(years) < 2 {
		return nil
	}
	return years[len(years)-1]
}

// Next counts from one.
func (r *request) Next(k int) int { return k + 1 }

// Archived reports whether there is an archive to show documents of.
func (r *request) Archived() bool { return r.server.opt.Evidence != nil }

// Raw is the address of a page with a query as it stands, and more pairs.
func (r *request) Raw(path, raw string, pairs ...any) (string, error) {
	q, err := url.ParseQuery(raw)
	if err != nil {
		return "", fmt.Errorf("reading the query %q: %w", raw, err)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(fmt.Sprint(pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return r.address("/"+r.lang+"/"+path, q), nil
}

// Table is the address of a table for download: on a static site one for both languages, which differ in nothing.
func (r *request) Table(path, raw string, pairs ...any) (string, error) {
	if r.static == nil {
		return r.Raw(path, raw, pairs...)
	}
	in := *r
	in.lang = "en"
	return in.Raw(path, raw, pairs...)
}

// Picture is the address of a chart on this page: of the release of the page, or of none.
func (r *request) Picture(path, raw string, pairs ...any) (string, error) {
	if r.static == nil {
		pairs = append(pairs, "of", r.tag)
	}
	return r.Raw(path, raw, pairs...)
}

// Peers is the address of the comparison of an issuer with others. On a static site those of a county share a few: each
// page of a comparison holds as many as it takes, in the order of their codes.
func (r *request) Peers(is *query.Issuer, peers []*query.Issuer) string {
	return r.address("/"+r.lang+"/compare", r.together(is, peers))
}

// Group is the address of the table of an issuer and those that a static site compares it with, for download.
func (r *request) Group(is *query.Issuer) string {
	return r.address("/en/compare.xlsx", r.together(is, nil))
}

// together is the query of the comparison of an issuer with others.
func (r *request) together(is *query.Issuer, peers []*query.Issuer) url.Values {
	if r.static != nil {
		all := append(r.release.Peers(is, "same-county", len(r.release.Issuers())), is)
		slices.SortFunc(all, func(a, b *query.Issuer) int { return strings.Compare(a.ID, b.ID) })
		pages := (len(all) + maxPlaces - 1) / maxPlaces
		size := (len(all) + pages - 1) / pages
		from := slices.Index(all, is) / size * size
		all = all[from:min(from+size, len(all))]
		is, peers = all[0], all[1:]
	}
	q := url.Values{"p": {is.ID}}
	for _, p := range peers {
		q.Add("p", p.ID)
	}
	return q
}

// AreaPath is the last part of an area's address.
func (r *request) AreaPath(code string, unplaced bool) string {
	switch {
	case unplaced:
		return "unplaced"
	case code == "":
		return "all"
	}
	return code
}

// ApplicantPath is the last part of a cell's address.
func (r *request) ApplicantPath(a *string) string {
	if a == nil {
		return "-"
	}
	return *a
}

// DataFile is the address of a file of the release.
func (r *request) DataFile(path string) string {
	parts := []any{"data"}
	for _, p := range strings.Split(path, "/") {
		parts = append(parts, p)
	}
	return r.Root(parts...)
}

// Holds reports whether the release has a file.
func (r *request) Holds(path string) bool {
	return slices.ContainsFunc(r.release.Data.Manifest().Files, func(f store.ManifestItem) bool { return f.Path == path })
}

// Value prints a value of a unit.
func (r *request) Value(v any, unit string) string {
	switch v := v.(type) {
	case float64:
		return value(v, unit)
	case *float64:
		if v != nil {
			return value(*v, unit)
		}
	}
	return ""
}

// group is the columns of one place.
type group struct {
	ID, Name string
	Span     int
}

// Groups are the places of a table, or its years where those come first, with the number of their columns.
func (r *request) Groups(t compare.Table, changes bool) []group {
	var out []group
	for k, c := range t.Columns {
		if k > 0 && !t.First(k) {
			out[len(out)-1].Span++
		} else if t.IsByYear() {
			out = append(out, group{"", r.yearOf(c.Year), 1})
		} else {
			out = append(out, group{c.IssuerID, c.Place, 1})
		}
	}
	for i := range out {
		if changes && out[i].Span > 1 {
			out[i].Span += 2
		}
	}
	return out
}

// maxCharts bounds the charts of a page.
const maxCharts = 6

// Drawn are the rows of a comparison that a chart can show.
func (r *request) Drawn(t compare.Table) []compare.Row {
	var out []compare.Row
	for _, row := range t.Rows {
		n := 0
		for _, c := range row.Cells {
			if c.Published != nil || c.Corrected != nil {
				n++
			}
		}
		if n > 1 && len(out) < maxCharts && (len(t.Rows) <= maxCharts || slices.Contains(charted, row.Measure)) {
			out = append(out, row)
		}
	}
	return out
}

// Fact prints a published cell with its unit and marks, linked to its evidence, and behind it what it was corrected to.
func (r *request) Fact(f any) template.HTML {
	var x schema.Fact
	switch f := f.(type) {
	case schema.Fact:
		x = f
	case *schema.Fact:
		x = *f
	}
	var b strings.Builder
	switch {
	case r.static == nil:
		b.WriteString(`<a href="` + template.HTMLEscapeString(r.Link("evidence", x.ReportID, x.Indicator, r.ApplicantPath(x.Applicant))) + `">` + string(r.Shown(x)) + `</a>`)
	case x.ReportID != r.PathValue("report"): // another version of the report
		b.WriteString(`<a href="` + template.HTMLEscapeString(r.Link("report", x.ReportID)+"#"+x.Indicator) + `">` + string(r.Shown(x)) + `</a>`)
	case r.shown != "" && telling(x): // noughts and blanks, which are nearly all, have the link of their table
		b.WriteString(`<a href="` + template.HTMLEscapeString(r.Copy(x.ReportID, "", "", r.shown)+"#"+CellAnchor(x.Indicator, x.Applicant)) + `">` + string(r.Shown(x)) + `</a>`)
	default:
		b.WriteString(string(r.Shown(x)))
	}
	if len(cellProblems(r.problems, x.Indicator, x.Applicant)) > 0 {
		title := template.HTMLEscapeString(r.T("cell_doubt"))
		b.WriteString(`<a class="doubt" href="#problems" title="` + title + `"><span aria-hidden="true">?</span><span class="hear"> (` + title + `)</span></a>`)
	}
	if c := query.CorrectionOf(r.release.Corrections(x.ReportID), x.Indicator, x.Applicant); c != nil {
		r.beside(&b, c.CorrectedValue, x.Unit, []query.Correction{*c})
	}
	return template.HTML(b.String())
}

// FactsOf are the cells of a line, one for each applicant: hundreds, which the template engine would take long for.
func (r *request) FactsOf(l cellLine) template.HTML {
	var b strings.Builder
	for _, a := range codebook.Applicants {
		b.WriteString("<td>")
		if f, held := l.Applicants[a.ID]; held {
			b.WriteString(string(r.Fact(f)))
		}
		b.WriteString("</td>")
	}
	return template.HTML(b.String())
}

// telling reports whether a cell says more than that there was nothing.
func telling(x schema.Fact) bool {
	return x.Value == nil && x.State != "blank" || x.Value != nil && *x.Value != 0 || len(x.FailedChecks) > 0
}

// linkedCells are the facts of a report that its page on a static site links to: those that are telling, and the first
// of each table.
func linkedCells(facts []schema.Fact) []schema.Fact {
	var out, firsts []schema.Fact
	one, many := false, false
	for _, line := range cellLines(facts) {
		seen := &many
		if line.One != nil {
			seen = &one
		}
		if !*seen {
			*seen, firsts = true, append(firsts, line.first())
		}
	}
	for _, f := range facts {
		if !telling(f) && !slices.ContainsFunc(firsts, func(first schema.Fact) bool {
			return CellAnchor(first.Indicator, first.Applicant) == CellAnchor(f.Indicator, f.Applicant)
		}) {
			continue
		}
		out = append(out, f)
	}
	return out
}

// InDocument is, on a static site, the link from a table of a report to its first cell in the document; nothing
// elsewhere.
func (r *request) InDocument(report string, lines []cellLine) template.HTML {
	if r.static == nil || r.shown == "" || len(lines) == 0 {
		return ""
	}
	first := lines[0].first()
	anchor := CellAnchor(first.Indicator, first.Applicant)
	return template.HTML(` <a href="` + template.HTMLEscapeString(r.Copy(report, "", "", r.shown)+"#"+anchor) + `">` + template.HTMLEscapeString(r.T("in_document")) + `</a>`)
}

// FactMarks are the marks of a published cell.
func FactMarks(x schema.Fact) []string {
	var out []string
	switch {
	case x.Value != nil:
	case x.State == "blank":
		out = append(out, compare.MarkBlank)
	case x.State == "not_applicable":
		out = append(out, compare.MarkDash)
	default:
		out = append(out, compare.MarkUnreadable)
	}
	return append(out, compare.FailureMarks(x.FailedChecks)...)
}

// Shown prints a published cell with its marks.
func (r *request) Shown(x schema.Fact) template.HTML {
	var b strings.Builder
	if x.Value != nil {
		b.WriteString(value(*x.Value, x.Unit))
		if unit := r.Unit(x.Unit); unit != "" {
			b.WriteString(` <span class="unit">` + template.HTMLEscapeString(unit) + `</span>`)
		}
	}
	r.marks(&b, FactMarks(x))
	return template.HTML(b.String())
}

// Meaning explains a mark.
func (r *request) Meaning(mark string) string {
	for _, m := range compare.Meanings {
		if m.Mark == mark {
			return r.Pick(m.ZH, m.EN)
		}
	}
	return ""
}

// Ranked prints a value of a ranking.
func (r *request) Ranked(m query.Measure, p query.Ranked) template.HTML {
	c := compare.CellOf(p.Cell)
	var b strings.Builder
	r.cell(&b, template.HTMLEscapeString(r.Link("evidence", p.Report, m.ID, "-")), &c)
	return template.HTML(b.String())
}

// Summed prints a number of a ranking in its unit.
func (r *request) Summed(v float64, unit string) string { return r.amount(v, unit) }

// GradeOf is the grade of a report, and whether the report is whole.
func (r *request) GradeOf(report string) template.HTML {
	_, ref := r.release.Report(report)
	if ref == nil {
		return ""
	}
	grade := template.HTMLEscapeString(ref.Quality)
	out := `<abbr class="grade g` + grade + `" title="` + template.HTMLEscapeString(r.T("quality_"+ref.Quality)) + `">` + grade + `</abbr>`
	if ref.Complete != nil && !*ref.Complete {
		out += ` <span class="quiet">` + template.HTMLEscapeString(r.T("incomplete")) + `</span>`
	}
	return template.HTML(out)
}

// Called is what a reader may write for an issuer: its name where that is its alone, else its ID.
func (r *request) Called(is *query.Issuer) string {
	if r.release.Alone(is) && r.Plain(is.Name) == is.Name {
		return is.Name
	}
	return is.ID
}

// Copy is the address of the archived document as it is shown, with a cell marked if one is named. ending is that of
// its file in a static site.
func (r *request) Copy(report, indicator, applicant, ending string) string {
	parts := []any{"copy", report}
	if indicator != "" {
		parts = append(parts, indicator, applicant)
	}
	if r.static != nil {
		parts[len(parts)-1] = fmt.Sprint(parts[len(parts)-1]) + ending
	}
	return r.Root(parts...)
}

// Original is the address of the archived bytes.
func (r *request) Original(row schema.Report) string {
	name := row.ReportID
	if r.static != nil {
		name += cmp.Or(extension(row.MediaType), ".bin")
		if strings.HasSuffix(name, ".html") || strings.HasSuffix(name, ".txt") {
			name += zipEnding
		}
	}
	return r.Root("original", name)
}

// ChartHeight is the height of the charts of a table in points.
func (r *request) ChartHeight(t compare.Table) int {
	for i := range t.Rows {
		return t.Chart(i, r.lang).Height()
	}
	return 0
}

// Deeper reports whether there are areas with issuers below one.
func (r *request) Deeper(code string) bool { return len(r.areasBelow(code)) > 0 }

// UnitName names a unit of the code book.
func (r *request) UnitName(unit string) string { return codebook.LookupUnit(unit).Called(r.lang) }

// FileMeaning says what a file of the release is that is no table.
func (r *request) FileMeaning(name string) string {
	key := "file_" + strings.ToLower(strings.Split(name, ".")[0])
	if _, named := words[key]; named {
		return r.T(key)
	}
	return ""
}

// Defined is a text of the code book in the language of the page.
func (r *request) Defined(s string) string {
	if r.lang == "zh" {
		return codebook.Chinese(s)
	}
	return s
}
