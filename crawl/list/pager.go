package list

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/gongkai-data/gongkai/crawl/page"
)

var (
	nextText  = regexp.MustCompile(`^[\s\[【(]*(下一?页|后一?页|下页|后页|next(\s*page)?|>|>>|»|›)[\s\]】)>»›]*$`)
	totalText = regexp.MustCompile(`共\s*(?:计)?\s*\d+\s*[条页]|\d+\s*/\s*\d+\s*页?|尾页|末页|下一页|下页`)
	totalVar  = regexp.MustCompile(`(?:countPage|totalPage|pageCount|nPageCount|PageCount)\s*=\s*["']?(\d+)`)
	ofPages   = regexp.MustCompile(`(?:第?\s*\d+\s*/\s*(\d+)\s*页?)|共\s*(\d+)\s*页`)
)

// nextLink returns the address behind "next page", when it is a literal address on the same host and not this page.
func nextLink(p *page.Page) *url.URL {
	var next *url.URL
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

var pageNumber = regexp.MustCompile(`^[\[(第]?\s*(\d{1,3})\s*(?:[\])页]|/\s*\d+\s*页?)?$`)

// numberedLinks returns the addresses behind the page numbers of a pager, in their order, from page 2 on. A calendar's days are no page numbers: they
// run from 1 to the end of a month.
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

// further returns the next page that was not visited yet: behind "next page", else behind the lowest number.
func further(p *page.Page, visited map[string]bool) *url.URL {
	if next := nextLink(p); next != nil && !visited[next.String()] {
		return next
	}
	for _, u := range numberedLinks(p) {
		if !visited[u.String()] {
			return u
		}
	}
	return nil
}

// hasFurther reports whether the page links to further pages of its list.
func hasFurther(p *page.Page) bool { return further(p, nil) != nil }

// totalPages reads the number of pages that the page claims, or 0.
func totalPages(p *page.Page) int {
	s := firstMatch(totalVar, p.Source)
	if s == "" {
		if m := ofPages.FindStringSubmatch(p.Text()); m != nil {
			s = m[1] + m[2]
		}
	}
	n, err := strconv.Atoi(s)
	if err != nil || n > 1_000_000 {
		return 0
	}
	return n
}

// hasPager reports whether the page shows signs of further pages.
func hasPager(p *page.Page) bool {
	return totalPages(p) > 1 || totalText.MatchString(page.Fold(p.Doc.Find("body").Text()))
}

// template writes the address of page n (1-based) of a column.
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

// follow yields the items of the pages behind "next page" links and page numbers until there is none or one brings nothing new. It returns false when
// the caller must stop.
func follow(ctx context.Context, p *page.Page, env Env, read func(*page.Page) []Item, seen map[string]bool, yield func([]Item, error) bool) bool {
	visited := map[string]bool{page.Clean(p.URL).String(): true}
	for at := p; ; {
		next := further(at, visited)
		if next == nil || len(visited) > maxPages {
			return true
		}
		visited[next.String()] = true
		answer, err := env.Get(ctx, get(next.String(), p.URL.String()))
		if err != nil {
			yield(nil, err)
			return false
		}
		if !isOK(answer) {
			return true
		}
		items := fresh(read(answer), seen)
		if len(items) == 0 {
			return true
		}
		if !yield(items, nil) {
			return false
		}
		at = answer
	}
}
