package crawl

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// TestPicturesOfAReport: the pictures in a report's text are fetched with it, through the rules and the archive like
// all else, are no reports, and are bounded; those of the page around it and of other hosts are not asked for.
func TestPicturesOfAReport(t *testing.T) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 400, 200))); err != nil {
		t.Fatal(err)
	}
	imgs := `<img src="img/table.png#x"><img src="/private/seal.png"><img src="/img/gone.png"><img src="http://elsewhere.invalid/x.png"><img data-src="/img/table.png">`
	for i := range 30 {
		imgs += fmt.Sprintf(`<img src="/img/%d.png">`, i)
	}
	report := strings.Replace(sim.ReportPage("青山县", 2022, 0), "<h1>", `<img src="/img/logo.png" style="display:none"><h1>`, 1)
	report = strings.Replace(report, "<p>五、", imgs+"<p>五、", 1)
	var mu sync.Mutex
	asked := map[string]int{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path]++
		mu.Unlock()
		switch {
		case r.URL.Path == "/robots.txt":
			fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n")
		case r.URL.Path == "/":
			fmt.Fprint(w, `<meta charset="utf-8"><title>政府信息公开年报</title><h2>政府信息公开年报</h2><ul><li><a href="/r/2022.html">青山县2022年政府信息公开工作年度报告</a><span>2023-01-20</span></li></ul>`)
		case r.URL.Path == "/r/2022.html":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, report)
		case strings.HasSuffix(r.URL.Path, ".png") && !strings.Contains(r.URL.Path, "gone"):
			w.Header().Set("Content-Type", "image/png")
			w.Write(picture.Bytes())
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	dir := t.TempDir()
	opt := Options{Delay: -1, AllowLoopback: true, Seeds: []Seed{{Site: server.URL, Name: "青山县"}}, Archive: openArchive(t, dir), Frontier: filepath.Join(dir, "frontier.sqlite")}
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	if got := found(t, opt.Frontier); len(got) != 1 {
		t.Errorf("%d reports: %v", len(got), got)
	}
	page := server.URL + "/r/2022.html"
	c, ok, err := opt.Archive.LookupBody(context.Background(), server.URL+"/r/img/table.png")
	if err != nil || !ok || c.FoundOn == nil || *c.FoundOn != page || c.Outcome == schema.OutcomeOK {
		t.Errorf("the picture: %v, %v, %+v", err, ok, c)
	}
	c, _, err = opt.Archive.Lookup(context.Background(), server.URL+"/private/seal.png")
	if err != nil || c.Outcome != schema.OutcomeRobots {
		t.Errorf("the forbidden picture: %v, %q", err, c.Outcome)
	}
	all := 0
	for path, n := range asked {
		if n > 1 {
			t.Errorf("asked %d times for %s", n, path)
		}
		if strings.HasSuffix(path, ".png") {
			all++
		}
	}
	if asked["/private/seal.png"]+asked["/img/logo.png"] > 0 || asked["/r/img/table.png"]+asked["/img/table.png"]+asked["/img/gone.png"] != 3 || all > 20 {
		t.Errorf("asked for %d pictures: %v", all, asked)
	}
}
