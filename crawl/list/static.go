package list

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// static reads lists of no known family, in whatever way they go on.
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
	return func(yield func([]Item, error) bool) {
		w := newWalker(p, env, func(q *page.Page) []Item {
			if isData(q) {
				return readReply(q, q).items
			}
			return append(below(p, q), scripted(p, q)...)
		}, yield)
		w.all(ctx, templates)
	}
}

// step is one request with which a list may go on.
type step struct {
	Request
	next func(answer *page.Page, got reply) []step // what follows its answer; nil: what stands on it, as on a page
}

// walker reads the further pages of a list, whatever its software: each way in which a page says that it goes on is
// tried, the surest first, until one gives new entries.
type walker struct {
	p       *page.Page
	env     Env
	read    func(*page.Page) []Item
	seen    map[string]bool
	yield   func([]Item, error) bool
	asked   map[string]bool
	pages   int    // read, the first one too
	missing string // a further page that was not there
	stop    bool   // the caller wants no more
}

func newWalker(p *page.Page, env Env, read func(*page.Page) []Item, yield func([]Item, error) bool) *walker {
	return &walker{p: p, env: env, read: read, yield: yield, seen: map[string]bool{}, pages: 1, asked: map[string]bool{requestKey(get(page.Clean(p.URL).String(), "")): true}}
}

func requestKey(r Request) string { return r.Method + " " + r.URL + " " + r.Body }

// all yields the first page and those after it.
func (w *walker) all(ctx context.Context, numbered []template) {
	first := fresh(w.read(w.p), w.seen)
	if !w.yield(first, nil) {
		return
	}
	w.further(ctx, first, numbered)
}

// further yields the pages after the first.
func (w *walker) further(ctx context.Context, first []Item, numbered []template) {
	w.follow(ctx, w.onPage(w.p))
	if w.pages == 1 {
		w.scripts(ctx, first)
	}
	if w.pages == 1 {
		w.numbers(ctx, first, numbered)
	}
	if w.pages == 1 && !w.stop && (liveSign(w.p, w.p.Doc.Selection) || pagerScript.MatchString(w.p.Source)) && w.claimsMore() {
		w.env.gap(w.p.URL, "it goes on in a way that is not understood")
	}
	if w.pages > 1 {
		w.env.read = max(w.env.read, w.pages)
	}
}

// claimsMore reports whether the page does not itself say that all of the list stands on it.
func (w *walker) claimsMore() bool {
	records := statedRecords(w.p)
	return statedPages(w.p) != 1 && !(records > 0 && w.env.entries >= records)
}

// onPage are the steps that a page shows.
func (w *walker) onPage(at *page.Page) []step {
	var steps []step
	if next := nextLink(at); next != nil {
		steps = append(steps, step{Request: get(next.String(), w.p.URL.String())})
	}
	for _, u := range numberedLinks(at) {
		steps = append(steps, step{Request: get(u.String(), w.p.URL.String())})
	}
	steps = append(steps, postSteps(at, w.pages)...)
	return append(steps, moreSteps(w.p, at)...)
}

// follow asks for what the steps name and for what follows from it, until nothing gives new entries any more.
func (w *walker) follow(ctx context.Context, steps []step) {
	for len(steps) > 0 && w.pages < maxPages && !w.stop {
		s := steps[0]
		steps = steps[1:]
		answer, ok := w.ask(ctx, s.Request)
		if !ok {
			continue
		}
		var got reply
		var items []Item
		if s.next != nil {
			got = readReply(w.p, answer)
			w.env.state(got.records, got.pages)
			items = got.items
		} else {
			items = w.read(answer)
		}
		if !w.give(items) {
			continue
		}
		if s.next != nil {
			if steps = s.next(answer, got); len(steps) == 0 {
				w.env.ended("the last answer names nothing that follows")
			}
		} else {
			steps = w.onPage(answer)
		}
	}
}

// ask sends a request that was not sent yet. A page that is not there after others were is most often the end of the
// list.
func (w *walker) ask(ctx context.Context, r Request) (*page.Page, bool) {
	if w.asked[requestKey(r)] || w.stop {
		return nil, false
	}
	w.asked[requestKey(r)] = true
	answer, err := w.env.try(ctx, r)
	if err != nil {
		w.stop = true
		w.yield(nil, err)
		return nil, false
	}
	if isOK(answer) {
		return answer, true
	}
	if gone := answer.Status == http.StatusNotFound || answer.Status == http.StatusGone; gone && w.pages > 1 {
		w.missing = r.URL
	} else {
		w.fail(r.URL, answer.Status)
	}
	return nil, false
}

