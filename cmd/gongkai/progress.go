package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/gongkai-data/gongkai/crawl"
	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"
)

// progress shows how far a long step is: a bar on a terminal, a JSON object a line with --json. Without either a crawl, which may take days, tells of itself
// on standard error from time to time, and other steps say nothing.
type progress struct {
	bar  *progressbar.ProgressBar
	app  *app
	what string
	mu   sync.Mutex // of plainly
	last time.Time
}

func (a *app) progress(what string) *progress {
	p := &progress{app: a, what: what}
	if f, ok := a.err.(*os.File); ok && isatty.IsTerminal(f.Fd()) && !a.json {
		p.bar = progressbar.NewOptions(0, progressbar.OptionSetWriter(io.Writer(f)), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
	}
	return p
}

func (p *progress) set(done, total int, document string) {
	switch {
	case p.bar != nil:
		p.bar.ChangeMax(total)
		_ = p.bar.Set(done)
	case p.app.json && (done == total || time.Since(p.last) > time.Second):
		p.last = time.Now()
		_ = p.app.emit(map[string]any{"message_type": "progress", "what": p.what, "done": done, "total": total, "current": document})
	}
}

// plainly shows how far a step is that goroutines take together: where nobody watches, a plain line from time to time.
func (p *progress) plainly(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil || p.app.json {
		p.set(done, total, "")
		return
	}
	if time.Since(p.last) > plainEvery && !p.last.IsZero() || done == total {
		p.last = time.Now()
		fmt.Fprintf(p.app.err, "gongkai: %d of %d %s\n", done, total, p.what)
	}
	if p.last.IsZero() {
		p.last = time.Now()
	}
}

// plainEvery is the time between two lines of a step whose progress nobody watches.
const plainEvery = 2 * time.Second

func (p *progress) finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
		fmt.Fprintln(p.app.err)
	}
}

// event shows how far a crawl is.
func (p *progress) event(e crawl.Event) {
	switch {
	case p.bar != nil:
		words := fmt.Sprintf("%d hosts, %d reports", e.Hosts, e.Reports)
		if e.Unread > 0 {
			words += fmt.Sprintf(", %d to read", e.Unread)
		}
		if e.Waiting != "" {
			words += ", waiting for " + e.Waiting
		}
		if n := len(e.LastErrors); n > 0 {
			words += ", last error: " + e.LastErrors[n-1]
		}
		p.bar.Describe(words)
		p.bar.ChangeMax64(e.Pages + e.Queued)
		_ = p.bar.Set64(e.Pages)
	case p.app.json:
		_ = p.app.emit(e)
	case e.MessageType != "progress" || time.Since(p.last) > logEvery:
		p.last = time.Now()
		_ = json.NewEncoder(p.app.err).Encode(e)
	}
}

// logEvery is the time between two lines of a crawl that nobody watches.
const logEvery = 10 * time.Second
