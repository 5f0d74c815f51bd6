package crawl

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/page"
)

// Run crawls the seeds and returns when nothing is left to do that can be done now. A run that was interrupted is gone
// on with; otherwise a new one begins, which asks known pages whether they have changed. Cancelling ctx ends it in
// order, to be resumed later.
func Run(ctx context.Context, opt Options) (Summary, error) {
	opt, err := opt.withDefaults()
	if err != nil {
		return Summary{}, err
	}
	db, err := frontier.Open(ctx, opt.Frontier)
	if err != nil {
		return Summary{}, fmt.Errorf("crawl: %w", err)
	}
	s, err := runOn(ctx, opt, db)
	if e := db.Close(); err == nil && e != nil {
		err = fmt.Errorf("crawl: close the frontier: %w", e)
	}
	return s, err
}

func runOn(ctx context.Context, opt Options, db *frontier.DB) (s Summary, err error) {
	start := opt.Clock.Now()
	if opt.DryRun {
		return plan(ctx, opt, db)
	}
	w := newWorker(opt, db)
	defer w.client.Close()
	q, err := openQueue(ctx, opt.Frontier, w) // before anything is changed: it is the lock of an embedded frontier
	if err != nil {
		return s, fmt.Errorf("crawl: %w", err)
	}
	defer func() {
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
		defer cancel()
		if e := errors.Join(q.stop(stopping), q.close()); err == nil && e != nil {
			err = fmt.Errorf("crawl: close the queue: %w", e)
		}
	}()
	if !w.shared() {
		if err := db.ResetLeases(ctx); err != nil {
			return s, err
		}
	}
	run, resumed, err := w.begin(ctx)
	if err != nil {
		return s, err
	}
	s = Summary{Run: run.ID, Resumed: resumed}
	if _, err := w.capJumps(ctx); err != nil {
		return s, err
	}
	err = w.drive(ctx, run.ID)
	if err == nil {
		err = w.persist(ctx, func() (err error) { s.LeftAlone, err = w.finish(ctx, run.ID); return err })
	}
	s.Fetched, s.Elapsed, s.Notes = w.fetched.Load(), opt.Clock.Now().Sub(start), w.notices
	if err != nil {
		return s, err
	}
	return s, w.persist(ctx, func() error { return w.count(ctx, &s) })
}

// count fills in what a run came to.
func (w *worker) count(ctx context.Context, s *Summary) error {
	c, err := w.db.Count(ctx, s.Run)
	if err != nil {
		return err
	}
	s.Hosts, s.Pages, s.Reports = c.Hosts, c.Pages, c.Reports
	read, err := w.db.Extracts(ctx, s.Run)
	s.Extracted, s.Unread = read[frontier.ExtractDone], read[frontier.ExtractFailed]
	return err
}

// begin finds the run to resume or starts a new one, and adds the seeds.
func (w *worker) begin(ctx context.Context) (frontier.Run, bool, error) {
	run, resumed, err := unfinished(ctx, w.db)
	if err != nil {
		return run, false, err
	}
	text, err := json.Marshal(settings{w.opt.agent(), w.opt.Delay.String(), w.opt.Columns})
	if err != nil {
		return run, false, fmt.Errorf("crawl: write the settings of the run: %w", err)
	}
	if resumed && len(w.opt.Columns) > 0 {
		if err := w.db.SetSettings(ctx, run.ID, string(text)); err != nil {
			return run, resumed, err
		}
	}
	if !resumed {
		if run, err = w.db.StartRun(ctx, w.opt.Clock.Now(), string(text)); err != nil {
			return run, false, err
		}
	}
	w.mu.Lock()
	w.resume[run.ID] = resumed
	w.mu.Unlock()
	if resumed && !w.shared() {
		if err := w.dropOthers(ctx, run.ID); err != nil {
			return run, resumed, err
		}
	}
	for _, s := range w.opt.Seeds {
		seed, task, err := firstTask(s)
		if err != nil {
			return run, resumed, err
		}
		if err := w.db.AddSeed(ctx, run.ID, seed, task); err != nil {
			return run, resumed, err
		}
	}
	return run, resumed, w.addColumns(ctx, run.ID)
}

// addColumns makes the lists that a person has described a way in of their own, beside the seed that they belong to.
func (w *worker) addColumns(ctx context.Context, run int64) error {
	rules, err := w.columns(ctx, run)
	if err != nil {
		return err
	}
	for _, r := range rules {
		u, err := url.Parse(r.List)
		if err != nil {
			return fmt.Errorf("crawl: read the address of column %s: %w", r.List, err)
		}
		u = page.Clean(u)
		seed, ok := w.seedFor(ctx, run, r.Site, u)
		if !ok {
			w.notices = append(w.notices, fmt.Sprintf("the column %s belongs to no seed of this crawl and is left out", r.List))
			continue
		}
		task := frontier.Task{ID: frontier.ID(http.MethodGet, u.String(), ""), Host: hostKey(u), URL: u.String(), Role: frontier.Column, Seed: seed, FoundOn: seed, Depth: 1, Hint: `{"in_column":true}`}
		if err := w.db.AddTask(ctx, run, task); err != nil {
			return err
		}
	}
	return nil
}

