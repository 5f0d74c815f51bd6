package web

import (
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// The parts of a comparison that have hundreds of cells are written here, straight into the page, and not in a
// template: the template engine takes longer for them than for all else. Every text goes through its escaper all the
// same.

// text is what a page is written into.
type text interface {
	WriteString(s string) (int, error)
}

// Rows writes the body of a comparison into the page, and gives the template nothing to add. changes adds columns of
// differences.
func (r *request) Rows(t compare.Table, changes bool) template.HTML {
	b := r.body
	b.Grow(len(t.Rows) * (200 + 150*len(t.Columns)))
	links := make([]string, len(t.Columns)) // how the address of the evidence of a column's cells begins
	for k, c := range t.Columns {
		links[k] = r.server.opt.Base + "/" + r.lang + "/evidence/" + template.HTMLEscapeString(url.PathEscape(c.ReportID)) + "/"
	}
	for _, row := range t.Rows {
		b.WriteString(`<tr><th scope="row">`)
		if link := r.seriesOf(t, row); link != "" {
			b.WriteString(`<a href="` + template.HTMLEscapeString(link) + `">` + template.HTMLEscapeString(row.Label(r.lang)) + `</a>`)
		} else {
			b.WriteString(template.HTMLEscapeString(row.Label(r.lang)))
		}
		b.WriteString(`</th>`)
		ending := template.HTMLEscapeString(url.PathEscape(row.Measure)) + "/-"
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
				r.cell(b, template.HTMLEscapeString(r.Link("evidence", t.Columns[k].ReportID, row.Measure, "-")), &row.Cells[k])
			default:
				r.cell(b, links[k]+ending, &row.Cells[k])
			}
			b.WriteString(`</td>`)
			if changes {
				r.changeCells(b, t, row, k)
			}
		}
		b.WriteString("</tr>\n")
	}
	return ""
}

// Heads writes the head of each column of a comparison into the page: the year, linked to the report, its quality,
// whether it is whole, and its form.
func (r *request) Heads(t compare.Table, changes bool) template.HTML {
	b, form := r.body, template.HTMLEscapeString(r.T("form"))
	for k, c := range t.Columns {
		if k > 0 && t.First(k) {
			b.WriteString(`<th scope="col" class="first"><a href="`)
		} else {
			b.WriteString(`<th scope="col"><a href="`)
		}
		b.WriteString(template.HTMLEscapeString(r.Link("report", c.ReportID)))
		b.WriteString(`">`)
		if t.IsByYear() {
			b.WriteString(`<bdi>` + template.HTMLEscapeString(r.Plain(c.Place)) + `</bdi>`)
		} else {
			b.WriteString(r.yearOf(c.Year))
		}
		b.WriteString(`</a>`)
		grade := template.HTMLEscapeString(c.Quality)
		of := []string{`<abbr class="grade g` + grade + `" title="` + template.HTMLEscapeString(r.T("quality_"+c.Quality)) + `">` + grade + `</abbr>`}
		if c.Complete != nil && !*c.Complete {
			of = append(of, template.HTMLEscapeString(r.T("incomplete")))
		}
		if c.Template != "" {
			of = append(of, form+` `+template.HTMLEscapeString(c.Template))
		}
		b.WriteString(`<span class="of">` + strings.Join(of, " · ") + `</span>`)
		b.WriteString(`</th>`)
		if changes {
			r.changeHeads(b, t, k)
		}
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
			b.WriteString(" " + r.yearOf(c.Year))
		}
		if source := template.HTMLEscapeString(r.Outward(c.URL)); source != "" {
			b.WriteString(` <a href="` + source + `" rel="noreferrer nofollow"><bdi>` + source + `</bdi></a>`)
		}
		b.WriteString("</li>")
	}
	return ""
}

func (r *request) yearOf(year *int32) string {
	if year == nil {
		return template.HTMLEscapeString(r.T("year_unknown"))
	}
	return strconv.Itoa(int(*year))
}

