package crawl

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"github.com/gongkai-data/gongkai/crawl/fetch"
	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/list"
	"github.com/gongkai-data/gongkai/crawl/page"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// visitor visits the tasks of one host; it holds the host's lease, so its copy of the host's state is the truth.
type visitor struct {
	w    *worker
	run  int64
	host frontier.Host
	task frontier.Task // being visited

	cookies jar    // what the host has set in this run
	trouble answer // a request of the list being walked that a reason for gaps stands behind
}

// answer is what a recorded request got. Page is nil for what is no page: no answer, a document, a redirect.
type answer struct {
	Outcome  string
	Detail   string
	Status   int
	Location *url.URL // of a redirect
	Page     *page.Page
	Body     []byte // decoded; nil when there was no answer
	Type     string // Content-Type
	Magic    string
	Capture  schema.Capture
	Drawn    bool   // the page is as its scripts have made it
	Cut      string // and why they were stopped before they came to rest
}

// judge says what an answer is: an outcome of schema, and a detail for people. It sees only answers of status 2xx and
// must be a pure function.
type judge func(a *answer) (outcome, detail string)

// retry asks for another try of the task at a later time.
type retry struct {
	until  time.Time
	detail string
}

func (r *retry) Error() string { return r.detail }

// errLeave says that the host was put aside; the task stays open.
var errLeave = errors.New("the host is left alone for now")

// maxAttempts is how often a task is tried that fails for a passing reason.
const maxAttempts = 4

// exchange answers a request: from the archive when the run has recorded it, else from the site, within robots.txt and
// the host's delay. The exchange is judged, written to the archive and recorded before it is returned. A failure is an
// answer with an outcome; an error is *retry, errLeave, the context's, or one that ends the crawl.
func (v *visitor) exchange(ctx context.Context, r list.Request, j judge) (*answer, error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return nil, fmt.Errorf("exchange %s: %w", r.URL, err)
	}
	id := requestID(r)
	if a, err := v.recorded(ctx, u, r, id, j); a != nil || err != nil {
		return a, err
	}
	rules, unanswered, err := v.rules(ctx, u)
	if err != nil {
		return nil, err
	}
	if unanswered != nil {
		outcome := unanswered.Outcome
		if outcome == schema.OutcomeHTTPError || outcome == schema.OutcomeNotADocument || outcome == schema.OutcomeTooLarge {
			outcome = schema.OutcomeUnreachable // that of the site, not of this page
		}
		return v.failed(ctx, u, id, outcome, "its robots.txt: "+unanswered.Detail, time.Time{})
	}
	if !rules.Allowed(u) {
		return v.failed(ctx, u, id, schema.OutcomeRobots, "robots.txt forbids it", time.Time{})
	}
	return v.send(ctx, u, r, id, rules.Delay(), j)
}

// requestID is the identity of a request in a run.
func requestID(r list.Request) string {
	if r.Salt != "" {
		return frontier.ID(r.Method, r.URL, r.Body+"\x00"+r.Salt)
	}
	return frontier.ID(r.Method, r.URL, r.Body)
}

// exchangeFreely is exchange for robots.txt itself, which no rule covers.
func (v *visitor) exchangeFreely(ctx context.Context, u *url.URL, r list.Request, j judge) (*answer, error) {
	id := requestID(r)
	if a, err := v.recorded(ctx, u, r, id, j); a != nil || err != nil {
		return a, err
	}
	return v.send(ctx, u, r, id, 0, j)
}

// send waits for the host's turn and sends the request.
func (v *visitor) send(ctx context.Context, u *url.URL, r list.Request, id string, crawlDelay time.Duration, j judge) (*answer, error) {
	clock := v.w.opt.Clock
	delay := v.delay(crawlDelay)
	if wait := v.host.NextAt.Sub(clock.Now()); wait > longWait {
		return nil, errLeave
	} else if err := clock.Sleep(ctx, wait); err != nil {
		return nil, err
	}
	known, conditional, err := v.w.db.Known(ctx, id)
	if err != nil {
		return nil, err
	}
	conditional = conditional && r.Method == http.MethodGet && (known.ETag != "" || known.Modified != "")
	if conditional && v.w.shared() { // "not modified" helps only where the body before can be read
		if _, conditional, err = v.w.opt.Archive.LookupBody(ctx, u.String()); err != nil {
			return nil, err
		}
	}
	header := map[string]string{}
	maps.Copy(header, r.Header)
	if r.Referer != "" {
		header["Referer"] = r.Referer
	}
	if r.ContentType != "" {
		header["Content-Type"] = r.ContentType
	}
	if cookies := v.cookies.header(u); cookies != "" {
		header["Cookie"] = cookies
	}
	if conditional && known.ETag != "" {
		header["If-None-Match"] = known.ETag
	}
	if conditional && known.Modified != "" {
		header["If-Modified-Since"] = known.Modified
	}
	// Kept before the request leaves, with room for the time that it needs to arrive: a process that dies now must not
	// let its successor come too soon.
	start := clock.Now()
	if delay > 0 {
		if err := v.w.db.SetNext(ctx, v.host.Name, start.Add(delay+delay/4+100*time.Millisecond)); err != nil {
			return nil, err
		}
	}
	v.w.fetched.Add(1)
	res, err := v.w.client.Do(ctx, fetch.Request{Method: r.Method, URL: u, Body: r.Body, Header: header})
	next := clock.Now().Add(delay)
	v.host.NextAt = next
	var failure *fetch.Error
	if errors.As(err, &failure) {
		if failure.Outcome == schema.OutcomeUnreachable {
			why := failure.Error()
			v.w.unreachable.Store(&why)
		}
		return v.broken(ctx, u, id, failure, next)
	}
	if err != nil {
		return nil, err
	}
	v.w.answered.Store(true)
	if v.cookies.take(res.Header, clock.Now()) { // kept before the answer is: the request after it needs them
		if err := v.w.db.KeepCookies(ctx, v.run, v.host.Name, v.cookies.String()); err != nil {
			return nil, errors.Join(err, closeBody(res))
		}
	}
	a, err := v.keep(ctx, u, r, id, start, res, known, conditional, next, j)
	return a, errors.Join(err, closeBody(res))
}