// seedFor finds the seed that a described column belongs to: the one of its site, else the one of its host.
func (w *worker) seedFor(ctx context.Context, run int64, site string, list *url.URL) (string, bool) {
	seeds, err := w.db.Seeds(ctx, run)
	if err != nil {
		return "", false
	}
	if s, err := parseSeed(site, "", "", "", ""); err == nil && site != "" {
		site = s.Site
	}
	for _, same := range []func(frontier.Seed) bool{func(s frontier.Seed) bool { return s.Site == site }, func(s frontier.Seed) bool { return s.Host == hostKey(list) }} {
		for _, s := range seeds {
			if same(s) {
				return s.Site, true
			}
		}
	}
	return "", false
}

// dropOthers takes the seeds out of an interrupted run that are not among those given now: nobody wants their sites
// asked any more.
func (w *worker) dropOthers(ctx context.Context, run int64) error {
	given := map[string]bool{}
	for _, s := range w.opt.Seeds {
		given[s.Site] = true
	}
	old, err := w.db.Seeds(ctx, run)
	if err != nil || len(given) == 0 {
		return err
	}
	for _, s := range old {
		if !given[s.Site] {
			if err := w.db.DropSeed(ctx, run, s.Site); err != nil {
				return err
			}
		}
	}
	return nil
}

func unfinished(ctx context.Context, db *frontier.DB) (frontier.Run, bool, error) {
	runs, err := db.Runs(ctx)
	if err != nil || len(runs) == 0 {
		return frontier.Run{}, false, err
	}
	last := runs[len(runs)-1]
	return last, last.FinishedAt.IsZero(), nil
}

func firstTask(s Seed) (frontier.Seed, frontier.Task, error) {
	u, err := url.Parse(s.Site)
	if err != nil {
		return frontier.Seed{}, frontier.Task{}, fmt.Errorf("crawl: read the address of seed %s: %w", s.Site, err)
	}
	fragment := u.Fragment
	u = page.Clean(u)
	id := frontier.ID(http.MethodGet, u.String(), "")
	u.Fragment = fragment // some catalogues name the column there
	seed := frontier.Seed{Site: s.Site, Name: s.Name, DivisionCode: s.DivisionCode, FirstYear: s.FirstYear, LastYear: s.LastYear, Delay: s.Delay, Host: hostKey(u)}
	return seed, frontier.Task{ID: id, Host: hostKey(u), URL: u.String(), Role: frontier.Start, Seed: s.Site, Hint: "{}"}, nil
}

// drive queues hosts as they fall due until the run has nothing left, and reports progress.
func (w *worker) drive(ctx context.Context, run int64) error {
	m := &meter{w: w, run: run}
	var told time.Time
	var away outage
	every := time.Second
	for {
		w.mu.Lock()
		fatal := w.fatal
		w.mu.Unlock()
		if fatal != nil {
			return fatal
		}
		now := w.opt.Clock.Now()
		waiting, over, err := w.poll(ctx, run, now)
		if err != nil {
			if err := away.wait(ctx, w.opt.Clock.Now, func(why string) { w.tellAway(run, why) }, err); err != nil {
				return err
			}
			continue
		}
		away = outage{}
		if over {
			return w.persist(ctx, func() error { return w.tell(ctx, m, "done", "") })
		}
		if now.Sub(told) >= every {
			if err := w.tell(ctx, m, "progress", waiting); err != nil && !isOutage(err) {
				return err
			}
			told = w.opt.Clock.Now()
			every = max(time.Second, 20*told.Sub(now)) // counting a large frontier must not become the work
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-w.wake:
		case <-time.After(250 * time.Millisecond):
		}
	}
}

// poll queues what is due. It says what the run waits for, and whether it is over: nothing open, or nothing that is due
// within the patience.
func (w *worker) poll(ctx context.Context, run int64, now time.Time) (waiting string, over bool, err error) {
	if !w.hours.open(now) {
		return "the hours " + w.opt.Window, false, nil
	}
	if err := w.dispatch(ctx, run); err != nil {
		return "", false, err
	}
	busy, err := w.db.Busy(ctx, now)
	if err != nil || busy > 0 {
		return "", false, err
	}
	earliest, err := w.db.Waiting(ctx, run)
	if err != nil {
		return "", false, err
	}
	switch wait := earliest.Sub(now); {
	case earliest.IsZero():
		return w.batches(ctx, run, now)
	case wait > w.opt.Patience:
		if capped, err := w.capJumps(ctx); err != nil || capped {
			return "", false, err
		}
		return w.batches(ctx, run, now)
	case wait > time.Second:
		waiting = "hosts until " + earliest.Format(time.RFC3339)
	}
	return waiting, false, nil
}

