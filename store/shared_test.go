package store

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// sharedBucket is a bucket that several archives of this process can open, and a cache folder for their staging.
func sharedBucket(t *testing.T) string {
	t.Helper()
	location := os.Getenv("GONGKAI_TEST_BUCKET")
	if location == "" {
		t.Skip("GONGKAI_TEST_BUCKET names no bucket that two archives could share")
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	return emptyIn(t, location)
}

// emptyIn is an empty place in a bucket such as
// s3://NAME?endpoint=http://127.0.0.1:7070&use_path_style=true&region=us-east-1: a prefix of this test and run, since
// an earlier run of the same tests may have left its objects.
func emptyIn(t *testing.T, bucket string) string {
	t.Helper()
	u, err := url.Parse(bucket)
	must(t, err)
	q := u.Query()
	q.Set("prefix", fmt.Sprintf("%s-%x/", t.Name(), rand.Uint64()))
	u.RawQuery = q.Encode()
	return u.String()
}

// Two writers share a bucket: each has a staging folder, what one has flushed the other reads, also by a revisit, and
// what a writer left behind when it died is stored by the next.
func TestTwoWritersShareABucket(t *testing.T) {
	location := sharedBucket(t)
	ctx := context.Background()
	open := func() *Archive {
		t.Helper()
		a, err := Open(ctx, location, Options{})
		must(t, err)
		return a
	}
	a := open()
	b := open()
	if a.dir == b.dir {
		t.Fatal("two writers in one staging folder")
	}
	first, err := a.WriteExchange(ctx, exchange("http://a.example/1", "", "the same words"))
	must(t, err, a.Flush(ctx))
	if got := bodyOf(t, b, first); string(got) != "the same words" {
		t.Errorf("the other writer reads %q", got)
	}
	again := exchange("http://a.example/2", "", "the same words")
	again.Dedupe = true
	revisit, err := a.WriteExchange(ctx, again)
	must(t, err, a.Flush(ctx))
	if revisit.Outcome != schema.OutcomeDuplicate {
		t.Fatalf("outcome %s", revisit.Outcome)
	}
	body, err := b.Body(ctx, revisit)
	must(t, err)
	text, err := io.ReadAll(body)
	must(t, err, body.Close())
	if string(text) != "the same words" {
		t.Errorf("a revisit of another writer reads %q", text)
	}

	// b dies with a capture that it has not uploaded
	left, err := b.WriteExchange(ctx, exchange("http://b.example/1", "", "left behind"))
	must(t, err)
	must(t, b.lock.Close())
	if _, err := os.Stat(filepath.Join(b.dir, left.WarcFile)); err != nil {
		t.Fatal(err)
	}
	must(t, a.Close())
	c := open()
	defer c.Close()
	found, ok, err := c.Lookup(ctx, "http://b.example/1")
	must(t, err)
	if !ok || string(bodyOf(t, c, found)) != "left behind" {
		t.Errorf("what a dead writer left is not stored: %v", ok)
	}
}
