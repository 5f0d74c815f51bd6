package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/web"
	"github.com/gongkai-data/gongkai/store"
)

// lacking skips a test for want of a program, except in continuous integration, where it fails.
func lacking(t *testing.T, format string, args ...any) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// chromium starts a headless browser that calls nobody.
func chromium(t *testing.T) context.Context {
	t.Helper()
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		lacking(t, "no chromium here")
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(program), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("starting the browser: %v", err)
	}
	return ctx
}

// axe returns the text of axe-core, which finds faults of accessibility, where CI asks for it (`npm install -g axe-core`)
// or GONGKAI_AXE names axe.min.js; else nothing, for it takes half of the time of the tests with a browser.
func axe(t *testing.T) string {
	t.Helper()
	file := os.Getenv("GONGKAI_AXE")
	if file == "" {
		if os.Getenv("CI") != "true" {
			return ""
		}
		root, err := exec.Command("npm", "root", "-g").Output()
		if err != nil {
			lacking(t, "no npm here: %v", err)
		}
		file = filepath.Join(strings.TrimSpace(string(root)), "axe-core", "axe.min.js")
	}
	body, err := os.ReadFile(file)
	if err != nil {
		lacking(t, "no axe-core here: %v", err)
	}
	return string(body)
}

// sampleWeb builds the sample in the test's folder and serves it.
func sampleWeb(t *testing.T) *httptest.Server {
	t.Helper()
	inSample(t)
	current, err := query.OpenCurrent(context.Background(), "dataset", time.Hour, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(current.Close)
	archive, err := openEvidence(context.Background(), "archive")
	if err != nil || archive == nil {
		t.Fatalf("no archive: %v", err)
	}
	t.Cleanup(func() { _ = archive.Close() })
	handler, err := web.New(web.Options{Current: current, Evidence: archive})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server
}

// reader drives the browser and says what it was doing when something fails.
type reader struct {
	*testing.T
	ctx   context.Context
	axe   string
	shots string
}

func (r *reader) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	r.Helper()
	ctx, cancel := context.WithTimeout(r.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		r.Fatalf("%s: %v", what, err)
	}
}

// ask runs an action that has an answer.
func ask[T any](r *reader, what string, a chromedp.Action[T]) T {
	r.Helper()
	ctx, cancel := context.WithTimeout(r.ctx, time.Minute)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		r.Fatalf("%s: %v", what, err)
	}
	return v
}

func css(s string) chromedp.CSS { return chromedp.CSS(s) }

func click(s string) chromedp.Action[chromedp.Void] { return chromedp.Click(css(s)) }

func visible(s string) chromedp.Action[chromedp.Void] { return chromedp.WaitVisible(css(s)) }

func keys(s, text string) chromedp.Action[chromedp.Void] { return chromedp.SendKeys(css(s), text) }

func (r *reader) text(selector string) string {
	r.Helper()
	return ask(r, "reading "+selector, chromedp.Text(css(selector)))
}

