package list

import (
	"context"
	"iter"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/gongkai-data/gongkai/crawl/page"
)

// static reads lists of no known family: links on the page, the next-page link, else the address templates of such sites.
type static struct{}

func (static) Family() string { return "static" }

func (static) Detect(p *page.Page) (Params, float64) {
	params := Params{}
	if n := nextLink(p); n != nil {
		params["next"] = n.String()
	}
	return params, 0.1
}

func (static) Pages(ctx context.Context, p *page.Page, _ Params, env Env) iter.Seq2[[]Item, error] {
	read := func(q *page.Page) []Item { return append(below(p, q), scripted(p, q)...) }
	return func(yield func([]Item, error) bool) {
		seen := map[string]bool{}
		first := fresh(read(p), seen)
		if !yield(first, nil) {
			return
		}
		if hasFurther(p) {
			before := len(seen)
			if !follow(ctx, p, env, read, seen, yield) || len(seen) > before {
				return
			}
		}
		tries := len(templates)
		switch {
		case hasPager(p) && totalPages(p) != 1:
		case isFull(first):
			tries = 2 // many entries and no pager to be seen: the two usual forms are worth a look
		default:
			return
		}
		for _, t := range templates[:tries] {
			if ok := walkTemplate(ctx, p, t, env, read, seen, yield); ok {
				return
			}
		}
	}
}

// walkTemplate asks for page 2, 3, … by one template. It reports whether the search is over: the template gave pages, or the walk must stop.
func walkTemplate(ctx context.Context, p *page.Page, t template, env Env, read func(*page.Page) []Item, seen map[string]bool, yield func([]Item, error) bool) bool {
	for n := 2; n <= maxPages; n++ {
		address := t.url(*p.URL, n)
		answer, err := env.Get(ctx, get(address, p.URL.String()))
		if err != nil {
			yield(nil, err)
			return true
		}
		var items []Item
		if isOK(answer) {
			items = fresh(read(answer), seen)
		}
		if len(items) == 0 || countOwn(items)+countDated(items) == 0 {
			return n > 2
		}
		if !yield(items, nil) {
			return true
		}
	}
	return true
}

// below reads the items of a further page q of the column whose first page is p: own is what lies below the first page's folder.
func below(p, q *page.Page) []Item { return ownBelow(p, q.AllLinks()) }

// isFull reports whether a page holds so many entries that there may be a second one, made known by scripts alone.
func isFull(items []Item) bool { return max(countOwn(items), countDated(items)) >= 8 }

var (
	scriptRow   = regexp.MustCompile(`\{[^{}]{8,1000}\}`)
	scriptTitle = []string{"title", "realtitle", "doctitle", "name", "showtitle", "infotitle"}
	scriptURL   = []string{"url", "href", "link", "infourl", "docurl", "linkurl", "puburl"}
)

// scripted reads the entries that a page keeps in its scripts for the browser to show: rows with a title and an address, or anchors as text.
func scripted(p, q *page.Page) []Item {
	var items []Item
	q.Doc.Find("script:not([src]), textarea").Each(func(_ int, s *goquery.Selection) {
		text := s.Text()
		if strings.Contains(text, "href=") {
			items = append(items, ownBelow(p, q.Links(q.Fragment(strings.NewReplacer(`\"`, `"`, `\'`, `'`, `\/`, `/`).Replace(text))))...)
		}
		for _, row := range scriptRow.FindAllString(text, maxRows) {
			fields := map[string]string{}
			for k, v := range pairs(row) {
				fields[strings.ToLower(k)] = v
			}
			label, address := firstOf(fields, scriptTitle), firstOf(fields, scriptURL)
			if label = page.Fold(tags.ReplaceAllString(unescape(label), "")); page.Han(label) < 2 || address == "" {
				continue
			}
			if u := q.Resolve(strings.ReplaceAll(address, `\/`, `/`)); u != nil {
				items = append(items, ownBelow(p, []page.Link{{URL: u, Text: label, Date: page.FindDate(row)}})...)
			}
		}
	})
	return items
}

// maxRows bounds the rows that are read from one script.
const maxRows = 2000

func firstOf(fields map[string]string, names []string) string {
	for _, n := range names {
		if fields[n] != "" {
			return fields[n]
		}
	}
	return ""
}

func countDated(items []Item) int {
	n := 0
	for _, it := range items {
		if it.Date != "" {
			n++
		}
	}
	return n
}
