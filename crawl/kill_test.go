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
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/datasets/shared"
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
	Timeout, Lease, ExtractTimeout  time.Duration // of Options; none is the default
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
	code := m.Run()
	if err := closeWhole(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
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
		Dial: func(hostPort string) string { return sim.DialTo(job.Web, hostPort) }, Timeout: job.Timeout, Backoff: 50 * time.Millisecond,
		Patience: 5 * time.Second, Workers: 12, Lease: job.Lease, Slice: 2 * time.Second}
	if job.Shelf != "" {
		opt.Extract, opt.OnlyExtract, opt.ExtractTimeout = shelf{job.Shelf, archive, job.Pause, job.Begun}.read, job.OnlyExtract, job.ExtractTimeout
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

// killAfter starts a child and kills it when the web has been asked so many times more, at some moment of the following
// request; after 0 requests, while it starts. It reports whether the child lived until then.
func killAfter(t *testing.T, random *rand.Rand, web *sim.Web, job childJob, requests int) bool {
	t.Helper()
	from := web.Asked()
	cmd := startChild(t, job)
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	pause := time.Duration(random.IntN(8000)) * time.Microsecond
	if requests == 0 {
		pause *= 40
	}
	for web.Asked() < from+requests {
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("a child: %v", err)
			}
			return false
		case <-time.After(time.Millisecond):
		}
	}
	time.Sleep(pause)
	_ = cmd.Process.Kill() // or it has ended
	return <-ended != nil
}

// TestKill9 kills the crawl again and again at random moments and compares what it ends with with a crawl that nobody
// disturbed. It takes some of the simulated sites; GONGKAI_TEST_KILLS sets how often it kills and has it take all.
func TestKill9(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	random := shared.Random(t)
	kills, sites := 8, 12
	if n, err := strconv.Atoi(os.Getenv("GONGKAI_TEST_KILLS")); err == nil {
		kills, sites = n, 1000
	}
	calm := sim.New()
	defer calm.Close()
	seeds := slices.DeleteFunc(slices.Clone(calm.Seeds), func(s string) bool { return strings.Contains(s, "//flaky.") }) // it answers by how often it was asked
	random.Shuffle(len(seeds), func(i, j int) { seeds[i], seeds[j] = seeds[j], seeds[i] })
	seeds = seeds[:min(sites, len(seeds))]
	dir := t.TempDir()
	opt := simOptions(calm, openArchive(t, dir), dir)
	opt.Timeout = time.Minute
	opt.Seeds = slices.DeleteFunc(opt.Seeds, func(s Seed) bool { return !slices.Contains(seeds, s.Site) })
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	undisturbed := endOf(t, calm, opt.Archive, opt.Frontier)

	web := sim.New()
	defer web.Close()
	dir = t.TempDir()
	job := childJob{Archive: filepath.Join(dir, "archive"), Frontier: filepath.Join(dir, "frontier.sqlite"), Web: web.Address(), Seeds: seeds, Names: web.Names, Timeout: time.Minute}
	killed := 0
	for range kills {
		requests := random.IntN(1 + 3*calm.Asked()/2/kills)
		if random.IntN(5) == 0 {
			requests = 0
		}
		if killAfter(t, random, web, job, requests) {
			killed++
		}
	}
	if err := startChild(t, job).Wait(); err != nil {
		t.Fatalf("the last child: %v", err)
	}
	endOf(t, web, openArchive(t, dir), job.Frontier).sameAs(t, undisturbed, killed)
	checkWARC(t, dir)
	t.Logf("%d sites, %d reports, %d processes killed, %d requests, %d undisturbed", len(seeds), len(undisturbed.reports), killed, web.Asked(), calm.Asked())
}