// look judges the page that is open, and keeps pictures of it at two widths where GONGKAI_SHOTS names a folder.
func (r *reader) look(name string) {
	r.Helper()
	if r.axe != "" {
		ask(r, "axe on "+name, chromedp.Evaluate[bool](r.axe+";true"))
		faults := ask(r, "axe on "+name, chromedp.Evaluate[[]string](
			`axe.run(document, {iframes: false}).then(a => a.violations.filter(v => ["serious", "critical"].includes(v.impact)).map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html + " " + n.failureSummary).join(" | ")))`,
			chromedp.EvalAwaitPromise))
		for _, f := range faults {
			r.Errorf("%s: %s", name, f)
		}
	}
	for kind, width := range map[string]int64{"desktop": 1280, "phone": 390} {
		r.do("looking at "+name, chromedp.EmulateViewport(width, 900))
		if ask(r, "measuring "+name, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > document.documentElement.clientWidth`)) {
			r.Errorf("%s is wider than a %s", name, kind)
		}
		if r.shots != "" {
			time.Sleep(200 * time.Millisecond) // charts are loaded when they come into sight
			picture := ask(r, "a picture of "+name, chromedp.FullScreenshot(85))
			if err := os.WriteFile(filepath.Join(r.shots, name+"-"+kind+".jpg"), picture, 0o644); err != nil {
				r.Fatal(err)
			}
		}
	}
	r.do("back to the desktop", chromedp.EmulateViewport(1280, 900))
}

// A reader searches a town, compares it with another, downloads the numbers, follows one to its source, and reads on in
// English.
func TestReaderInABrowser(t *testing.T) {
	ctx := chromium(t)
	r := &reader{T: t, ctx: ctx, axe: axe(t), shots: os.Getenv("GONGKAI_SHOTS")}
	server := sampleWeb(t)
	complaints := chromedp.Events(ctx, log.EntryAdded)
	go func() {
		for e, err := range complaints {
			if err != nil {
				return // the browser ended
			}
			if e.Entry.Level == log.EntryLevelError {
				t.Errorf("the browser complains: %s (%s)", e.Entry.Text, e.Entry.URL)
			}
		}
	}()
	downloads := t.TempDir()
	if _, err := chromedp.Call(ctx, log.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: downloads}); err != nil {
		t.Fatal(err)
	}
	r.do("starting", chromedp.EmulateViewport(1280, 900), chromedp.Navigate(server.URL+"/zh/"), visible("#q"))
	r.look("home")
	r.do("searching", keys("#q", "寺口镇\r"), visible("ul.hits a"))
	r.look("search")
	r.do("opening the place", click("ul.hits a"), visible("#sources"))
	if h := r.text("h1"); h != "栖霞市寺口镇" {
		t.Fatalf("the place is %q", h)
	}
	r.look("place")
	r.do("comparing", click("a.button"), visible("input[name=p][placeholder]"),
		keys("input[name=p][placeholder]", "霏陂镇"), keys(`input[name=years]`, "2019-2021"),
		click("form.choose button"), visible("main figure img"))
	head := r.text("table.numbers thead")
	for _, want := range []string{"栖霞市寺口镇", "蘅平县霏陂镇人民政府", "2019", "2020", "2021"} {
		if !strings.Contains(head, want) {
			t.Errorf("the comparison lacks %s: %s", want, head)
		}
	}
	r.look("compare")
	r.do("downloading", click(`.actions a[href*="compare.csv"]`))
	equalsSeries(t, waitForFile(t, filepath.Join(downloads, "sample-comparison.csv")))

	r.do("following a number", click(`a[href*="/evidence/370686107000"]`), visible("iframe.copy"))
	if e := r.text("main"); !strings.Contains(e, "line:") || !strings.Contains(e, "行列名称") {
		t.Errorf("the evidence names no place: %s", e)
	}
	r.look("evidence")
	r.do("switching the language", click("a.lang"), visible("html[lang=en] iframe.copy"))
	if e := r.text("main"); !strings.Contains(e, "As published") {
		t.Errorf("the page is not in English: %s", e)
	}
	for name, path := range map[string]string{"rank": "/en/rank", "checks": "/en/checks", "coverage": "/zh/coverage", "codebook": "/en/codebook", "data": "/zh/data", "area": "/zh/area/all", "about": "/en/about", "newtext": "/en/newtext", "missing": "/en/missing", "missing-zh": "/zh/missing?area=990121",
		"series": "/en/series/990121101000/requests.received", "series-zh": "/zh/series/990121101000/normative_documents.in_force",
		"map": "/zh/map", "map-county": "/en/map?area=990121&m=requests.received&kind=township&year=2022", "method-zh": "/zh/about",
		"compare-year": "/en/compare?p=990121101000&p=990121102000&p=990121104000&years=2020-2023&order=year&changes=1"} {
		r.do("opening "+path, chromedp.Navigate(server.URL+path), visible("h1"))
		r.look(name)
	}
	for name, path := range map[string]string{"embed": "/en/embed/990121101000/requests.received", "embed-zh": "/zh/embed/990121101000/grant_rate"} {
		r.do("opening "+path, chromedp.Navigate(server.URL+path), visible("figure img"))
		r.look(name)
	}
	r.do("comparing three places over four years", chromedp.Navigate(server.URL+"/en/compare?p=990121101000&p=990121102000&p=990121104000&years=2020-2023"), visible("table.dense"))
	if over := ask(r, "measuring the table", chromedp.Evaluate[float64](`(e => e.scrollWidth - e.clientWidth)(document.querySelector(".scroll.wide"))`)); over > 0 {
		t.Errorf("three places over four years are %v pixels wider than 1280", over)
	}
	r.do("comparing in words", chromedp.Navigate(server.URL+"/zh/place/990122101000"), visible("meter"), click(`a[href*="/wording/"]`), visible("ins"))
	r.look("wording")
	r.do("choosing two texts", chromedp.Navigate(server.URL+"/en/wording"), visible("select[name=ay]"))
	r.look("wordingform")
	r.do("naming them", keys("input[name=a]", "岫屯镇"), keys("select[name=ay]", "2022"), keys("input[name=b]", "岫屯镇"), keys("select[name=by]", "2023"), click("form.choose button"), visible("#changed"))
	r.look("wordingchosen")
	r.do("reading the text", click(`main a[href*="/report/"]`), visible("mark.shared"), click(".also summary"), visible(".also li a"))
	r.look("report")
}

// The pages work without JavaScript.
func TestReaderWithoutJavaScript(t *testing.T) {
	ctx := chromium(t)
	r := &reader{T: t, ctx: ctx}
	server := sampleWeb(t)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	r.do("searching", chromedp.Navigate(server.URL+"/en/"), visible("#q"),
		keys("#q", "skz\r"), visible("ul.hits a"), click("ul.hits input"),
		click("main form:not(.big) button"), visible("table.numbers td a"))
	r.do("following a number", click("table.numbers td a"), visible("iframe.copy"))
}

func waitForFile(t *testing.T, name string) []byte {
	t.Helper()
	for range 300 {
		if body, err := os.ReadFile(name); err == nil && len(body) > 0 {
			return body
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("%s does not arrive", name)
	return nil
}

// equalsSeries holds the downloaded numbers against series.parquet and panel.parquet.
func equalsSeries(t *testing.T, body []byte) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(body), "\ufeff"))).ReadAll()
	if err != nil || len(rows) < 50 {
		t.Fatalf("the download has %d lines: %v", len(rows), err)
	}
	d, err := store.OpenDataset("dataset")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	type stated struct{ value, comparability string }
	want := map[string]stated{}
	for s, err := range store.Rows[schema.Series](context.Background(), d, schema.SeriesTable, store.Query{}) {
		if err != nil {
			t.Fatal(err)
		}
		v := ""
		if s.Value != nil {
			v = strconv.FormatFloat(*s.Value, 'f', -1, 64)
		}
		want[fmt.Sprint(s.ReportID, " ", s.Series)] = stated{v, s.Comparability}
	}
	held := 0
	for _, row := range rows[1:] {
		at := func(column string) string { return row[slices.Index(rows[0], column)] }
		w, ok := want[at("report_id")+" "+at("measure")]
		if m, _ := query.LookupMeasure(at("measure")); m.Kind != query.Series {
			continue
		}
		if ok != (at("state") != query.Absent) || ok && (at("value") != w.value || at("comparability") != w.comparability) {
			t.Errorf("the download says %v, series.parquet %+v %v", row, w, ok)
		}
		held++
	}
	if held < 50 {
		t.Errorf("only %d numbers held against series.parquet", held)
	}
}