func closeBody(res *fetch.Response) error {
	if err := res.Close(); err != nil {
		return fmt.Errorf("remove a spooled body: %w", err)
	}
	return nil
}

// delay is the time between two requests: the seed's or the crawl's, the site's Crawl-delay if that is longer, and the
// jitter.
func (v *visitor) delay(crawlDelay time.Duration) time.Duration {
	d := max(v.pace(), crawlDelay)
	return d + time.Duration(v.w.opt.Jitter*rand.Float64()*float64(d))
}

// pace is the delay of the host, else that of the crawl.
func (v *visitor) pace() time.Duration {
	if v.host.Delay > 0 {
		return v.host.Delay
	}
	return v.w.opt.Delay
}

// keep judges an answer, writes it to the archive and records it.
func (v *visitor) keep(ctx context.Context, u *url.URL, r list.Request, id string, at time.Time, res *fetch.Response, known frontier.Exchange, conditional bool, next time.Time, j judge) (*answer, error) {
	e := store.Exchange{Capture: v.capture(u, at), Request: res.RequestHead, Response: res.ResponseHead, RemoteIP: res.RemoteIP, Dedupe: true}
	if r.Method == http.MethodPost {
		e.Request = append(append([]byte{}, res.RequestHead...), r.Body...)
	}
	if res.Status == http.StatusNotModified && conditional {
		return v.notModified(ctx, u, id, e, known, next, j)
	}
	a := &answer{Status: res.Status, Type: res.Header.Get("Content-Type")}
	body, err := v.w.client.Body(u, res)
	var broken *fetch.Error
	if errors.As(err, &broken) {
		a.Outcome, a.Detail = broken.Outcome, broken.Err.Error()
	} else if err != nil {
		return nil, err
	} else {
		a.Body = body
		assess(a, u, res.Header, j)
	}
	wait := v.passing(a, res.Header)
	e.Capture.Outcome, e.Detail = a.Outcome, a.Detail
	if a.Location != nil {
		e.Capture.FinalURL = new(a.Location.String())
	}
	if a.Page != nil {
		e.Capture.Charset = new(a.Page.Charset.Used)
	}
	if _, err := res.Raw.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("re-read the body of %s: %w", u, err)
	}
	e.Body = res.Raw
	if a.Capture, err = v.w.opt.Archive.WriteExchange(ctx, e); err != nil {
		return nil, err
	}
	stillDuplicate(&a.Capture, known)
	if wait > 0 && v.task.Attempts+1 < maxAttempts {
		if a.Status == http.StatusTooManyRequests || res.Header.Get("Retry-After") != "" { // the host asks for a pause, not only this page
			if err := v.pause(ctx, wait); err != nil {
				return nil, err
			}
		}
		return nil, &retry{v.w.opt.Clock.Now().Add(wait), fmt.Sprintf("status %d", a.Status)}
	}
	record := frontier.Exchange{ID: id, Host: v.host.Name, At: at, Outcome: a.Outcome, Detail: a.Detail, Capture: a.Capture,
		ETag: res.Header.Get("ETag"), Modified: res.Header.Get("Last-Modified")}
	if a.Location != nil {
		record.Location = a.Location.String()
	}
	if err := v.w.db.Record(ctx, v.run, record, next); err != nil {
		return nil, err
	}
	return a, v.heed(ctx, a)
}

