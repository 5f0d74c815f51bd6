package web

import (
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
)

// The parts of a comparison that have hundreds of cells are written here, straight into the page, and not in a template: the template engine takes
// longer for them than for all else. Every text goes through its escaper all the same.

// text is what a page is written into.
type text interface {
	WriteString(s string) (int, error)
}

// Rows writes the body of a comparison into the page, and gives the template nothing to add.
func (r *request) Rows(t compare.Table) template.HTML {
	b := r.body
	b.Grow(len(t.Rows) * (200 + 150*len(t.Columns)))
	links := make([]string, len(t.Columns)) // of the evidence of each column, to which the measure is added
	for k, c := range t.Columns {
		links[k] = r.evidenceOf(c.ReportID)
	}
	for _, row := range t.Rows {
		b.WriteString(`<tr><th scope="row">`)
		b.WriteString(template.HTMLEscapeString(row.Label(r.lang)))
		if unit := r.Unit(row.Unit); unit != "" {
			b.WriteString(` <span class="of">` + template.HTMLEscapeString(unit) + `</span>`)
		}
		b.WriteString(`</th>`)
		measure := template.HTMLEscapeString(url.PathEscape(row.Measure))
		for k := range row.Cells {
			if k > 0 && t.First(k) {
				b.WriteString(`<td class="first">`)
			} else {
				b.WriteString(`<td>`)
			}
			switch {
			case row.Cells[k].State == query.Absent: // there is no evidence to link to
				b.WriteString(marksOf[r.lang][compare.MarkAbsent])
			case r.static != nil:
				r.cell(b, template.HTMLEscapeString(r.Link("evidence", t.Columns[k].ReportID, row.Measure, "-")), "", "", row.Unit, &row.Cells[k])
			default:
				r.cell(b, links[k], measure, "/-", row.Unit, &row.Cells[k])
			}
			b.WriteString(`</td>`)
		}
		b.WriteString("</tr>\n")
	}
	return ""
}

// evidenceOf is how the address of the evidence of a report's cells begins.
func (r *request) evidenceOf(report string) string {
	return "/" + r.lang + "/evidence/" + template.HTMLEscapeString(url.PathEscape(report)) + "/"
}

// Heads writes the head of each column of a comparison into the page: the year, linked to the report, its quality and its form.
func (r *request) Heads(t compare.Table) template.HTML {
	b, form := r.body, template.HTMLEscapeString(r.T("form"))
	for k, c := range t.Columns {
		if k > 0 && t.First(k) {
			b.WriteString(`<th scope="col" class="first"><a href="`)
		} else {
			b.WriteString(`<th scope="col"><a href="`)
		}
		b.WriteString(template.HTMLEscapeString(r.Link("report", c.ReportID)))
		b.WriteString(`">`)
		b.WriteString(r.yearOf(c))
		b.WriteString(`</a><span class="of">`)
		b.WriteString(template.HTMLEscapeString(c.Quality))
		if c.Template != "" {
			b.WriteString(` · ` + form + ` ` + template.HTMLEscapeString(c.Template))
		}
		b.WriteString(`</span></th>`)
	}
	return ""
}

// Sources writes the source of each column of a comparison into the page.
func (r *request) Sources(t compare.Table) template.HTML {
	b := r.body
	for _, c := range t.Columns {
		b.WriteString(`<li><bdi>`)
		b.WriteString(template.HTMLEscapeString(r.Plain(c.Place)))
		b.WriteString(`</bdi>`)
		if c.Year != nil {
			b.WriteString(" " + r.yearOf(c))
		}
		if source := template.HTMLEscapeString(r.Outward(c.URL)); source != "" {
			b.WriteString(` <a href="` + source + `" rel="noreferrer nofollow"><bdi>` + source + `</bdi></a>`)
		}
		b.WriteString("</li>")
	}
	return ""
}

func (r *request) yearOf(c compare.Column) string {
	if c.Year == nil {
		return template.HTMLEscapeString(r.T("year_unknown"))
	}
	return strconv.Itoa(int(*c.Year))
}

