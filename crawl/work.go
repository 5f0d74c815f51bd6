package crawl

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/gongkai-data/gongkai/crawl/frontier"
)

// Work joins the frontier and queue that other processes share, and works on whatever runs are open until ctx ends,
// which is no error. Seeds are ignored: Run adds them. It needs a PostgreSQL frontier.
func Work(ctx context.Context, opt Options) (err error) {
	opt.Seeds = nil
	if opt, err = opt.withDefaults(); err != nil {
		return err
	}
	if !frontier.IsPostgres(opt.Frontier) {
		return errors.New("work: an embedded queue has no other workers; give --queue postgres://…")
	}
	if opt.Contact == "" && !opt.AllowLoopback && !opt.OnlyExtract {
		return fmt.Errorf("work: %w", ErrNoContact)
	}
	db, err := frontier.Open(ctx, opt.Frontier)
	if err != nil {
		return fmt.Errorf("work: %w", err)
	}
	defer func() {
		if e := db.Close(); err == nil && e != nil {
			err = fmt.Errorf("work: close the frontier: %w", e)
		}
	}()
	w := newWorker(opt, db)
	defer w.client.Close()
	q, err := openQueue(ctx, opt.Frontier, w)
	if err != nil {
		return fmt.Errorf("work: %w", err)
	}
	defer func() {
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
		defer cancel()
		if e := errors.Join(q.stop(stopping), q.close()); err == nil && e != nil {
			err = fmt.Errorf("work: close the queue: %w", e)
		}
	}()
	var away outage
	for {
		if err := away.wait(ctx, w.opt.Clock.Now, func(why string) { w.tellAway(0, why) }, w.round(ctx)); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return fmt.Errorf("work: %w", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-w.wake:
		case <-time.After(time.Second):
		}
	}
}

// round queues what is due in every open run.
func (w *worker) round(ctx context.Context) error {
	w.mu.Lock()
	fatal := w.fatal
	w.mu.Unlock()
	if fatal != nil || w.opt.OnlyExtract || !w.hours.open(w.opt.Clock.Now()) {
		return fatal
	}
	runs, err := w.db.Runs(ctx)
	if err != nil {
		return err
	}
	for _, run := range runs {
		if !run.FinishedAt.IsZero() {
			continue
		}
		w.mu.Lock()
		w.resume[run.ID] = true
		w.mu.Unlock()
		if err := w.dispatch(ctx, run.ID); err != nil {
			return err
		}
	}
	return nil
}
