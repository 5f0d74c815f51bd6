package crawl

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/sim"
)

// TestCancelledRunEndsInOrderAndResumes cancels a run in its middle: its goroutines end, and the next run goes on where
// it was.
func TestCancelledRunEndsInOrderAndResumes(t *testing.T) {
	web := fewer(sim.New(), someSites...)
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, openArchive(t, dir), dir)
	opt.Delay = 3 * time.Millisecond
	var events []Event
	opt.Progress = func(e Event) { events = append(events, e) }
	before := runtime.NumGoroutine()
	if _, err := Run(stopAfter(t, web, 60), opt); !errors.Is(err, context.Canceled) {
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
		if r.Method == "GET" && !sim.AskedTwice(r.Host) {
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

// stopAfter gives a context that ends when the web has been asked n times: in the middle of a run, whatever its start
// takes.
func stopAfter(t *testing.T, web *sim.Web, n int) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	go func() {
		for web.Asked() < n && ctx.Err() == nil {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	return ctx
}

// settle waits until no more goroutines run than before; connections of the simulated web take a moment to close.
func settle(t *testing.T, before int) {
	t.Helper()
	for range 1200 { // a minute: a busy machine takes its time
		if runtime.NumGoroutine() <= before+3 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	stacks := make([]byte, 1<<16)
	t.Errorf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
}

// TestResumeWithOtherSeeds changes the seed file after an interruption: hosts that are not in it any more are not
// asked.
func TestResumeWithOtherSeeds(t *testing.T) {
	web := sim.New()
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, openArchive(t, dir), dir)
	opt.Delay = 20 * time.Millisecond
	all := opt.Seeds
	opt.Seeds = only(all, "trs.", "jpaas.")
	if _, err := Run(stopAfter(t, web, 8), opt); !errors.Is(err, context.Canceled) {
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
