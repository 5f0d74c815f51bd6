package crawl

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/list"
	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Limits of a search. They end traps; a site's own pages stay far below.
const (
	maxWayDepth    = 5    // pages from the seed to a column
	maxColumnDepth = 9    // columns below columns
	maxWays        = 600  // pages of a host visited in search of columns
	maxQueries     = 200  // of those, with one path and other parameters
	maxColumns     = 3000 // columns of a host
	maxEntries     = 6000 // entries of columns of a host that say nothing of themselves
	idlePages      = 12   // pages of a list in a row without anything of interest
)

// catalogues are families whose pages lead to the reports by themselves, whatever the page's title.
var catalogues = map[string]bool{"gkmlpt": true, "xxgk": true, "xxgk-annual": true, list.Taught: true}

// explore reads a page that is no report: the list of a column, or the ways to one.
func (v *visitor) explore(ctx context.Context, t frontier.Task, h hint, a *answer, n analysis, out *result) error {
	p := a.Page
	if isSearch(p.URL) && t.Role != frontier.Column && t.Role != frontier.Start || resultsTitle.MatchString(p.Title) {
		out.detail = "a search: not followed"
		return nil
	}
	rules, err := v.w.columns(ctx, v.run)
	if err != nil {
		return err
	}
	years, err := v.years(ctx, t)
	if err != nil {
		return err
	}
	inColumn := n.Column || h.InColumn || t.Role == frontier.Column
	get := func(ctx context.Context, r list.Request) (*page.Page, error) { return v.listPage(ctx, a, r) }
	walk := list.NewWalk(p, list.Env{Years: years, Rules: rules, Drawn: a.Drawn, Get: get})
	inColumn = inColumn || walk.Lister.Family() == list.Taught
	if !inColumn && !catalogues[walk.Lister.Family()] {
		if err := v.ways(ctx, t, p, out); err != nil {
			return err
		}
		return v.frames(ctx, t, h, p, out)
	}
	before := len(out.tasks)
	l := listing{inColumn: inColumn}
	end, err := v.walk(ctx, t, p, walk, l, out)
	if err != nil {
		return err
	}
	if !inColumn {
		if err := v.ways(ctx, t, p, out); err != nil {
			return err
		}
	}
	leads := leadsOn(out.tasks[before:])
	framed := len(out.tasks)
	if err := v.frames(ctx, t, h, p, out); err != nil {
		return err
	}
	switch {
	case out.outcome == schema.OutcomeSoft404 && !n.Column: // nothing is there
	case end.Entries == 0 && end.Pages <= 1 && (leads || len(out.tasks) > framed): // it only leads to columns, or stands around one
	case n.Column || walk.Lister.Family() == list.Taught || t.Role == frontier.Column && (n.Short || end.Entries > 0) || leads || n.Short && h.InColumn && (h.Kind == title.Section || h.Kind == title.Organ) && len(out.tasks) == before:
		if a.Cut != "" {
			end.Complete, end.Why = false, strings.TrimSuffix("the browser was stopped: "+a.Cut+"; "+end.Why, "; ")
		}
		out.listings = append(out.listings, v.listing(t, p, walk.Lister.Family(), end))
	}
	return nil
}

// leadsOn reports whether some of the tasks are reports, columns or the groups that columns are cut into, and not
// merely ways to look elsewhere.
func leadsOn(tasks []frontier.Task) bool {
	for _, t := range tasks {
		var h hint
		if err := json.Unmarshal([]byte(t.Hint), &h); err != nil {
			continue
		}
		k := title.Judge(h.Title).Kind
		if t.Role != frontier.Way || k == title.Section || k == title.Organ {
			return true
		}
	}
	return false
}

