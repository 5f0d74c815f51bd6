package crawl

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// childJob is what a crawling child process is told through its environment.
type childJob struct {
	Archive, Staging, Frontier, Web string
	Seeds                           []string
	Names                           map[string]string // of their bodies
	Work                            bool              // join a shared frontier in place of a run of its own
	OnlyExtract                     bool
	Shelf                           string        // read documents onto this shelf
	Pause                           time.Duration // at each document
	Begun                           string        // the file to make when the first batch begins
}

const childVariable = "GONGKAI_CRAWL_TEST_CHILD"

func TestMain(m *testing.M) {
	if text := os.Getenv(childVariable); text != "" {
		if err := crawlAsChild(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func crawlAsChild(text string) error {
	var job childJob
	if err := json.Unmarshal([]byte(text), &job); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	archive, err := store.Open(ctx, job.Archive, store.Options{Staging: job.Staging})
	if err != nil {
		return err
	}
	opt := Options{Archive: archive, Frontier: job.Frontier, Delay: 4 * time.Millisecond, AllowLoopback: true, Contact: "test@example.org",
		Dial: func(hostPort string) string { return sim.DialTo(job.Web, hostPort) }, Timeout: time.Second, Backoff: 50 * time.Millisecond,
		Patience: 5 * time.Second, Workers: 12, Lease: time.Second, Slice: 2 * time.Second}
	if job.Shelf != "" {
		opt.Extract, opt.OnlyExtract, opt.ExtractTimeout = shelf{job.Shelf, archive, job.Pause, job.Begun}.read, job.OnlyExtract, 4*time.Second
	}
	for _, s := range job.Seeds {
		opt.Seeds = append(opt.Seeds, Seed{Site: s, Name: job.Names[s]})
	}
	if job.Work {
		err = Work(ctx, opt)
	} else {
		_, err = Run(ctx, opt)
	}
	if e := archive.Close(); err == nil {
		err = e
	}
	return err
}

func startChild(t *testing.T, job childJob) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(job)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"="+string(text))
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// resultSet is what a crawl ends with, without times and places: for each address the outcome and the digest of its last capture.
func resultSet(t *testing.T, archive *store.Archive) map[string]string {
	t.Helper()
	set := map[string]string{}
	for c, err := range archive.Captures(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		digest := ""
		if c.SHA256 != nil {
			digest = *c.SHA256
		}
		if _, ok := set[c.URL]; ok && c.Outcome == schema.OutcomeUnchanged {
			continue // a list API that answers the same to another POST
		}
		set[c.URL] = c.Outcome + " " + digest
	}
	return set
}

// TestKill9 kills the crawl again and again at random moments. GONGKAI_TEST_KILLS sets how often; the default is 15.
func TestKill9(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	kills := 15
	if n, err := strconv.Atoi(os.Getenv("GONGKAI_TEST_KILLS")); err == nil {
		kills = n
	}
	calm := sim.New()
	defer calm.Close()
	calmDir := t.TempDir()
	calmArchive := openArchive(t, calmDir)
	opt := simOptions(calm, calmArchive, calmDir)
	opt.Timeout = time.Second
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}

	web := sim.New()
	defer web.Close()
	dir := t.TempDir()
	job := childJob{Archive: filepath.Join(dir, "archive"), Frontier: filepath.Join(dir, "frontier.sqlite"), Web: web.Address(), Seeds: web.Seeds, Names: web.Names}
	for range kills {
		cmd := startChild(t, job)
		time.Sleep(150*time.Millisecond + time.Duration(rand.IntN(400))*time.Millisecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil {
			t.Log("a child ended before it was killed")
		}
	}
	if err := startChild(t, job).Wait(); err != nil {
		t.Fatalf("the last child: %v", err)
	}
	score(t, web, found(t, job.Frontier))
	compareSets(t, resultSet(t, calmArchive), resultSet(t, openArchive(t, dir)))

	checkWARC(t, dir)

	// A request that was sent again was in flight when the process died: on each host at most one for each kill.
	again := map[string]int{}
	sent := map[string]bool{}
	for _, r := range web.Requests() {
		key := r.Method + r.URL
		if r.Method == "GET" && !sim.AskedTwice(r.Host) {
			if sent[key] {
				again[r.Host]++
			}
			sent[key] = true
		}
	}
	total := 0
	for host, n := range again {
		total += n
		if n > kills {
			t.Errorf("%s: %d requests were sent again after %d kills", host, n, kills)
		}
	}
	t.Logf("%d kills, %d requests sent again, %d in all", kills, total, len(web.Requests()))
}

// sampled reports whether an address is one of many alike of which a crawl looks into some and leaves the rest (entries of a mixed list, results of a
// search): which ones depends on how far it was when it was killed. No report may.
func sampled(address string) bool {
	return strings.Contains(address, "//mixed.") || strings.Contains(address, "//search.panlong.")
}

func compareSets(t *testing.T, want, got map[string]string) {
	t.Helper()
	for u, w := range want {
		if g, ok := got[u]; !ok {
			if sampled(u) && strings.HasPrefix(w, schema.OutcomeNotAReport) {
				continue
			}
			t.Errorf("lost: %s %s", u, w)
		} else if g != w && !strings.Contains(u, "flaky.") && !strings.Contains(u, "/api/") && !strings.Contains(u, "dataproxy") && !strings.Contains(u, "getgovinfolist") {
			t.Errorf("%s: %s, undisturbed %s", u, g, w)
		}
	}
	for u, g := range got {
		if _, ok := want[u]; !ok && !(sampled(u) && strings.HasPrefix(g, schema.OutcomeNotAReport)) {
			t.Errorf("more than undisturbed: %s", u)
		}
	}
}
