package crawl

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/list"
	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// hint is what is known of an address before it is visited.
type hint struct {
	Title    string     `json:"title,omitempty"`
	Kind     title.Kind `json:"kind,omitempty"`
	Year     int        `json:"year,omitempty"`
	InColumn bool       `json:"in_column,omitempty"` // it was listed in a column of reports
	Twin     bool       `json:"twin,omitempty"`      // it is the other scheme of an address that failed
	Read     bool       `json:"read,omitempty"`      // its address was put together from a script's parts
	Hops     int        `json:"hops,omitempty"`      // redirects to other hosts on the way
}

// maxHops bounds redirects and jumps.
const maxHops = 6

// visit does one task. It returns an error only when the crawl cannot go on.
func (v *visitor) visit(ctx context.Context, t frontier.Task) error {
	v.task, v.trouble = t, answer{}
	found, err := v.do(ctx, t)
	var again *retry
	switch {
	case err == nil:
		return v.w.db.Finish(ctx, v.run, t, found.visit(t))
	case errors.As(err, &again):
		return v.w.db.Postpone(ctx, v.run, t, again.until, again.detail)
	case errors.Is(err, errLeave):
		return nil
	case ctx.Err() != nil:
		return nil // cut short: the task is open still
	}
	return fmt.Errorf("visit %s: %w", t.URL, err)
}

// result is what a visit led to.
type result struct {
	outcome, detail string
	tasks           []frontier.Task
	reports         []frontier.Report
	listings        []frontier.Listing
	limits          []frontier.Listing // what was left out for a limit
	shape           string             // pages like it are counted together
	seen            map[string]bool    // ids of tasks
	counts          map[string]int     // tasks by host and role, those of this visit too
}

func (r *result) visit(t frontier.Task) frontier.Visit {
	fruitful := len(r.reports) > 0 || len(r.listings) > 0
	for _, n := range r.tasks {
		fruitful = fruitful || n.Role != frontier.Way
	}
	return frontier.Visit{Outcome: r.outcome, Detail: r.detail, Tasks: r.tasks, Reports: r.reports, Listings: append(r.listings, r.limits...), Shape: r.shape, Fruitful: fruitful}
}

func (v *visitor) do(ctx context.Context, t frontier.Task) (*result, error) {
	var h hint
	if err := json.Unmarshal([]byte(t.Hint), &h); err != nil {
		return nil, fmt.Errorf("read the hint of %s: %w", t.URL, err)
	}
	out := &result{seen: map[string]bool{}, counts: map[string]int{}}
	if h.Twin {
		if alive, err := v.reached(ctx, t.FoundOn); err != nil || alive {
			out.outcome, out.detail = schema.OutcomeNotAReport, "its twin answers"
			return out, err
		}
	}
	if left, err := v.barren(ctx, t, out); err != nil || left {
		return out, err
	}
	a, n, at, err := v.follow(ctx, t, h, out)
	if err != nil {
		return nil, err
	}
	out.outcome, out.detail = a.Outcome, a.Detail
	if v.host.CoolUntil.After(v.w.opt.Clock.Now()) && a.Body == nil {
		return out, nil
	}
	if err := v.use(ctx, t, h, a, n, at, out); err != nil || !v.unseen(a, out) {
		return out, err
	}
	if a, n, err = v.redrawn(ctx, t, h, a, n, at, out); err != nil {
		return nil, err
	}
	return out, v.use(ctx, t, h, a, n, at, out)
}

