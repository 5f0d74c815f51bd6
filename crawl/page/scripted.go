package page

import (
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Limits under which a page has nothing of its own to show.
const (
	maxWaiting = 60 // characters: "loading, please wait", the name of the site
	maxWayOut  = 3  // links
)

// Scripted reports whether the page shows next to nothing until its scripts have run: no text, hardly a link, no frame,
// no picture, but scripts.
func (p *Page) Scripted() bool {
	if p.Doc.Find("script").Length() == 0 || utf8.RuneCountInString(p.Text()) > maxWaiting || p.Doc.Find("iframe, frame, object, embed, form").Length() > 0 {
		return false
	}
	links := 0
	for _, l := range p.AllLinks() {
		if l.URL.String() != Clean(p.URL).String() {
			links++
		}
	}
	return links < maxWayOut
}

// pagers are the classes of what script libraries draw below a list that goes on.
const pagers = `[class*="pagination"], [class*="pager"], [class*="page-next"], [class*="next-page"], [class*="btn-next"], [class*="load-more"], [class*="loadmore"]`

var furtherPages = lazyregexp.New(`下一?页|[^\d]2[^\d]|加载更多|更多|[>›»]`)

// Turned is the attribute of the document's element by which a browser says that it turned the pages of the list by
// their script, to the last one.
const Turned = "data-gongkai-turned"

// Pager reports whether a page, as its scripts have made it, shows that its list goes on.
func (p *Page) Pager() bool {
	if _, turned := p.Doc.Find("html").Attr(Turned); turned {
		return false
	}
	found := false
	p.Doc.Find(pagers).EachWithBreak(func(_ int, s *goquery.Selection) bool {
		_, off := s.Attr("disabled")
		off = off || strings.Contains(s.AttrOr("class", ""), "disabled")
		found = !off && (furtherPages.MatchString(" "+Fold(s.Text())+" ") || strings.Contains(s.AttrOr("class", ""), "next"))
		return !found
	})
	return found
}