// Listed writes the reports of a place into the page, a row each: year, title, quality, failed checks, day of the
// fetch, source.
func (r *request) Listed(rows []schema.Report) template.HTML {
	b := r.body
	label := func(key string) string { return `data-label="` + template.HTMLEscapeString(r.T(key)) + `">` }
	quality, failed, fetched, source := label("quality"), label("failed"), label("fetched"), label("source")
	original, archived := template.HTMLEscapeString(r.T("original_address")), template.HTMLEscapeString(r.T("archived"))
	for i := range rows {
		row := &rows[i]
		link := template.HTMLEscapeString(r.Link("report", row.ReportID))
		b.WriteString(`<tr><td>` + r.yearOf(row.Year) + `</td><td><a href="` + link + `"><bdi>` + template.HTMLEscapeString(r.Plain(row.Title)) + `</bdi></a>`)
		if older := len(r.release.Versions(row.ReportID)) - 1; older > 0 {
			b.WriteString(` <a class="quiet" href="` + link + `#versions">` + template.HTMLEscapeString(fmt.Sprintf(r.T("n_earlier"), older)) + `</a>`)
		}
		b.WriteString(`</td>`)
		grade := template.HTMLEscapeString(row.Quality)
		b.WriteString(`<td ` + quality + `<abbr class="grade g` + grade + `" title="` + template.HTMLEscapeString(r.T("quality_"+row.Quality)) + `">` + grade + `</abbr></td>`)
		b.WriteString(`<td class="num" ` + failed + strconv.Itoa(int(row.ChecksFailed)) + r.noted(row.Notes) + `</td><td ` + fetched + row.FetchedAt.Format("2006-01-02") + `</td><td ` + source)
		if address := r.Outward(row.URL); address != "" {
			b.WriteString(`<a href="` + template.HTMLEscapeString(address) + `" rel="noreferrer nofollow">` + original + `</a>`)
		}
		if r.Archived() {
			b.WriteString(` · <a href="` + link + `#copy">` + archived + `</a>`)
		}
		b.WriteString("</td></tr>\n")
	}
	return ""
}

// noted reports the checks that fail and do not speak against a number.
func (r *request) noted(n int32) string {
	if n == 0 {
		return ""
	}
	return ` <span class="quiet">+` + strconv.Itoa(int(n)) + ` ` + template.HTMLEscapeString(r.T("notes")) + `</span>`
}

// box is a measure that can be chosen, as it stands on a page around its tick.
type box struct{ id, before, after string }

// boxes are the measures that can be chosen, by language: the headline ones, then the others, those of the form of 2014
// last.
var boxes = func() map[string][3][]box {
	all := map[string][3][]box{}
	for _, lang := range Languages {
		var groups [3][]box
		add := func(group int, m query.Measure) {
			groups[group] = append(groups[group], box{m.ID, `<label><input type="checkbox" name="m" value="` + template.HTMLEscapeString(m.ID) + `"`,
				`> ` + template.HTMLEscapeString(m.Label(lang)) + `</label>`})
		}
		for _, m := range headline() {
			add(0, m)
		}
		for _, m := range query.Measures() {
			switch {
			case slices.Contains(query.Headline, m.ID):
			case strings.HasPrefix(m.ID, "stat2014."):
				add(2, m)
			default:
				add(1, m)
			}
		}
		all[lang] = groups
	}
	return all
}()

// Boxes writes the choice of measures into the page, and gives the template nothing to add.
func (r *request) Boxes(chosen map[string]bool) template.HTML {
	b := r.body
	for i, title := range []string{"measures_headline", "measures_other", "measures_2014"} {
		group := boxes[r.lang][i]
		open := ""
		if i == 0 || slices.ContainsFunc(group, func(x box) bool { return chosen[x.id] }) {
			open = " open"
		}
		b.WriteString(`<details class="group"` + open + `><summary>` + template.HTMLEscapeString(r.T(title)) + `</summary><div class="measures">`)
		for _, x := range group {
			b.WriteString(x.before)
			if chosen[x.id] {
				b.WriteString(` checked`)
			}
			b.WriteString(x.after)
		}
		b.WriteString(`</div></details>`)
	}
	return ""
}

// cell writes one cell of a comparison: what was published with its unit and its marks, linked to its evidence, whose
// escaped address is given, and behind it what it was corrected to.
func (r *request) cell(b text, link string, c *compare.Cell) {
	b.WriteString(`<a href="`)
	b.WriteString(link)
	b.WriteString(`">`)
	if c.Published != nil {
		b.WriteString(value(*c.Published, c.Unit))
		if unit := r.Unit(c.Unit); unit != "" {
			b.WriteString(` <span class="unit">` + template.HTMLEscapeString(unit) + `</span>`)
		}
	}
	r.marks(b, c.Marks)
	b.WriteString(`</a>`)
	r.beside(b, c.Corrected, c.Unit, c.Corrections)
	if c.Denominator != nil && c.Numerator != nil && c.Published != nil && len(c.Corrections) == 0 {
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
	// those who hear the page hear the title: a picture is called by it
	return `<span class="` + class + `" role="img" title="` + meaning + `">` + template.HTMLEscapeString(shown) + `</span>`
}
