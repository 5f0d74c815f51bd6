package crawl

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"

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
	maxColumns     = 3000 // columns of a host
	maxEntries     = 6000 // entries of columns of a host that say nothing of themselves
	idlePages      = 12   // pages of a list in a row without anything of interest
)

// catalogues are families whose pages lead to the reports by themselves, whatever the page's title.
var catalogues = map[string]bool{"gkmlpt": true, "xxgk": true, "xxgk-annual": true}

// explore reads a page that is no report: the list of a column, or the ways to one.
func (v *visitor) explore(ctx context.Context, t frontier.Task, h hint, p *page.Page, n analysis, out *result) error {
	inColumn := n.Column || h.InColumn || t.Role == frontier.Column
	match := list.Detect(p)
	if !inColumn && !catalogues[match.Lister.Family()] {
		if err := v.ways(ctx, t, p, out); err != nil {
			return err
		}
		return v.frames(t, h, p, out)
	}
	before := len(out.tasks)
	if err := v.walk(ctx, t, p, inColumn, out); err != nil {
		return err
	}
	if !inColumn {
		if err := v.ways(ctx, t, p, out); err != nil {
			return err
		}
	}
	if len(out.tasks) == before || n.Short {
		return v.frames(t, h, p, out)
	}
	return nil
}

// walk reads the list of a column to its end.
func (v *visitor) walk(ctx context.Context, t frontier.Task, p *page.Page, inColumn bool, out *result) error {
	years, err := v.years(ctx, t)
	if err != nil {
		return err
	}
	env := list.Env{Years: years, Get: func(ctx context.Context, r list.Request) (*page.Page, error) { return v.listPage(ctx, p, r) }}
	match, pages := list.Walk(ctx, p, env)
	from := t
	from.URL = p.URL.String()
	idle := 0
	for items, err := range pages {
		if errors.Is(err, list.ErrNeedsBrowser) {
			out.outcome, out.detail = schema.OutcomeNeedsBrowser, err.Error()
			return nil
		}
		if err != nil {
			return err
		}
		before := len(out.tasks)
		for _, it := range items {
			if err := v.entry(ctx, from, it, inColumn, out); err != nil {
				return err
			}
		}
		if idle++; promising(out.tasks[before:]) {
			idle = 0
		}
		if idle >= idlePages && match.Params["columns"] != "0" {
			break
		}
	}
	out.detail = strings.TrimSpace(out.detail + " " + match.Lister.Family())
	if v.trouble.Outcome != "" && out.outcome == schema.OutcomeNotAReport {
		out.outcome, out.detail = v.trouble.Outcome, "its list: "+v.trouble.Detail
	}
	return nil
}

// promising reports whether a page of a list gave something to look for: the columns of other years alone are none, calendars have them on each page.
func promising(tasks []frontier.Task) bool {
	for _, t := range tasks {
		var h hint
		entry := t.Role == frontier.Entry && json.Unmarshal([]byte(t.Hint), &h) == nil && h.Kind != title.Section
		if entry || t.Role == frontier.Article || t.Role == frontier.Attachment {
			return true
		}
	}
	return false
}

// listPage answers a lister's request. What is no page any more comes back with its status and without entries.
func (v *visitor) listPage(ctx context.Context, column *page.Page, r list.Request) (*page.Page, error) {
	j := func(*answer) (string, string) { return schema.OutcomeNotAReport, "list page" }
	for hop := 0; ; hop++ {
		u, err := url.Parse(r.URL)
		if err != nil || hostKey(u) != v.host.Name {
			return &page.Page{URL: column.URL, Status: 404}, nil
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
			return a.Page, nil
		case v.host.CoolUntil.After(v.w.opt.Clock.Now()):
			return nil, errLeave
		}
		if _, gap := gapReason(a.Outcome, ""); gap && a.Outcome != schema.OutcomeHTTPError && a.Outcome != schema.OutcomeSoft404 {
			v.trouble = *a // the list is cut short: the ledger must say why
		}
		return &page.Page{URL: u, Status: max(a.Status, http.StatusNotFound)}, nil
	}
}

// entry decides what to do with one entry of a list.
func (v *visitor) entry(ctx context.Context, t frontier.Task, it list.Item, inColumn bool, out *result) error {
	verdict := title.Judge(it.Text)
	s, err := v.w.seed(ctx, v.run, t.Seed)
	if err != nil {
		return err
	}
	if strings.Contains(it.URL.Path, "xxgkAnnualReport.jsp") { // the address names the year, and is a report's whoever links to it
		it.Year, it.Own = title.Year(it.URL.Query().Get("fbtime")), true
	}
	year := max(it.Year, verdict.Year)
	report := it.Year != 0 || verdict.Kind == title.Report || verdict.Kind == title.Weak && inColumn
	if report && s.FirstYear != 0 && year != 0 && (year < s.FirstYear || year > s.LastYear) {
		return nil // a year that was not asked for
	}
	here := it.Own || it.Date != ""
	at := mustParse(t.URL)
	near := related(at, it.URL)
	deeper := near && t.Depth < maxColumnDepth
	h := hint{Title: it.Text, Kind: verdict.Kind, Year: year, InColumn: inColumn}
	switch {
	case verdict.Kind == title.Never || !near && !v.mayLeave(ctx, t, frontier.Article, at, it.URL):
	case page.IsDocument(it.URL):
		if report || inColumn && (verdict.Kind == title.Section && (it.Own || verdict.Year != 0) || it.Own && verdict.Kind == title.Organ) {
			h.InColumn = true
			v.add(frontier.Attachment, it.URL, t, h, out)
		}
	case verdict.Kind == title.Report, it.Year != 0 && it.Own:
		h.InColumn = inColumn || it.Year != 0
		v.add(frontier.Article, it.URL, t, h, out)
	case !near:
	case verdict.Kind == title.Weak, inColumn && here && deeper && unclear(verdict, it):
		return v.limited(ctx, frontier.Entry, it.URL, t, h, maxEntries, out)
	case verdict.Kind == title.Column && deeper:
		return v.limited(ctx, frontier.Column, it.URL, t, hint{Title: it.Text}, maxColumns, out)
	case inColumn && deeper && verdict.Kind == title.Section && verdict.Year != 0:
		return v.limited(ctx, frontier.Entry, it.URL, t, h, maxEntries, out) // the column of one year, wherever it lies
	case (verdict.Kind == title.Portal || inColumn && (verdict.Kind == title.Section || verdict.Kind == title.Organ)) && t.Depth < maxWayDepth:
		return v.limited(ctx, frontier.Way, it.URL, t, hint{Title: it.Text}, maxWays, out)
	}
	return nil
}

// unclear reports whether an entry of a column's own list may be a report, or a column below, though its text does not say so: an issuer's name, a year, a title that is
// cut off or missing.
func unclear(v title.Verdict, it list.Item) bool {
	switch v.Kind {
	case title.Section, title.Organ:
		return true
	case title.Other:
		cut := strings.HasSuffix(it.Text, "…") || strings.HasSuffix(it.Text, "...")
		return cut || v.Year != 0 && page.Han(dateWords.ReplaceAllString(it.Text, "")) > 2 || page.Han(it.Text) < 6 && it.Own && !strings.ContainsAny(it.Text, "0123456789页<>«»")
	}
	return false
}

// dateWords are what calendars are made of: their pages go on for ever.
var dateWords = regexp.MustCompile(`[年月日周上下一]|星期|日历`)

func mustParse(address string) *url.URL {
	if u, err := url.Parse(address); err == nil {
		return u
	}
	return &url.URL{}
}

// limited adds a task within the host's budget for its role.
func (v *visitor) limited(ctx context.Context, role frontier.Role, u *url.URL, t frontier.Task, h hint, limit int, out *result) error {
	key := hostKey(u) + " " + string(role)
	n, ok := out.counts[key]
	if !ok { // once a visit
		var err error
		if n, err = v.w.db.CountRole(ctx, v.run, hostKey(u), role); err != nil {
			return err
		}
	}
	out.counts[key] = n + 1
	if n >= limit {
		return nil
	}
	v.add(role, u, t, h, out)
	return nil
}

// ways picks, from the anchors of a page that is no column, those that may lead to one, and reports that stand there already.
func (v *visitor) ways(ctx context.Context, t frontier.Task, p *page.Page, out *result) error {
	from := t
	from.URL = p.URL.String()
	before := len(out.tasks)
	for _, l := range p.AllLinks() {
		verdict := title.Judge(l.Text)
		var err error
		switch {
		case verdict.Kind != title.Section && verdict.Kind != title.Organ:
			err = v.entry(ctx, from, list.Item{Link: l}, false, out)
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

// maxMenu bounds the entries of a menu that are tried one after the other.
const maxMenu = 30

// menu tries what looks like the entries of a home page's menu, where none of them says that it leads to disclosure.
func (v *visitor) menu(ctx context.Context, from frontier.Task, p *page.Page, out *result) error {
	tried := 0
	for _, l := range p.AllLinks() {
		n := page.Han(l.Text)
		if n < 2 || n > 8 || hostKey(l.URL) != v.host.Name || page.IsDocument(l.URL) || title.Judge(l.Text).Kind == title.Never {
			continue
		}
		if tried++; tried > maxMenu {
			return nil
		}
		if err := v.limited(ctx, frontier.Way, l.URL, from, hint{Title: l.Text}, maxWays, out); err != nil {
			return err
		}
	}
	return nil
}

// frames reads the frames of a page that has nothing of its own: many columns are a shell around the list.
func (v *visitor) frames(t frontier.Task, h hint, p *page.Page, out *result) error {
	for i, u := range p.Frames() {
		if i >= 4 || hostKey(u) != v.host.Name {
			break
		}
		role := t.Role
		if role == frontier.Start {
			role = frontier.Way
		}
		from := t
		from.URL = p.URL.String()
		v.add(role, u, from, h, out)
	}
	return nil
}
