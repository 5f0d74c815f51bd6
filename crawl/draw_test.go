package crawl

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/gongkai-data/gongkai/crawl/browser"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// testBrowser is the browser of this machine; without one the test is skipped, but not in continuous integration.
func testBrowser(t *testing.T) *browser.Options {
	t.Helper()
	program, err := browser.Find()
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	opt := &browser.Options{Program: program, Unsandboxed: os.Getuid() == 0, Scrolls: 4}
	if browser.Try(context.Background(), *opt) != nil { // a container may forbid what the sandbox is made of
		opt.Unsandboxed = true
	}
	return opt
}

// scriptSite is a site that is nothing without its scripts: a home page whose links a framework draws, a column whose
// list comes by POST among menus that stand in the page, reports that come by fetch, one page that brings the browser
// down, one forbidden to robots.
func scriptSite(asked *sync.Map) http.Handler {
	shell := func(script string) string {
		return `<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>x</title></head><body><div id="app"></div><noscript>请启用脚本才能浏览本网站的全部内容与栏目，谢谢您的理解和支持</noscript><script>` + script + `</script></body></html>`
	}
	pages := map[string]string{
		"/robots.txt": "User-agent: *\nDisallow: /private/\n",
		"/": shell(`fetch('/private/menu').catch(() => 0); fetch('http://elsewhere.example/x').catch(() => 0); new Image().src = '/count.gif';
			setTimeout(() => { document.getElementById('app').innerHTML = '<a href="/zfxxgk/">\u653f\u5e9c\u4fe1\u606f\u516c\u5f00\u5e74\u62a5</a>' }, 500)`),
		"/zfxxgk/": `<html><meta charset="utf-8"><title>政府信息公开年报</title><body><a href="/">首页</a><h2>政府信息公开年报</h2><ul id="list"></ul>` +
			`<script>fetch('/api/list', {method: 'POST', headers: {'Content-Type': 'application/json', 'X-Requested-With': 'XMLHttpRequest'}, body: '{"page":1}'}).then(r => r.json()).then(d => { for (const x of d) {
				const li = document.createElement('li'); li.innerHTML = '<a href="/r/' + x.id + '.html">' + x.title + '</a><span>2024-01-20</span>'; document.getElementById('list').append(li) } })</script></body></html>`,
		"/api/list":    `[{"id":2021,"title":"青山县2021年政府信息公开工作年度报告"},{"id":2022,"title":"青山县2022年政府信息公开工作年度报告"},{"id":2023,"title":"青山县2023年政府信息公开工作年度报告"}]`,
		"/r/2023.html": shell(`for (const a = [];;) a.push(new Array(1e6).fill(Math.random()))`),
	}
	for _, year := range []int{2021, 2022} {
		pages[fmt.Sprintf("/r/%d.html", year)] = shell(fmt.Sprintf(`fetch('/api/r/%d').then(r => r.text()).then(t => { document.getElementById('app').innerHTML = t })`, year))
		pages[fmt.Sprintf("/api/r/%d", year)] = fmt.Sprintf(reportBody, year, filler())
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Store(r.Method+" "+r.URL.Path, true)
		body, ok := pages[r.URL.Path]
		if got, _ := io.ReadAll(r.Body); r.URL.Path == "/api/list" && (r.Method != http.MethodPost || string(got) != `{"page":1}` || r.Header.Get("X-Requested-With") == "") {
			ok = false
		}
		if !ok {
			http.NotFound(w, r)
			return
		}
		if strings.HasPrefix(r.URL.Path, "/api/r/") {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		} else if strings.HasPrefix(body, "<") && !strings.Contains(body, "gb2312") {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		} else if strings.HasPrefix(body, "<") {
			w.Header().Set("Content-Type", "text/html")
		}
		fmt.Fprint(w, body)
	})
}

func TestBrowser(t *testing.T) {
	opt := Options{Delay: -1, AllowLoopback: true, Browser: testBrowser(t)}
	var asked sync.Map
	server := httptest.NewServer(scriptSite(&asked))
	defer server.Close()
	dir := t.TempDir()
	archive := openArchive(t, dir)
	opt.Seeds, opt.Archive, opt.Frontier = []Seed{{Site: server.URL, Name: "青山县"}}, archive, filepath.Join(dir, "frontier.sqlite")
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	got := found(t, opt.Frontier)
	for _, year := range []int{2021, 2022} {
		r, ok := got[fmt.Sprintf("%s/r/%d.html", server.URL, year)]
		if !ok || r.Year != year || r.Capture.Outcome != schema.OutcomeOK || r.Capture.Status != nil {
			t.Errorf("the report of %d: %+v", year, r)
			continue
		}
		if text := bodyOf(t, archive, r.Capture); !strings.Contains(text, fmt.Sprintf("青山县%d年政府信息公开工作年度报告", year)) {
			t.Errorf("the report of %d is kept as %.300q", year, text)
		}
	}
	if len(got) != 2 {
		t.Errorf("%d reports", len(got))
	}
	for _, never := range []string{"GET /private/menu", "GET /count.gif"} {
		if _, was := asked.Load(never); was {
			t.Errorf("asked for %s", never)
		}
	}
	ledger, err := ReadLedger(context.Background(), opt.Frontier, systemClock{}.Now())
	if err != nil || len(ledger.Sites) != 1 {
		t.Fatal(err)
	}
	if r := ledger.Sites[0].Why("青山县", 2023); r.Status != schema.CoverageBlocked || !strings.Contains(r.Detail, "needs_browser") {
		t.Errorf("the report that brings the browser down: %+v", r)
	}
}

// Without a browser such pages are told.
func TestNoBrowser(t *testing.T) {
	var asked sync.Map
	server := httptest.NewServer(scriptSite(&asked))
	defer server.Close()
	dir := t.TempDir()
	opt := Options{Delay: -1, AllowLoopback: true, Seeds: []Seed{{Site: server.URL, Name: "青山县"}}, Archive: openArchive(t, dir), Frontier: filepath.Join(dir, "frontier.sqlite")}
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	ledger, err := ReadLedger(context.Background(), opt.Frontier, systemClock{}.Now())
	if err != nil || len(ledger.Sites) != 1 {
		t.Fatal(err)
	}
	if r := ledger.Sites[0].Gap; r.Status != schema.CoverageBlocked || !strings.Contains(r.Detail, "needs_browser: its scripts make its content") {
		t.Errorf("the gap: %+v", r)
	}
}

func bodyOf(t *testing.T, archive *store.Archive, c schema.Capture) string {
	t.Helper()
	body, err := archive.Body(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	text, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
