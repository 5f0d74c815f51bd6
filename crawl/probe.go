package crawl

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/crawl/fetch"
	"github.com/gongkai-data/gongkai/crawl/list"
	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/crawl/robots"
	"github.com/gongkai-data/gongkai/crawl/title"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Finding is what a probe tells of an address.
type Finding struct {
	MessageType string            `json:"message_type"` // "probe"
	URL         string            `json:"url"`
	FinalURL    string            `json:"final_url"`
	Status      int               `json:"status"`
	Robots      string            `json:"robots"`     // allowed, forbidden, or what became of robots.txt
	Outcome     string            `json:"outcome"`    // what a crawl would call it
	Detail      string            `json:"detail"`     //
	Charset     string            `json:"charset"`    // used
	Declared    string            `json:"declared"`   // charset declared by the server or the page
	Damage      int               `json:"damage"`     // characters that could not be decoded
	Title       string            `json:"title"`      //
	Tags        map[string]string `json:"tags"`       // the national page tags: sitename, siteidcode, columnname, articletitle, pubdate, ...
	Family      string            `json:"family"`     //
	Confidence  float64           `json:"confidence"` //
	Params      map[string]string `json:"params"`     //
	Reason      string            `json:"reason"`     // why this family
	Others      []string          `json:"others"`     // families that claim the page less surely
	Pages       []ProbedPage      `json:"pages"`      // the first two pages of the list
	List        *list.End         `json:"list"`       // what is known of the list's end after those pages
	Proposal    *list.Rule        `json:"proposal"`   // a line of a columns file for this list
	Line        string            `json:"line"`       // the same as it stands in the file: site,list,next,entry,year
	Trial       *Trial            `json:"trial"`      // what that line would find
	Requests    int               `json:"requests"`   // sent
}

// Trial is what a line of a columns file would find on the first pages of its list.
type Trial struct {
	Entries int      `json:"entries"`
	Reports int      `json:"reports"` // entries that a crawl would take for reports, from their titles or years
	Years   []int    `json:"years"`   // of those, ascending
	Titles  []string `json:"titles"`  // the first few entries
	List    list.End `json:"list"`    // what is known of its end
}

// ProbedPage is one page of a list.
type ProbedPage struct {
	Entries int      `json:"entries"`
	Own     int      `json:"own"`     // in the column's own list
	Reports int      `json:"reports"` // titles that promise a report
	Titles  []string `json:"titles"`  // the first few of those
}

// nationalTags are those of the guide for government sites, 国办发〔2017〕47号, and the channel of UCAP.
var nationalTags = []string{"sitename", "sitedomain", "siteidcode", "columnname", "columntype", "articletitle", "pubdate", "contentsource", "channelid"}

// Probe looks at one address as a crawl would, with at most two pages of its list, and tells what it sees. It stores
// nothing. Of opt it uses Contact, Delay, Timeout, MaxBody, AllowLoopback, Dial and Clock.
func Probe(ctx context.Context, address string, opt Options) (Finding, error) {
	seed, err := parseSeed(address, "", "", "", "")
	if err != nil {
		return Finding{}, fmt.Errorf("probe: %w", err)
	}
	opt.Frontier, opt.DryRun = "none", true // nothing is kept
	if opt, err = opt.withDefaults(); err != nil {
		return Finding{}, err
	}
	u, err := url.Parse(seed.Site)
	if err != nil {
		return Finding{}, fmt.Errorf("probe: %w", err)
	}
	if opt.Contact == "" && !(opt.AllowLoopback && isLoopbackHost(u.Hostname())) {
		return Finding{}, fmt.Errorf("probe %s: %w", address, ErrNoContact)
	}
	p := &prober{opt: opt, known: map[string]*page.Page{}, client: fetch.New(fetch.Options{UserAgent: opt.agent(), Timeout: opt.Timeout, MaxBody: opt.MaxBody, AllowLoopback: opt.AllowLoopback, Dial: opt.Dial})}
	defer p.client.Close()
	f, err := p.probe(ctx, u)
	f.MessageType, f.URL, f.Requests = "probe", address, p.sent
	return f, err
}

type prober struct {
	opt    Options
	client *fetch.Client
	rules  robots.Rules
	next   time.Time
	sent   int
	known  map[string]*page.Page // answers of the list, by request
}

