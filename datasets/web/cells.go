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

// Rows prints the body of a comparison. It is written here and not in a template because a page has up to a thousand cells, and the template engine
// takes longer for them than for all else; every text goes through its escaper all the same.
func (r *request) Rows(t compare.Table) template.HTML {
	var b strings.Builder
	b.Grow(len(t.Rows) * (200 + 120*len(t.Columns)))
	for _, row := range t.Rows {
		b.WriteString(`<tr><th scope="row">`)
		b.WriteString(template.HTMLEscapeString(row.Label(r.lang)))
		if unit := r.Unit(row.Unit); unit != "" {
			b.WriteString(` <span class="of">` + template.HTMLEscapeString(unit) + `</span>`)
		}
		b.WriteString(`</th>`)
		for k := range row.Cells {
			if k > 0 && t.First(k) {
				b.WriteString(`<td class="first">`)
			} else {
				b.WriteString(`<td>`)
			}
			r.cell(&b, row.Measure, row.Unit, t.Columns[k].ReportID, &row.Cells[k])
			b.WriteString(`</td>`)
		}
		b.WriteString("</tr>\n")
	}
	return template.HTML(b.String())
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

// cell prints one cell of a comparison: the value with its marks, linked to its evidence.
func (r *request) cell(b *strings.Builder, measure, unit, report string, c *compare.Cell) {
	if c.State == query.Absent {
		b.WriteString(`<span class="absent" title="` + template.HTMLEscapeString(r.T("absent")) + `">·</span>`)
		return
	}
	b.WriteString(`<a href="`)
	if r.static != nil {
		b.WriteString(template.HTMLEscapeString(r.Link("evidence", report, measure, "-")))
	} else {
		b.WriteString("/" + r.lang + "/evidence/" + template.HTMLEscapeString(url.PathEscape(report)) + "/" + template.HTMLEscapeString(url.PathEscape(measure)) + "/-")
	}
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

// marks prints the marks behind a value, or in its place.
func (r *request) marks(b *strings.Builder, marks []string) {
	if len(marks) == 0 {
		return
	}
	b.WriteString(`<span class="marks">`)
	for _, m := range marks {
		b.WriteString(r.mark(m))
	}
	b.WriteString(`</span>`)
}

// mark prints a mark with its meaning for those who hear the page.
func (r *request) mark(m string) string {
	i := slices.IndexFunc(compare.Meanings, func(x compare.Meaning) bool { return x.Mark == m })
	meaning, shown, class := compare.Meanings[i], m, "mark"
	switch m {
	case compare.MarkBlank:
		shown, class = r.T("blank"), "mark none"
	case compare.MarkFlagged:
		class = "mark flagged"
	}
	return `<span class="` + class + `" title="` + template.HTMLEscapeString(r.Pick(meaning.ZH, meaning.EN)) + `"><span aria-hidden="true">` + template.HTMLEscapeString(shown) +
		`</span><span class="hear"> (` + template.HTMLEscapeString(r.Pick(meaning.ZH, meaning.EN)) + `)</span></span>`
}
