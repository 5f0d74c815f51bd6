// Package page reads a fetched web page as a crawler needs it: its text in Unicode, its tags, its links with their full
// titles, its frames and the place that it jumps to. It fetches nothing and runs no script.
package page

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"github.com/gongkai-data/gongkai/extract/charset"
	"github.com/gongkai-data/gongkai/extract/html/tree"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Page is one fetched page, decoded and parsed.
type Page struct {
	URL     *url.URL          // the address that answered, after redirects
	Status  int               // HTTP status
	Source  string            // the decoded body as served
	Doc     *goquery.Document // the parsed body
	Charset charset.Info
	Title   string            // the title element, spaces folded
	Meta    map[string]string // content of the meta tags by lower-case name
	base    *url.URL

	script    *string             // of the page's own scripts, once it was asked for
	defined   map[string]function // by name, likewise
	handlers  *[]Expr             // that use attributes of what is clicked, likewise
	exprs     *[]Expr             // likewise
	variables map[string]string   // likewise
	text      *string             // what a person sees, likewise
}

// Parse decodes and parses the body of a page that was fetched from address.
func Parse(address *url.URL, status int, body []byte, contentType string) (*Page, error) {
	text, cs := charset.Decode(body, contentType)
	root, _, err := tree.Parse(context.Background(), text) // the reader of reports tells what a limit cut
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", address, err)
	}
	doc := goquery.NewDocumentFromNode(root)
	p := &Page{URL: address, Status: status, Source: string(text), Doc: doc, Charset: cs, Meta: map[string]string{}, base: address}
	p.Title = Fold(doc.Find("title").First().Text())
	doc.Find("meta[name], meta[http-equiv]").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("name", s.AttrOr("http-equiv", ""))
		if name = strings.ToLower(strings.TrimSpace(name)); p.Meta[name] == "" {
			p.Meta[name] = Fold(s.AttrOr("content", ""))
		}
	})
	if href, ok := doc.Find("base[href]").First().Attr("href"); ok {
		if u, err := address.Parse(strings.TrimSpace(href)); err == nil && u.Host == address.Host {
			p.base = u
		}
	}
	return p, nil
}

// Fold trims text and turns each run of white space, no-break and ideographic spaces too, into one space.
func Fold(s string) string { return strings.Join(strings.Fields(s), " ") }

// Text returns the visible text of the page, without scripts and styles, spaces folded.
func (p *Page) Text() string {
	if p.text == nil {
		text := p.visible()
		p.text = &text
	}
	return *p.text
}

func (p *Page) visible() string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
			return
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "noscript" || n.Data == "head"):
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if n.Type == html.ElementNode {
			b.WriteByte(' ')
		}
	}
	for _, n := range p.Doc.Nodes {
		walk(n)
	}
	return Fold(b.String())
}

// ShortText is the text within an element, spaces folded, or "" where it is longer than a label.
func ShortText(n *html.Node) string {
	var b strings.Builder
	nodes := 0
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if nodes++; n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil && b.Len() <= maxLabel && nodes <= maxLabel; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	if b.Len() > maxLabel || nodes > maxLabel {
		return ""
	}
	return Fold(b.String())
}

// maxLabel is the length in bytes of the longest label, with the white space around it.
const maxLabel = 200

// Han counts the Chinese characters of s.
func Han(s string) int {
	n := 0
	for _, r := range s {
		if r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF {
			n++
		}
	}
	return n
}

// Resolve makes an address found on the page absolute: the path in UTF-8, the query in the page's charset, no fragment.
// It returns nil for what is no http or https address.
func (p *Page) Resolve(href string) *url.URL {
	href = strings.TrimSpace(strings.NewReplacer("\n", "", "\r", "", "\t", "").Replace(href))
	if href == "" || href[0] == '#' {
		return nil
	}
	href, _, _ = strings.Cut(href, "#")
	path, query, has := strings.Cut(href, "?")
	if has {
		href = path + "?" + encodeQuery(query, p.Charset)
	}
	u, err := p.base.Parse(href)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return nil
	}
	return Clean(u)
}

