package frontier

import (
	"context"
	"database/sql"
	"time"
)

// Run is one crawl of a set of seeds, from its first request to its last.
type Run struct {
	ID         int64
	StartedAt  time.Time
	FinishedAt time.Time // zero while it goes on
	Settings   string    // JSON of the caller's settings that workers elsewhere need
}

// Seed is a site to crawl in a run.
type Seed struct {
	Site                string // the address as given
	Name                string
	DivisionCode        string
	FirstYear, LastYear int // the years reported on that are wanted, both 0 when the seed file gives none
	Delay               time.Duration
	Host                string
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// Runs returns all runs, oldest first.
func (d *DB) Runs(ctx context.Context) ([]Run, error) {
	var runs []Run
	err := d.query(ctx, d.sql, `SELECT id, started_at, finished_at, settings FROM crawl_run ORDER BY id`, nil, func(r *sql.Rows) error {
		var run Run
		var started, finished int64
		if err := r.Scan(&run.ID, &started, &finished, &run.Settings); err != nil {
			return err
		}
		run.StartedAt, run.FinishedAt = fromMillis(started), fromMillis(finished)
		runs = append(runs, run)
		return nil
	})
	return runs, err
}

// StartRun makes a new run. Its id is later than that of any other, also when the clock was ahead before. Hosts forget
// the pace of the run before.
func (d *DB) StartRun(ctx context.Context, now time.Time, settings string) (Run, error) {
	run := Run{ID: now.UnixMicro(), StartedAt: fromMillis(millis(now)), Settings: settings}
	err := d.inTx(ctx, func(tx *sql.Tx) error {
		if err := d.query(ctx, tx, `SELECT coalesce(max(id), 0) FROM crawl_run`, nil, func(r *sql.Rows) error {
			var last int64
			err := r.Scan(&last)
			run.ID = max(run.ID, last+1)
			return err
		}); err != nil {
			return err
		}
		if _, err := d.exec(ctx, tx, `UPDATE crawl_host SET delay_ms = 0`); err != nil {
			return err
		}
		_, err := d.exec(ctx, tx, `INSERT INTO crawl_run (id, started_at, finished_at, settings) VALUES (?, ?, 0, ?)`, run.ID, millis(now), settings)
		return err
	})
	return run, err
}

// SetSettings replaces the settings of a run.
func (d *DB) SetSettings(ctx context.Context, run int64, settings string) error {
	_, err := d.exec(ctx, d.sql, `UPDATE crawl_run SET settings = ? WHERE id = ?`, settings, run)
	return err
}

// FinishRun closes a run: its open tasks are closed with the reason why they were not done, in one transaction.
func (d *DB) FinishRun(ctx context.Context, run int64, now time.Time, outcome, detail string) error {
	return d.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := d.exec(ctx, tx, `UPDATE crawl_task SET state = 'done', outcome = ?, detail = ? WHERE run = ? AND state = 'open'`, outcome, detail, run); err != nil {
			return err
		}
		_, err := d.exec(ctx, tx, `UPDATE crawl_run SET finished_at = ? WHERE id = ?`, millis(now), run)
		return err
	})
}

// AddSeed adds a seed and its first task to a run; one that is there already stays as it is.
func (d *DB) AddSeed(ctx context.Context, run int64, s Seed, first Task) error {
	return d.inTx(ctx, func(tx *sql.Tx) error {
		added, err := d.exec(ctx, tx, `INSERT INTO crawl_seed (run, site, name, division_code, first_year, last_year, delay_ms, host) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (run, site) DO NOTHING`, run, s.Site, s.Name, s.DivisionCode, s.FirstYear, s.LastYear, s.Delay.Milliseconds(), s.Host)
		if err != nil {
			return err
		}
		if err := d.ensureHost(ctx, tx, s.Host); err != nil {
			return err
		}
		if added > 0 { // a run that goes on keeps the pace that its hosts have come to
			if _, err := d.exec(ctx, tx, `UPDATE crawl_host SET delay_ms = ? WHERE host = ? AND delay_ms < ?`, s.Delay.Milliseconds(), s.Host, s.Delay.Milliseconds()); err != nil {
				return err
			}
		}
		return d.addTask(ctx, tx, run, first)
	})
}

// DropSeed takes a seed out of a run: what it led to and is still open is closed, what was found stays.
func (d *DB) DropSeed(ctx context.Context, run int64, site string) error {
	return d.inTx(ctx, func(tx *sql.Tx) error {
		if _, err := d.exec(ctx, tx, `UPDATE crawl_task SET state = 'done', detail = 'its seed was taken out' WHERE run = ? AND seed = ? AND state = 'open'`, run, site); err != nil {
			return err
		}
		_, err := d.exec(ctx, tx, `DELETE FROM crawl_seed WHERE run = ? AND site = ?`, run, site)
		return err
	})
}

// Seeds returns the seeds of a run, by address.
func (d *DB) Seeds(ctx context.Context, run int64) ([]Seed, error) {
	var seeds []Seed
	err := d.query(ctx, d.sql, `SELECT site, name, division_code, first_year, last_year, delay_ms, host FROM crawl_seed WHERE run = ? ORDER BY site`, []any{run}, func(r *sql.Rows) error {
		var s Seed
		var delay int64
		if err := r.Scan(&s.Site, &s.Name, &s.DivisionCode, &s.FirstYear, &s.LastYear, &delay, &s.Host); err != nil {
			return err
		}
		s.Delay = time.Duration(delay) * time.Millisecond
		seeds = append(seeds, s)
		return nil
	})
	return seeds, err
}