// listing is how a column goes into the ledger.
func (v *visitor) listing(t frontier.Task, p *page.Page, family string, end list.End) frontier.Listing {
	l := frontier.Listing{URL: p.URL.String(), Seed: t.Seed, Family: family, Complete: end.Complete, Why: end.Why, Next: end.Next, Entries: end.Entries, Stated: end.Stated, Pages: end.Pages}
	if reason, is := gapReason(v.trouble.Outcome, v.trouble.Detail); is && v.trouble.Outcome != "" {
		l.Complete, l.Status, l.Why = false, reason.Status, strings.TrimSuffix(reason.Detail+"; "+end.Why, "; ")
		if l.Next == "" {
			l.Next = v.trouble.Capture.URL
		}
	}
	if !l.Complete && l.Status == "" {
		l.Status = schema.CoverageUnreadable
		if end.Left {
			l.Status = schema.CoverageNotTried
		}
	}
	return l
}

// listing says in which list an entry stands.
type listing struct {
	inColumn bool // of a column of reports
	mixed    bool // among many other things
}

// walk reads the list of a column to its end, as far as that is worth it.
func (v *visitor) walk(ctx context.Context, t frontier.Task, p *page.Page, walk *list.Walk, l listing, out *result) (list.End, error) {
	from := t
	from.URL = p.URL.String()
	idle, pages, reports := 0, 0, 0
	why := ""
	for items, err := range walk.Pages(ctx) {
		if errors.Is(err, list.ErrNeedsBrowser) {
			out.outcome, out.detail = schema.OutcomeNeedsBrowser, err.Error()
			return walk.End(), nil
		}
		if err != nil {
			return list.End{}, err
		}
		if pages++; pages == 1 || l.mixed {
			l.mixed = mixed(items)
		}
		before := len(out.tasks)
		for _, it := range items {
			if err := v.entry(ctx, from, it, l, out); err != nil {
				return list.End{}, err
			}
		}
		reports += promised(items)
		if idle++; promising(out.tasks[before:]) {
			idle = 0
		}
		switch {
		case walk.Params["columns"] == "0": // everything that the site has: only its end ends it
		case idle >= idlePages:
			why = fmt.Sprintf("its last %d pages had no report", idle)
		case l.mixed && pages >= mixedPages*(1+reports):
			why = fmt.Sprintf("few of its entries are reports: %d on %d pages", reports, pages)
		}
		if why != "" {
			break
		}
	}
	out.detail = strings.TrimSpace(out.detail + " " + walk.Lister.Family())
	if v.trouble.Outcome != "" && out.outcome == schema.OutcomeNotAReport {
		out.outcome, out.detail = v.trouble.Outcome, "its list: "+v.trouble.Detail
	}
	end := walk.End()
	if why != "" {
		end.Why = why + "; " + end.Why
	}
	return end, nil
}

// mixedPages is how many pages of a list with few reports are read for each report in it.
const mixedPages = 3

// promised counts the entries whose titles promise a report.
func promised(items []list.Item) int {
	n := 0
	for _, it := range items {
		if k := title.Judge(it.Text).Kind; k == title.Report || k == title.Weak || it.Year != 0 {
			n++
		}
	}
	return n
}

// mixed reports whether a list speaks mostly of other things than reports and their issuers: it is judged by its titles
// then.
func mixed(items []list.Item) bool {
	all, other := 0, 0
	for _, it := range items {
		if !it.Own && it.Date == "" {
			continue
		}
		all++
		if k := title.Judge(it.Text).Kind; it.Year == 0 && (k == title.Other || k == title.Never) && page.Han(it.Text) >= 6 {
			other++
		}
	}
	return all >= 8 && other*2 > all
}

// promising reports whether a page of a list gave something to look for: the columns of other years alone are none,
// calendars have them on each page.
func promising(tasks []frontier.Task) bool {
	for _, t := range tasks {
		var h hint
		if t.State == "done" {
			continue
		}
		entry := t.Role == frontier.Entry && json.Unmarshal([]byte(t.Hint), &h) == nil && h.Kind != title.Section
		if entry || t.Role == frontier.Article || t.Role == frontier.Attachment {
			return true
		}
	}
	return false
}

