package crawl

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// TestClockThatJumped interrupts a crawl, puts its times years ahead as a wrong clock does, and goes on: nothing is
// lost, and it is told.
func TestClockThatJumped(t *testing.T) {
	t.Parallel()
	web := sim.New()
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, openArchive(t, dir), dir)
	opt.Delay = 10 * time.Millisecond
	opt.Seeds = only(opt.Seeds, "trs.")
	if _, err := Run(stopAfter(t, web, 8), opt); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want that of the context", err)
	}
	db, err := frontier.OpenSQLite(opt.Frontier, false)
	if err != nil {
		t.Fatal(err)
	}
	far := time.Now().AddDate(5, 0, 0).UnixMilli()
	for _, q := range []string{`UPDATE crawl_host SET next_at = ?, lease_until = ?1, queued_until = ?1`, `UPDATE crawl_task SET not_before = ? WHERE state = 'open'`} {
		if _, err := db.Exec(q, far); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Run(context.Background(), opt)
	if err != nil || len(s.Notes) == 0 || !strings.Contains(s.Notes[0], "clock") || !strings.Contains(s.Notes[0], "trs.qingshan.test") || len(s.LeftAlone) > 0 {
		t.Errorf("%+v, %v", s, err)
	}
	found := found(t, opt.Frontier)
	for _, want := range web.Truth {
		if _, ok := found[want.URL]; strings.Contains(want.URL, "trs.") && !ok {
			t.Errorf("missed %s", want.URL)
		}
	}
}

// TestCoolingOfAWrongClock caps a cooling-off that no crawl sets; the host is left alone and listed.
func TestCoolingOfAWrongClock(t *testing.T) {
	t.Parallel()
	web := sim.New()
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, openArchive(t, dir), dir)
	opt.Seeds = only(opt.Seeds, "challenge.")
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	db, err := frontier.OpenSQLite(opt.Frontier, false)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`UPDATE crawl_host SET cool_until = ?`, time.Now().AddDate(9, 0, 0).UnixMilli()); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`UPDATE crawl_run SET id = ?`, time.Now().AddDate(9, 0, 0).UnixMicro()); err != nil { // the run of the wrong clock
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Run(context.Background(), opt)
	if err != nil || len(s.Notes) == 0 || len(s.LeftAlone) != 1 || time.Until(s.LeftAlone[0].Until) > 25*time.Hour {
		t.Errorf("%+v, %v", s, err)
	}
	if l, err := ReadLedger(context.Background(), opt.Frontier, time.Now()); err != nil || l.Run != s.Run {
		t.Errorf("the latest run is %d, want %d (%v)", l.Run, s.Run, err)
	}
}

// TestGarbageFrontier says in one sentence what is wrong with a file of the state and what to do.
func TestGarbageFrontier(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"frontier.sqlite", "frontier-queue.sqlite"} {
		for _, garbage := range []string{"x", strings.Repeat("not a database ", 500)} {
			dir := t.TempDir()
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte(garbage), 0o600); err != nil {
				t.Fatal(err)
			}
			opt := Options{Seeds: []Seed{{Site: "http://127.0.0.1:1/"}}, Archive: openArchive(t, dir), Frontier: filepath.Join(dir, "frontier.sqlite"), AllowLoopback: true}
			_, err := Run(context.Background(), opt)
			if !errors.Is(err, frontier.ErrDamaged) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "move it away") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s: %v", name, err)
			}
			if left, err := os.ReadFile(path); err != nil || string(left) != garbage {
				t.Errorf("%s was changed", name)
			}
		}
	}
}

// answering serves one site with a column of one report, whose page answers as told at the n-th request.
func answering(t *testing.T, answer func(n int, w http.ResponseWriter) bool) (opt Options, at func() []time.Time) {
	t.Helper()
	var mu sync.Mutex
	var times []time.Time
	n := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		mu.Lock()
		defer mu.Unlock()
		times = append(times, time.Now())
		switch r.URL.Path {
		case "/":
			fmt.Fprint(w, `<title>政府信息公开年报</title><li><a href="/r2023.html">青山县2023年政府信息公开工作年度报告</a></li><li><a href="/r2022.html">青山县2022年政府信息公开工作年度报告</a></li>`)
		case "/r2023.html":
			if n++; !answer(n, w) {
				fmt.Fprint(w, sim.ReportPage("青山县", 2023, 0))
			}
		case "/r2022.html":
			fmt.Fprint(w, sim.ReportPage("青山县", 2022, 0))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	opt = Options{Seeds: []Seed{{Site: server.URL + "/", FirstYear: 2022, LastYear: 2023}}, Archive: openArchive(t, dir), Frontier: filepath.Join(dir, "frontier.sqlite"), Delay: -1, AllowLoopback: true, Backoff: 10 * time.Millisecond}
	return opt, func() []time.Time { mu.Lock(); defer mu.Unlock(); return times }
}

// TestPieceIsNoDocument does not take an answer of 206 for the report.
func TestPieceIsNoDocument(t *testing.T) {
	t.Parallel()
	opt, _ := answering(t, func(_ int, w http.ResponseWriter) bool {
		w.WriteHeader(http.StatusPartialContent)
		fmt.Fprint(w, sim.ReportPage("青山县", 2023, 0))
		return true
	})
	s, err := Run(context.Background(), opt)
	if err != nil || s.Reports != 1 {
		t.Errorf("%+v, %v", s, err)
	}
	l, err := ReadLedger(context.Background(), opt.Frontier, time.Now())
	if why := l.Sites[0].Why("青山县", 2023); err != nil || why.Status != schema.CoverageUnreadable || !strings.Contains(why.Detail, "206") {
		t.Errorf("%+v, %v", why, err)
	}
}

// TestRefusalThatNamesATime waits when 403 says when to come back, asks more slowly from then on, and finds the report.
func TestRefusalThatNamesATime(t *testing.T) {
	t.Parallel()
	opt, at := answering(t, func(n int, w http.ResponseWriter) bool {
		if n == 1 {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusForbidden)
		}
		return n == 1
	})
	s, err := Run(context.Background(), opt)
	if err != nil || s.Reports != 2 || len(s.LeftAlone) > 0 {
		t.Errorf("%+v, %v", s, err)
	}
	times, waited := at(), false
	for i := 1; i < len(times); i++ {
		gap := times[i].Sub(times[i-1])
		if waited = waited || gap > 950*time.Millisecond; waited && gap < minSlower {
			t.Errorf("request %d came %v after the one before: the pace did not fall", i, gap)
		}
	}
	if !waited {
		t.Error("nobody waited")
	}
}

// TestLongPauseIsListed leaves a host alone that asks for a long pause, and says so.
func TestLongPauseIsListed(t *testing.T) {
	t.Parallel()
	opt, _ := answering(t, func(_ int, w http.ResponseWriter) bool {
		w.Header().Set("Retry-After", "7200")
		w.WriteHeader(http.StatusForbidden)
		return true
	})
	s, err := Run(context.Background(), opt)
	if err != nil || len(s.LeftAlone) != 1 || !strings.Contains(s.LeftAlone[0].Reason, "pause of 2h") {
		t.Errorf("%+v, %v", s, err)
	}
	l, err := ReadLedger(context.Background(), opt.Frontier, time.Now())
	if why := l.Sites[0].Why("青山县", 2023); err != nil || why.Status != schema.CoverageNotTried || !strings.Contains(why.Detail, "pause of 2h") {
		t.Errorf("%+v, %v", why, err)
	}
}
