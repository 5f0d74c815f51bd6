package crawl

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/store"
)

// sliceArgs is the job: a slice of one host in one run.
type sliceArgs struct {
	Run  int64  `json:"run"`
	Host string `json:"host"`
}

func (sliceArgs) Kind() string { return "crawl_slice" }

type sliceWorker struct {
	river.WorkerDefaults[sliceArgs]
	w *worker
}

// Work does the slice. A job is never tried again by the queue: what is left of a host is queued anew from the
// frontier, also where database or object store went away meanwhile.
func (s *sliceWorker) Work(ctx context.Context, job *river.Job[sliceArgs]) error {
	err := s.w.slice(ctx, job.Args.Run, job.Args.Host)
	if err == nil || ctx.Err() != nil {
		return nil
	}
	if (s.w.shared() || store.IsOutage(err)) && isOutage(err) {
		s.w.note("%s was left before its work was done: %v", job.Args.Host, err)
		return nil
	}
	s.w.setFatal(err)
	return nil
}

// Timeout turns River's limit off: a slice ends by itself, and its lease runs out when its process dies.
func (s *sliceWorker) Timeout(*river.Job[sliceArgs]) time.Duration { return -1 }

// queue carries slices and batches to workers: River on SQLite inside the process, or on PostgreSQL shared by many. It
// holds nothing that the frontier lacks.
type queue struct {
	stop  func(ctx context.Context) error
	close func() error
}

// openQueue opens the queue that belongs to a frontier and starts its workers. An embedded queue belongs to one process
// at a time and starts empty.
func openQueue(ctx context.Context, location string, w *worker) (*queue, error) {
	if frontier.IsPostgres(location) {
		q, err := startQueue[pgx.Tx](ctx, riverpgxv5.New(w.db.Pool()), w, false)
		if err != nil {
			return nil, fmt.Errorf("open the queue: %w", err)
		}
		q.close = func() error { return nil } // the pool is the frontier's
		return q, nil
	}
	path := strings.TrimSuffix(location, ".sqlite") + "-queue.sqlite"
	db, err := frontier.OpenSQLite(path, true)
	if err != nil {
		return nil, fmt.Errorf("open the queue: %w", err)
	}
	q, err := startSQLiteQueue(ctx, db, w)
	if err != nil {
		err = errors.Join(err, db.Close())
		if strings.Contains(err.Error(), "SQLITE_BUSY") || strings.Contains(err.Error(), "database is locked") {
			return nil, fmt.Errorf("open the queue %s: another crawl is using it: %w", path, err)
		}
		return nil, fmt.Errorf("open the queue: %w", frontier.Damaged(path, err))
	}
	q.close = db.Close
	return q, nil
}

func startSQLiteQueue(ctx context.Context, db *sql.DB, w *worker) (*queue, error) {
	// Jobs of a process that is no more: the frontier says anew what is to be done.
	var table string
	switch err := db.QueryRowContext(ctx, `SELECT name FROM sqlite_master WHERE name = 'river_job'`).Scan(&table); {
	case err == nil:
		if _, err := db.ExecContext(ctx, `DELETE FROM river_job`); err != nil {
			return nil, err
		}
	case !errors.Is(err, sql.ErrNoRows):
		return nil, err
	}
	return startQueue[*sql.Tx](ctx, riversqlite.New(db), w, true)
}

func startQueue[T any](ctx context.Context, driver riverdriver.Driver[T], w *worker, embedded bool) (*queue, error) {
	migrator, err := rivermigrate.New(driver, &rivermigrate.Config{Logger: quiet()})
	if err != nil {
		return nil, fmt.Errorf("prepare its tables: %w", err)
	}
	if err := w.db.Alone(ctx, func(ctx context.Context) error {
		_, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
		return err
	}); err != nil {
		return nil, fmt.Errorf("make its tables: %w", err)
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &sliceWorker{w: w})
	river.AddWorker(workers, &extractWorker{w: w}) // also where none are worked: the process that looks after the queue must know the kind
	queues := map[string]river.QueueConfig{}
	if !w.opt.OnlyExtract {
		queues[river.QueueDefault] = river.QueueConfig{MaxWorkers: w.opt.Workers}
	}
	if w.opt.Extract != nil {
		queues[extractQueue] = river.QueueConfig{MaxWorkers: runtime.GOMAXPROCS(0)}
	}
	client, err := river.NewClient(driver, &river.Config{
		Queues:               queues,
		Workers:              workers,
		FetchCooldown:        20 * time.Millisecond,
		FetchPollInterval:    200 * time.Millisecond,
		JobTimeout:           -1,
		RescueStuckJobsAfter: w.opt.ExtractTimeout, // batches of a dead worker; slices have no limit and are left to their leases
		MaxAttempts:          1,
		PollOnly:             embedded,
		Logger:               quiet(),
		// Finished jobs say nothing that the frontier does not.
		CompletedJobRetentionPeriod: time.Hour,
		DiscardedJobRetentionPeriod: time.Hour,
		CancelledJobRetentionPeriod: time.Hour,
	})
	if err != nil {
		return nil, err
	}
	w.insert = func(ctx context.Context, jobs []river.InsertManyParams) error {
		_, err := client.InsertMany(ctx, jobs)
		return err
	}
	// The client runs beyond the cancelling of ctx, until stop: only then do slices end in order.
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return nil, fmt.Errorf("start its workers: %w", err)
	}
	return &queue{stop: client.StopAndCancel}, nil
}

// quiet is a logger that says nothing: errors reach the user as errors.
func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }
