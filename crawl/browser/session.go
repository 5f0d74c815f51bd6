package browser

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/inspector"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// session is one page that is open.
type session struct {
	answer  Answerer
	kill    context.CancelCauseFunc
	expired chan struct{} // the page's clock has used its time
	cut     chan struct{} // closed at the request too many

	more chan struct{} // something waits

	mu      sync.Mutex
	waiting []*fetch.EventRequestPaused
	left    int // requests that may still be handed on
	dialogs int // that are open
	closed  bool
	staying bool // the page may not go elsewhere
}

// prepare has each request of the page stop here.
func prepare(tab context.Context) error {
	for _, call := range []func() error{
		func() error { _, err := chromedp.Call(tab, fetch.Enable, fetch.EnableParams{}); return err },
		func() error { _, err := chromedp.Call(tab, inspector.Enable, cdp.Empty{}); return err },
		func() error {
			_, err := chromedp.Call(tab, network.SetBypassServiceWorker, network.SetBypassServiceWorkerParams{Bypass: true})
			return err
		},
		func() error {
			_, err := chromedp.Call(tab, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
			return err
		},
		func() error {
			_, err := chromedp.CallBrowser(tab, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorDeny})
			return err
		},
	} {
		if err := call(); err != nil {
			return err
		}
	}
	return nil
}

// event takes what the browser tells. It is called where events come in and must not wait.
func (s *session) event(ev any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch ev := ev.(type) {
	case *fetch.EventRequestPaused:
		s.waiting = append(s.waiting, ev)
	case *page.EventJavascriptDialogOpening:
		s.dialogs++
	case *inspector.EventTargetCrashed:
		s.kill(fmt.Errorf("%w: the page crashed", ErrCrashed))
		return
	case *emulation.EventVirtualTimeBudgetExpired:
		signal(s.expired)
		return
	default:
		return
	}
	signal(s.more)
}

func signal(to chan struct{}) {
	select {
	case to <- struct{}{}:
	default:
	}
}

// stay has the page remain where it is, whatever is pressed.
func (s *session) stay() {
	s.mu.Lock()
	s.staying = true
	s.mu.Unlock()
}

func (s *session) stays() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.staying
}

// close has what is asked from now on fail.
func (s *session) close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
}

func (s *session) next() (paused *fetch.EventRequestPaused, closed bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.waiting) == 0 {
		return nil, s.closed
	}
	paused, s.waiting = s.waiting[0], s.waiting[1:]
	return paused, s.closed
}

func (s *session) remaining() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.left
}

// spend takes one request from those that are left.
func (s *session) spend() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.left--; s.left == -1 {
		close(s.cut)
	}
	return s.left >= 0
}

// serve answers dialogs, and requests one after the other, until the page is gone. What a page that is gone asked for
// needs no answer.
func (s *session) serve(tab context.Context) {
	for {
		select {
		case <-tab.Done():
			return
		case <-s.more:
		}
		s.mu.Lock()
		dialogs := s.dialogs
		s.dialogs = 0
		s.mu.Unlock()
		for range dialogs {
			_, _ = chromedp.Call(tab, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: false})
		}
		for paused, closed := s.next(); paused != nil && tab.Err() == nil; paused, closed = s.next() {
			s.reply(tab, paused, closed)
		}
	}
}

// reply answers one request.
func (s *session) reply(tab context.Context, p *fetch.EventRequestPaused, closed bool) {
	scheme, _, _ := strings.Cut(strings.ToLower(p.Request.URL), ":")
	kind := p.ResourceType
	switch {
	case scheme == "data" || scheme == "blob" || scheme == "about":
		_, _ = chromedp.Call(tab, fetch.ContinueRequest, fetch.ContinueRequestParams{RequestID: p.RequestID})
		return
	case kind == network.ResourceTypeDocument && s.stays(): // aborted, the page stands as it is
		_, _ = chromedp.Call(tab, fetch.FailRequest, fetch.FailRequestParams{RequestID: p.RequestID, ErrorReason: network.ErrorReasonAborted})
		return
	case closed || scheme != "http" && scheme != "https":
	case kind == network.ResourceTypeStylesheet: // an empty one: scripts wait for theirs
		fulfil(tab, p.RequestID, Answer{Status: http.StatusOK, Header: http.Header{"Content-Type": {"text/css"}}})
		return
	case kind != network.ResourceTypeDocument && kind != network.ResourceTypeScript && kind != network.ResourceTypeXHR && kind != network.ResourceTypeFetch: // pictures, media, fonts, beacons, sockets
	case p.Request.Method != http.MethodGet && p.Request.Method != http.MethodPost:
	case s.spend():
		a, ok, err := s.answer(tab, request(p.Request))
		if err != nil {
			s.kill(err)
			return
		}
		if ok {
			fulfil(tab, p.RequestID, a)
			return
		}
	}
	_, _ = chromedp.Call(tab, fetch.FailRequest, fetch.FailRequestParams{RequestID: p.RequestID, ErrorReason: network.ErrorReasonBlockedByClient})
}

// own are the fields of a request that the browser sets by itself; the caller sends its own.
var own = map[string]bool{"user-agent": true, "referer": true, "cookie": true, "origin": true, "accept-language": true, "accept-encoding": true, "cache-control": true, "pragma": true,
	"upgrade-insecure-requests": true, "connection": true, "host": true, "content-length": true, "dnt": true}

func request(r *network.Request) Request {
	out := Request{Method: r.Method, URL: r.URL, Header: map[string]string{}}
	for name, value := range r.Headers {
		if key := strings.ToLower(name); !own[key] && !strings.HasPrefix(key, "sec-") && !strings.HasPrefix(key, "proxy-") {
			if text, ok := value.(string); ok {
				out.Header[name] = text
			}
		}
	}
	for _, part := range r.PostDataEntries {
		out.Body += string(part.Bytes)
	}
	return out
}

// kept are the fields of an answer that the page may see.
var kept = []string{"Content-Type", "Location", "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Expose-Headers", "Content-Security-Policy"}

func fulfil(tab context.Context, id fetch.RequestID, a Answer) {
	var header []*fetch.HeaderEntry
	for _, name := range kept {
		for _, value := range a.Header.Values(name) {
			header = append(header, &fetch.HeaderEntry{Name: name, Value: value})
		}
	}
	_, _ = chromedp.Call(tab, fetch.FulfillRequest, fetch.FulfillRequestParams{RequestID: id, ResponseCode: int64(a.Status), ResponseHeaders: header, Body: a.Body})
}
