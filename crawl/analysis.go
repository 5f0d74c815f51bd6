package crawl

import (
	"fmt"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/gongkai-data/gongkai/crawl/fetch"
	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract/bundle"
	"github.com/gongkai-data/gongkai/extract/heading"
)

// analysis is what a page or document is taken for.
type analysis struct {
	Report      bool // an annual report
	Shell       bool // a page that only offers a report as a file
	Column      bool // a list of reports
	Titled      bool // and called one
	Short       bool // it has next to no text of its own
	Title       string
	Year        int
	Attachments []page.Link
}

// shortArticle is the number of Chinese characters below which a page has no text of its own: an announcement, a
// picture, a file.
const shortArticle = 200

// analyse judges an answer of status 2xx by positive signs only: first bytes, legal headings, the list's own structure.
// Absence of an error page is no sign. It is a pure function of the answer and of what was known before. own is the
// seed's body, whose reports are wanted whatever it is.
func analyse(a *answer, role string, h hint, own string) (n analysis, outcome, detail string) {
	if a.Magic != "" {
		return analyseFile(a, role, h)
	}
	switch class := fetch.Blocked(a.Page.Title, a.Page.Text()); class {
	case "":
	case "captcha":
		return analysis{}, schema.OutcomeNeedsPerson, class
	default:
		return analysis{}, schema.OutcomeChallenge, class
	}
	text := bodyText(a.Page)
	if role == "attachment" {
		if strings.HasPrefix(a.Type, "text/plain") && page.Han(text) >= shortArticle && heading.Topics(text) >= 2 {
			return analysis{Report: true, Title: h.Title, Year: h.Year}, schema.OutcomeOK, "text"
		}
		return analysis{}, schema.OutcomeNotADocument, "a page in place of a file"
	}
	return analysePage(a.Page, text, role, h, own)
}

// analyseFile judges a file by what called it a report: nothing else is known of it yet.
func analyseFile(a *answer, role string, h hint) (n analysis, outcome, detail string) {
	n = analysis{Title: h.Title, Year: h.Year}
	n.Report = role == "attachment" || h.InColumn || title.Judge(h.Title).Kind == title.Report
	detail = a.Magic
	none := "a document that nothing calls a report"
	if names := bundle.Names(a.Body); a.Magic == "zip" && len(names) > 0 {
		n.Report, n.Year = bundled(names, n.Report)
		detail, none = fmt.Sprintf("zip of %d files", len(names)), "a zip file without a report"
	}
	if !n.Report {
		return n, schema.OutcomeNotAReport, none
	}
	return n, schema.OutcomeOK, detail
}

// analysePage judges a page by the signs that it shows.
func analysePage(p *page.Page, text, role string, h hint, own string) (n analysis, outcome, detail string) {
	n = analysis{Year: h.Year}
	best := n.bestTitle(p, h, own)
	if body := title.Author(text); body != "" && !sameBody(body, own) {
		best.Kind = title.Never
	}
	n.Attachments = reportFiles(p)
	s := seen{text: text, title: n.Title, han: page.Han(text), topics: heading.Topics(text), listed: listedReports(p), images: bodyImages(p),
		files: len(n.Attachments), best: best, role: role, hint: h, retold: title.Retold(n.Title) && !title.Statistics(p.Text())}
	n.Short = s.short()
	n.Titled = best.Kind == title.Column || title.Judge(p.Meta["columnname"]).Kind == title.Column && p.Meta["articletitle"] == ""
	n.Column = n.Titled || s.listed >= 2
	s.column = n.Column
	switch s.judge() {
	case aReport:
		n.Report = true
	case aShell:
		n.Shell = true
	}
	if y := ownYear(p, own); y != 0 && n.Report { // what the report calls itself goes before what a list calls it
		n.Year = y
	}
	if n.Year == 0 {
		n.Year = best.Year
	}
	switch {
	case n.Report:
		n.Column = false
		return n, schema.OutcomeOK, "report"
	case n.Shell:
		return n, schema.OutcomeNotAReport, "its report is the file that it offers"
	case n.Short && title.Apology(text):
		return n, schema.OutcomeSoft404, title.Clip(text, 60)
	case n.Column:
		return n, schema.OutcomeNotAReport, "column"
	case p.Scripted():
		return n, schema.OutcomeNeedsBrowser, "its scripts make its content"
	}
	return n, schema.OutcomeNotAReport, "page"
}

