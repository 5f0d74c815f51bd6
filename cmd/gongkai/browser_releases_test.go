package main

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/gongkai-data/gongkai/datasets/frozen"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/web"
)

// The releases, what changed in one, and the manual, in both languages and on a narrow screen.
func TestReleasesAndManualInABrowser(t *testing.T) {
	ctx := chromium(t)
	r := &reader{T: t, ctx: ctx, axe: axe(t), shots: os.Getenv("GONGKAI_SHOTS")}
	inSample(t)
	if code, _, errOut := gongkai(t, "release", "--name", "2026.10", "--date", "2026-10-30"); code != exitDone {
		t.Fatal(errOut)
	}
	report := reportOf(t, "寺口镇")
	if code, _, errOut := gongkai(t, "build", "--out", "changed", "--overrides", overriding(t, report.URL)); code != exitDone {
		t.Fatal(errOut)
	}
	if code, _, errOut := gongkai(t, "release", "--name", "2026.11", "--date", "2026-11-30", "--data", "changed"); code != exitDone {
		t.Fatal(errOut)
	}
	var shelf *web.Shelf
	shelf = web.NewShelf("releases", slog.New(slog.DiscardHandler), func(f frozen.Record, dataset string) (*web.Server, func(), error) {
		current, err := query.OpenCurrent(context.Background(), dataset, time.Hour, func(err error) { t.Error(err) })
		if err != nil {
			return nil, nil, err
		}
		s, err := web.New(web.Options{Current: current, Shelf: shelf, Frozen: f.Name, Base: web.BaseOf(f.Name)})
		return s, current.Close, err
	})
	server := httptest.NewServer(shelf)
	t.Cleanup(func() { server.Close(); shelf.Close() })
	for name, path := range map[string]string{"releases": "/latest/en/releases", "release": "/latest/zh/releases/2026.11", "manual": "/latest/en/manual", "manual-hour": "/latest/en/manual/first-hour",
		"manual-quality": "/latest/zh/manual/quality", "manual-formats": "/latest/zh/manual/formats"} {
		r.do("opening "+path, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(server.URL+path), visible("h1"))
		r.look(name)
	}
}

// overriding writes overrides that give the report of an address to another body.
func overriding(t *testing.T, address string) string {
	t.Helper()
	write(t, "overrides.csv", []byte("name,host,url,division_code,body,kind,reason,evidence,who,on\n,,"+address+",370686101000,,,a test,https://a.example/,a tester,2026-11-23\n"))
	return "overrides.csv"
}
