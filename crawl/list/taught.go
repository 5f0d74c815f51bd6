package list

import (
	"context"
	"fmt"
	"iter"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Rule describes one list that no rule of this package reads: a line of a columns file.
type Rule struct {
	Site  string `json:"site"`           // the seed that it belongs to
	List  string `json:"list"`           // address of its first page
	Next  string `json:"next,omitempty"` // CSS selector of the link to the next page, or an address with {n}, {n-1} or {n+1} in it; empty: as found
	Entry string `json:"entry"`          // CSS selector of its entries: the links, or what holds one link each; empty: all links
	Year  string `json:"year,omitempty"` // CSS selector within an entry of what names the year, or /a regular expression with one group/ for its text and address
}

var rulePage = lazyregexp.New(`\{n([+-]1)?\}`)

// Taught is the family of lists that a person has described.
const Taught = "columns file"

// Check reports what is wrong with a rule, or nil.
func (r Rule) Check() error {
	u, err := url.Parse(r.List)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("list %q is no http or https address", r.List)
	}
	for name, selector := range map[string]string{"next": r.Next, "entry": r.Entry, "year": r.Year} {
		if selector == "" || name == "next" && rulePage.MatchString(selector) {
			continue
		}
		if name == "year" && strings.HasPrefix(selector, "/") && strings.HasSuffix(selector, "/") && len(selector) > 2 {
			if re, err := regexp.Compile(selector[1 : len(selector)-1]); err != nil || re.NumSubexp() != 1 {
				return fmt.Errorf("year %s is no regular expression with one group", selector)
			}
			continue
		}
		if _, err := cascadia.Compile(selector); err != nil {
			return fmt.Errorf("%s %q is no CSS selector: %w", name, selector, err)
		}
	}
	return nil
}

func (r Rule) params() Params {
	return Params{"list": r.List, "next": r.Next, "entry": r.Entry, "year": r.Year}
}

// RuleFor is the rule whose list begins at an address.
func RuleFor(rules []Rule, u *url.URL) (Rule, bool) {
	for _, r := range rules {
		if at, err := url.Parse(r.List); err == nil && page.Clean(at).String() == page.Clean(u).String() {
			return r, true
		}
	}
	return Rule{}, false
}

// taught reads a list as a person has described it.
type taught struct{ Rule }

func (taught) Family() string                      { return Taught }
func (taught) Detect(*page.Page) (Params, float64) { return nil, 0 }

func (l taught) Pages(ctx context.Context, p *page.Page, _ Params, env Env) iter.Seq2[[]Item, error] {
	return func(yield func([]Item, error) bool) {
		w := newWalker(p, env, l.items, yield)
		first := fresh(w.read(p), w.seen)
		if !yield(first, nil) {
			return
		}
		switch {
		case l.Next == "":
			w.further(ctx, first, templates)
		case rulePage.MatchString(l.Next):
			w.template(ctx, template{Taught, l.numbered})
		default:
			w.selected(ctx, l.Next)
		}
		env.read = max(env.read, w.pages)
	}
}

// selected follows the link that a selector finds on each page.
func (w *walker) selected(ctx context.Context, selector string) {
	for at := w.p; w.pages < maxPages && !w.stop; {
		link := at.Doc.Find(selector).First()
		u := at.Target(link)
		if u == nil {
			if link.Length() > 0 && !disabled(link) {
				if steps := postSteps(at, w.pages); len(steps) > 0 {
					w.follow(ctx, steps)
					return
				}
				w.env.gap(at.URL, "%q finds an element without an address", selector)
			} else if w.pages == 1 {
				w.env.ended("one page: " + strconv.Quote(selector) + " finds no further one")
			}
			return
		}
		answer, ok := w.ask(ctx, get(u.String(), w.p.URL.String()))
		if !ok || !w.give(w.read(answer)) {
			return
		}
		at = answer
	}
}

// numbered writes the address of page n.
func (l taught) numbered(first url.URL, n int) string {
	text := rulePage.ReplaceAllStringFunc(l.Next, func(s string) string {
		switch s {
		case "{n-1}":
			return strconv.Itoa(n - 1)
		case "{n+1}":
			return strconv.Itoa(n + 1)
		}
		return strconv.Itoa(n)
	})
	u, err := first.Parse(text)
	if err != nil || u.Host != first.Host {
		return ""
	}
	return page.Clean(u).String()
}

// items reads the entries of a page as the rule selects them.
func (l taught) items(p *page.Page) []Item {
	if l.Entry == "" {
		return own(p.AllLinks())
	}
	var items []Item
	p.Doc.Find(l.Entry).Each(func(_ int, s *goquery.Selection) {
		u, links := p.Target(s), p.Links(s)
		text := page.Fold(s.Text())
		if u != nil {
			text = page.Label(s)
		} else if len(links) > 0 {
			u = links[0].URL
		}
		if u == nil {
			return
		}
		it := Item{Link: page.Link{URL: u, Text: text, Date: page.FindDate(text)}, Own: true}
		if len(links) == 1 && len(links[0].Text) > 0 && title.Judge(links[0].Text).Kind != title.Other || len(text) > 300 && len(links) > 0 {
			it.Text = links[0].Text
		}
		it.Year = l.year(s, text+" "+u.String())
		if k := title.Judge(it.Text).Kind; l.Year != "" && it.Year == 0 && k != title.Report && k != title.Weak {
			return // what the rule says names the year names none: it is no entry
		}
		items = append(items, it)
	})
	return items
}

func (l taught) year(s *goquery.Selection, text string) int {
	switch {
	case l.Year == "":
		return 0
	case strings.HasPrefix(l.Year, "/"):
		re, err := regexp.Compile(strings.Trim(l.Year, "/"))
		if err != nil {
			return 0
		}
		return title.Year(firstMatch(re, text))
	}
	return title.Year(page.Fold(s.Find(l.Year).First().Text()))
}
