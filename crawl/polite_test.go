package crawl

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

func only(seeds []Seed, hosts ...string) []Seed {
	var out []Seed
	for _, s := range seeds {
		for _, h := range hosts {
			if strings.Contains(s.Site, h) {
				out = append(out, s)
			}
		}
	}
	return out
}

// someSites are as many hosts as a test needs that is about workers, not about sites: of most families, with pages and
// documents.
var someSites = []string{"trs.", "group.", "xxgk.", "jpaas.", "vsb.", "webplus.", "ucap.", "gkmlpt.", "epoint.", "static.", "patience.", "cookie."}

// fewer leaves of the simulated web the seeds and the truth of hosts whose names start with one of the given.
func fewer(web *sim.Web, hosts ...string) *sim.Web {
	other := func(address string) bool {
		host := mustParse(address).Host
		return !slices.ContainsFunc(hosts, func(h string) bool { return strings.HasPrefix(host, h) })
	}
	web.Seeds = slices.DeleteFunc(web.Seeds, other)
	web.Truth = slices.DeleteFunc(web.Truth, func(r sim.Truth) bool { return other(r.URL) })
	return web
}

func TestDelayBelongsToTheHost(t *testing.T) {
	t.Parallel()
	web := fewer(sim.New(), someSites...)
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, openArchive(t, dir), dir)
	const delay = 30 * time.Millisecond
	opt.Delay, opt.Workers, opt.Slice = delay, 32, 200*time.Millisecond // many workers, short slices: the host changes hands
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	last := map[string]time.Time{}
	n := 0
	for _, r := range web.Requests() {
		if at, ok := last[r.Host]; ok {
			if gap := r.At.Sub(at); gap < delay {
				t.Errorf("%s: %v after the request before, %s", r.Host, gap, r.URL)
			}
			n++
		}
		last[r.Host] = r.At
	}
	t.Logf("%d gaps on %d hosts", n, len(last))
}

func TestRecrawlFetchesWhatChanged(t *testing.T) {
	t.Parallel()
	web := sim.New()
	defer web.Close()
	dir := t.TempDir()
	archive := openArchive(t, dir)
	opt := simOptions(web, archive, dir)
	opt.Seeds = only(opt.Seeds, "trs.", "group.", "jpaas.")
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	first := found(t, opt.Frontier)
	var corrected []string
	for _, host := range []string{"trs.", "group."} {
		for _, r := range web.Truth {
			if r.Kind == "page" && strings.Contains(r.URL, host) {
				web.Correct(r.URL)
				corrected = append(corrected, r.URL)
				break
			}
		}
	}
	web.Forget()
	if s, err := Run(context.Background(), opt); err != nil || s.Resumed {
		t.Fatalf("second run: %+v, %v", s, err)
	}
	second := found(t, opt.Frontier)
	if len(second) != len(first) {
		t.Errorf("%d reports in the second run, %d in the first", len(second), len(first))
	}
	full := 0
	for _, r := range web.Requests() {
		if r.Status == 200 && strings.Contains(r.URL, "trs.qingshan.test/zfxxgk/nb/20") && strings.HasSuffix(r.URL, ".html") && strings.Contains(r.URL, "_384") {
			full++
		}
	}
	if full > 1 {
		t.Errorf("%d reports with a validator were sent in full, want the corrected one", full)
	}
	for _, u := range corrected {
		c, ok, err := archive.Lookup(context.Background(), u)
		if err != nil || !ok || c.Outcome != schema.OutcomeOK || *c.SHA256 == *first[u].Capture.SHA256 {
			t.Errorf("%s was corrected: capture %+v, %v", u, c, err)
		}
	}
	unchanged := 0
	for c, err := range archive.Captures(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if c.Outcome == schema.OutcomeUnchanged && first[c.URL].URL != "" {
			unchanged++
		}
	}
	if want := len(first) - len(corrected); unchanged != want {
		t.Errorf("%d reports are unchanged, want %d", unchanged, want)
	}
}

func TestReasons(t *testing.T) {
	t.Parallel()
	web := sim.New()
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, openArchive(t, dir), dir)
	opt.Seeds = only(opt.Seeds, "robots.", "challenge.", "dead.")
	s, err := Run(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	outcomes := map[string]string{}
	for c, err := range opt.Archive.Captures(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		outcomes[c.URL] = c.Outcome
	}
	for u, want := range map[string]string{"http://robots.shanyin.test/zfxxgk/nb/index.html": schema.OutcomeRobots, "http://challenge.guanhe.test/": schema.OutcomeChallenge,
		"http://dead.feiqi.test/": schema.OutcomeUnreachable} {
		if outcomes[u] != want {
			t.Errorf("%s: %q, want %q", u, outcomes[u], want)
		}
	}
	// The cooling-off outlives the run: a new one asks the challenged host nothing.
	web.Forget()
	if s, err = Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	for _, r := range web.Requests() {
		if r.Host == "challenge.guanhe.test" {
			t.Errorf("asked the host again: %s", r.URL)
		}
	}
	left := false
	for _, l := range s.LeftAlone {
		left = left || l.Host == "challenge.guanhe.test" && strings.HasPrefix(l.Reason, "challenge")
	}
	if !left {
		t.Errorf("left alone: %+v", s.LeftAlone)
	}
}

func TestContactIsNeeded(t *testing.T) {
	dir := t.TempDir()
	opt := Options{Seeds: []Seed{{Site: "http://www.example.gov.cn/"}}, Archive: openArchive(t, dir), Frontier: dir + "/f.sqlite"}
	if _, err := Run(context.Background(), opt); !errors.Is(err, ErrNoContact) {
		t.Errorf("error %v, want ErrNoContact", err)
	}
}

func TestPrivateAddressesAreRefused(t *testing.T) {
	t.Parallel()
	web := sim.New()
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, openArchive(t, dir), dir)
	opt.Seeds, opt.AllowLoopback = only(opt.Seeds, "trs."), false // every name leads to loopback
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	if n := len(web.Requests()); n != 0 {
		t.Errorf("%d requests reached a loopback address", n)
	}
}

func TestDryRun(t *testing.T) {
	t.Parallel()
	web := sim.New()
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, nil, dir)
	opt.DryRun = true
	s, err := Run(context.Background(), opt)
	if err != nil || len(s.Plan) != 2*len(opt.Seeds) || len(web.Requests()) != 0 {
		t.Errorf("plan of %d, %d requests, %v", len(s.Plan), len(web.Requests()), err)
	}
}

func TestOneCrawlAtATime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := dir + "/frontier-queue.sqlite"
	db, err := frontier.OpenSQLite(path, true)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("CREATE TABLE x (y)"); err != nil {
		t.Fatal(err)
	}
	archive, err := store.Open(context.Background(), dir+"/archive", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	_, err = Run(context.Background(), Options{Seeds: []Seed{{Site: "http://127.0.0.1:1/"}}, Archive: archive, Frontier: dir + "/frontier.sqlite", AllowLoopback: true})
	if err == nil || !strings.Contains(err.Error(), "another crawl") {
		t.Errorf("error %v, want that another crawl is using it", err)
	}
}