// stillDuplicate keeps in mind that what is unchanged was the same as another address's document before: it is no
// report of its own.
func stillDuplicate(c *schema.Capture, known frontier.Exchange) {
	if c.Outcome == schema.OutcomeUnchanged && known.Capture.Outcome == schema.OutcomeDuplicate {
		c.Outcome = schema.OutcomeDuplicate
	}
}

// notModified keeps an answer of 304: the body is that of the capture before.
func (v *visitor) notModified(ctx context.Context, u *url.URL, id string, e store.Exchange, known frontier.Exchange, next time.Time, j judge) (*answer, error) {
	e.Capture.Outcome = schema.OutcomeUnchanged
	a, err := v.restore(ctx, u, known, j)
	if err != nil {
		return nil, err
	}
	e.Capture.Charset = known.Capture.Charset
	if a.Capture, err = v.w.opt.Archive.WriteNotModified(ctx, e, known.Capture); err != nil {
		return nil, err
	}
	stillDuplicate(&a.Capture, known)
	// The capture with the body stays the one that later requests and replays go to.
	record := frontier.Exchange{ID: id, Host: v.host.Name, At: e.Capture.FetchedAt, Outcome: a.Outcome, Detail: a.Detail, Capture: known.Capture, ETag: known.ETag, Modified: known.Modified}
	v.host.Failures = 0
	return a, v.w.db.Record(ctx, v.run, record, next)
}

// assess fills in what an answer is from its status, header and body.
func assess(a *answer, u *url.URL, header http.Header, j judge) {
	if class := fetch.Challenge(a.Status, header, a.Body); class != "" {
		a.Outcome, a.Detail = schema.OutcomeChallenge, class
		return
	}
	switch {
	case a.Status >= 300 && a.Status < 400:
		if location, err := u.Parse(header.Get("Location")); err == nil && header.Get("Location") != "" {
			a.Location = page.Clean(location)
			if a.Location.String() == u.String() && location.String() != u.String() { // the site insists on its session id
				location.Fragment = ""
				a.Location = location
			}
			a.Outcome, a.Detail = schema.OutcomeNotAReport, "redirect"
			return
		}
		a.Outcome, a.Detail = schema.OutcomeHTTPError, fmt.Sprintf("status %d without a place to go", a.Status)
		return
	case a.Status < 200 || a.Status >= 400:
		a.Outcome, a.Detail = schema.OutcomeHTTPError, fmt.Sprintf("status %d", a.Status)
		return
	case a.Status == http.StatusPartialContent: // nobody asked for a range
		a.Outcome, a.Detail = schema.OutcomeNotADocument, "status 206: a piece of a document, not the whole"
		return
	case a.Status == http.StatusNoContent || a.Status == http.StatusResetContent:
		a.Outcome, a.Detail = schema.OutcomeNotADocument, fmt.Sprintf("status %d: an answer without content", a.Status)
		return
	}
	if a.Magic = fetch.Magic(a.Body); a.Magic == "" {
		if len(a.Body) > maxPage {
			a.Outcome, a.Detail = schema.OutcomeTooLarge, fmt.Sprintf("a page of more than %d bytes", maxPage)
			return
		}
		if bytes.IndexByte(a.Body[:min(len(a.Body), 512)], 0) >= 0 && !bytes.HasPrefix(a.Body, []byte{0xFF, 0xFE}) && !bytes.HasPrefix(a.Body, []byte{0xFE, 0xFF}) {
			a.Outcome, a.Detail = schema.OutcomeNotADocument, "binary of no known type"
			return
		}
		p, err := page.Parse(u, a.Status, a.Body, a.Type)
		if err != nil {
			a.Outcome, a.Detail = schema.OutcomeNotADocument, err.Error()
			return
		}
		a.Page = p
	}
	a.Outcome, a.Detail = j(a)
}

// maxPage bounds what is parsed as a page.
const maxPage = 16 << 20

func (v *visitor) capture(u *url.URL, at time.Time) schema.Capture {
	c := schema.Capture{URL: u.String(), Depth: int32(min(v.task.Depth, 1<<20)), FetchedAt: at.UTC().Truncate(time.Microsecond)}
	if v.task.Seed != "" {
		c.Seed = new(v.task.Seed)
	}
	if v.task.FoundOn != "" {
		c.FoundOn = new(v.task.FoundOn)
	}
	return c
}

// failed records a request that got no answer for good.
func (v *visitor) failed(ctx context.Context, u *url.URL, id, outcome, detail string, next time.Time) (*answer, error) {
	c := v.capture(u, v.w.opt.Clock.Now())
	c.Outcome = outcome
	c, err := v.w.opt.Archive.WriteFailure(ctx, c, detail)
	if err != nil {
		return nil, err
	}
	err = v.w.db.Record(ctx, v.run, frontier.Exchange{ID: id, Host: v.host.Name, At: c.FetchedAt, Outcome: outcome, Detail: detail, Capture: c}, next)
	return &answer{Outcome: outcome, Detail: detail, Capture: c}, err
}
