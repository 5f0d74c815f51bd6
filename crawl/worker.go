package crawl

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"

	"github.com/gongkai-data/gongkai/crawl/fetch"
	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/list"
	"github.com/gongkai-data/gongkai/crawl/robots"
)

// worker is what the slices of one process share.
type worker struct {
	opt    Options
	db     *frontier.DB
	client *fetch.Client
	owner  string       // names this process in leases
	slices atomic.Int64 // begun: each is an owner of its own, so that a host that was queued twice is worked on once, also within one process
	hours  window

	drawing sync.Mutex // one browser at a time

	fetched atomic.Int64 // requests sent

	answered    atomic.Bool            // some host has answered, if only with an error
	unreachable atomic.Pointer[string] // why the last host was not reached

	wake   chan struct{}
	insert func(ctx context.Context, jobs []river.InsertManyParams) error // into the queue; set before its workers start

	unread      int64 // documents in batches when the run last looked, and since when it has been so many
	unreadSince time.Time
	notices     []string // what the summary must say; of the goroutine that drives the run

	mu     sync.Mutex
	seeds  map[int64]map[string]frontier.Seed // of each run, by address
	taught map[int64][]list.Rule              // of each run: columns that a person has described
	rules  map[string]knownRules              // by run and origin
	errors []string                           // the last ones, for progress
	fatal  error                              // what ends the crawl: archive or frontier cannot be written
	busy   map[string]bool                    // hosts that somebody in this process sends requests to
	worked map[string]bool                    // hosts that this process has worked on
	resume map[int64]bool                     // runs that another process began: their last request may be recorded in the archive alone
}

type knownRules struct {
	robots.Rules
	unanswered *answer // what became of a robots.txt that could not be had
	at         time.Time
}

func newWorker(opt Options, db *frontier.DB) *worker {
	hours, _ := parseWindow(opt.Window) // withDefaults has checked it
	host, _ := os.Hostname()            // only a name for people; the random part tells owners apart
	return &worker{
		opt: opt, db: db, hours: hours, owner: host + "-" + rand.Text(), wake: make(chan struct{}, 1),
		client: fetch.New(fetch.Options{UserAgent: opt.agent(), Timeout: opt.Timeout, MaxBody: opt.MaxBody, AllowLoopback: opt.AllowLoopback, Dial: opt.Dial}),
		seeds:  map[int64]map[string]frontier.Seed{}, taught: map[int64][]list.Rule{}, rules: map[string]knownRules{}, busy: map[string]bool{}, worked: map[string]bool{}, resume: map[int64]bool{},
	}
}

// shared reports whether other processes work on the same frontier.
func (w *worker) shared() bool { return frontier.IsPostgres(w.opt.Frontier) }

// notify wakes the dispatcher.
func (w *worker) notify() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (w *worker) note(format string, args ...any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.errors = append(w.errors, fmt.Sprintf(format, args...))
	if n := len(w.errors); n > 5 {
		w.errors = w.errors[n-5:]
	}
}

func (w *worker) setFatal(err error) {
	w.mu.Lock()
	if w.fatal == nil {
		w.fatal = err
	}
	w.mu.Unlock()
	w.notify()
}

func (w *worker) seed(ctx context.Context, run int64, site string) (frontier.Seed, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s, ok := w.seeds[run][site]; ok {
		return s, nil
	}
	all, err := w.db.Seeds(ctx, run)
	if err != nil {
		return frontier.Seed{}, err
	}
	w.seeds[run] = map[string]frontier.Seed{}
	for _, s := range all {
		w.seeds[run][s.Site] = s
	}
	return w.seeds[run][site], nil
}

// settings are what the workers of a run must know of it, wherever they are.
type settings struct {
	UserAgent string      `json:"user_agent"`
	Delay     string      `json:"delay"`
	Columns   []list.Rule `json:"columns,omitempty"`
}

// columns are the columns that a person has described for a run.
func (w *worker) columns(ctx context.Context, run int64) ([]list.Rule, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if rules, ok := w.taught[run]; ok {
		return rules, nil
	}
	runs, err := w.db.Runs(ctx)
	if err != nil {
		return nil, err
	}
	for _, r := range runs {
		var s settings
		if r.ID == run && json.Unmarshal([]byte(r.Settings), &s) == nil {
			w.taught[run] = s.Columns
		}
	}
	return w.taught[run], nil
}

