package page

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// Link is one anchor of a page or of a fragment that a list API answered.
type Link struct {
	URL  *url.URL
	Text string // the longer of the anchor's text and its title attribute: the text is often cut with an ellipsis
	Date string // a date that stands beside the anchor, yyyy-mm-dd, or empty
}

var dateBeside = regexp.MustCompile(`(20\d\d|19\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})`)

// FindDate returns the first calendar date of s as yyyy-mm-dd, or "".
func FindDate(s string) string {
	m := dateBeside.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	pad := func(x string) string {
		if len(x) == 1 {
			return "0" + x
		}
		return x
	}
	return m[1] + "-" + pad(m[2]) + "-" + pad(m[3])
}

// Links returns the anchors below s in document order, each address once, with the best title seen for it.
func (p *Page) Links(s *goquery.Selection) []Link {
	var links []Link
	at := map[string]int{}
	s.Find("a, area, [onclick], option[value]").Each(func(_ int, a *goquery.Selection) {
		u := p.Target(a)
		if u == nil {
			return
		}
		l := Link{URL: u, Text: anchorTitle(a)}
		if item := a.Closest("li, tr, dd"); item.Length() > 0 && item.Find("a").Length() <= 3 {
			text := Fold(item.Text())
			l.Date = FindDate(text)
			if emptyLabel.MatchString(l.Text) && len(text) < 400 {
				l.Text = beside(item, l.Text)
			}
		}
		if emptyLabel.MatchString(l.Text) {
			l.Text = heading(a, l.Text)
		}
		key := u.String()
		if i, ok := at[key]; ok {
			if len(l.Text) > len(links[i].Text) {
				links[i].Text = l.Text
			}
			return
		}
		at[key] = len(links)
		links = append(links, l)
	})
	return links
}

// emptyLabel matches what an anchor says when the title stands beside it.
var emptyLabel = regexp.MustCompile(`(?i)^(?:点击|我要)?(?:在线)?(?:下载|查看|预览|浏览|打开|阅读|链接|附件|全文|原文|正文|进入|详情|详细|更多|pdf|word|docx?|html?)*(?:内容|信息|版)?[\s\]】>》]*$`)

var yearIn = regexp.MustCompile(`(?:19|20)\d\d`)

// heading returns the heading of the box that an anchor stands in, of which it offers more; the anchor's own label where there is none, or where the
// heading names a year and so is an article's, not a list's.
func heading(a *goquery.Selection, label string) string {
	for box, up := a.Parent(), 0; up < 3 && box.Length() > 0; box, up = box.Parent(), up+1 {
		heads := box.Find("h1, h2, h3, h4, h5, h6, .title, .tit, strong")
		if text := Fold(heads.First().Text()); heads.Length() == 1 && len(text) < longTitle && !yearIn.MatchString(text) && !emptyLabel.MatchString(text) {
			return text
		}
	}
	return label
}

// beside returns what stands beside an anchor in its row, without other such anchors and without a date; the anchor's own label if that is nothing.
func beside(item *goquery.Selection, label string) string {
	var parts []string
	item.Contents().Each(func(_ int, part *goquery.Selection) {
		if text := Fold(part.Text()); !emptyLabel.MatchString(text) {
			parts = append(parts, Fold(dateBeside.ReplaceAllString(text, "")))
		}
	})
	if text := Fold(strings.Join(parts, " ")); text != "" {
		return text
	}
	return label
}

// literal matches an address that a script's call holds as it is: openUrl('/nb/1.html'), window.open("x.pdf"), location.href='./2/'.
var literal = regexp.MustCompile(`(?i)["']((?:https?:/)?\.{0,2}/[^"'\s]*|[^"'\s:]+\.(?:s?html?|jsp|aspx?|php|do|pdf|docx?|wps|xlsx?)(?:[?#][^"'\s]*)?)["']`)

// Target returns where a click on an element leads: its href, or an address that stands literally where the page's scripts look for it. Nothing is run.
func (p *Page) Target(a *goquery.Selection) *url.URL {
	href := strings.TrimSpace(a.AttrOr("href", ""))
	if href != "" && href[0] != '#' && !strings.HasPrefix(strings.ToLower(href), "javascript:") {
		return p.Resolve(href)
	}
	for _, name := range []string{"data-href", "data-url", "tagname", "value"} {
		if v := a.AttrOr(name, ""); strings.Contains(v, "/") || pageExt.MatchString(v) {
			return p.Resolve(v)
		}
	}
	for _, script := range []string{href, a.AttrOr("onclick", "")} {
		if m := literal.FindStringSubmatch(script); m != nil {
			return p.Resolve(m[1])
		}
	}
	return nil
}

func anchorTitle(a *goquery.Selection) string {
	best := shortTitle(a)
	for _, t := range []string{a.AttrOr("title", ""), a.AttrOr("download", ""), a.Find("img").AttrOr("alt", "")} {
		t = Fold(plain(t))
		cut := strings.HasSuffix(best, "…") || strings.HasSuffix(best, "...") || best == ""
		if t != "" && (cut || len(t) > len(best)) {
			best = t
		}
	}
	return best
}

// longTitle is the length in bytes from which an anchor holds more than a title: a summary, a date.
const longTitle = 200

