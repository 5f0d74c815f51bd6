package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/sample"
	"github.com/gongkai-data/gongkai/datasets/shared"
)

// sampleSeeds serves the sample site and writes a seed file that leads to it.
func sampleSeeds(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(sample.Handler())
	t.Cleanup(server.Close)
	lines := "site,name,division_code,years\n"
	for _, s := range sample.Seeds(server.URL) {
		lines += fmt.Sprintf("%s,%s,%s,%d-%d\n", s.Site, s.Name, s.DivisionCode, s.FirstYear, s.LastYear)
	}
	write(t, "seeds.csv", []byte(lines))
	return "seeds.csv"
}

// buildSummary builds and returns the summary.
func buildSummary(t *testing.T, flags ...string) map[string]any {
	t.Helper()
	code, out, errOut := gongkai(t, append([]string{"--json", "build"}, flags...)...)
	if code != exitDone {
		t.Fatalf("build: exit %d: %s", code, errOut)
	}
	all := lines(t, out)
	return all[len(all)-1]
}

// allReused checks that the crawl has read every document for the build.
func allReused(t *testing.T, summary map[string]any) {
	t.Helper()
	if summary["reports"] != 106.0 || summary["reused"] != summary["reports"] {
		t.Errorf("%v reports, %v of them read by the crawl", summary["reports"], summary["reused"])
	}
}

// After a crawl a build has nothing to read, and it makes the same dataset as one that reads everything itself.
func TestCrawlReadsForTheBuild(t *testing.T) {
	t.Chdir(t.TempDir())
	seeds := sampleSeeds(t)
	if code, _, errOut := gongkai(t, "crawl", "--seeds", seeds, "--delay", "0", "--allow-loopback"); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	allReused(t, buildSummary(t))
	if fresh := buildSummary(t, "--readings", "fresh", "--out", "again"); fresh["reused"] != 0.0 {
		t.Errorf("a build with readings of its own: %v", fresh)
	}
	sameTree(t, tree(t, "dataset"), tree(t, "again"))
	// The bytes of a reading do not depend on who wrote it.
	crawled, built := tree(t, "archive/readings"), tree(t, "fresh")
	for name, digest := range built {
		if crawled[name] != digest {
			t.Errorf("the reading %s differs", name)
		}
	}
}

// A crawl that is killed while it reads resumes reading when it is started again.
func TestKilledCrawlReadsForTheBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	t.Chdir(t.TempDir())
	seeds := sampleSeeds(t)
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := []string{"crawl", "--seeds", seeds, "--delay", "0", "--allow-loopback"}
	random := shared.Random(t)
	for kill := range 6 {
		cmd := exec.Command(program, command...)
		cmd.Env = append(os.Environ(), "GONGKAI_TEST_AS_PROGRAM=1")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(150+100*kill+random.IntN(100)) * time.Millisecond)
		_ = cmd.Process.Kill() // or it has ended
		_ = cmd.Wait()
	}
	if code, _, errOut := gongkai(t, command...); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	allReused(t, buildSummary(t))
}

// Two machines share a queue and a bucket, one of them only reads: the build finds every reading in the bucket.
func TestSharedCrawlReadsForTheBuild(t *testing.T) {
	database, bucket := os.Getenv("GONGKAI_TEST_POSTGRES"), os.Getenv("GONGKAI_TEST_S3")
	if database == "" || bucket == "" {
		t.Skip("GONGKAI_TEST_POSTGRES and GONGKAI_TEST_S3 name no servers")
	}
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	seeds := sampleSeeds(t)
	schema := fmt.Sprintf("readings_test_%d", rand.Uint64())
	db, err := sql.Open("pgx", database)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE SCHEMA " + schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP SCHEMA " + schema + " CASCADE"); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	where := []string{"--queue", u.String(), "--archive", bucket + "&prefix=" + schema + "/"}

	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	var workerOut, workerErr bytes.Buffer
	go func() {
		ended <- execute(ctx, append([]string{"worker", "--only-extract"}, where...), &workerOut, &workerErr)
	}()
	code, _, errOut := gongkai(t, append([]string{"crawl", "--seeds", seeds, "--delay", "0", "--allow-loopback"}, where...)...)
	cancel()
	if worker := <-ended; code != exitDone || worker != exitDone {
		t.Fatalf("crawl: exit %d: %s; worker: exit %d: %s", code, errOut, worker, workerErr.String())
	}
	allReused(t, buildSummary(t, where...))
	if _, err := os.Stat("archive"); err == nil {
		t.Error("something was kept in a local archive")
	}
	coverageWithoutTheQueue(t, where[2:])
	verifiesTheBucket(t, where[3])
}

// coverageWithoutTheQueue builds on a machine that knows nothing of the crawl's queue: the coverage is the same.
func coverageWithoutTheQueue(t *testing.T, where []string) {
	t.Helper()
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	if code, _, errOut := gongkai(t, append([]string{"build", "--out", "elsewhere"}, where...)...); code != exitDone && code != exitPartial {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	want, err := os.ReadFile("dataset/coverage.parquet")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("elsewhere/coverage.parquet")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("without --queue the coverage differs")
	}
}

// verifiesTheBucket has an archive in a bucket verified, and not passed over.
func verifiesTheBucket(t *testing.T, archive string) {
	t.Helper()
	if code, out, errOut := gongkai(t, "verify", "--archive", archive); code != exitDone || !strings.Contains(out, "archive "+archive+": every digest holds") {
		t.Errorf("exit %d: %s%s", code, out, errOut)
	}
	absent := strings.Replace(archive, "s3://", "s3://absent-", 1)
	if code, out, _ := gongkai(t, "verify", "--archive", absent); code != exitFailed {
		t.Errorf("a bucket that is not there: exit %d: %s", code, out)
	}
}

// A part that a flag names must be there: else a mistyped name would pass for one that was verified.
func TestVerifyNamedPartsMustBeThere(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, args := range [][]string{{"--archive", "nowhere"}, {"--data", "nowhere"}, {"--archive", "file:///nowhere"}} {
		if code, out, errOut := gongkai(t, append([]string{"verify"}, args...)...); code != exitFailed || !strings.Contains(errOut, "nowhere") {
			t.Errorf("%v: exit %d: %s%s", args, code, out, errOut)
		}
	}
}