// sessionValue matches what only looks like a session: sid= is one when it is long, and a site's number when it is
// short.
var sessionValue = lazyregexp.New(`(?i)^(?:sid|sess|session|sessid|session_id)=[0-9a-z]{16,}$`)

var session = lazyregexp.New(`(?i);jsessionid=[^?/]*`)

var sessionKeys = map[string]bool{"jsessionid": true, "phpsessid": true, "sessionid": true, "aspsessionid": true, "sid_session": true,
	"utm_source": true, "utm_medium": true, "utm_campaign": true, "spm": true, "_t": true, "timestamp": true}

// Clean removes from an address what does not change the page: fragment, default port, session ids and campaign marks.
func Clean(u *url.URL) *url.URL {
	c := *u
	c.Fragment, c.RawFragment = "", ""
	c.Host = strings.ToLower(c.Host)
	if port := c.Port(); port == "80" && c.Scheme == "http" || port == "443" && c.Scheme == "https" {
		c.Host = strings.TrimSuffix(c.Host, ":"+port)
	}
	if c.Path == "" {
		c.Path = "/"
	}
	if strings.Contains(c.Path, ";") {
		c.Path, c.RawPath = session.ReplaceAllString(c.Path, ""), ""
	}
	if c.RawQuery != "" {
		parts := strings.Split(c.RawQuery, "&")
		kept := parts[:0]
		for _, part := range parts {
			key, _, _ := strings.Cut(part, "=")
			if part != "" && !sessionKeys[strings.ToLower(key)] && !sessionValue.MatchString(part) {
				kept = append(kept, part)
			}
		}
		c.RawQuery = strings.Join(kept, "&")
	}
	c.ForceQuery = false
	return &c
}

// Reloads reports whether the page asks its reader to ask for it again at once.
func (p *Page) Reloads() bool {
	again := false
	p.Doc.Find("meta[http-equiv]").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		if !strings.EqualFold(strings.TrimSpace(s.AttrOr("http-equiv", "")), "refresh") {
			return true
		}
		content := strings.TrimSpace(s.AttrOr("content", ""))
		seconds, err := strconv.ParseFloat(content, 64)
		if m := refreshContent.FindStringSubmatch(content); m != nil {
			u := p.Resolve(m[2])
			seconds, err = strconv.ParseFloat(m[1], 64)
			again = u != nil && u.String() == Clean(p.URL).String()
		} else {
			again = err == nil
		}
		again = again && err == nil && seconds <= 5
		return !again
	})
	return again
}

var refreshContent = lazyregexp.New(`(?i)^\s*([\d.]+)\s*[;,]?\s*(?:url\s*=\s*)?["']?\s*([^"'\s]+)`)

// scriptJump matches a jump to a literal address; it is read, never run.
var scriptJump = lazyregexp.New(`(?:window\.|self\.|top\.|document\.)?location(?:\.href)?\s*(?:=|\.replace\(|\.assign\()\s*["']([^"'+\s]+)["']\s*\)?\s*;?`)

// Jump returns where the page sends its reader: a meta refresh of at most five seconds, to whichever host, or, on a
// page with next to no text of its own, a script with a literal address on the same host. nil when there is none.
func (p *Page) Jump() *url.URL {
	var target *url.URL
	p.Doc.Find("meta[http-equiv]").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		if !strings.EqualFold(strings.TrimSpace(s.AttrOr("http-equiv", "")), "refresh") {
			return true
		}
		m := refreshContent.FindStringSubmatch(s.AttrOr("content", ""))
		if m == nil {
			return true
		}
		if seconds, err := strconv.ParseFloat(m[1], 64); err == nil && seconds <= 5 {
			target = p.Resolve(m[2])
		}
		return target == nil
	})
	if target == nil && len(p.Source) < 8192 && Han(p.Text()) < 60 && p.Doc.Find("a, [onclick]").Length() < 4 {
		if m := scriptJump.FindStringSubmatch(p.Doc.Find("script").Text()); m != nil {
			if target = p.Resolve(m[1]); target != nil && !strings.EqualFold(target.Hostname(), p.URL.Hostname()) {
				return nil
			}
		}
	}
	if target == nil || target.String() == Clean(p.URL).String() {
		return nil
	}
	return target
}
