package list

import (
	"fmt"
	"net/url"
	"path"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

var (
	nextText  = lazyregexp.New(`^[\s\[【(]*(下一?页|后一?页|下页|后页|next(\s*page)?|>|>>|»|›)[\s\]】)>»›]*$`)
	pagerText = lazyregexp.New(`尾页|末页|下一页|下页|加载更多|查看更多`)
)

// nextLink returns the address behind "next page", when it is a literal address on the same host and not this page.
func nextLink(p *page.Page) *url.URL {
	next := relNext(p)
	if next != nil {
		return next
	}
	p.Doc.Find("a").EachWithBreak(func(_ int, a *goquery.Selection) bool {
		label := strings.ToLower(page.Fold(a.Text()))
		if !nextText.MatchString(label) && !a.HasClass("next") && !nextText.MatchString(page.Fold(a.AttrOr("title", ""))) {
			return true
		}
		u := p.Target(a)
		if u != nil && u.Host == p.URL.Host && u.String() != page.Clean(p.URL).String() {
			next = u
			return false
		}
		return true
	})
	return next
}

// relNext is the address that the page itself declares to be the next of its list.
func relNext(p *page.Page) *url.URL {
	u := p.Resolve(p.Doc.Find("link[rel=next], a[rel=next]").First().AttrOr("href", ""))
	if u == nil || u.Host != p.URL.Host || u.String() == page.Clean(p.URL).String() {
		return nil
	}
	return u
}

var pageNumber = lazyregexp.New(`^[\[(第]?\s*(\d{1,3})\s*(?:[\])页]|/\s*\d+\s*页?)?$`)

// numberedLinks returns the addresses behind the page numbers of a pager, in their order, from page 2 on. A calendar's
// days are no page numbers: they run from 1 to the end of a month.
func numberedLinks(p *page.Page) []*url.URL {
	byNumber := map[int]*url.URL{}
	last := 0
	p.Doc.Find("a, select option[value]").Each(func(_ int, a *goquery.Selection) {
		n, err := strconv.Atoi(firstMatch(pageNumber, page.Fold(a.Text())))
		if err != nil || n < 2 || byNumber[n] != nil {
			return
		}
		u := p.Target(a)
		if u != nil && u.Host == p.URL.Host && u.String() != page.Clean(p.URL).String() {
			byNumber[n] = u
			last = max(last, n)
		}
	})
	if last >= 28 && last <= 31 && len(byNumber) >= last-2 {
		return nil
	}
	var links []*url.URL
	for n := 2; n <= last; n++ {
		if u := byNumber[n]; u != nil {
			links = append(links, u)
		}
	}
	return links
}

// hasPager reports whether the page shows signs of further pages.
func hasPager(p *page.Page) bool {
	return statedPages(p) > 1 || pagerText.MatchString(page.Fold(p.Doc.Find("body").Text()))
}

// template writes the address of page n (1-based) of a column, "" where there is none.
type template struct {
	name string
	url  func(u url.URL, n int) string
}

func numbered(format string, shift int) func(url.URL, int) string {
	return func(u url.URL, n int) string {
		dir, file := path.Split(u.Path)
		if file == "" {
			file = "index.html"
		}
		ext := path.Ext(file)
		if ext == "" {
			dir, file, ext = dir+file+"/", "index", ".html"
		}
		stem := strings.TrimSuffix(file, ext)
		u.Path, u.RawPath = dir+fmt.Sprintf(format, stem, n+shift)+ext, ""
		return u.String()
	}
}

func queried(key string) func(url.URL, int) string {
	return func(u url.URL, n int) string {
		parts := []string{}
		for part := range strings.SplitSeq(u.RawQuery, "&") {
			if k, _, _ := strings.Cut(part, "="); part != "" && !strings.EqualFold(k, key) {
				parts = append(parts, part)
			}
		}
		u.RawQuery = strings.Join(append(parts, key+"="+strconv.Itoa(n)), "&")
		return u.String()
	}
}

// templates are the ways in which unknown static sites number their pages, most frequent first.
var templates = []template{
	{"stem_{p-1}", numbered("%s_%d", -1)},
	{"stem_{p}", numbered("%s_%d", 0)},
	{"stem{p}", numbered("%s%d", 0)},
	{"{p}", func(u url.URL, n int) string {
		u.Path, u.RawPath = folder(&u)+strconv.Itoa(n), ""
		return u.String()
	}},
	{"column-index-{p}", func(u url.URL, n int) string {
		u.Path, u.RawPath = folder(&u)+"column-index-"+strconv.Itoa(n)+".shtml", ""
		return u.String()
	}},
	{"?page={p}", queried("page")},
	{"?pageNo={p}", queried("pageNo")},
	{"?PageIndex={p}", queried("PageIndex")},
	{"?currPage={p}", queried("currPage")},
}

func get(address, referer string) Request {
	return Request{Method: "GET", URL: address, Referer: referer}
}
