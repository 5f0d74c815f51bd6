package crawl

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/sim"
)

// TestCancelledRunEndsInOrderAndResumes cancels a run in its middle: its goroutines end, and the next run goes on where it was.
func TestCancelledRunEndsInOrderAndResumes(t *testing.T) {
	web := sim.New()
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, openArchive(t, dir), dir)
	opt.Delay = 3 * time.Millisecond
	var events []Event
	opt.Progress = func(e Event) { events = append(events, e) }
	before := runtime.NumGoroutine()
	ctx, cancel := context.WithTimeout(context.Background(), 700*time.Millisecond)
	defer cancel()
	if _, err := Run(ctx, opt); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("error %v, want that of the context", err)
	}
	settle(t, before)
	first := len(web.Requests())
	s, err := Run(context.Background(), opt)
	if err != nil || !s.Resumed {
		t.Fatalf("%+v, %v", s, err)
	}
	settle(t, before)
	score(t, web, found(t, opt.Frontier))
	sent := map[string]int{}
	for _, r := range web.Requests() {
		if r.Method == "GET" && r.Host != "flaky.fengkou.test" {
			sent[r.URL]++
		}
	}
	again := 0
	for _, n := range sent {
		again += n - 1
	}
	if again > len(opt.Seeds) {
		t.Errorf("%d requests were sent again after one interruption", again)
	}
	if last := events[len(events)-1]; last.MessageType != "done" || last.Reports != s.Reports || last.Queued != 0 {
		t.Errorf("the last event is %+v", last)
	}
	t.Logf("%d requests before, %d in all, %d again, %d events", first, len(web.Requests()), again, len(events))
}

// settle waits until no more goroutines run than before; connections of the simulated web take a moment to close.
func settle(t *testing.T, before int) {
	t.Helper()
	for range 60 {
		if runtime.NumGoroutine() <= before+3 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	stacks := make([]byte, 1<<16)
	t.Errorf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
}

// TestResumeWithOtherSeeds changes the seed file after an interruption: hosts that are not in it any more are not asked.
func TestResumeWithOtherSeeds(t *testing.T) {
	web := sim.New()
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, openArchive(t, dir), dir)
	opt.Delay = 20 * time.Millisecond
	all := opt.Seeds
	opt.Seeds = only(all, "trs.", "jpaas.")
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	if _, err := Run(ctx, opt); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("error %v, want that of the context", err)
	}
	web.Forget()
	opt.Seeds = only(all, "webplus.")
	if s, err := Run(context.Background(), opt); err != nil || !s.Resumed {
		t.Fatalf("%+v, %v", s, err)
	}
	for _, r := range web.Requests() {
		if r.Host != "webplus.meixi.test" {
			t.Errorf("asked for %s", r.URL)
		}
	}
}