func (w *walker) fail(address string, status int) {
	if w.env.failed == "" {
		w.env.failed, w.env.failedAt = "its page "+short(address)+" answers status "+strconv.Itoa(status), address
	}
}

// unseen are the items that were not yielded yet.
func (w *walker) unseen(items []Item) []Item {
	var out []Item
	for _, it := range items {
		if !w.seen[it.URL.String()] {
			out = append(out, it)
		}
	}
	return out
}

// give yields what is new; false when nothing is.
func (w *walker) give(items []Item) bool {
	items = fresh(items, w.seen)
	if len(items) == 0 {
		return false
	}
	if w.missing != "" { // the list went on behind it
		w.fail(w.missing, http.StatusNotFound)
		w.missing = ""
	}
	w.pages++
	if !w.yield(items, nil) {
		w.stop = true
	}
	return true
}

// Limits of what is tried where a list does not say how it goes on.
const (
	maxCalls   = 5
	maxScripts = 3
)

// scripts asks for the pieces of the list whose addresses stand in the page's scripts, and, where the page has no list
// of its own, in those that it loads.
func (w *walker) scripts(ctx context.Context, first []Item) {
	empty := listed(first) == 0
	live := liveSign(w.p, w.p.Doc.Selection) && w.claimsMore()
	need := 4 // only what is clearly a part of the list
	switch {
	case empty:
		need = 1
	case live:
		need = 2
	}
	w.calls(ctx, calls(w.p, w.p.Script()), need)
	if !empty || w.pages > 1 {
		return
	}
	for i, u := range loadedScripts(w.p) {
		if i >= maxScripts || w.pages > 1 || w.stop {
			return
		}
		answer, err := w.env.try(ctx, get(u.String(), w.p.URL.String()))
		if err != nil {
			w.stop = true
			w.yield(nil, err)
			return
		}
		if !isOK(answer) {
			continue
		}
		if w.give(rows(w.p, answer.Source)) {
			continue
		}
		w.calls(ctx, calls(w.p, answer.Source), need)
	}
}

func (w *walker) calls(ctx context.Context, all []call, need int) {
	tried := 0
	for _, c := range all {
		if c.weight < need || tried >= maxCalls || w.stop {
			return
		}
		tried++
		failed, at := w.env.failed, w.env.failedAt
		before := w.pages
		w.follow(ctx, []step{c.step(w.p, c.value)})
		if n, err := strconv.Atoi(c.value); w.pages == before && c.count && err == nil && n <= 1 && !offsetKey.MatchString(c.key) { // the first piece is what stands on the page
			w.follow(ctx, []step{c.step(w.p, strconv.Itoa(n+1))})
		}
		switch {
		case w.pages > before && c.key != "":
			return
		case w.pages == before:
			w.env.failed, w.env.failedAt = failed, at // a guess
		}
	}
}

// loadedScripts are the addresses of the scripts of the site that a page loads, without libraries.
func loadedScripts(p *page.Page) []*url.URL {
	var all []*url.URL
	p.Doc.Find("script[src]").Each(func(_ int, s *goquery.Selection) {
		if u := p.Resolve(s.AttrOr("src", "")); u != nil && u.Host == p.URL.Host && !noListWord.MatchString(u.Path) {
			all = append(all, u)
		}
	})
	return all
}

// numbers asks for page 2, 3, … by the address that a script of the page puts together, else by the forms that such
// sites use.
func (w *walker) numbers(ctx context.Context, first []Item, usual []template) {
	more := hasPager(w.p) || pagerScript.MatchString(w.p.Source) || len(scriptTemplates(w.p)) > 0 || liveSign(w.p, w.p.Doc.Selection) || statedPages(w.p) > 1 || statedRecords(w.p) > w.env.entries
	tries := len(usual)
	switch {
	case w.stop:
		return
	case more && w.claimsMore():
	case isFull(first):
		tries = min(tries, 2) // many entries and no pager to be seen: the two usual forms are worth a look
	default:
		return
	}
	for _, t := range append(scriptTemplates(w.p), usual[:tries]...) {
		if w.template(ctx, t) || w.stop {
			return
		}
	}
}

