package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/gongkai-data/gongkai/crawl"
	"github.com/mattn/go-isatty"
	"github.com/schollz/progressbar/v3"
)

// progress shows how far a long step is: a bar on a terminal, a JSON object a line with --json, else plain lines on standard error from time to time.
type progress struct {
	bar  *progressbar.ProgressBar
	app  *app
	what string
	mu   sync.Mutex // of plainly
	last time.Time

	warned bool // that there may be no network
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
	case p.app.json:
	case p.last.IsZero():
		p.last = time.Now() // a short step needs no line
	case time.Since(p.last) > logEvery:
		p.last = time.Now()
		fmt.Fprintf(p.app.err, "gongkai: %d of %s\n", done, counted(total, strings.TrimSuffix(p.what, "s")))
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
	if e.NoNetwork != "" && !p.warned && !p.app.json {
		p.warned = true
		if p.bar != nil {
			_ = p.bar.Clear()
		}
		fmt.Fprintln(p.app.err, wrapped("gongkai: no network? No site has answered so far: "+e.NoNetwork+". Trying on; Ctrl-C keeps what there is", ""))
	}
	switch {
	case p.bar != nil:
		p.bar.Describe(eventWords(e))
		p.bar.ChangeMax64(e.Pages + e.Queued)
		_ = p.bar.Set64(e.Pages)
	case p.app.json:
		_ = p.app.emit(e)
	case e.MessageType != "progress" || time.Since(p.last) > logEvery:
		p.last = time.Now()
		fmt.Fprintln(p.app.err, wrapped("gongkai: "+counted(int(e.Pages), "page")+", "+eventWords(e), ""))
	}
}

// eventWords tell of a crawl in a line.
func eventWords(e crawl.Event) string {
	words := counted(int(e.Hosts), "host") + ", " + counted(int(e.Reports), "report")
	if e.Queued > 0 {
		words += fmt.Sprintf(", %d to visit", e.Queued)
	}
	if e.Unread > 0 {
		words += fmt.Sprintf(", %d to read", e.Unread)
	}
	if e.Waiting != "" {
		words += ", waiting for " + e.Waiting
	}
	if n := len(e.LastErrors); n > 0 {
		words += ", last error: " + e.LastErrors[n-1]
	}
	return words
}

// logEvery is the time between two lines of a step that nobody watches.
const logEvery = 10 * time.Second
