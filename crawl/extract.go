package crawl

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

const (
	extractQueue    = "extract" // apart from the slices: these wait for the network, batches for the processor
	extractBatch    = 50        // captures
	extractAttempts = 4
)

// extractArgs is the job: documents of one run to be read. Two batches of one run and the same documents are one.
type extractArgs struct {
	Run      int64            `json:"run"`
	IDs      []string         `json:"ids"` // of the captures' exchanges
	Captures []schema.Capture `json:"captures"`
}

func (extractArgs) Kind() string { return "extract_batch" }

func (extractArgs) InsertOpts() river.InsertOpts {
	return river.InsertOpts{Queue: extractQueue, MaxAttempts: extractAttempts, UniqueOpts: river.UniqueOpts{ByArgs: true}}
}

type extractWorker struct {
	river.WorkerDefaults[extractArgs]
	w *worker
}

func (e *extractWorker) Timeout(*river.Job[extractArgs]) time.Duration { return e.w.opt.ExtractTimeout }

// NextRetry waits a second after the first failure, then two, then four.
func (e *extractWorker) NextRetry(job *river.Job[extractArgs]) time.Time {
	return time.Now().Add(time.Second << min(max(job.Attempt-1, 0), 10))
}

// Work reads a batch. The frontier learns of its end before the queue does, so a batch may be done twice, but is never
// taken for done when it is not.
func (e *extractWorker) Work(ctx context.Context, job *river.Job[extractArgs]) error {
	err := e.w.opt.Extract(ctx, job.Args.Captures)
	back, done := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer done()
	defer e.w.notify()
	switch {
	case err == nil:
		return e.w.db.SetExtract(back, job.Args.Run, job.Args.IDs, frontier.ExtractDone)
	case errors.Is(ctx.Err(), context.Canceled):
		return river.JobSnooze(time.Second) // this process ends: no failure of the batch
	}
	e.w.note("read %d documents: %v", len(job.Args.IDs), err)
	if job.Attempt >= job.MaxAttempts {
		err = errors.Join(err, e.w.db.SetExtract(back, job.Args.Run, job.Args.IDs, frontier.ExtractFailed))
	}
	return err
}

// batch queues the documents of a host, or of all where host is empty, that are in no batch yet. They are marked after
// they are queued: a process that dies in between leaves a batch that is queued twice, not one that is never queued.
func (w *worker) batch(ctx context.Context, run int64, host string) error {
	if w.opt.Extract == nil {
		return nil
	}
	ids, captures, err := w.db.Unbatched(ctx, run, host)
	if err != nil {
		return err
	}
	b := extractArgs{Run: run}
	var jobs []river.InsertManyParams
	var queued, skipped []string
	for i, c := range captures {
		// An answer of "not modified" is recorded with the capture before; the same bytes again have the outcome
		// unchanged.
		if c.SHA256 == nil || c.Outcome == schema.OutcomeUnchanged || c.FetchedAt.UnixMicro() < run {
			skipped = append(skipped, ids[i])
			continue
		}
		queued, b.IDs, b.Captures = append(queued, ids[i]), append(b.IDs, ids[i]), append(b.Captures, c)
		if len(b.IDs) == extractBatch {
			jobs, b = append(jobs, river.InsertManyParams{Args: b}), extractArgs{Run: run}
		}
	}
	if len(b.IDs) > 0 {
		jobs = append(jobs, river.InsertManyParams{Args: b})
	}
	for part := range slices.Chunk(jobs, 20) {
		if err := w.insert(ctx, part); err != nil {
			return fmt.Errorf("crawl: queue %d documents for reading: %w", len(queued), err)
		}
	}
	return errors.Join(w.db.SetExtract(ctx, run, queued, frontier.ExtractQueued), w.db.SetExtract(ctx, run, skipped, frontier.ExtractSkipped))
}

// batches is what a run does when nothing is left to fetch: it queues what a dead process left unqueued and waits for
// all batches. It gives up on them when none has come to an end for long.
func (w *worker) batches(ctx context.Context, run int64, now time.Time) (waiting string, over bool, err error) {
	if w.opt.Extract == nil {
		return "", true, nil
	}
	if err := w.batch(ctx, run, ""); err != nil {
		return "", false, err
	}
	counts, err := w.db.Extracts(ctx, run)
	if err != nil {
		return "", false, err
	}
	left := counts[frontier.ExtractQueued]
	if left == 0 {
		return "", true, nil
	}
	if left != w.unread || w.unreadSince.IsZero() {
		w.unread, w.unreadSince = left, now
	}
	if now.Sub(w.unreadSince) > 3*w.opt.ExtractTimeout+time.Minute { // a dead worker's batch is found after one, within half a minute
		return "", true, w.db.GiveUpExtracts(ctx, run)
	}
	return fmt.Sprintf("%d documents to be read", left), false, nil
}