// use makes reports and further tasks of an answer.
func (v *visitor) use(ctx context.Context, t frontier.Task, h hint, a *answer, n analysis, at *url.URL, out *result) (err error) {
	switch {
	case a.Outcome == schema.OutcomeUnreachable || a.Outcome == schema.OutcomeTLSError || a.Outcome == schema.OutcomeTimeout:
		v.addTwin(t, h, out)
	case n.Report:
		if a.Capture.Outcome != schema.OutcomeDuplicate { // the same bytes under another address are no second report
			out.reports = append(out.reports, v.report(t, at, n, a))
		}
		if a.Page != nil {
			if err := v.pictures(ctx, t, at, a); err != nil {
				return err
			}
			v.addAttachments(ctx, t, at, n, out)
			if err = v.addYears(ctx, t, at, out); err == nil {
				err = v.neighbours(ctx, t, a.Page, out)
			}
		}
	case a.Page == nil, a.Outcome == schema.OutcomeNeedsPerson:
	case n.Shell:
		v.addAttachments(ctx, t, at, n, out)
	case t.Role != frontier.Article || n.Column || n.Short && a.Outcome == schema.OutcomeNotAReport:
		// A promised report without text of its own may be a list of issuers, or a frame around the report.
		err = v.explore(ctx, t, h, a, n, out)
	}
	return err
}

func (v *visitor) report(t frontier.Task, at *url.URL, n analysis, a *answer) frontier.Report {
	r := frontier.Report{URL: at.String(), Seed: t.Seed, Host: v.host.Name, Title: n.Title, Year: n.Year, FoundOn: t.FoundOn, Kind: "page", Capture: a.Capture}
	if a.Magic != "" || t.Role == frontier.Attachment {
		r.Kind = "document"
	}
	return r
}

// follow requests the task's address and follows redirects, refreshes and jumps on the host. A redirect to another host
// of the site becomes a task there. at is the address of the last answer.
func (v *visitor) follow(ctx context.Context, t frontier.Task, h hint, out *result) (a *answer, n analysis, at *url.URL, err error) {
	if at, err = url.Parse(t.URL); err != nil {
		return nil, n, nil, fmt.Errorf("read the address %s: %w", t.URL, err)
	}
	fragment := at.Fragment
	referer := t.FoundOn
	own, err := v.seedName(ctx, t)
	if err != nil {
		return nil, n, nil, err
	}
	asked := map[string]int{}
	for hop := 0; ; hop++ {
		j := func(a *answer) (string, string) {
			var outcome, detail string
			n, outcome, detail = analyse(a, string(t.Role), h, own)
			return outcome, detail
		}
		n = analysis{}
		plain := *at
		plain.Fragment = ""
		r := list.Request{Method: http.MethodGet, URL: plain.String(), Referer: referer}
		if asked[r.URL] > 0 {
			r.Salt = fmt.Sprint(asked[r.URL]) // asked again: with the cookie that the first answer set
		}
		asked[plain.String()]++
		a, err = v.exchange(ctx, r, j)
		if err == nil && a.Outcome == schema.OutcomeNeedsBrowser && a.Page != nil && v.w.opt.Browser != nil {
			a, err = v.drawn(ctx, a, &plain, j)
		}
		if err != nil {
			return nil, n, at, err
		}
		next := a.Location
		if next == nil && a.Page != nil && !n.Report {
			if n.Short && a.Page.Reloads() && asked[r.URL] == 1 {
				next = &plain
			} else {
				a.Page.URL.Fragment = fragment // scripts look at that of the address that was asked for first
				next = v.jump(ctx, t, a.Page, at)
			}
		}
		if next == nil {
			return a, n, at, nil
		}
		circle := asked[next.String()] > 1 || asked[next.String()] == 1 && !v.setsCookie(ctx, a)
		if circle && a.Page != nil { // it only shows itself anew
			return a, n, at, nil
		}
		if hop >= maxHops || circle {
			a.Outcome, a.Detail = schema.OutcomeHTTPError, "redirected in a circle or too often"
			a.Page = nil
			return a, n, at, nil
		}
		if hostKey(next) != v.host.Name {
			v.leadAway(ctx, t, h, a, at, next, out)
			return a, analysis{}, at, nil
		}
		referer, at = at.String(), next
	}
}