// listPage answers a lister's request. What is no page any more comes back with its status and without entries.
func (v *visitor) listPage(ctx context.Context, column *answer, r list.Request) (*page.Page, error) {
	j := func(*answer) (string, string) { return schema.OutcomeNotAReport, "list page" }
	for hop := 0; ; hop++ {
		u, err := url.Parse(r.URL)
		if err != nil || hostKey(u) != v.host.Name {
			return &page.Page{URL: column.Page.URL, Status: 404}, nil
		}
		a, err := v.exchange(ctx, r, j)
		if err != nil {
			return nil, err
		}
		switch {
		case a.Location != nil && hop < 3 && r.Method == "GET":
			r.URL = a.Location.String()
			continue
		case a.Page != nil:
			if v.w.opt.Browser != nil && r.Method == http.MethodGet && strings.Contains(a.Type, "html") && (column.Drawn || a.Page.Scripted()) {
				a, err = v.drawn(ctx, a, u, j)
			}
			if err != nil || a.Page == nil {
				return nil, err
			}
			return a.Page, nil
		case v.host.CoolUntil.After(v.w.opt.Clock.Now()):
			return nil, errLeave
		}
		if _, gap := gapReason(a.Outcome, ""); gap && a.Outcome != schema.OutcomeHTTPError && a.Outcome != schema.OutcomeSoft404 {
			v.trouble = *a // the list is cut short: the ledger must say why
		}
		if a.Status < 300 { // what came with 200 is no page, and what came with nothing has no status
			a.Status = http.StatusNotFound
		}
		return &page.Page{URL: u, Status: a.Status}, nil
	}
}

// entry takes the step that one entry of a list calls for.
func (v *visitor) entry(ctx context.Context, t frontier.Task, it list.Item, l listing, out *result) error {
	s, err := v.seedAt(ctx, t, it.URL)
	if err != nil {
		return err
	}
	at := mustParse(t.URL)
	e := newListed(it, l, judgeFor(it.Text, s.Name), related(at, it.URL), t.Depth)
	if e.report && s.FirstYear != 0 && e.anyYear != 0 && (e.anyYear < s.FirstYear || e.anyYear > s.LastYear) {
		return nil // a year that was not asked for
	}
	e.reachable = sync.OnceValue(func() bool { return e.near || v.mayLeave(ctx, t, frontier.Article, at, it.URL) })
	next := e.next()
	h := e.hint(next)
	switch {
	case next.note == elsewhereNoted:
		v.elsewhere(t, it, e.verdict, out)
	case next.note == leftOut:
		v.leaveOut(t, it.URL, h, out)
	case next.limit > 0:
		return v.limited(ctx, next.role, it.URL, t, h, next.limit, out)
	case next.role != "":
		v.add(next.role, it.URL, t, h, out)
	}
	return nil
}

// elsewhere notes a column that lies on a host where this crawl does not go: where the site has none of its own, that
// is where a person must look.
func (v *visitor) elsewhere(t frontier.Task, it list.Item, verdict title.Verdict, out *result) {
	if verdict.Kind == title.Column {
		out.listings = append(out.listings, frontier.Listing{URL: it.URL.String(), Seed: t.Seed, Family: elsewhere, Status: schema.CoverageNotTried, Why: "its column lies on another host, where this crawl does not go", Next: it.URL.String()})
	}
}

// leaveOut notes a report that a list promises on a host where this crawl does not go.
func (v *visitor) leaveOut(t frontier.Task, u *url.URL, h hint, out *result) {
	before := len(out.tasks)
	if v.add(frontier.Article, u, t, h, out); len(out.tasks) > before {
		left := &out.tasks[before]
		left.State, left.Outcome, left.Detail = "done", frontier.NotTried, "it lies on another host, where this crawl does not go"
	}
}

// elsewhere is the family of a column that was not asked for.
const elsewhere = "elsewhere"

func mustParse(address string) *url.URL {
	if u, err := url.Parse(address); err == nil {
		return u
	}
	return &url.URL{}
}

