package crawl

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/frontier"
)

// A host that was queued twice, as happens when a slice is late, is worked on once, within one process too.
func TestHostQueuedTwiceIsWorkedOnOnce(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	asked := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		mu.Unlock()
		time.Sleep(100 * time.Millisecond)
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
	}))
	defer server.Close()
	dir := t.TempDir()
	ctx := context.Background()
	opt, err := Options{Archive: openArchive(t, dir), Frontier: filepath.Join(dir, "frontier.sqlite"), Delay: -1, AllowLoopback: true, Contact: "test@example.org",
		Seeds: []Seed{{Site: server.URL + "/"}}}.withDefaults()
	if err != nil {
		t.Fatal(err)
	}
	db, err := frontier.Open(ctx, opt.Frontier)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	w := newWorker(opt, db)
	defer w.client.Close()
	run, _, err := w.begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var slices sync.WaitGroup
	for range 3 {
		slices.Go(func() {
			if err := w.slice(ctx, run.ID, hostKey(mustParse(server.URL))); err != nil {
				t.Error(err)
			}
		})
	}
	slices.Wait()
	if len(asked) != 2 || asked["/"] != 1 || asked["/robots.txt"] != 1 {
		t.Errorf("requests: %v", asked)
	}
}