// Boxes prints the choice of measures: the headline ones, then the others, those of the form of 2014 last.
func (r *request) Boxes(all []query.Measure, chosen map[string]bool) template.HTML {
	var groups [3][]query.Measure
	for _, m := range all {
		switch {
		case slices.Contains(query.Headline, m.ID):
			groups[0] = append(groups[0], m)
		case strings.HasPrefix(m.ID, "stat2014."):
			groups[2] = append(groups[2], m)
		default:
			groups[1] = append(groups[1], m)
		}
	}
	slices.SortFunc(groups[0], func(a, b query.Measure) int {
		return slices.Index(query.Headline, a.ID) - slices.Index(query.Headline, b.ID)
	})
	var b strings.Builder
	for i, title := range []string{"measures_headline", "measures_other", "measures_2014"} {
		open := ""
		if i == 0 || slices.ContainsFunc(groups[i], func(m query.Measure) bool { return chosen[m.ID] }) {
			open = " open"
		}
		b.WriteString(`<details class="group"` + open + `><summary>` + template.HTMLEscapeString(r.T(title)) + `</summary><div class="measures">`)
		r.boxes(&b, groups[i], chosen)
		b.WriteString(`</div></details>`)
	}
	return template.HTML(b.String())
}

func (r *request) boxes(b *strings.Builder, of []query.Measure, chosen map[string]bool) {
	for _, m := range of {
		b.WriteString(`<label><input type="checkbox" name="m" value="` + template.HTMLEscapeString(m.ID) + `"`)
		if chosen[m.ID] {
			b.WriteString(` checked`)
		}
		b.WriteString(`> ` + template.HTMLEscapeString(m.Label(r.lang)) + `</label>`)
	}
}

// cell writes one cell of a comparison: the value with its marks, linked to its evidence, whose address is given in up to three escaped pieces.
func (r *request) cell(b text, link, measure, end, unit string, c *compare.Cell) {
	b.WriteString(`<a href="`)
	b.WriteString(link)
	b.WriteString(measure)
	b.WriteString(end)
	b.WriteString(`">`)
	if c.Value != nil {
		b.WriteString(value(*c.Value, unit))
	}
	r.marks(b, c.Marks)
	b.WriteString(`</a>`)
	if c.Denominator != nil && c.Numerator != nil && c.Value != nil {
		b.WriteString(`<span class="of">` + grouped(strconv.FormatFloat(*c.Numerator, 'f', -1, 64)) + `/` + grouped(strconv.FormatFloat(*c.Denominator, 'f', -1, 64)) + `</span>`)
	}
}

// marks writes the marks behind a value, or in its place.
func (r *request) marks(b text, marks []string) {
	if len(marks) == 0 {
		return
	}
	b.WriteString(`<span class="marks">`)
	for _, m := range marks {
		b.WriteString(marksOf[r.lang][m])
	}
	b.WriteString(`</span>`)
}

// marksOf holds the marks as they stand on a page, by language, each with its meaning for those who hear the page.
var marksOf = func() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, lang := range Languages {
		r := &request{lang: lang}
		all[lang] = map[string]string{compare.MarkAbsent: `<span class="absent" title="` + template.HTMLEscapeString(r.T("absent")) + `">·</span>`}
		for _, m := range compare.Meanings {
			all[lang][m.Mark] = r.mark(m)
		}
	}
	return all
}()

func (r *request) mark(m compare.Meaning) string {
	shown, class := m.Mark, "mark"
	switch m.Mark {
	case compare.MarkBlank:
		shown, class = r.T("blank"), "mark none"
	case compare.MarkFlagged:
		class = "mark flagged"
	}
	meaning := template.HTMLEscapeString(r.Pick(m.ZH, m.EN))
	return `<span class="` + class + `" title="` + meaning + `"><span aria-hidden="true">` + template.HTMLEscapeString(shown) + `</span><span class="hear"> (` + meaning + `)</span></span>`
}