// jump is where a page says that its content is, or nil; to another host only where this crawl goes there.
func (v *visitor) jump(ctx context.Context, t frontier.Task, p *page.Page, at *url.URL) *url.URL {
	next := p.Jump()
	role := t.Role
	if role == frontier.Start {
		role = frontier.Article // what a page says is less than what its server says
	}
	if next != nil && hostKey(next) != v.host.Name && !v.mayLeave(ctx, t, role, at, next) {
		return nil
	}
	return next
}

// leadAway leaves an answer that leads to another host to the visit of that host, if this crawl goes there.
func (v *visitor) leadAway(ctx context.Context, t frontier.Task, h hint, a *answer, at, next *url.URL, out *result) {
	a.Page = nil
	a.Detail = "leads to " + next.Host
	if h.Hops++; h.Hops <= maxHops && v.mayLeave(ctx, t, t.Role, at, next) {
		v.add(t.Role, next, t, h, out)
	} else {
		a.Outcome, a.Detail = schema.OutcomeUnreachable, a.Detail+", where this crawl does not go"
	}
}

// setsCookie reports whether an answer set a cookie: the same address may answer otherwise then.
func (v *visitor) setsCookie(ctx context.Context, a *answer) bool {
	header, err := v.w.opt.Archive.Header(ctx, a.Capture)
	return err == nil && header.Get("Set-Cookie") != ""
}

func (v *visitor) seedName(ctx context.Context, t frontier.Task) (string, error) {
	s, err := v.w.seed(ctx, v.run, t.Seed)
	return s.Name, err
}

// seedAt is the seed to whose run an address belongs that was found on another host: that of its own host, where it has
// one.
func (v *visitor) seedAt(ctx context.Context, t frontier.Task, u *url.URL) (frontier.Seed, error) {
	own, err := v.w.seed(ctx, v.run, t.Seed)
	if err != nil || hostKey(u) == v.host.Name || own.Host == hostKey(u) {
		return own, err
	}
	v.w.mu.Lock()
	defer v.w.mu.Unlock()
	best, found := own, false
	for _, s := range v.w.seeds[v.run] {
		if s.Host == hostKey(u) && (!found || s.Site < best.Site) {
			best, found = s, true
		}
	}
	return best, nil
}

// mayLeave reports whether the crawl may go from one host to another for an address of a role: within a site always,
// for a report to any host of the government and of the seeds, for a seed that has moved to wherever it says. A search
// never leaves the site.
func (v *visitor) mayLeave(ctx context.Context, t frontier.Task, role frontier.Role, from, to *url.URL) bool {
	switch {
	case to.Scheme != "http" && to.Scheme != "https":
		return false
	case related(from, to):
		return true
	}
	switch role {
	case frontier.Start: // the site itself says where it has moved
		return true
	case frontier.Article, frontier.Attachment:
	default:
		return false
	}
	if official(to) {
		return true
	}
	if _, err := v.w.seed(ctx, v.run, t.Seed); err != nil {
		return false
	}
	v.w.mu.Lock()
	defer v.w.mu.Unlock()
	for _, s := range v.w.seeds[v.run] {
		if s.Host == hostKey(to) {
			return true
		}
	}
	return false
}

// add makes a task of an address, once a visit.
func (v *visitor) add(role frontier.Role, u *url.URL, from frontier.Task, h hint, out *result) {
	if at, err := url.Parse(from.URL); err == nil && at.Host == u.Host { // one scheme for a site: its pages mix them
		same := *u
		same.Scheme, u = at.Scheme, &same
	}
	id := frontier.ID(http.MethodGet, u.String(), "")
	if out.seen[id] {
		return
	}
	out.seen[id] = true
	text, err := json.Marshal(h)
	if err != nil {
		return // a hint is plain strings and numbers: it always can be written
	}
	depth := from.Depth + 1
	if role == frontier.Article || role == frontier.Attachment {
		if s, err := v.seedAt(context.Background(), from, u); err == nil { // the seeds of the run are known by now
			from.Seed = s.Site
		}
	}
	out.tasks = append(out.tasks, frontier.Task{ID: id, Host: hostKey(u), URL: u.String(), Role: role, Seed: from.Seed, FoundOn: from.URL, Depth: depth, Hint: string(text)})
}

