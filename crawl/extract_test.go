package crawl

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/shared"
	"github.com/gongkai-data/gongkai/store"
)

// shelf is where test batches put what they read: an empty file for each document, slowly, as a reader that keeps its
// readings would.
type shelf struct {
	dir     string
	archive *store.Archive
	pause   time.Duration
	begun   string // made when the first batch begins, if named
}

func (s shelf) name(c schema.Capture) string {
	return filepath.Join(s.dir, fmt.Sprintf("%x", c.URL)[:min(200, 2*len(c.URL))]+"-"+(*c.SHA256)[:16])
}

func (s shelf) read(ctx context.Context, captures []schema.Capture) error {
	if s.begun != "" {
		if err := os.WriteFile(s.begun, nil, 0o644); err != nil {
			return err
		}
	}
	for _, c := range captures {
		if _, err := os.Stat(s.name(c)); err == nil {
			continue
		}
		body, err := s.archive.Body(ctx, c)
		if err != nil {
			return err
		}
		if err := body.Close(); err != nil {
			return err
		}
		time.Sleep(s.pause)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := os.WriteFile(s.name(c), nil, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// complete checks that every document of the archive that a build would read is on the shelf, and counts them.
func (s shelf) complete(t *testing.T) int {
	t.Helper()
	n := 0
	for c, err := range s.archive.Captures(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if c.Outcome != schema.OutcomeOK {
			continue
		}
		n++
		if _, err := os.Stat(s.name(c)); err != nil {
			t.Errorf("%s was not read", c.URL)
		}
	}
	if n == 0 {
		t.Error("the archive holds no documents")
	}
	return n
}

// TestBatchesAreRead crawls with a reader that fails now and then: every document is read when the run is over.
func TestBatchesAreRead(t *testing.T) {
	t.Parallel()
	web := fewer(sim.New(), someSites...)
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, openArchive(t, dir), dir)
	s := shelf{dir: t.TempDir(), archive: opt.Archive}
	var mu sync.Mutex
	calls, largest, random := map[string]int{}, 0, shared.Random(t)
	opt.Extract = func(ctx context.Context, captures []schema.Capture) error {
		mu.Lock()
		calls[captures[0].URL]++
		first := calls[captures[0].URL] == 1
		largest = max(largest, len(captures))
		fails := random.IntN(3) == 0
		mu.Unlock()
		if first && fails {
			return errors.New("the first try fails")
		}
		return s.read(ctx, captures)
	}
	summary, err := Run(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	score(t, web, found(t, opt.Frontier))
	if n := s.complete(t); summary.Unread != 0 || summary.Extracted < int64(n) || largest > extractBatch {
		t.Errorf("%d documents, batches of up to %d, %+v", n, largest, summary)
	}
	// A run that finds nothing new reads nothing.
	opt.Extract = func(_ context.Context, captures []schema.Capture) error {
		t.Errorf("%s was read again", captures[0].URL)
		return nil
	}
	opt.Seeds = only(opt.Seeds, "trs.", "jpaas.")
	if summary, err = Run(context.Background(), opt); err != nil || summary.Extracted != 0 {
		t.Errorf("the second run: %+v, %v", summary, err)
	}
}

// TestBatchFailsForGood ends a run whose documents cannot be read: it says how many, and nothing else suffers.
func TestBatchFailsForGood(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("waits for tries again")
	}
	web := sim.New()
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, openArchive(t, dir), dir)
	opt.Seeds = only(opt.Seeds, "trs.")
	opt.Extract = func(context.Context, []schema.Capture) error { return errors.New("no way to read it") }
	s, err := Run(context.Background(), opt)
	if err != nil || s.Extracted != 0 || s.Unread == 0 || s.Unread != s.Reports {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestKill9WhileReading kills the process again and again while batches are read: all are done in the end.
func TestKill9WhileReading(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	random := shared.Random(t)
	web := fewer(sim.New(), someSites...)
	defer web.Close()
	dir := t.TempDir()
	job := childJob{Archive: filepath.Join(dir, "archive"), Frontier: filepath.Join(dir, "frontier.sqlite"), Web: web.Address(), Names: web.Names,
		Shelf: t.TempDir(), Pause: 20 * time.Millisecond, Timeout: time.Minute, Seeds: web.Seeds}
	onShelf := func() int {
		entries, err := os.ReadDir(job.Shelf)
		if err != nil {
			t.Fatal(err)
		}
		return len(entries)
	}
	const kills = 6
	for range kills {
		before := onShelf()
		cmd := startChild(t, job)
		for deadline := time.Now().Add(time.Minute); onShelf() == before && time.Now().Before(deadline); {
			time.Sleep(5 * time.Millisecond)
		}
		time.Sleep(time.Duration(random.IntN(60)) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Log("a child ended before it was killed")
		}
	}
	t.Logf("%d documents were read before the last kill", onShelf())
	if err := startChild(t, job).Wait(); err != nil {
		t.Fatalf("the last child: %v", err)
	}
	n := shelf{dir: job.Shelf, archive: openArchive(t, dir)}.complete(t)
	t.Logf("%d documents read", n)
	if reports := found(t, job.Frontier); n < len(reports) || len(reports) == 0 {
		t.Errorf("%d documents read of %d reports", n, len(reports))
	}
}

// TestWorkerThatOnlyReads shares a crawl over PostgreSQL and a bucket: what the coordinator fetches and cannot read, a
// worker reads that fetches nothing.
func TestWorkerThatOnlyReads(t *testing.T) {
	t.Parallel()
	web := fewer(sim.New(), someSites...)
	defer web.Close()
	location, bucket, dir := testSchema(t), testBucket(t), t.TempDir()
	open := func(name string) *store.Archive {
		t.Helper()
		archive, err := store.Open(context.Background(), bucket, store.Options{Staging: filepath.Join(dir, name)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := archive.Close(); err != nil {
				t.Error(err)
			}
		})
		return archive
	}
	helper := Options{Archive: open("helper"), Frontier: location, OnlyExtract: true}
	s := shelf{dir: t.TempDir(), archive: helper.Archive}
	read := 0
	var mu sync.Mutex
	helper.Extract = func(ctx context.Context, captures []schema.Capture) error {
		mu.Lock()
		read += len(captures)
		mu.Unlock()
		return s.read(ctx, captures)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- Work(ctx, helper) }()
	opt := simOptions(web, open("coordinator"), dir)
	opt.Frontier = location
	opt.Extract = func(ctx context.Context, captures []schema.Capture) error {
		return s.read(ctx, captures)
	}
	summary, err := Run(context.Background(), opt)
	if err != nil || summary.Unread != 0 {
		t.Errorf("%+v, %v", summary, err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("the helper: %v", err)
	}
	score(t, web, found(t, location))
	s.archive = open("reader")
	n := s.complete(t)
	if t.Logf("%d documents, %d of them read by the worker that only reads", n, read); read == 0 {
		t.Error("the worker that only reads read nothing")
	}
}

// TestReaderKilledOnSharedQueue kills a worker that holds batches: others get them when their time is over.
func TestReaderKilledOnSharedQueue(t *testing.T) {
	t.Parallel()
	web := fewer(sim.New(), someSites...)
	defer web.Close()
	location, bucket, dir := testSchema(t), testBucket(t), t.TempDir()
	slow := childJob{Archive: bucket, Staging: filepath.Join(dir, "slow"), Frontier: location, Web: web.Address(), Work: true, OnlyExtract: true, Shelf: t.TempDir(),
		Pause: time.Hour, Begun: filepath.Join(dir, "begun"), Timeout: time.Second, Lease: time.Second, ExtractTimeout: 10 * time.Second}
	victim := startChild(t, slow)
	archive, err := store.Open(context.Background(), bucket, store.Options{Staging: filepath.Join(dir, "coordinator")})
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	s := shelf{dir: t.TempDir(), archive: archive}
	opt := simOptions(web, archive, dir)
	opt.Frontier, opt.ExtractTimeout = location, 10*time.Second
	holds := make(chan struct{}) // closed when the victim holds a batch and is dead
	go func() {
		defer close(holds)
		for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
			if _, err := os.Stat(slow.Begun); err == nil {
				break
			}
		}
		if err := victim.Process.Kill(); err != nil {
			t.Error(err)
		}
	}()
	opt.Extract = func(ctx context.Context, captures []schema.Capture) error {
		select { // leave the victim a batch, whatever its start takes, without failing one here
		case <-holds:
		case <-time.After(time.Second):
		}
		return s.read(ctx, captures)
	}
	start := time.Now()
	summary, err := Run(context.Background(), opt)
	if err != nil || summary.Unread != 0 {
		t.Errorf("%+v, %v", summary, err)
	}
	if err := victim.Wait(); err == nil {
		t.Error("the victim ended before it was killed")
	}
	db, err := sql.Open("pgx", location)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var again int
	if err := db.QueryRow(`SELECT count(*) FROM river_job WHERE kind = 'extract_batch' AND attempt > 1`).Scan(&again); err != nil || again == 0 {
		t.Errorf("%d batches were taken from the dead worker: %v", again, err)
	}
	t.Logf("%d documents, %d batches taken from the dead worker, %v", s.complete(t), again, time.Since(start))
}
