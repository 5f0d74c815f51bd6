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

// progress shows how far a long step is: a bar on a terminal, a JSON object a line with --json, else plain lines on
// standard error from time to time.
type progress struct {
	bar   *progressbar.ProgressBar
	app   *app
	what  string
	every time.Duration // between two plain lines
	toEnd bool          // the last step has a plain line too

	mu     sync.Mutex // of set
	last   time.Time
	warned bool // that there may be no network
}

func (a *app) progress(what string) *progress {
	p := &progress{app: a, what: what, every: logEvery}
	if f, ok := a.err.(*os.File); ok && isatty.IsTerminal(f.Fd()) && !a.json {
		p.bar = progressbar.NewOptions(0, progressbar.OptionSetWriter(io.Writer(f)), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
			progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
	}
	return p
}

// set shows how far a step is, which goroutines may take together.
func (p *progress) set(done, total int, document string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.bar != nil:
		p.bar.ChangeMax(total)
		_ = p.bar.Set(done)
	case p.app.json && (done == total || time.Since(p.last) > time.Second):
		p.last = time.Now()
		_ = p.app.emit(map[string]any{"message_type": "progress", "what": p.what, "done": done, "total": total, "current": document})
	case p.app.json:
	case p.toEnd && done == total, !p.last.IsZero() && time.Since(p.last) > p.every:
		p.last = time.Now()
		fmt.Fprintf(p.app.err, "gongkai: %d of %s\n", done, counted(total, strings.TrimSuffix(p.what, "s")))
	case p.last.IsZero():
		p.last = time.Now() // a short step needs no line
	}
}

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
	case e.MessageType != "progress" || time.Since(p.last) > p.every:
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