// bestTitle judges the titles of a page, the surest first, and keeps the one that says most.
func (n *analysis) bestTitle(p *page.Page, h hint, own string) title.Verdict {
	rank := map[title.Kind]int{title.Report: 5, title.Column: 4, title.Weak: 3, title.Never: 2, title.Organ: 1, title.Section: 1, title.Portal: 1}
	var best title.Verdict
	for i, t := range pageTitles(p, h) {
		v := judgeFor(t, own)
		if v.Kind == title.Never && (i <= 1 || title.Enterprise(t) != "") { // the article's own title or the anchor that led here says that it is something else
			n.Title = t
			return v
		}
		if rank[v.Kind] > rank[best.Kind] || rank[v.Kind] == rank[best.Kind] && best.Year == 0 && v.Year != 0 && v.Kind != title.Other {
			best, n.Title = v, t
		}
	}
	if n.Title == "" {
		n.Title = h.Title
	}
	return best
}

// judgeFor judges a title for a seed: the disclosure report of a company or school is one where the seed names that
// body.
func judgeFor(text, own string) title.Verdict {
	v := title.Judge(text)
	if v.Kind == title.Never && own != "" {
		if body := title.Enterprise(text); body != "" && sameBody(body, own) {
			v.Kind = title.Report
		}
	}
	return v
}

// sameBody reports whether two names can be one body's: the one holds the other.
func sameBody(a, b string) bool {
	return a != "" && b != "" && (strings.Contains(a, b) || strings.Contains(b, a))
}

// ownYear is the year of the report that the page itself says it is, or 0.
func ownYear(p *page.Page, own string) int {
	for _, t := range pageTitles(p, hint{}) {
		if v := judgeFor(t, own); v.Kind == title.Report && v.Year != 0 {
			return v.Year
		}
	}
	return 0
}

func pageTitles(p *page.Page, h hint) []string {
	titles := []string{p.Meta["articletitle"], h.Title}
	p.Doc.Find("h1, h2, .title, #title, .article-title, .xxgk_title, .bt_title, ucaptitle").EachWithBreak(func(i int, s *goquery.Selection) bool {
		if s.Find("a").Length() == 0 {
			titles = append(titles, page.Fold(s.Text()))
		}
		return i < 12
	})
	head := p.Title
	for _, sep := range []string{"_", "-", "|", "—", "–"} {
		head, _, _ = strings.Cut(head, sep)
	}
	return append(titles, page.Fold(head))
}

// bodyText is the text of a page that stands in no anchor: menus and lists are anchors, a report is not.
func bodyText(p *page.Page) string {
	clone := p.Doc.Find("body").Clone()
	clone.Find("a, script, style, noscript, select, option, nav, header, footer").Remove()
	return page.Fold(clone.Text())
}

// listedReports counts the anchors on a page that promise a report of a year.
func listedReports(p *page.Page) int {
	n := 0
	for _, l := range p.AllLinks() {
		if v := title.Judge(l.Text); v.Kind == title.Report && v.Year != 0 && !page.IsDocument(l.URL) {
			n++
		}
	}
	return n
}

// reportFiles returns the files on a page that may be its report or belong to it.
func reportFiles(p *page.Page) []page.Link {
	var files []page.Link
	all := p.Attachments()
	for _, f := range all {
		if !title.Foreign(f.Text) {
			files = append(files, f)
		}
	}
	if len(files) == 0 { // a page that offers nothing else may have given its report the name of the form that it was written in
		return all
	}
	return files
}

// articleImages are the images in what systems call the article.
const articleImages = ".TRS_Editor img, .TRS_UEDITOR img, #zoom img, #Zoom img, .v_news_content img, ucapcontent img, .article-content img, #zoomcon img, .xxgk_content img, .pages_content img, .bt_content img, .wp_articlecontent img, article img, .content img"

func bodyImages(p *page.Page) int { return p.Doc.Find(articleImages).Length() }
