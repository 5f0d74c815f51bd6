package crawl

import (
	"bytes"
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/store"
)

// simOptions crawl the simulated web quickly.
func simOptions(web *sim.Web, archive *store.Archive, dir string) Options {
	opt := Options{Archive: archive, Frontier: filepath.Join(dir, "frontier.sqlite"), Delay: -1, AllowLoopback: true, Contact: "test@example.org", Dial: web.Dial,
		Timeout: 10 * time.Second, Backoff: 50 * time.Millisecond, Patience: 5 * time.Second, Workers: 24}
	for _, s := range web.Seeds {
		opt.Seeds = append(opt.Seeds, Seed{Site: s, Name: web.Names[s]})
	}
	return opt
}

func openArchive(t testing.TB, dir string) *store.Archive {
	t.Helper()
	archive, err := store.Open(context.Background(), filepath.Join(dir, "archive"), store.Options{})
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

// found returns the reports of the latest run by address.
func found(t testing.TB, location string) map[string]frontier.Report {
	t.Helper()
	db, err := frontier.Open(context.Background(), location)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	runs, err := db.Runs(context.Background())
	if err != nil || len(runs) == 0 {
		t.Fatalf("runs: %v, %v", runs, err)
	}
	reports, err := db.Reports(context.Background(), runs[len(runs)-1].ID)
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]frontier.Report{}
	for _, r := range reports {
		m[r.URL] = r
	}
	return m
}

// score compares what was found with the truth.
func score(t testing.TB, web *sim.Web, got map[string]frontier.Report) {
	t.Helper()
	hits := 0
	for _, want := range web.Truth {
		r, ok := got[want.URL]
		if !ok {
			t.Errorf("missed %s (%s %d)", want.URL, want.Issuer, want.Year)
			continue
		}
		hits++
		if r.Year != want.Year && r.Year != 0 {
			t.Errorf("%s: year %d, want %d", want.URL, r.Year, want.Year)
		}
		delete(got, want.URL)
	}
	for _, u := range slices.Sorted(maps.Keys(got)) {
		t.Logf("taken for a report: %s (%s)", u, got[u].Title)
	}
	precision := float64(hits) / float64(hits+len(got))
	t.Logf("%d reports of %d, precision %.4f", hits, len(web.Truth), precision)
	if precision < 0.98 {
		t.Errorf("precision %.4f is below 0.98", precision)
	}
}

// checkWARC has another reader of the format, Python's warcio, check every record and digest of an archive, where it is
// installed.
func checkWARC(t *testing.T, dir string) {
	t.Helper()
	tool, err := exec.LookPath("warcio")
	if err != nil {
		t.Log("warcio is not installed: the archive is not checked by it")
		return
	}
	files, err := filepath.Glob(filepath.Join(dir, "archive", "*.warc.gz"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no WARC files in %s: %v", dir, err)
	}
	if out, err := exec.Command(tool, append([]string{"check"}, files...)...).CombinedOutput(); err != nil {
		t.Errorf("warcio check: %v\n%s", err, out)
	}
}

// whole is the crawl of the whole simulated web, made once for the tests that only look at what came of it.
var whole struct {
	sync.Mutex
	web     *sim.Web
	dir     string // removed by TestMain
	opt     Options
	summary Summary
}

// wholeWeb returns that crawl. Nobody may change what it returns.
func wholeWeb(t *testing.T) (*sim.Web, Options, Summary) {
	t.Helper()
	whole.Lock()
	defer whole.Unlock()
	if whole.web != nil {
		return whole.web, whole.opt, whole.summary
	}
	dir, err := os.MkdirTemp("", "gongkai-crawl-*")
	if err != nil {
		t.Fatal(err)
	}
	whole.dir = dir
	archive, err := store.Open(context.Background(), filepath.Join(dir, "archive"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	web := sim.New()
	opt := simOptions(web, archive, dir)
	opt.Timeout = 4 * time.Second // one of its sites never ends an answer
	if whole.summary, err = Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	whole.web, whole.opt = web, opt
	return web, opt, whole.summary
}

// closeWhole ends what wholeWeb began.
func closeWhole() error {
	if whole.web == nil {
		return os.RemoveAll(whole.dir)
	}
	whole.web.Close()
	return errors.Join(whole.opt.Archive.Close(), os.RemoveAll(whole.dir))
}

func TestSimulatedWeb(t *testing.T) {
	web, opt, s := wholeWeb(t)
	t.Logf("%+v", s)
	reports := found(t, opt.Frontier)
	for _, want := range web.Truth { // replay gives the bytes served
		r, ok := reports[want.URL]
		host, _, _ := strings.Cut(strings.TrimPrefix(want.URL, "http://"), ".")
		if !ok || slices.Contains([]string{"vsb", "towns", "chain", "school", "zip"}, host) { // of other templates
			continue
		}
		body, err := opt.Archive.Body(context.Background(), r.Capture)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(body)
		if err := errors.Join(err, body.Close()); err != nil {
			t.Fatal(err)
		}
		served := sim.Document(want.Issuer, want.Year)
		if want.Kind == "page" {
			served = []byte(sim.ReportPage(want.Issuer, want.Year, 0))
		}
		if !bytes.Equal(got, served) {
			t.Errorf("%s: the archive holds %d other bytes than the %d served", want.URL, len(got), len(served))
		}
	}
	checkWARC(t, filepath.Dir(opt.Frontier))
	score(t, web, reports)
	for _, r := range web.Requests() {
		if strings.Contains(r.URL, "/calendar/") || strings.HasPrefix(r.URL, "http://robots.shanyin.test/zfxxgk/nb/") {
			t.Errorf("asked for %s", r.URL)
		}
		if !strings.HasPrefix(r.Agent, product+" (+test@example.org)") {
			t.Fatalf("agent %q", r.Agent)
		}
	}
}
