package store

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store/warc"
)

// What was made of a page is a capture of its own, refers to the page's, and outlives the index.
func TestConversion(t *testing.T) {
	dir := t.TempDir()
	ctx := context.Background()
	a := openTest(t, dir, Options{})
	page := put(t, a, exchange("http://a.example/app", "", "<div id=app></div>"))
	c := schema.Capture{URL: page.URL, FetchedAt: testTime.Add(time.Second), Outcome: schema.OutcomeOK, MediaType: new("text/html"), Charset: new("utf-8")}
	first, err := a.WriteConversion(ctx, c, page, strings.NewReader("<p>规章 12</p>"), "made by its scripts")
	if err != nil {
		t.Fatal(err)
	}
	c.FetchedAt = testTime.Add(time.Hour)
	second, err := a.WriteConversion(ctx, c, page, strings.NewReader("<p>规章 12</p>"), "")
	if err != nil || second.Outcome != schema.OutcomeUnchanged {
		t.Fatalf("made again: %s, %v", second.Outcome, err)
	}
	file, err := a.files.open(ctx, first.WarcFile, first.WarcOffset)
	if err != nil {
		t.Fatal(err)
	}
	record, err := warc.NewReader(file, first.WarcOffset).Next()
	if err != nil || record.Type() != warc.Conversion || record.Get("WARC-Refers-To-Target-URI") != page.URL || record.Get("WARC-Refers-To") == "" {
		t.Errorf("record %+v, error %v", record.Header, err)
	}
	if err := file.Close(); err != nil {
		t.Error(err)
	}
	fresh := openTest(t, t.TempDir(), Options{})
	if _, err := fresh.WriteConversion(ctx, c, page, strings.NewReader("x"), ""); err == nil {
		t.Error("a conversion of a capture that is not there was stored")
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = openTest(t, dir, Options{ReadOnly: true})
	seen := 0
	for got, err := range a.Captures(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		if got.Status != nil {
			continue
		}
		seen++
		header, err := a.Header(ctx, got)
		if err != nil || len(header) > 0 {
			t.Errorf("header %v, error %v", header, err)
		}
		body, err := a.Body(ctx, got)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(body)
		if err != nil || string(text) != "<p>规章 12</p>" || *got.MediaType != "text/html" || *got.Charset != "utf-8" {
			t.Errorf("%q (%s; %s), error %v", text, *got.MediaType, *got.Charset, err)
		}
		if err := body.Close(); err != nil {
			t.Error(err)
		}
	}
	if seen != 2 {
		t.Errorf("%d conversions", seen)
	}
}