func (p *prober) probe(ctx context.Context, u *url.URL) (Finding, error) {
	f := Finding{FinalURL: u.String(), Robots: "allowed"}
	robotsURL := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	a, err := p.get(ctx, robotsURL, list.Request{Method: http.MethodGet}, func(*answer) (string, string) { return "", "" })
	if err != nil {
		return f, err
	}
	p.rules = robots.Parse(max(a.Status, 400), a.Body, p.opt.UserAgent)
	if a.Status >= 200 && a.Status < 300 {
		p.rules = robots.Parse(a.Status, a.Body, p.opt.UserAgent)
	}
	if a.Status >= 500 {
		f.Robots, f.Outcome, f.Detail = fmt.Sprintf("status %d", a.Status), schema.OutcomeUnreachable, "robots.txt is not answered, so a crawl stays out"
		return f, nil
	}
	for hop := 0; ; hop++ {
		if !p.rules.Allowed(u) {
			f.Robots, f.Outcome, f.Detail = "forbidden", schema.OutcomeRobots, "robots.txt forbids it"
			return f, nil
		}
		a, err = p.get(ctx, u, list.Request{Method: http.MethodGet}, func(a *answer) (string, string) {
			_, outcome, detail := analyse(a, "seed", hint{}, "")
			return outcome, detail
		})
		if err != nil {
			return f, err
		}
		f.FinalURL, f.Status, f.Outcome, f.Detail = u.String(), a.Status, a.Outcome, a.Detail
		next := a.Location
		if next == nil && a.Page != nil {
			if next = a.Page.Jump(); next == nil && len(a.Page.AllLinks()) == 0 { // a shell around the list
				for _, frame := range a.Page.Frames() {
					if hostKey(frame) == hostKey(u) {
						next = frame
						break
					}
				}
			}
		}
		if next == nil || hop >= maxHops {
			break
		}
		if hostKey(next) != hostKey(u) {
			f.FinalURL, f.Detail = next.String(), "leads to another host: probe that"
			break
		}
		u = next
	}
	if a.Page == nil {
		return f, nil
	}
	return f, p.describe(ctx, a.Page, &f)
}

func (p *prober) describe(ctx context.Context, q *page.Page, f *Finding) error {
	f.Charset, f.Declared, f.Damage, f.Title = q.Charset.Used, q.Charset.Declared, q.Charset.Replacements, q.Title
	f.Tags = map[string]string{}
	for _, name := range nationalTags {
		if v := q.Meta[name]; v != "" {
			f.Tags[name] = v
		}
	}
	type claim struct {
		name string
		c    float64
	}
	var claims []claim
	for _, l := range list.Families() {
		if _, c := l.Detect(q); c > 0 {
			claims = append(claims, claim{l.Family(), c})
		}
	}
	sort.SliceStable(claims, func(i, j int) bool { return claims[i].c > claims[j].c })
	for _, c := range claims[1:] { // static claims every page, so there is a first one
		f.Others = append(f.Others, fmt.Sprintf("%s %.2f", c.name, c.c))
	}
	year := p.opt.Clock.Now().Year()
	env := list.Env{Years: []int{year - 2, year - 1}, Rules: p.opt.Columns, Get: func(ctx context.Context, r list.Request) (*page.Page, error) { return p.listPage(ctx, q, r) }}
	walk := list.NewWalk(q, env)
	m, pages := walk.Match, walk.Pages(ctx)
	f.Family, f.Confidence, f.Params = m.Lister.Family(), m.Confidence, m.Params
	f.Reason = fmt.Sprintf("its marks are on the page (%.2f)", m.Confidence)
	if f.Family == "static" {
		f.Reason = "no family's marks are on the page"
	}
	defer func() {
		end := walk.End()
		f.List = &end
	}()
	if m.Lister.Family() == list.Taught {
		f.Reason = "the columns file describes it"
	}
	if err := p.try(ctx, q, env, f); err != nil {
		return err
	}
	for items, err := range pages {
		if err != nil {
			f.Detail = err.Error()
			return ctx.Err()
		}
		if len(f.Pages) == 0 && f.Family != "static" && !anyOwn(items) {
			continue // the column page itself, whose list comes from elsewhere
		}
		n := ProbedPage{Entries: len(items)}
		for _, it := range items {
			if it.Own {
				n.Own++
			}
			if title.Judge(it.Text).Kind == title.Report {
				if n.Reports++; len(n.Titles) < 5 {
					n.Titles = append(n.Titles, it.Text)
				}
			}
		}
		if f.Pages = append(f.Pages, n); len(f.Pages) == 2 {
			return nil
		}
	}
	return nil
}