// capJumps keeps a clock that was wrong from putting hosts off for ever, and tells of it.
func (w *worker) capJumps(ctx context.Context) (bool, error) {
	now := w.opt.Clock.Now()
	hosts, err := w.db.CapJumps(ctx, now, frontier.Bounds{Delay: w.opt.Delay, Pause: max(w.opt.CoolOff, longestPause)})
	if err != nil || len(hosts) == 0 {
		return false, err
	}
	text := fmt.Sprintf("a clock has jumped: %d hosts were put off further than any crawl does, and are taken up again (%s)", len(hosts), firstFew(hosts, 10))
	w.note("%s", text)
	w.notices = append(w.notices, text)
	return true, nil
}

// firstFew lists the first n of some names and says how many more there are.
func firstFew(names []string, n int) string {
	if len(names) <= n {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:n], ", "), len(names)-n)
}

// tellAway tells that the crawl waits, when there is no frontier to be counted.
func (w *worker) tellAway(run int64, why string) {
	if w.opt.Progress != nil {
		w.opt.Progress(Event{MessageType: "progress", Run: run, SecondsLeft: -1, Waiting: why})
	}
}

func (w *worker) tell(ctx context.Context, m *meter, kind, waiting string) error {
	if w.opt.Progress == nil {
		return nil
	}
	e, err := m.event(ctx, kind, waiting)
	if err == nil {
		w.opt.Progress(e)
	}
	return err
}

// dispatch queues hosts that are due, at most two for each worker: so a queued host waits for two slices at most, and
// one that has waited longer was taken by a worker that died before it had the lease, and is queued again. A host that
// is queued twice is worked on once: the lease decides.
func (w *worker) dispatch(ctx context.Context, run int64) error {
	now := w.opt.Clock.Now()
	queued, err := w.db.Queued(ctx, now)
	if err != nil {
		return err
	}
	room := 2*w.opt.Workers - queued
	if room <= 0 {
		return nil
	}
	hosts, err := w.db.Due(ctx, run, now, now.Add(2*w.opt.Slice+w.opt.Lease), room)
	if err != nil || len(hosts) == 0 {
		return err
	}
	jobs := make([]river.InsertManyParams, len(hosts))
	for i, h := range hosts {
		jobs[i] = river.InsertManyParams{Args: sliceArgs{Run: run, Host: h}}
	}
	if err := w.insert(ctx, jobs); err != nil {
		return fmt.Errorf("crawl: queue %d hosts: %w", len(hosts), err)
	}
	return nil
}

// finish closes the run; what is open on hosts that are left alone gets their reason.
func (w *worker) finish(ctx context.Context, run int64) ([]LeftAlone, error) {
	hosts, err := w.db.Cooling(ctx, run, w.opt.Clock.Now())
	if err != nil {
		return nil, err
	}
	left := []LeftAlone{}
	for _, h := range hosts {
		if err := w.db.CloseHost(ctx, run, h.Name, h.Cool.Outcome, h.Cool.String()); err != nil {
			return nil, err
		}
		left = append(left, LeftAlone{h.Name, h.CoolUntil, h.Cool.String()})
	}
	pending, err := w.db.Pending(ctx, run)
	if err != nil {
		return nil, err
	}
	for _, h := range pending {
		left = append(left, LeftAlone{h.Name, h.NextAt, "its next request is due only then"})
	}
	return left, w.db.FinishRun(ctx, run, w.opt.Clock.Now(), frontier.NotTried, "the run ended before its turn came")
}

// plan says what a run would fetch next: the open addresses of an interrupted one, else the seeds.
func plan(ctx context.Context, opt Options, db *frontier.DB) (Summary, error) {
	run, resumed, err := unfinished(ctx, db)
	if err != nil {
		return Summary{}, err
	}
	s := Summary{Resumed: resumed, LeftAlone: []LeftAlone{}}
	if resumed {
		s.Run = run.ID
		tasks, err := db.Tasks(ctx, run.ID, "open")
		if err != nil {
			return s, err
		}
		for _, t := range tasks {
			s.Plan = append(s.Plan, Planned{t.URL, string(t.Role), t.FoundOn})
		}
		return s, nil
	}
	for _, seed := range opt.Seeds {
		u, err := url.Parse(seed.Site)
		if err != nil {
			return s, fmt.Errorf("crawl: read the address of seed %s: %w", seed.Site, err)
		}
		s.Plan = append(s.Plan, Planned{u.Scheme + "://" + u.Host + "/robots.txt", "robots", ""}, Planned{page.Clean(u).String(), string(frontier.Start), ""})
	}
	return s, nil
}
