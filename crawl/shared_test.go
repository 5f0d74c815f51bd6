package crawl

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/store"
)

// testSchema gives a test a schema of its own in the database that GONGKAI_TEST_POSTGRES names, and returns the address
// that leads to it.
func testSchema(t *testing.T) string {
	t.Helper()
	base := os.Getenv("GONGKAI_TEST_POSTGRES")
	if base == "" {
		t.Skip("GONGKAI_TEST_POSTGRES names no database")
	}
	db, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("crawl_test_%d", rand.Uint64())
	if _, err := db.Exec("CREATE SCHEMA " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP SCHEMA " + name + " CASCADE"); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

// testBucket is a folder of its own in the bucket that GONGKAI_TEST_S3 names, as an archive location.
func testBucket(t *testing.T) string {
	t.Helper()
	base := os.Getenv("GONGKAI_TEST_S3")
	if base == "" {
		t.Skip("GONGKAI_TEST_S3 names no bucket")
	}
	return base + "&prefix=" + fmt.Sprintf("crawl-test-%d/", rand.Uint64())
}

// TestPostgresAlone runs the simulated web on PostgreSQL: the same result as on the embedded frontier.
func TestPostgresAlone(t *testing.T) {
	t.Parallel()
	web := fewer(sim.New(), someSites...)
	defer web.Close()
	location := testSchema(t)
	opt := simOptions(web, openArchive(t, t.TempDir()), t.TempDir())
	opt.Frontier = location
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	score(t, web, found(t, location))
}

// TestTwoWorkersOneKilled shares a crawl over PostgreSQL and a bucket among two workers and a coordinator, and kills
// one worker.
func TestTwoWorkersOneKilled(t *testing.T) {
	t.Parallel()
	web := fewer(sim.New(), someSites...)
	defer web.Close()
	location, bucket, dir := testSchema(t), testBucket(t), t.TempDir()
	job := childJob{Archive: bucket, Frontier: location, Web: web.Address(), Timeout: 10 * time.Second, Lease: 3 * time.Second}
	coordinator := job
	coordinator.Seeds, coordinator.Names, coordinator.Staging = web.Seeds, web.Names, filepath.Join(dir, "coordinator")
	first, second := job, job
	first.Work, first.Staging = true, filepath.Join(dir, "first")
	second.Work, second.Staging = true, filepath.Join(dir, "second")
	lead := startChild(t, coordinator)
	time.Sleep(300 * time.Millisecond)
	victim, helper := startChild(t, first), startChild(t, second)
	time.Sleep(900 * time.Millisecond)
	if err := victim.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := victim.Wait(); err == nil {
		t.Error("the victim ended before it was killed")
	}
	if err := lead.Wait(); err != nil {
		t.Errorf("the coordinator: %v", err)
	}
	if err := helper.Process.Signal(os.Interrupt); err != nil {
		t.Error(err)
	}
	if err := helper.Wait(); err != nil {
		t.Errorf("the helper: %v", err)
	}
	reports := found(t, location)
	// Every report that the frontier knows can be read by a newcomer, those that the dead worker fetched too.
	archive, err := store.Open(context.Background(), bucket, store.Options{Staging: filepath.Join(dir, "reader")})
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	for u, r := range reports {
		body, err := archive.Body(context.Background(), r.Capture)
		if err != nil {
			t.Errorf("%s cannot be read back: %v", u, err)
			continue
		}
		if err := body.Close(); err != nil {
			t.Error(err)
		}
	}
	score(t, web, reports)
}

func TestPlaceholders(t *testing.T) {
	if !frontier.IsPostgres("postgres://x/y") || frontier.IsPostgres("/tmp/x.sqlite") {
		t.Error("IsPostgres is wrong")
	}
}
