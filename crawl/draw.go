package crawl

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/crawl/browser"
	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/list"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// drawn opens a page in the browser and judges it as its scripts have made it. What they made is kept as a conversion
// of the page's capture, and recorded like an exchange, so that a run which goes on does not open it again. Where the
// browser cannot show it, the answer stays as it was and says why.
func (v *visitor) drawn(ctx context.Context, of *answer, u *url.URL, j judge) (*answer, error) {
	id := frontier.ID("DRAW", u.String(), "")
	e, ok, err := v.w.db.Recorded(ctx, v.run, id)
	if err != nil {
		return nil, err
	}
	if ok {
		a, err := v.redraw(ctx, u, e, j)
		if err == nil || !v.w.shared() || ctx.Err() != nil {
			return a, err
		}
		v.w.note("%v", err)
	}
	p, err := v.open(ctx, of, u)
	var again *retry
	switch {
	case errors.As(err, &again), errors.Is(err, errLeave), ctx.Err() != nil:
		return nil, err
	case err != nil:
		v.w.note("%v", err)
		failed := *of
		failed.Detail = strings.TrimPrefix(of.Detail+"; ", "; ") + "the browser does not show it: " + err.Error()
		return &failed, nil
	}
	a := judged(u, []byte(p.DOM), p.Cut, j)
	c := v.capture(u, v.w.opt.Clock.Now())
	c.Outcome, c.MediaType, c.Charset = a.Outcome, new(drawnType), new(drawnCharset)
	if a.Capture, err = v.w.opt.Archive.WriteConversion(ctx, c, of.Capture, bytes.NewReader(a.Body), a.Detail); err != nil {
		return nil, err
	}
	record := frontier.Exchange{ID: id, Host: v.host.Name, At: a.Capture.FetchedAt, Outcome: a.Outcome, Detail: a.Detail, Capture: a.Capture}
	return a, v.w.db.Record(ctx, v.run, record, time.Time{})
}

// What the browser gives, whatever the page says of itself.
const (
	drawnType    = "text/html"
	drawnCharset = "utf-8"
)

// stopped stands before the reason in the detail of a page whose scripts were stopped.
const stopped = "stopped in the browser: "

// judged makes an answer of what the browser gave.
func judged(u *url.URL, dom []byte, cut string, j judge) *answer {
	a := &answer{Status: http.StatusOK, Type: drawnType + "; charset=" + drawnCharset, Body: dom, Drawn: true, Cut: cut}
	assess(a, u, http.Header{"Content-Type": {a.Type}}, j)
	if a.Outcome == schema.OutcomeNeedsBrowser {
		a.Detail = "the browser shows nothing either"
	}
	if cut != "" {
		a.Detail += "; " + stopped + cut
	}
	return a
}

// redraw judges again what an earlier process of the run had drawn.
func (v *visitor) redraw(ctx context.Context, u *url.URL, e frontier.Exchange, j judge) (*answer, error) {
	body, err := v.w.opt.Archive.Body(ctx, e.Capture)
	if err != nil {
		return nil, err
	}
	dom, err := io.ReadAll(body)
	if err = errors.Join(err, body.Close()); err != nil {
		return nil, fmt.Errorf("replay %s: %w", u, err)
	}
	_, cut, _ := strings.Cut(e.Detail, stopped)
	a := judged(u, dom, cut, j)
	a.Capture = e.Capture
	return a, nil
}

// open opens the page with a browser whose requests go through exchanges like all others.
func (v *visitor) open(ctx context.Context, of *answer, u *url.URL) (*browser.Page, error) {
	v.w.drawing.Lock()
	defer v.w.drawing.Unlock()
	s := &stage{visitor: v, page: u, of: of, hosts: map[string]bool{}, beside: map[string]*visitor{}}
	for _, frame := range of.Page.Frames() {
		s.hosts[hostKey(frame)] = true
	}
	p, err := browser.Open(ctx, *v.w.opt.Browser, u.String(), s.answer)
	return p, errors.Join(err, s.leave(ctx))
}

// stage answers the requests of one page in the browser.
type stage struct {
	*visitor
	page   *url.URL
	of     *answer
	hosts  map[string]bool     // those of the page's frames
	beside map[string]*visitor // other hosts that are taken, nil for one that cannot be had
}

// maxRedirects bounds those of one request.
const maxRedirects = 4

