// Package browser opens a page in a headless Chromium of the user's and returns its document as its scripts have made
// it. The browser itself has no network: each request of the page is handed to the caller, who answers it or not. It
// knows nothing of robots.txt, delays and archives.
package browser

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os/exec"
	"strings"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// Options of a browser. The zero value of a limit means its default.
type Options struct {
	Program  string        // path of Chromium
	Time     time.Duration // for one page, the waits before its requests included; default 3 minutes
	Requests int           // of one page that the caller is asked to answer; default 80
	Scrolls  int           // times that the page is scrolled to its end; default 20
	Turns    int           // times that the page of a list is turned by its script; default 30
	Memory   int64         // bytes of all processes of the browser together, without what they share; default 1 GiB. Kept on Linux only
	// Unsandboxed is for tests that run as root, for whom Chromium has no sandbox.
	Unsandboxed bool
}

func (o Options) withDefaults() Options {
	if o.Time == 0 {
		o.Time = 3 * time.Minute
	}
	if o.Requests == 0 {
		o.Requests = 80
	}
	if o.Scrolls == 0 {
		o.Scrolls = 20
	}
	if o.Turns == 0 {
		o.Turns = 30
	}
	if o.Memory == 0 {
		o.Memory = 1 << 30
	}
	return o
}

// Find returns the path of a Chromium on this machine.
func Find() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no Chromium is installed (chromium, google-chrome): install one or name its path")
}

// Try opens a page of its own, to learn whether the browser works here.
func Try(ctx context.Context, opt Options) error {
	p, err := Open(ctx, opt, "http://try.invalid/", func(context.Context, Request) (Answer, bool, error) {
		return Answer{Status: http.StatusOK, Header: http.Header{"Content-Type": {"text/html"}}, Body: []byte("<p id=p></p><script>p.textContent = 6 * 7</script>")}, true, nil
	})
	if err == nil && !strings.Contains(p.DOM, ">42<") {
		err = errors.New("it runs no scripts")
	}
	return err
}

// Request is one request of the page.
type Request struct {
	Method, URL, Body string
	Header            map[string]string // what the page's scripts set, and Content-Type
}

// Answer is what the page gets for a request. A redirect is answered as one.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte // decoded
}

// Answerer answers a request. It is called for one request at a time. Where ok is false the page sees that the request
// failed; an error ends the page.
type Answerer func(ctx context.Context, r Request) (a Answer, ok bool, err error)

// Page is a page as its scripts have made it.
type Page struct {
	DOM      string // the document's outer HTML, with its doctype
	Requests int    // that were handed to the caller
	Turns    int    // of the pages of its list: what stood on those before is back in the list
	Cut      string // which limit ended it before it came to rest, or ""
}

// ErrCrashed says that the page or the browser broke down.
var ErrCrashed = errors.New("the browser broke down")

// Limits on what the page's own clock may do: it stands still while requests are under way, so slow sites lose nothing.
const (
	settle  = 10 * time.Second // of the page's time, after it was opened
	startup = time.Minute
	maxDOM  = 16 << 20
)

// Open opens a page. Its own document is asked of answer like everything else.
func Open(ctx context.Context, opt Options, address string, answer Answerer) (*Page, error) {
	opt = opt.withDefaults()
	b, err := newRunning(ctx, opt)
	if err != nil {
		return nil, err
	}
	defer b.end()
	s := &session{answer: answer, left: opt.Requests, kill: b.kill, expired: make(chan struct{}, 1), cut: make(chan struct{}), more: make(chan struct{}, 1)}
	waiting := time.AfterFunc(startup, func() { b.kill(fmt.Errorf("%w: it did not start within %v", ErrCrashed, startup)) })
	err = chromedp.Listen(b.tab, s.event) // starts it
	waiting.Stop()
	if err != nil {
		return nil, b.ended(fmt.Errorf("starting %s: %w", opt.Program, err))
	}
	b.started()
	p, err := s.open(b.tab, opt, address)
	if p != nil {
		p.Requests = opt.Requests - max(s.remaining(), 0)
	}
	if err != nil {
		return nil, b.ended(fmt.Errorf("opening %s in the browser: %w", address, err))
	}
	return p, nil
}

// open brings the page to rest and takes its document.
func (s *session) open(tab context.Context, opt Options, address string) (*Page, error) {
	limit := time.NewTimer(opt.Time)
	defer limit.Stop()
	gone, err := chromedp.Detached(tab)
	if err != nil {
		return nil, err
	}
	if err := prepare(tab); err != nil {
		return nil, err
	}
	go s.serve(tab)
	if err := pause(tab); err != nil { // its time begins when it is there
		return nil, err
	}
	navigated := make(chan error, 1)
	go func() {
		to, err := chromedp.Call(tab, page.Navigate, page.NavigateParams{URL: address})
		if err == nil && to.ErrorText != "" {
			err = errors.New(to.ErrorText)
		}
		navigated <- err
	}()
	p := &Page{}
	down, on := scroller{left: opt.Scrolls}, turner{left: opt.Turns}
	for p.Cut == "" {
		select {
		case err := <-navigated:
			if err == nil {
				err = grant(tab, settle)
			}
			if err != nil {
				return nil, err
			}
			continue
		case <-s.expired:
		case <-s.cut:
			p.Cut = fmt.Sprintf("it made more than %d requests", opt.Requests)
			continue
		case <-limit.C:
			p.Cut = fmt.Sprintf("it did not come to rest within %v", opt.Time)
			continue
		case <-gone:
			return nil, ErrCrashed
		case <-tab.Done():
			return nil, tab.Err()
		}
		done, err := down.step(tab, p)
		if err != nil {
			return nil, err
		}
		if !done || p.Cut != "" {
			continue
		}
		if done, err = on.step(tab, s, p); err != nil {
			return nil, err
		}
		if done {
			break
		}
		down = scroller{left: down.left}
	}
	s.close()
	if on.turning {
		if _, err := evaluate(tab, gather); err != nil {
			return nil, err
		}
	}
	if p.DOM, err = evaluate(tab, document); err != nil {
		return nil, fmt.Errorf("taking its document: %w", err)
	}
	if len(p.DOM) > maxDOM {
		return nil, fmt.Errorf("its document has %d bytes, more than the limit of %d", len(p.DOM), maxDOM)
	}
	return p, nil
}

// document is what a page shows in the end.
const document = `(document.doctype ? '<!DOCTYPE html>\n' : '') + document.documentElement.outerHTML`

// evaluate runs an expression of ours in the page; one that hangs takes the page with it.
func evaluate(tab context.Context, expression string) (string, error) {
	limited, cancel := context.WithTimeout(tab, startup)
	defer cancel()
	text, err := chromedp.Run(limited, chromedp.Evaluate[string](expression))
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("%w: its scripts do not stop", ErrCrashed)
	}
	return text, err
}

// pause holds the page's clock.
func pause(tab context.Context) error {
	_, err := chromedp.Call(tab, emulation.SetVirtualTimePolicy, emulation.SetVirtualTimePolicyParams{Policy: emulation.VirtualTimePolicyPause})
	return err
}

// grant lets the page's clock run on.
func grant(tab context.Context, d time.Duration) error {
	_, err := chromedp.Call(tab, emulation.SetVirtualTimePolicy, emulation.SetVirtualTimePolicyParams{
		Policy: emulation.VirtualTimePolicyPauseIfNetworkFetchesPending, Budget: new(float64(d.Milliseconds())), MaxVirtualTimeTaskStarvationCount: 50_000})
	return err
}