// template asks for the pages that one form of address gives. It reports whether there were any.
func (w *walker) template(ctx context.Context, t template) bool {
	failed, at := w.env.failed, w.env.failedAt
	for n, found := 2, false; n <= maxPages; n++ {
		address := t.url(*w.p.URL, n)
		if address == "" {
			return found
		}
		answer, ok := w.ask(ctx, get(address, w.p.URL.String()))
		if w.stop {
			return true
		}
		var items []Item
		if ok {
			items = w.unseen(w.read(answer))
		}
		if listed(items) == 0 || !w.give(items) {
			if found = n > 2; !found {
				w.env.failed, w.env.failedAt = failed, at // a guess
			}
			return found
		}
		if n == 2 { // the list goes on: what failed before was another way
			w.env.failed, w.env.failedAt, failed, at = "", "", "", ""
		}
	}
	return true
}

// scriptTemplates are the addresses of further pages, in the folder of the list, that the page's scripts put together
// from a number: 'index_' + (n - 1) + '.html'.
func scriptTemplates(p *page.Page) []template {
	var all []template
	for _, e := range p.OwnExprs() {
		names := e.Names()
		write := func(n int) string {
			free := ""
			text, ok := e.Value(func(name string) (string, bool) {
				if free == "" || free == name {
					if v, known := p.Variable(name); known && len(names) > 1 && !looksLikeNumber(v) {
						return v, true
					}
					free = name
					return strconv.Itoa(n), true
				}
				return p.Variable(name)
			})
			if m := hrefValue.FindStringSubmatch(text); m != nil {
				text = m[1]
			}
			if !ok || free == "" || !page.LooksLikeAddress(text) {
				return ""
			}
			u := p.Resolve(text)
			if u == nil || u.Host != p.URL.Host || page.IsDocument(u) || folder(u) != folder(p.URL) {
				return ""
			}
			return u.String()
		}
		a, b := write(2), write(3)
		if a == "" || a == b || len(all) >= 4 || strings.Count(a, "2") == strings.Count(b, "2") && !strings.Contains(a, "1") {
			continue
		}
		all = append(all, template{"script", func(_ url.URL, n int) string { return write(n) }}, template{"script, from 0", func(_ url.URL, n int) string { return write(n - 1) }})
	}
	return all
}

func looksLikeNumber(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

// below reads the items of a further page q of the column whose first page is p: own is what lies below the first
// page's folder.
func below(p, q *page.Page) []Item { return ownBelow(p, q.AllLinks()) }

// isFull reports whether a page holds so many entries that there may be a second one, made known by scripts alone.
func isFull(items []Item) bool { return max(countOwn(items), countDated(items)) >= 8 }

var (
	scriptRow   = lazyregexp.New(`\{[^{}]{8,1000}\}`)
	scriptTitle = []string{"title", "realtitle", "doctitle", "name", "showtitle", "infotitle", "subject", "bt", "caption", "text"}
	scriptURL   = []string{"url", "href", "link", "infourl", "docurl", "linkurl", "puburl", "pageurl", "visiturl", "path", "address"}
)

// scripted reads the entries that a page keeps in its scripts for the browser to show: rows with a title and an
// address, or anchors as text.
func scripted(p, q *page.Page) []Item {
	var items []Item
	q.Doc.Find("script:not([src]), textarea").Each(func(_ int, s *goquery.Selection) {
		text := s.Text()
		if strings.Contains(text, "href=") {
			items = append(items, ownBelow(p, q.Links(q.Fragment(strings.NewReplacer(`\"`, `"`, `\'`, `'`, `\/`, `/`).Replace(text))))...)
		}
		for _, it := range rows(q, text) {
			items = append(items, ownBelow(p, []page.Link{it.Link})...)
		}
	})
	return items
}

// rows reads the rows with a title and an address that stand in a script.
func rows(p *page.Page, script string) []Item {
	var items []Item
	for _, row := range scriptRow.FindAllString(script, maxRows) {
		fields := map[string]string{}
		for k, v := range pairs(row) {
			fields[strings.ToLower(k)] = v
		}
		label, address := firstOf(fields, scriptTitle), firstOf(fields, scriptURL)
		if label = page.Fold(tags.ReplaceAllString(unescape(label), "")); page.Han(label) < 2 || address == "" {
			continue
		}
		if u := p.Resolve(strings.ReplaceAll(address, `\/`, `/`)); u != nil {
			items = append(items, Item{Link: page.Link{URL: u, Text: label, Date: page.FindDate(row)}, Own: true})
		}
	}
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
