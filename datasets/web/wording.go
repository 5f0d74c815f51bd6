package web

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/wording"
)

// wording is the page that lays the texts of two reports side by side.
func (r *request) wording() error {
	first, err := r.textOf(r.PathValue("first"))
	if err != nil {
		return err
	}
	second, err := r.textOf(r.PathValue("second"))
	if err != nil {
		return err
	}
	return r.besides(wordingPage{Sides: [2]textChoice{r.choiceOf("a", first.of), r.choiceOf("b", second.of)}}, &first, &second)
}

// wordingPage is the page that lays two texts side by side, with the form that chooses them.
type wordingPage struct {
	Sides [2]textChoice
	Years []int32 // that the form offers
	Found bool    // both texts are
	A, B  query.ReportOf
	wording.Comparison
}

// besides shows the page; the texts are nil where they are not chosen yet.
func (r *request) besides(page wordingPage, first, second *reportText) error {
	r.title, page.Years = r.T("wording"), r.release.Summary().Years
	if first != nil && second != nil {
		page.Found, page.A, page.B = true, first.of, second.of
		page.Comparison = wording.Of(first.Text, second.Text)
		r.title += r.Pick("：", ": ") + r.Plain(page.First) + " – " + r.Plain(page.Second)
	}
	return r.render("wording", page)
}

type reportText struct {
	of query.ReportOf
	wording.Text
}

func (r *request) textOf(id string) (reportText, error) {
	r.concerns(id)
	is, ref := r.release.Report(id)
	if is == nil {
		return reportText{}, notFound("there is no report %s", id)
	}
	sections, err := r.release.Texts(r.Context(), is, ref)
	name := is.Name
	if ref.Year != 0 {
		name += " " + strconv.Itoa(int(ref.Year))
	}
	return reportText{query.ReportOf{Issuer: is, Ref: ref}, wording.Text{Name: name, Sections: sections}}, err
}

// SectionName names a section of the form.
func (r *request) SectionName(number *int32) string { return wording.SectionName(number, r.lang) }

// Wording is the address of the page that compares two reports in words; empty where a static site does not have it:
// that has the report of the year before only.
func (r *request) Wording(first, second string) string {
	if r.static != nil {
		a, of := r.release.Report(first)
		b, ref := r.release.Report(second)
		if a == nil || a != b || a.Before(ref) != of {
			return ""
		}
	}
	if r.static != nil {
		return r.address("/zh/wording/"+url.PathEscape(first)+"/"+url.PathEscape(second), nil)
	}
	return r.Link("wording", first, second)
}

// TextAt is where the text of a report stands on a static site, as seen from a page in English, which would only repeat
// it: all texts are Chinese. Empty where the page shows the text itself.
func (r *request) TextAt(report string) string {
	if r.static == nil || r.lang == "zh" {
		return ""
	}
	return r.address("/zh/report/"+url.PathEscape(report), nil) + "#texts"
}

// Part is a run of text with what became of it.
func (r *request) Part(p wording.Part) template.HTML {
	lines := strings.Split(p.Text, "\n")
	for i, line := range lines {
		lines[i] = template.HTMLEscapeString(r.Plain(line))
	}
	text := strings.Join(lines, "<br>")
	where := func(key string) string {
		return ` <small lang="` + r.Pick("zh-CN", "en") + `">(` + template.HTMLEscapeString(r.T(key)+" "+r.SectionName(p.Where)) + ")</small> "
	}
	switch p.Kind {
	case wording.Removed:
		text = "<del>" + text + "</del>"
	case wording.Added:
		text = "<ins>" + text + "</ins>"
	case wording.MovedAway:
		text = `<del class="moved">` + text + "</del>" + where("moved_to")
	case wording.MovedHere:
		text = `<ins class="moved">` + text + "</ins>" + where("moved_from")
	}
	return template.HTML(text)
}