// limited adds a task within the host's budget for its role. Ways with parameters have budgets of their own, by their
// path: a machine makes them without end.
func (v *visitor) limited(ctx context.Context, role frontier.Role, u *url.URL, t frontier.Task, h hint, limit int, out *result) error {
	path := ""
	if u.RawQuery != "" {
		path = u.Scheme + "://" + u.Host + u.EscapedPath()
		if role == frontier.Way {
			limit = maxQueries
		}
	}
	key := hostKey(u) + " " + string(role) + " " + path
	n, ok := out.counts[key]
	if !ok { // once a visit
		var err error
		if n, err = v.w.db.CountRole(ctx, v.run, hostKey(u), role, path); err != nil {
			return err
		}
	}
	out.counts[key] = n + 1
	if n >= limit {
		if role != frontier.Way || path == "" {
			out.limits = append(out.limits, frontier.Listing{URL: t.Seed + "#" + string(role), Seed: t.Seed, Family: string(role), Status: schema.CoverageNotTried,
				Why: fmt.Sprintf("the limit of %d pages of a host visited as %s", limit, role), Next: u.String()})
		}
		return nil
	}
	v.add(role, u, t, h, out)
	return nil
}

// ways picks, from the anchors of a page that is no column, those that may lead to one, and reports that stand there
// already.
func (v *visitor) ways(ctx context.Context, t frontier.Task, p *page.Page, out *result) error {
	from := t
	from.URL = p.URL.String()
	before := len(out.tasks)
	for _, l := range p.AllLinks() {
		verdict := title.Judge(l.Text)
		var err error
		switch {
		case searchText.MatchString(l.Text) && verdict.Kind != title.Report && verdict.Kind != title.Column:
		case verdict.Kind != title.Section && verdict.Kind != title.Organ:
			err = v.entry(ctx, from, list.Item{Link: l}, listing{}, out)
		case isSearch(l.URL):
		case t.Depth < maxWayDepth && related(p.URL, l.URL):
			err = v.limited(ctx, frontier.Way, l.URL, from, hint{Title: l.Text}, maxWays, out)
		}
		if err != nil {
			return err
		}
	}
	if t.Role == frontier.Start && len(out.tasks) == before {
		return v.menu(ctx, from, p, out)
	}
	return nil
}

// maxMenu bounds the entries of a menu that are tried one after the other, maxDoors the links without words.
const (
	maxMenu  = 30
	maxDoors = 6
)

// menu tries what looks like the entries of a home page's menu, where none of them says that it leads to disclosure; on
// a page without a menu, a picture to click on, what it has.
func (v *visitor) menu(ctx context.Context, from frontier.Task, p *page.Page, out *result) error {
	tried := 0
	links := p.AllLinks()
	for _, l := range links {
		n := page.Han(l.Text)
		if n < 2 || n > 8 || hostKey(l.URL) != v.host.Name || page.IsDocument(l.URL) || isSearch(l.URL) || title.Judge(l.Text).Kind == title.Never {
			continue
		}
		if tried++; tried > maxMenu {
			return nil
		}
		if err := v.limited(ctx, frontier.Way, l.URL, from, hint{Title: l.Text}, maxWays, out); err != nil {
			return err
		}
	}
	if tried > 2 {
		return nil
	}
	doors := 0
	for _, l := range links {
		if page.Han(l.Text) >= 2 || !related(p.URL, l.URL) || page.IsDocument(l.URL) || isSearch(l.URL) {
			continue
		}
		if doors++; doors > maxDoors {
			return nil
		}
		if err := v.limited(ctx, frontier.Way, l.URL, from, hint{Title: l.Text}, maxWays, out); err != nil {
			return err
		}
	}
	return nil
}

// frames reads the frames of a page: many columns are a shell around the list, which may lie on another path or host of
// the site.
func (v *visitor) frames(ctx context.Context, t frontier.Task, h hint, p *page.Page, out *result) error {
	role := t.Role
	if role == frontier.Start {
		role = frontier.Way
	}
	from := t
	from.URL = p.URL.String()
	n := 0
	for _, u := range p.Frames() {
		if !related(p.URL, u) && !v.mayLeave(ctx, t, role, p.URL, u) || isSearch(u) {
			continue
		}
		if n++; n > 4 {
			break
		}
		v.add(role, u, from, h, out)
	}
	return nil
}
