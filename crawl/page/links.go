package page

import (
	"context"
	"net/url"
	"path"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/gongkai-data/gongkai/extract/html/tree"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Link is one anchor of a page or of a fragment that a list API answered.
type Link struct {
	URL  *url.URL
	Text string // the longer of the anchor's text and its title attribute: the text is often cut with an ellipsis
	Date string // a date that stands beside the anchor, yyyy-mm-dd, or empty
	Read bool   // the address was put together from a script's parts: it may have been misread
}

var dateBeside = lazyregexp.New(`(20\d\d|19\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})`)

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
	s.Find("*").Each(func(_ int, a *goquery.Selection) {
		u, read := p.target(a)
		if u == nil {
			return
		}
		l := Link{URL: u, Text: anchorTitle(a), Read: read}
		if bareYear.MatchString(l.Text) || emptyLabel.MatchString(l.Text) {
			l.Text = p.tableTitle(a, l.Text)
		}
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
var emptyLabel = lazyregexp.New(`(?i)^(?:点击|我要)?(?:在线)?(?:下载|查看|预览|浏览|打开|阅读|链接|附件|全文|原文|正文|进入|详情|详细|更多|pdf|word|docx?|html?)*(?:内容|信息|版)?[\s\]】>》]*$`)

var yearIn = lazyregexp.New(`(?:19|20)\d\d`)

// heading returns the heading of the box that an anchor stands in, of which it offers more; the anchor's own label
// where there is none, or where the heading names a year and so is an article's, not a list's.
func heading(a *goquery.Selection, label string) string {
	for box, up := a.Parent(), 0; up < 3 && box.Length() > 0; box, up = box.Parent(), up+1 {
		heads := box.Find("h1, h2, h3, h4, h5, h6, .title, .tit, strong")
		if text := Fold(heads.First().Text()); heads.Length() == 1 && len(text) < longTitle && !yearIn.MatchString(text) && !emptyLabel.MatchString(text) {
			return text
		}
	}
	return label
}

// beside returns what stands beside an anchor in its row, without other such anchors and without a date; the anchor's
// own label if that is nothing.
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

// literal matches an address that a script's call holds as it is: openUrl('/nb/1.html'), window.open("x.pdf"),
// location.href='./2/'.
var literal = lazyregexp.New(`(?i)["']((?:https?:/)?\.{0,2}/[^"'\s]*|[^"'\s:]+\.(?:s?html?|jsp|aspx?|php|do|pdf|docx?|wps|xlsx?)(?:[?#][^"'\s]*)?)["']`)

// Target returns where a click on an element leads: its href, an address that stands literally in another of its
// attributes, or one that its handler names or has a function of the page put together. Nothing is run. nil for what is
// no link.
func (p *Page) Target(a *goquery.Selection) *url.URL {
	u, _ := p.target(a)
	return u
}

// target also reports whether the address was put together from parts.
func (p *Page) target(a *goquery.Selection) (*url.URL, bool) {
	if len(a.Nodes) == 0 || len(a.Nodes[0].Attr) == 0 || notLinks[a.Nodes[0].Data] {
		return nil, false
	}
	tag := a.Nodes[0].Data
	anchor := tag == "a" || tag == "area"
	href := ""
	if anchor {
		href = strings.TrimSpace(a.AttrOr("href", ""))
		if href != "" && href[0] != '#' && !strings.HasPrefix(strings.ToLower(href), "javascript:") {
			return p.Resolve(href), false
		}
	}
	click := a.AttrOr("onclick", "")
	for _, attr := range a.Nodes[0].Attr {
		named := anchor || click != "" || strings.HasPrefix(attr.Key, "data-") || attr.Key == "href" || tag == "option" && attr.Key == "value"
		if named && !ownAttrs[attr.Key] && looksLikeAddress(strings.TrimSpace(attr.Val)) {
			return p.Resolve(attr.Val), false
		}
	}
	for _, script := range []string{href, click} {
		if script == "" || script[0] == '#' {
			continue
		}
		if u := p.called(script); u != nil {
			return u, true
		}
		if m := literal.FindStringSubmatch(script); m != nil {
			return p.Resolve(m[1]), false
		}
	}
	return p.clicked(a.Nodes[0].Attr), true
}

// notLinks are elements whose addresses are no places to go to.
var notLinks = map[string]bool{"html": true, "head": true, "meta": true, "link": true, "base": true, "script": true, "style": true, "iframe": true, "frame": true,
	"form": true, "object": true, "embed": true, "param": true, "source": true, "video": true, "audio": true, "textarea": true, "svg": true, "path": true}

// ownAttrs are attributes that hold no address to go to, whatever their value looks like.
var ownAttrs = map[string]bool{"class": true, "id": true, "style": true, "title": true, "alt": true, "target": true, "onclick": true, "src": true, "name": true, "rel": true, "type": true,
	"data-src": true, "data-original": true, "data-background": true, "data-bg": true, "data-icon": true, "data-img": true, "data-ajax": true, "oldsrc": true, "data-share": true, "cite": true}

var bareYear = lazyregexp.New(`^(?:19|20)\d\d\s*年?度?$`)

// tableTitle is what a link in a table of bodies by years promises whose own text is a year or nothing: its row's body,
// its column's year, and what the table is of. The label itself where it stands in no such table.
func (p *Page) tableTitle(a *goquery.Selection, label string) string {
	cell := a.Closest("td, th")
	row, table := cell.Closest("tr"), cell.Closest("table")
	if cell.Length() == 0 || row.Length() == 0 || table.Length() == 0 || row.Find("a").Length() == 0 {
		return label
	}
	body := ""
	row.Children().EachWithBreak(func(_ int, c *goquery.Selection) bool {
		if t := Fold(c.Text()); Han(t) >= 3 && !emptyLabel.MatchString(t) && !bareYear.MatchString(t) {
			body = t
		}
		return body == "" && c.Nodes[0] != cell.Nodes[0]
	})
	year := yearIn.FindString(label)
	if year == "" {
		year = yearIn.FindString(firstRow(table).Children().Eq(cell.Index()).Text())
	}
	if body == "" || year == "" || len(body) > longTitle/2 {
		return label
	}
	what := Fold(table.ChildrenFiltered("caption").Text())
	for box, up := table, 0; what == "" && up < 4 && box.Length() > 0; box, up = box.Parent(), up+1 {
		if head := box.Prev(); head.Is("h1, h2, h3, h4, .title, .tit, p") {
			what = Fold(head.Text())
		}
	}
	if what == "" {
		what = p.Title
	}
	if !strings.Contains(what, "年报") && !strings.Contains(what, "年度报告") || len(what) > longTitle/2 {
		return body + " " + year + "年"
	}
	return body + year + "年" + yearIn.ReplaceAllString(strings.TrimLeft(what, " "), "")
}

// firstRow is the first row of a table, whichever part of it that stands in.
func firstRow(table *goquery.Selection) *goquery.Selection {
	if rows := table.ChildrenFiltered("tr"); rows.Length() > 0 {
		return rows.First()
	}
	return table.ChildrenFiltered("thead, tbody").First().ChildrenFiltered("tr").First()
}

// Label is what a link promises: its text, or its fuller title.
func Label(a *goquery.Selection) string { return anchorTitle(a) }

func anchorTitle(a *goquery.Selection) string {
	best := shortTitle(a)
	alt := a.Find("img").AttrOr("alt", "")
	if a.Is("area") {
		alt = a.AttrOr("alt", "")
	}
	for _, t := range []string{a.AttrOr("title", ""), a.AttrOr("download", ""), a.AttrOr("aria-label", ""), alt} {
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
	root, _, err := tree.Parse(context.Background(), []byte(source))
	if err != nil {
		return &goquery.Selection{}
	}
	return goquery.NewDocumentFromNode(root).Selection
}

var skipFrame = lazyregexp.New(`(?i)visitcount|login|tree\.jsp|share|footer|counter|header|weixin|map\.`)

// Frames returns the addresses of the frames that may hold the page's content, wherever they lie.
func (p *Page) Frames() []*url.URL {
	var frames []*url.URL
	p.Doc.Find("iframe[src], frame[src]").Each(func(_ int, s *goquery.Selection) {
		src := s.AttrOr("src", "")
		if u := p.Resolve(src); u != nil && !skipFrame.MatchString(src) && u.String() != Clean(p.URL).String() {
			frames = append(frames, u)
		}
	})
	return frames
}

var (
	documentExt  = lazyregexp.New(`(?i)\.(pdf|docx?|wps|xlsx?|et|ofd|ceb|zip|rar|7z|rtf|txt)$`)
	bundleExt    = lazyregexp.New(`(?i)\.(zip|rar|7z)$`)
	downloadPath = lazyregexp.New(`(?i)/downfile\.jsp|/download\.jsp|/download\.do|/download\?|/attachment/\d|/attach/`)
	insidePath   = lazyregexp.New(`(?i)^/protect/`)
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

// IsBundle reports whether an address is that of a file that holds several others.
func IsBundle(u *url.URL) bool { return bundleExt.MatchString(u.Path) }

// body is the page without what stands on every page of a site.
func (p *Page) body() *goquery.Selection {
	clone := p.Doc.Selection.Clone()
	clone.Find("nav, header, footer, aside, .footer, #footer, .header, #header, .nav, #nav").Remove()
	return clone
}

// Attachments returns the documents that an article offers: anchors to files, embedded viewers and objects, each
// address once.
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
	fileLabel  = lazyregexp.New(`(?i)\.(?:pdf|docx?|wps|xlsx?|ofd|zip|rar)[)）\]】]?$|^[\[【]?(?:点击)?下载(?:附件|文件|全文|报告)?[\]】]?$|^附件\s*\d*(?:下载)?$`)
	scriptFile = lazyregexp.New(`(?i)["']([^"'\s<>]+\.(?:pdf|docx?|wps|ofd))["']`)
	pageExt    = lazyregexp.New(`(?i)\.(?:s?html?|css|js|jpe?g|png|gif|bmp|mp4|mp3|exe|apk)$|/$`)
)

// promisesFile reports whether a label promises a file and the address may be one's, though it does not say so:
// /servlet/get?id=3.
func promisesFile(label string, u *url.URL) bool {
	return fileLabel.MatchString(label) && !pageExt.MatchString(u.Path)
}
