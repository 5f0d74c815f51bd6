package list

import (
	"context"
	"iter"
	"net/url"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// jpage reads columns of Hanweb JCMS (大汉) whose list stands in a script and goes on in dataproxy.jsp. Two dialects of
// that proxy are live: "group", where page= counts, and "record", where startrecord= and endrecord= count. The one that
// stops giving new entries before the total is reached is left for the other.
type jpage struct{}

func (jpage) Family() string { return "jpage" }

var (
	jpageProxy = lazyregexp.New(`["']([^"'\s]*dataproxy\.jsp)`)
	jpageCall  = lazyregexp.New(`\.jpage\(`)
	columnURL  = lazyregexp.New(`/col/col(\d+)/`)
)

func (jpage) Detect(p *page.Page) (Params, float64) {
	stores := strings.Contains(p.Source, "<datastore>")
	proxy := firstMatch(jpageProxy, p.Source)
	if !stores && proxy == "" || strings.Contains(p.Source, "messageController/getMessage.do") {
		return nil, 0
	}
	params := Params{"proxy": proxy}
	best := -1
	for _, call := range jpageCall.FindAllStringIndex(p.Source, 16) {
		block := braces(p.Source, call[0])
		all := pairs(block)
		if all["proxyUrl"] == "" {
			continue
		}
		form := pairs(braces(block, max(0, strings.Index(block, "ajaxParam"))))
		score := len(form)
		if form["columnid"] != "" && form["columnid"] == firstMatch(columnURL, p.URL.Path) {
			score += 100 // the block of the column itself, not of a sidebar
		}
		if score <= best {
			continue
		}
		best = score
		params = Params{"proxy": all["proxyUrl"], "totalRecord": all["totalRecord"], "perPage": all["perPage"], "columnid": form["columnid"], "unitid": form["unitid"]}
		values := url.Values{}
		for k, v := range form {
			values.Set(k, v)
		}
		params["form"] = values.Encode()
	}
	if s := bestStore(datastores(p.Source)); s.next != "" {
		params["nextgroup"] = s.next
	}
	if params["columnid"] == "" {
		params["columnid"] = firstMatch(columnURL, p.URL.Path)
	}
	return params, 0.95
}

// bestStore picks, of several lists on a page, the one that speaks most of reports, else the longest.
func bestStore(all []datastore) datastore {
	var best datastore
	score := -1
	for _, d := range all {
		s := d.count
		for _, m := range anchorText.FindAllStringSubmatch(d.html, -1) {
			if k := title.Judge(m[1]).Kind; k == title.Report || k == title.Weak {
				s += 1000
			}
		}
		if s > score {
			best, score = d, s
		}
	}
	return best
}

var anchorText = lazyregexp.New(`title\s*=\s*["']([^"']+)["']`)

func (jpage) Pages(ctx context.Context, p *page.Page, params Params, env Env) iter.Seq2[[]Item, error] {
	return func(yield func([]Item, error) bool) {
		w := &jpageWalk{p: p, params: params, env: env, seen: map[string]bool{}, yield: yield}
		store := bestStore(datastores(p.Source))
		w.total, _ = strconv.Atoi(params["totalRecord"])
		w.total = max(w.total, store.total)
		env.state(w.total, 0)
		items := store.items(p, params["columnid"])
		if len(items) == 0 {
			items = below(p, p)
		}
		if !w.give(items) {
			return
		}
		if w.total > 0 && w.total <= w.got {
			return
		}
		dialects := []func(context.Context) bool{w.records, w.groups}
		if params["nextgroup"] != "" {
			dialects = []func(context.Context) bool{w.groups, w.records}
		}
		for _, walk := range dialects {
			if !walk(ctx) || w.total > 0 && w.got >= w.total {
				return
			}
		}
	}
}

// jpageWalk is the state of one walk through a column.
type jpageWalk struct {
	p      *page.Page
	params Params
	env    Env
	seen   map[string]bool
	yield  func([]Item, error) bool
	got    int // own entries yielded
	total  int // entries that the site claims, 0 when it does not say
}

func (w *jpageWalk) give(items []Item) bool {
	items = fresh(items, w.seen)
	w.got += countOwn(items)
	return len(items) == 0 || w.yield(items, nil)
}

// ask sends one request and yields what is new. more is false when the walk must stop altogether; n counts the records
// of the answer.
func (w *jpageWalk) ask(ctx context.Context, r Request) (n, added int, more bool) {
	answer, err := w.env.Get(ctx, r)
	if err != nil {
		w.yield(nil, err)
		return 0, 0, false
	}
	if !isOK(answer) {
		return 0, 0, true
	}
	store := parseDatastore(answer.Source)
	w.total = max(w.total, store.total)
	w.env.state(w.total, 0)
	before := len(w.seen)
	more = w.give(store.items(w.p, w.params["columnid"]))
	return store.count, len(w.seen) - before, more
}

// over reports whether the walk ends after so many answers without anything new: two, or one where the site's total is
// reached. The total alone does not end it: sites understate it.
func (w *jpageWalk) over(idle int) bool {
	return idle >= 2 || idle == 1 && w.total > 0 && w.got >= w.total
}

// groups raises page= in the nextgroup address.
func (w *jpageWalk) groups(ctx context.Context) bool {
	address := w.params["nextgroup"]
	if address == "" {
		if w.params["proxy"] == "" {
			return true
		}
		address = w.params["proxy"] + "?" + w.params["form"]
	}
	u := w.p.Resolve(address)
	if u == nil || u.Host != w.p.URL.Host {
		return true
	}
	for n, idle := 1, 0; n <= maxPages && !w.over(idle); n++ {
		_, added, more := w.ask(ctx, get(queried("page")(*u, n), w.p.URL.String()))
		if !more {
			return false
		}
		if added == 0 {
			idle++
		} else {
			idle = 0
		}
	}
	return true
}

// records moves the window startrecord..endrecord: three visual pages at a time, as the page's own script does.
func (w *jpageWalk) records(ctx context.Context) bool {
	proxy, form := w.params["proxy"], w.params["form"]
	if u := w.p.Resolve(w.params["nextgroup"]); u != nil && form == "" {
		proxy, form = u.Path, u.RawQuery
	}
	u := w.p.Resolve(proxy)
	if u == nil || form == "" || u.Host != w.p.URL.Host {
		return true
	}
	per, err := strconv.Atoi(w.params["perPage"])
	if err != nil || per < 1 || per > 100 {
		per = 15
	}
	start := 1
	for n, idle := 0, 0; n < maxPages && !w.over(idle); n++ {
		u.RawQuery = "startrecord=" + strconv.Itoa(start) + "&endrecord=" + strconv.Itoa(start+3*per-1) + "&perpage=" + strconv.Itoa(per)
		count, added, more := w.ask(ctx, Request{Method: "POST", URL: u.String(), Body: form, ContentType: "application/x-www-form-urlencoded", Referer: w.p.URL.String()})
		if !more {
			return false
		}
		if added == 0 {
			idle++
		} else {
			idle = 0
		}
		if count == 0 {
			count = 3 * per
		}
		start += count
	}
	return true
}
