package crawl

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
)

// TestAListTurnedByScript: reports on the pages of a list behind a button are found, and the column counts as read to
// its end.
func TestAListTurnedByScript(t *testing.T) {
	opt := Options{Delay: -1, AllowLoopback: true, Browser: testBrowser(t)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		var n int
		switch {
		case r.URL.Path == "/":
			fmt.Fprint(w, `<title>政府信息公开年报</title><body><h2>政府信息公开年报</h2><ul id="list"></ul><div class="pagination"><button class="btn-prev">&lt;</button><button class="btn-next">&gt;</button></div><script>
				let page = 1
				const next = document.querySelector('.btn-next')
				const show = () => fetch('/api?p=' + page).then(r => r.text()).then(t => { document.getElementById('list').innerHTML = t; next.disabled = page == 3 })
				next.onclick = () => { page++; show() }
				show()</script></body>`)
		case r.URL.Path == "/api":
			fmt.Sscan(r.URL.Query().Get("p"), &n)
			for year := 2024 - 2*n; year > 2022-2*n; year-- {
				fmt.Fprintf(w, `<li><a href="/r/%d.html">青山县%d年政府信息公开工作年度报告</a><span>%d-01-20</span></li>`, year, year, year+1)
			}
		default:
			if _, err := fmt.Sscanf(r.URL.Path, "/r/%d.html", &n); err != nil {
				http.NotFound(w, r)
				return
			}
			fmt.Fprintf(w, "<body>"+reportBody+"</body>", n, filler())
		}
	}))
	defer server.Close()
	dir := t.TempDir()
	opt.Seeds, opt.Archive, opt.Frontier = []Seed{{Site: server.URL, Name: "青山县"}}, openArchive(t, dir), filepath.Join(dir, "frontier.sqlite")
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	got := found(t, opt.Frontier)
	for year := 2017; year <= 2022; year++ {
		if r := got[fmt.Sprintf("%s/r/%d.html", server.URL, year)]; r.Year != year {
			t.Errorf("the report of %d: %+v", year, r)
		}
	}
	ledger, err := ReadLedger(context.Background(), opt.Frontier, systemClock{}.Now())
	if err != nil || len(ledger.Sites) != 1 {
		t.Fatal(err)
	}
	t.Logf("%+v", ledger.Sites[0].Gap)
}
