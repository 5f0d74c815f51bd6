package web_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/frozen"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/query/querytest"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/web"
)

// freeze makes a release of places.
func freeze(t *testing.T, out, name, date string, places ...querytest.Place) {
	t.Helper()
	dataset := filepath.Join(t.TempDir(), "dataset")
	querytest.Write(t, dataset, places...)
	day, err := schema.ParseDate(date)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := frozen.Make(context.Background(), frozen.Options{Name: name, Date: day, Dataset: dataset, Out: out, Authors: []string{"x"}}); err != nil {
		t.Fatal(err)
	}
}

func shelve(t *testing.T, folder string) (*httptest.Server, *int) {
	t.Helper()
	opened := new(int)
	var shelf *web.Shelf
	shelf = web.NewShelf(folder, slog.New(slog.DiscardHandler), func(r frozen.Record, dataset string) (*web.Server, func(), error) {
		*opened++
		current, err := query.OpenCurrent(context.Background(), dataset, time.Hour, func(err error) { t.Error(err) })
		if err != nil {
			return nil, nil, err
		}
		s, err := web.New(web.Options{Current: current, Evidence: papers{"<p>原文"}, Shelf: shelf, Frozen: r.Name, Base: web.BaseOf(r.Name)})
		return s, current.Close, err
	})
	h := httptest.NewServer(shelf)
	t.Cleanup(func() { h.Close(); shelf.Close() })
	return h, opened
}

// Every release is served with all its pages and links below its own address; /latest leads to the newest; differences,
// files and the feed are there.
func TestReleasesAreServed(t *testing.T) {
	out := t.TempDir()
	towns := querytest.Towns()
	freeze(t, out, "2026.10", "2026-10-30", towns[:3]...)
	towns = querytest.Towns()
	towns[0].Years[1].Values["requests.received"] = 12
	freeze(t, out, "2026.11", "2026-11-30", towns[:4]...)
	h, opened := shelve(t, out)
	for address, to := range map[string]string{"/": "/r/2026.11/", "/latest": "/r/2026.11/", "/latest/zh/place/370686107000": "/r/2026.11/zh/place/370686107000",
		"/zh/compare?p=a%26b": "/r/2026.11/zh/compare?p=a%26b", "/r/2026.10": "/r/2026.10/", "/r/2026.10/": "/r/2026.10/zh/", "//evil.example/x": "/r/2026.11/evil.example/x"} {
		if res, _ := get(t, h, address); res.StatusCode != 302 || res.Header.Get("Location") != to {
			t.Errorf("%s: %d to %q, want %q", address, res.StatusCode, res.Header.Get("Location"), to)
		}
	}
	seen, queue := map[string]bool{}, []string{"/r/2026.10/zh/", "/r/2026.11/en/releases", "/r/2026.11/zh/place/370686107000", "/releases/2026.11/codebook.en.html"}
	links := regexp.MustCompile(`(?:href|src)="(/[^"]*)"`)
	for len(queue) > 0 && len(seen) < 150 {
		address := strings.ReplaceAll(queue[0], "&amp;", "&")
		queue = queue[1:]
		if address, _, _ = strings.Cut(address, "#"); seen[address] || strings.HasSuffix(address, ".png") {
			continue
		}
		seen[address] = true
		res, body := get(t, h, address)
		if res.StatusCode != 200 && res.StatusCode != 302 {
			t.Errorf("%s: %d", address, res.StatusCode)
		}
		if !strings.HasPrefix(address, "/r/") && !strings.HasPrefix(address, "/releases/") {
			t.Errorf("a page of a release leads to %s", address)
		}
		if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") && strings.HasPrefix(address, "/r/") {
			for _, l := range links.FindAllStringSubmatch(body, -1) {
				queue = append(queue, l[1])
			}
		}
	}
	if len(seen) < 100 || *opened != 2 {
		t.Errorf("%d pages seen, %d releases opened", len(seen), *opened)
	}
	if _, body := get(t, h, "/r/2026.11/en/releases/2026.11"); !strings.Contains(body, "栖霞市寺口镇") || !strings.Contains(body, "reports added 3") || !strings.Contains(body, "reports changed 1") {
		t.Errorf("%s", body)
	}
	for address, status := range map[string]int{"/r/none/zh/": 404, "/releases/none.zip": 404, "/releases/2026.11/../2026.10.zip": 404, "/releases/2026.11/dataset": 404,
		"/releases/2026.11/dataset/panel.parquet": 200, "/releases/2026.11.zip": 200, "/r/2026.11/api/v1/release": 200, "/r/2026.11/zh/releases/none": 404} {
		if res, body := get(t, h, address); res.StatusCode != status {
			t.Errorf("%s: %d, want %d: %.100s", address, res.StatusCode, status, body)
		}
	}
	if res, _ := get(t, h, "/r/2026.11/api/v1/issuers?limit=1"); res.StatusCode != 200 {
		t.Error("no API")
	} else if _, body := get(t, h, "/r/2026.11/api/v1/issuers?limit=1"); !strings.Contains(body, `"next":"/r/2026.11/api/v1/issuers?`) {
		t.Errorf("the next part is elsewhere: %s", body)
	}
}