// slice works on one host for a while. It returns an error only when the crawl cannot go on at all.
func (w *worker) slice(ctx context.Context, run int64, host string) error {
	if !w.take(host) {
		return nil // a page of another host asks it for something; it is due again soon
	}
	defer w.give(host)
	now := w.opt.Clock.Now()
	owner := fmt.Sprintf("%s-%d", w.owner, w.slices.Add(1))
	ok, err := w.db.Lease(ctx, host, owner, now, now.Add(w.opt.Lease))
	if err != nil || !ok {
		return err
	}
	leased, lost := context.WithCancel(ctx)
	beat := make(chan struct{})
	go func() {
		defer close(beat)
		w.keepLease(leased, host, owner, lost)
	}()
	if err = w.db.Recover(leased, run, host); err == nil {
		err = w.visits(leased, run, host, now.Add(w.opt.Slice))
	}
	if errors.Is(err, context.Canceled) {
		err = nil // cut short; what was done stands
	}
	if err == nil && leased.Err() == nil && w.shared() {
		// Before the lease ends, however long database and object store are away: else the work would be done again.
		err = w.persist(leased, func() error { return w.settle(leased, run, host) })
		if errors.Is(err, context.Canceled) {
			err = nil
		}
	}
	taken := leased.Err() != nil && ctx.Err() == nil // by another owner: what is held is not ours any more
	lost()
	<-beat
	// Work is settled and the lease goes back even when the crawl was cancelled, or the host would wait for the lease
	// to run out.
	back, done := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer done()
	if err == nil && !taken {
		err = w.settle(back, run, host)
	}
	if err == nil && !taken {
		err = w.batch(back, run, host)
	}
	err = errors.Join(err, w.db.Release(back, host, owner))
	w.notify()
	return err
}

// take keeps a host for one goroutine of this process: leases tell processes apart only.
func (w *worker) take(host string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.busy[host] {
		return false
	}
	w.busy[host] = true
	return true
}

func (w *worker) give(host string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.busy, host)
}

// settle makes the slice's work final on a shared frontier: first its captures, where the archive has a way to hand
// them to other machines at once, then its tasks.
func (w *worker) settle(ctx context.Context, run int64, host string) error {
	if !w.shared() {
		return nil
	}
	if f, ok := any(w.opt.Archive).(interface{ Flush(context.Context) error }); ok {
		if err := f.Flush(ctx); err != nil {
			return err
		}
	}
	return w.db.Settle(ctx, run, host)
}

// keepLease renews the lease while a slice goes on, and cancels the slice when another owner has taken the host.
func (w *worker) keepLease(ctx context.Context, host, owner string, lost context.CancelFunc) {
	tick := time.NewTicker(max(w.opt.Lease/3, 10*time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			now := w.opt.Clock.Now()
			if ok, err := w.db.Lease(ctx, host, owner, now, now.Add(w.opt.Lease)); err == nil && !ok {
				lost()
				return
			}
		}
	}
}

// visits takes one task of the host after the other until its time is over.
func (w *worker) visits(ctx context.Context, run int64, host string, until time.Time) error {
	state, err := w.db.Host(ctx, host)
	if err != nil {
		return err
	}
	kept, err := w.db.Cookies(ctx, run, host)
	if err != nil {
		return err
	}
	v := &visitor{w: w, run: run, host: state, cookies: readJar(kept)}
	if next := w.opt.Clock.Now().Add(v.delay(0)); w.takesOver(run, host) && !state.NextAt.IsZero() && next.After(state.NextAt) {
		v.host.NextAt = next
	}
	for ctx.Err() == nil {
		now := w.opt.Clock.Now()
		if now.After(until) || v.host.CoolUntil.After(now) || v.host.NextAt.Sub(now) > longWait || !w.hours.open(now) {
			return nil
		}
		task, ok, err := w.db.NextTask(ctx, run, host, now)
		if err != nil || !ok {
			return err
		}
		if err := v.visit(ctx, task); err != nil {
			return err
		}
	}
	return nil
}

// takesOver reports, once for a host, whether a process that has died worked on it: its last request may have gone on
// until then, so the delay starts anew.
func (w *worker) takesOver(run int64, host string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.worked[host] {
		return false
	}
	w.worked[host] = true
	return w.resume[run]
}

// longWait is a wait in which a worker does not stay with a host.
const longWait = 90 * time.Second