// answer answers one request: the page itself as it was fetched, others by an exchange. Hosts other than the site's and
// its frames' are not asked.
func (s *stage) answer(ctx context.Context, r browser.Request) (out browser.Answer, ok bool, err error) {
	u, err := url.Parse(r.URL)
	if err != nil {
		return out, false, nil
	}
	u.Fragment = ""
	if u.String() == s.page.String() && r.Method == http.MethodGet {
		return browser.Answer{Status: http.StatusOK, Header: http.Header{"Content-Type": {s.of.Type}}, Body: s.of.Body}, true, nil
	}
	request := list.Request{Method: r.Method, URL: u.String(), Body: r.Body, Referer: s.page.String(), Header: r.Header}
	j := func(*answer) (string, string) {
		return schema.OutcomeNotAReport, "asked for by the scripts of " + s.page.String()
	}
	for range maxRedirects {
		v, err := s.host(ctx, u)
		if err != nil || v == nil {
			return out, false, err
		}
		a, err := v.exchange(ctx, request, j)
		switch {
		case err != nil:
			return out, false, err
		case v.host.CoolUntil.After(v.w.opt.Clock.Now()):
			return out, false, errLeave // it asks for a person or a pause: nothing tries to get past that
		case a.Location != nil:
			u = a.Location
			request = list.Request{Method: http.MethodGet, URL: u.String(), Referer: s.page.String(), Header: r.Header}
			continue
		case a.Status == 0:
			return out, false, nil
		}
		header := http.Header{"Content-Type": {a.Type}}
		if v != s.visitor {
			header.Set("Access-Control-Allow-Origin", s.page.Scheme+"://"+s.page.Host)
		}
		return browser.Answer{Status: a.Status, Header: header, Body: a.Body}, true, nil
	}
	return out, false, nil
}

// host returns the visitor of a request's host, nil for one that is not asked.
func (s *stage) host(ctx context.Context, u *url.URL) (*visitor, error) {
	key := hostKey(u)
	if key == s.visitor.host.Name {
		return s.visitor, nil
	}
	if !s.hosts[key] && !related(s.page, u) {
		return nil, nil
	}
	v, known := s.beside[key]
	if known {
		return v, nil
	}
	v, err := s.visitor.guest(ctx, key)
	if err == nil {
		s.beside[key] = v
	}
	return v, err
}

// guestWait is how long a page waits for another host that is being worked on.
const guestWait = 20 * time.Second

// guest takes another host for the time that a page is open; nil where others work on it or it is left alone.
func (v *visitor) guest(ctx context.Context, host string) (*visitor, error) {
	w := v.w
	for waited := time.Duration(0); !w.take(host); waited += time.Second {
		if waited >= guestWait {
			return nil, nil
		}
		if err := w.opt.Clock.Sleep(ctx, time.Second); err != nil {
			return nil, err
		}
	}
	g, err := v.lease(ctx, host)
	if g == nil || err != nil {
		w.give(host)
	}
	return g, err
}

func (v *visitor) lease(ctx context.Context, host string) (*visitor, error) {
	w, now := v.w, v.w.opt.Clock.Now()
	if err := w.db.Meet(ctx, host); err != nil {
		return nil, err
	}
	ok, err := w.db.Lease(ctx, host, w.owner, now, now.Add(guestLease))
	if err != nil || !ok {
		return nil, err
	}
	state, err := w.db.Host(ctx, host)
	if err != nil || state.CoolUntil.After(now) {
		return nil, errors.Join(err, w.db.Release(ctx, host, w.owner))
	}
	kept, err := w.db.Cookies(ctx, v.run, host)
	if err != nil {
		return nil, errors.Join(err, w.db.Release(ctx, host, w.owner))
	}
	return &visitor{w: w, run: v.run, host: state, task: v.task, cookies: readJar(kept)}, nil
}

// guestLease is longer than any page may be open.
const guestLease = 10 * time.Minute

// leave gives the other hosts back.
func (s *stage) leave(ctx context.Context) error {
	back, done := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer done()
	var all error
	for host, g := range s.beside {
		if g != nil {
			all = errors.Join(all, s.w.db.Release(back, host, s.w.owner))
			s.w.give(host)
		}
	}
	return all
}

// unseen reports whether a list stands on a page only once its scripts have run, and a browser is there to run them.
func (v *visitor) unseen(a *answer, out *result) bool {
	if v.w.opt.Browser == nil || a.Drawn || a.Page == nil {
		return false
	}
	if out.outcome == schema.OutcomeNeedsBrowser {
		return a.Outcome != schema.OutcomeNeedsBrowser // it was tried
	}
	for _, l := range out.listings {
		if l.URL == a.Page.URL.String() && !l.Complete && l.Entries == 0 {
			return true
		}
	}
	return false
}

// redrawn draws a page whose list was not seen and forgets what was said of the list.
func (v *visitor) redrawn(ctx context.Context, t frontier.Task, h hint, a *answer, n analysis, at *url.URL, out *result) (*answer, analysis, error) {
	own, err := v.seedName(ctx, t)
	if err != nil {
		return nil, n, err
	}
	seen := n
	b, err := v.drawn(ctx, a, at, func(a *answer) (string, string) {
		var outcome, detail string
		seen, outcome, detail = analyse(a, string(t.Role), h, own)
		return outcome, detail
	})
	if err != nil || !b.Drawn {
		return a, n, err
	}
	out.listings, out.outcome, out.detail = nil, b.Outcome, b.Detail
	return b, seen, nil
}