// shortTitle is an anchor's text, or, where it wraps a whole entry, the first part of it that can be a title.
func shortTitle(a *goquery.Selection) string {
	text := Fold(a.Text())
	if len(text) < longTitle {
		return text
	}
	a.Find("h1, h2, h3, h4, h5, h6, p, div, span, dt, dd, strong, b, em").EachWithBreak(func(_ int, part *goquery.Selection) bool {
		if t := Fold(part.Text()); Han(t) >= 4 && len(t) < longTitle {
			text = t
			return false
		}
		return true
	})
	return text
}

// plain removes the markup that some templates put into title attributes.
func plain(s string) string {
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	nodes, err := html.ParseFragment(strings.NewReader(s), nil)
	if err != nil {
		return s
	}
	var b strings.Builder
	for _, n := range nodes {
		b.WriteString(goquery.NewDocumentFromNode(n).Text())
	}
	return b.String()
}

// AllLinks returns the anchors of the whole page.
func (p *Page) AllLinks() []Link { return p.Links(p.Doc.Selection) }

// Fragment parses a piece of HTML that stands in a script or an API answer, as if it stood on the page.
func (p *Page) Fragment(source string) *goquery.Selection {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(source))
	if err != nil {
		return &goquery.Selection{}
	}
	return doc.Selection
}

var skipFrame = regexp.MustCompile(`(?i)visitcount|login|tree\.jsp|share|footer|counter|header|weixin|map\.`)

// Frames returns the addresses of the frames on the same host that may hold the page's content.
func (p *Page) Frames() []*url.URL {
	var frames []*url.URL
	p.Doc.Find("iframe[src], frame[src]").Each(func(_ int, s *goquery.Selection) {
		src := s.AttrOr("src", "")
		if u := p.Resolve(src); u != nil && strings.EqualFold(u.Hostname(), p.URL.Hostname()) && !skipFrame.MatchString(src) {
			frames = append(frames, u)
		}
	})
	return frames
}

var (
	documentExt  = regexp.MustCompile(`(?i)\.(pdf|docx?|wps|xlsx?|et|ofd|ceb|zip|rar|rtf|txt)$`)
	downloadPath = regexp.MustCompile(`(?i)/downfile\.jsp|/download\.jsp|/download\.do|/download\?|/attachment/\d|/attach/`)
	insidePath   = regexp.MustCompile(`(?i)^/protect/`)
)

// IsDocument reports whether an address looks like a file and not like a page.
func IsDocument(u *url.URL) bool {
	if documentExt.MatchString(u.Path) || downloadPath.MatchString(u.RequestURI()) {
		return true
	}
	for _, key := range []string{"filename", "fileName", "file", "name"} {
		if documentExt.MatchString(u.Query().Get(key)) {
			return true
		}
	}
	return false
}

// body is the page without what stands on every page of a site.
func (p *Page) body() *goquery.Selection {
	clone := p.Doc.Selection.Clone()
	clone.Find("nav, header, footer, aside, .footer, #footer, .header, #header, .nav, #nav").Remove()
	return clone
}

// Attachments returns the documents that an article offers: anchors to files, embedded viewers and objects, each address once.
func (p *Page) Attachments() []Link {
	var out []Link
	seen := map[string]bool{}
	add := func(href, text string) {
		u := p.Resolve(href)
		if u == nil || !IsDocument(u) && !promisesFile(text, u) || insidePath.MatchString(u.Path) || seen[u.String()] {
			return
		}
		seen[u.String()] = true
		if text = Fold(text); text == "" {
			text = path.Base(u.Path)
		}
		out = append(out, Link{URL: u, Text: text})
	}
	for _, l := range p.Links(p.body()) {
		text := l.Text
		if name := l.URL.Query().Get("showname"); len(name) > len(text) {
			text = name
		}
		add(l.URL.String(), text)
	}
	p.body().Find("[pdfsrc], embed[src], object[data], iframe[src]").Each(func(_ int, s *goquery.Selection) {
		src := s.AttrOr("pdfsrc", s.AttrOr("src", s.AttrOr("data", "")))
		if u, err := url.Parse(src); err == nil { // a viewer page with the file in its query: /pdfjs/web/viewer.html?file=/x.pdf
			if file := u.Query().Get("file"); documentExt.MatchString(file) {
				src = file
			}
		}
		add(src, s.AttrOr("sudyfile-attr", s.AttrOr("title", "")))
	})
	if len(out) == 0 { // a viewer that a script makes
		for _, m := range scriptFile.FindAllStringSubmatch(p.Doc.Find("script").Text(), 4) {
			add(m[1], "")
		}
	}
	return out
}

var (
	fileLabel  = regexp.MustCompile(`(?i)\.(?:pdf|docx?|wps|xlsx?|ofd|zip|rar)[)）\]】]?$|^[\[【]?(?:点击)?下载(?:附件|文件|全文|报告)?[\]】]?$|^附件\s*\d*(?:下载)?$`)
	scriptFile = regexp.MustCompile(`(?i)["']([^"'\s<>]+\.(?:pdf|docx?|wps|ofd))["']`)
	pageExt    = regexp.MustCompile(`(?i)\.(?:s?html?|css|js|jpe?g|png|gif|bmp|mp4|mp3|exe|apk)$|/$`)
)

// promisesFile reports whether a label promises a file and the address may be one's, though it does not say so: /servlet/get?id=3.
func promisesFile(label string, u *url.URL) bool {
	return fileLabel.MatchString(label) && !pageExt.MatchString(u.Path)
}