// The feed names each release and the reports that it adds or changes, with what Atom asks for.
func TestFeed(t *testing.T) {
	out := t.TempDir()
	towns := querytest.Towns()
	towns[3].Name = "<甲> & 镇"
	freeze(t, out, "a", "2026-10-30", towns[:3]...)
	freeze(t, out, "b", "2026-11-30", towns[:4]...)
	h, _ := shelve(t, out)
	res, body := get(t, h, "/releases/atom.xml")
	var feed struct {
		ID, Title, Updated string
		Author             struct{ Name string }
		Entries            []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Link    struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	d := xml.NewDecoder(strings.NewReader(body))
	if err := d.Decode(&feed); err != nil || !strings.HasPrefix(res.Header.Get("Content-Type"), "application/atom+xml") {
		t.Fatalf("%v: %s", err, body)
	}
	ids := map[string]bool{}
	for _, e := range feed.Entries {
		if ids[e.ID] = true; e.Title == "" || e.Updated == "" || !strings.HasPrefix(e.Link.Href, h.URL+"/r/") {
			t.Errorf("%+v", e)
		}
	}
	if len(feed.Entries) != 5 || len(ids) != 5 || feed.Entries[0].ID != "urn:gongkai:b" || feed.Entries[1].Title != "新报告 New: <甲> & 镇 2018" {
		t.Errorf("%+v", feed)
	}
	if res, body := get(t, h, strings.TrimPrefix(feed.Entries[1].Link.Href, h.URL)); res.StatusCode != 200 {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}

// More releases than may be open at a time are served, each as it is.
func TestManyReleases(t *testing.T) {
	out := t.TempDir()
	for i := range 5 {
		freeze(t, out, fmt.Sprintf("r%d", i), fmt.Sprintf("2026-11-0%d", i+1), querytest.Towns()[:i+1]...)
	}
	h, _ := shelve(t, out)
	for range 2 {
		for i := range 5 {
			res, body := get(t, h, fmt.Sprintf("/r/r%d/api/v1/issuers", i))
			if res.StatusCode != 200 || !strings.Contains(body, fmt.Sprintf(`"total":%d`, i+1)) {
				t.Errorf("r%d: %d %.200s", i, res.StatusCode, body)
			}
		}
	}
}

// A release that cannot be opened is an error for the reader, and told to who runs the server.
func TestABrokenReleaseIsLogged(t *testing.T) {
	out := t.TempDir()
	freeze(t, out, "a", "2026-10-30", querytest.Towns()[:1]...)
	var log bytes.Buffer
	h := httptest.NewServer(web.NewShelf(out, slog.New(slog.NewTextHandler(&log, nil)), func(frozen.Record, string) (*web.Server, func(), error) {
		return nil, nil, errors.New("the panel is cut short")
	}))
	defer h.Close()
	if res, body := get(t, h, "/r/a/zh/"); res.StatusCode != 500 || strings.Contains(body, "panel") || !strings.Contains(log.String(), "the panel is cut short") || !strings.Contains(log.String(), "/r/a/zh/") {
		t.Errorf("%d %s, log %s", res.StatusCode, body, log.String())
	}
}