func (v *visitor) addAttachments(ctx context.Context, t frontier.Task, at *url.URL, n analysis, out *result) {
	from := t
	from.URL = at.String()
	for _, f := range n.Attachments {
		if hostKey(f.URL) == v.host.Name || v.mayLeave(ctx, t, frontier.Attachment, at, f.URL) {
			name := f.Text
			if title.Judge(name).Kind != title.Report {
				name = n.Title
			}
			v.add(frontier.Attachment, f.URL, from, hint{Title: name, Year: n.Year, InColumn: true}, out)
		}
	}
}

// addYears asks for the other years of a report whose address names its year: xxgkAnnualReport.jsp?area=&fbtime=.
func (v *visitor) addYears(ctx context.Context, t frontier.Task, at *url.URL, out *result) error {
	query := at.Query()
	if !strings.Contains(at.Path, "xxgkAnnualReport.jsp") || query.Get("area") == "" {
		return nil
	}
	years, err := v.years(ctx, t)
	if err != nil {
		return err
	}
	for _, y := range years {
		u := *at
		u.RawQuery = fmt.Sprintf("area=%s&fbtime=%d", url.QueryEscape(query.Get("area")), y)
		if query.Get("fbtime") != fmt.Sprint(y) {
			v.add(frontier.Article, &u, t, hint{Year: y, InColumn: true}, out)
		}
	}
	return nil
}

// neighbours follows what a report's page says of others: the one before and the one after it.
func (v *visitor) neighbours(ctx context.Context, t frontier.Task, p *page.Page, out *result) error {
	from := t
	from.URL = p.URL.String()
	for _, l := range p.AllLinks() {
		if k := title.Judge(l.Text); k.Kind == title.Report && k.Year != 0 && related(p.URL, l.URL) && !page.IsDocument(l.URL) {
			if err := v.entry(ctx, from, list.Item{Link: l}, listing{}, out); err != nil {
				return err
			}
		}
	}
	return nil
}

// addTwin tries the other scheme once when a seed does not answer: http works where https fails on many sites, and the
// reverse.
func (v *visitor) addTwin(t frontier.Task, h hint, out *result) {
	u, err := url.Parse(t.URL)
	if err != nil || h.Twin || t.Role != frontier.Start || u.Port() != "" {
		return
	}
	if u.Scheme == "https" {
		u.Scheme = "http"
	} else {
		u.Scheme = "https"
	}
	h.Twin = true
	from := t
	from.URL = u.String()
	v.add(frontier.Start, u, from, h, out)
	out.tasks[len(out.tasks)-1].FoundOn = t.URL
}

// reached reports whether an address was answered in this run.
func (v *visitor) reached(ctx context.Context, address string) (bool, error) {
	e, ok, err := v.w.db.Recorded(ctx, v.run, frontier.ID(http.MethodGet, address, ""))
	return ok && e.Capture.Status != nil, err
}

// firstReportYear is the first year that the law asked reports for: the regulations came into force on 1 May 2008.
const firstReportYear = 2008

// years are the years reported on that the task's seed wants: those of the seed file, else all since the law.
func (v *visitor) years(ctx context.Context, t frontier.Task) ([]int, error) {
	s, err := v.w.seed(ctx, v.run, t.Seed)
	if err != nil {
		return nil, err
	}
	first, last := s.FirstYear, s.LastYear
	if first == 0 {
		first, last = firstReportYear, v.w.opt.Clock.Now().In(beijing).Year()-1
	}
	years := make([]int, 0, last-first+1)
	for y := first; y <= last; y++ {
		years = append(years, y)
	}
	return years, nil
}
