package pipeline

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/store"
)

// TestAReadingRestsOnItsPictures: a page that was read before its picture came is read again, and not where the picture
// that belongs to it stays the same, whatever its address shows later.
func TestAReadingRestsOnItsPictures(t *testing.T) {
	ctx := context.Background()
	archive, err := store.Open(ctx, t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	readings, err := store.OpenObjects(ctx, t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := openCache(readings)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	page := schema.Capture{URL: "http://a.invalid/1.html", FetchedAt: at}
	const address, key = "http://a.invalid/t.png", "0123456789abcdef"
	add := func(when time.Time, body string) schema.Capture {
		t.Helper()
		c, err := archive.WriteExchange(ctx, store.Exchange{Capture: schema.Capture{URL: address, FetchedAt: when, Outcome: schema.OutcomeNotADocument},
			Request: []byte("GET /t.png HTTP/1.1\r\n\r\n"), Response: []byte("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"), Body: strings.NewReader(body)})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	save := func(digest string) {
		t.Helper()
		r := &normalize.Reading{Report: &extract.Report{Reader: "html", Companions: []extract.Companion{{Address: address, SHA256: digest}}}}
		if err := kept.save(ctx, key, r); err != nil {
			t.Fatal(err)
		}
	}
	stands := func() bool {
		t.Helper()
		r, err := kept.current(ctx, archive, page, key)
		if err != nil {
			t.Fatal(err)
		}
		return r != nil
	}
	if save(""); !stands() {
		t.Error("read anew though the picture is still missing")
	}
	first := add(at.Add(time.Second), "one")
	if stands() {
		t.Error("not read anew though the picture came")
	}
	if save(*first.SHA256); !stands() {
		t.Error("read anew with the same picture")
	}
	add(at.Add(time.Hour), "two")
	if !stands() {
		t.Error("read anew though the picture that belongs to the page is the same")
	}
	if got := string(pictures(archive, page)(ctx, address)); got != "one" {
		t.Errorf("the picture is %q", got)
	}
}

// TestCopiesStay: the converted copies outlive the readings of older programs.
func TestCopiesStay(t *testing.T) {
	ctx := context.Background()
	readings, err := store.OpenObjects(ctx, t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	kept, err := openCache(readings)
	if err != nil {
		t.Fatal(err)
	}
	c := copies{Objects: readings}
	if err := c.Put(ctx, "ab/abc.rtf.docx", []byte("PK")); err != nil {
		t.Fatal(err)
	}
	if err := readings.Put(ctx, "older/ab/x", nil); err != nil {
		t.Fatal(err)
	}
	if err := kept.prune(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Get(ctx, "ab/abc.rtf.docx"); err != nil {
		t.Error(err)
	}
	if _, err := readings.Get(ctx, "older/ab/x"); err == nil {
		t.Error("the reading of an older program stays")
	}
}