// trialPages is how many pages of a list a trial looks at.
const trialPages = 4

// try proposes a line of a columns file for the page, unless there is one for it, and says what it would find.
func (p *prober) try(ctx context.Context, q *page.Page, env list.Env, f *Finding) error {
	rule, known := list.RuleFor(p.opt.Columns, q.URL)
	if !known {
		var ok bool
		if rule, ok = list.Propose(q); !ok {
			return nil
		}
	}
	env.Rules = []list.Rule{rule}
	walk := list.NewWalk(q, env)
	trial := &Trial{Years: []int{}, Titles: []string{}}
	n := 0
	for items, err := range walk.Pages(ctx) {
		if err != nil {
			return ctx.Err()
		}
		for _, it := range items {
			trial.Entries++
			if len(trial.Titles) < 5 {
				trial.Titles = append(trial.Titles, it.Text)
			}
			v := title.Judge(it.Text)
			if v.Kind == title.Never || it.Year == 0 && v.Kind != title.Report && v.Kind != title.Weak {
				continue
			}
			trial.Reports++
			if y := max(it.Year, v.Year); y != 0 && !slices.Contains(trial.Years, y) {
				trial.Years = append(trial.Years, y)
			}
		}
		if n++; n >= trialPages {
			break
		}
	}
	slices.Sort(trial.Years)
	trial.List = walk.End()
	var line strings.Builder
	w := csv.NewWriter(&line)
	if err := w.Write([]string{rule.Site, rule.List, rule.Next, rule.Entry, rule.Year}); err != nil {
		return fmt.Errorf("probe: write the proposal: %w", err)
	}
	w.Flush()
	f.Proposal, f.Line, f.Trial = &rule, strings.TrimSpace(line.String()), trial
	return nil
}

func anyOwn(items []list.Item) bool {
	return slices.ContainsFunc(items, func(it list.Item) bool { return it.Own })
}

func (p *prober) listPage(ctx context.Context, column *page.Page, r list.Request) (*page.Page, error) {
	u, err := url.Parse(r.URL)
	if err != nil || hostKey(u) != hostKey(column.URL) || !p.rules.Allowed(u) {
		return &page.Page{URL: column.URL, Status: http.StatusNotFound}, nil
	}
	key := r.Method + " " + r.URL + " " + r.Body
	if q := p.known[key]; q != nil {
		return q, nil
	}
	a, err := p.get(ctx, u, r, func(*answer) (string, string) { return schema.OutcomeNotAReport, "list page" })
	if err != nil {
		return nil, err
	}
	if a.Page == nil {
		status := a.Status
		if status < 300 {
			status = http.StatusNotFound
		}
		a.Page = &page.Page{URL: u, Status: status}
	}
	p.known[key] = a.Page
	return a.Page, nil
}

// get sends one request after the delay.
func (p *prober) get(ctx context.Context, u *url.URL, r list.Request, j judge) (*answer, error) {
	if err := p.opt.Clock.Sleep(ctx, p.next.Sub(p.opt.Clock.Now())); err != nil {
		return nil, err
	}
	header := map[string]string{}
	if r.Referer != "" {
		header["Referer"] = r.Referer
	}
	if r.ContentType != "" {
		header["Content-Type"] = r.ContentType
	}
	p.sent++
	res, err := p.client.Do(ctx, fetch.Request{Method: r.Method, URL: u, Body: r.Body, Header: header})
	p.next = p.opt.Clock.Now().Add(max(p.opt.Delay, p.rules.Delay()))
	if err != nil {
		return nil, fmt.Errorf("probe: %w", err)
	}
	defer res.Close()
	a := &answer{Status: res.Status, Type: res.Header.Get("Content-Type")}
	if a.Body, err = p.client.Body(u, res); err != nil {
		return nil, fmt.Errorf("probe: %w", err)
	}
	assess(a, u, res.Header, j)
	return a, nil
}
