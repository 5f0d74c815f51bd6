package crawl

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// visitedSite is a loopback site that serves fixed answers and notes when it was asked.
type visitedSite struct {
	URL   string // of its invented name
	host  string
	local string // where it listens
	mu    sync.Mutex
	at    []time.Time
	pages map[string]string // body by path; "-> address" redirects

	status int // of every answer, where it is not 0
}

func newVisitedSite(t *testing.T, host string) *visitedSite {
	s := &visitedSite{URL: "http://" + host, host: host, pages: map[string]string{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.at = append(s.at, time.Now())
		body, ok := s.pages[r.URL.Path]
		status := s.status
		s.mu.Unlock()
		if status != 0 {
			w.WriteHeader(status)
			return
		}
		if to, moved := strings.CutPrefix(body, "-> "); moved {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		if !ok {
			http.NotFound(w, r)
			return
		}
		fmt.Fprint(w, body)
	}))
	t.Cleanup(server.Close)
	s.local = server.Listener.Addr().String()
	return s
}

// crawlSites crawls the sites from their home pages; others can be reached too.
func crawlSites(t *testing.T, sites []*visitedSite, others ...*visitedSite) (reports map[string]bool, l Ledger) {
	t.Helper()
	return crawlSitesInto(t, t.TempDir(), sites, others...)
}

func crawlSitesInto(t *testing.T, dir string, sites []*visitedSite, others ...*visitedSite) (reports map[string]bool, l Ledger) {
	t.Helper()
	opt := Options{Archive: openArchive(t, dir), Frontier: filepath.Join(dir, "frontier.sqlite"), Delay: -1, AllowLoopback: true, Contact: "test@example.org", Backoff: 10 * time.Millisecond}
	opt.Dial = func(hostPort string) string {
		for _, s := range append(others, sites...) {
			if s.host+":80" == hostPort {
				return s.local
			}
		}
		return "127.0.0.1:1"
	}
	for _, s := range sites {
		opt.Seeds = append(opt.Seeds, Seed{Site: s.URL + "/", FirstYear: 2022, LastYear: 2023})
	}
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	reports = map[string]bool{}
	for address := range found(t, opt.Frontier) {
		reports[address] = true
	}
	l, err := ReadLedger(context.Background(), opt.Frontier, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return reports, l
}

// TestCrawlDelayStartsWithRobotsTxt keeps the pause between robots.txt, which asks for it, and the first page too.
func TestCrawlDelayStartsWithRobotsTxt(t *testing.T) {
	t.Parallel()
	s := newVisitedSite(t, "slow.test")
	s.pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 0.2\n"
	s.pages["/"] = `<a href="/nb.html">政府信息公开年报</a>`
	crawlSites(t, []*visitedSite{s})
	if len(s.at) < 3 {
		t.Fatalf("%d requests", len(s.at))
	}
	for i := 1; i < len(s.at); i++ {
		if gap := s.at[i].Sub(s.at[i-1]); gap < 200*time.Millisecond {
			t.Errorf("request %d came %v after the one before", i, gap)
		}
	}
}

// TestOtherHosts follows what leads to other hosts: a seed that has moved, a report and a file of a body that is a seed
// itself; nothing else.
func TestOtherHosts(t *testing.T) {
	t.Parallel()
	old, city, office, stranger := newVisitedSite(t, "old.test"), newVisitedSite(t, "city.test"), newVisitedSite(t, "office.test"), newVisitedSite(t, "stranger.test")
	old.pages["/"] = "-> " + city.URL + "/"
	city.pages["/"] = `<a href="/nb/">政府信息公开年报</a>`
	city.pages["/nb/"] = `<title>政府信息公开年报</title><li><a href="a.html">青山县教育局2023年政府信息公开工作年度报告</a></li><li><a href="b.html">青山县教育局2022年政府信息公开工作年度报告</a></li>
		<li><a href="c.html">青山县民政局2023年政府信息公开工作年度报告</a></li><li><a href="` + stranger.URL + `/x.html">外省2023年政府信息公开工作年度报告</a></li>`
	city.pages["/nb/a.html"] = `<meta http-equiv="refresh" content="0;url=` + office.URL + `/2023.html">`
	city.pages["/nb/b.html"] = `<h1>青山县教育局2022年政府信息公开工作年度报告</h1><a href="` + office.URL + `/2022.pdf">附件</a>`
	city.pages["/nb/c.html"] = "-> " + stranger.URL + "/c.html"
	office.pages["/"] = "青山县教育局"
	office.pages["/2023.html"] = sim.ReportPage("青山县教育局", 2023, 0)
	office.pages["/2022.pdf"] = string(sim.Document("青山县教育局", 2022))
	reports, l := crawlSites(t, []*visitedSite{old, office}, city, stranger)
	if len(reports) != 2 || !reports[office.URL+"/2023.html"] || !reports[office.URL+"/2022.pdf"] {
		t.Errorf("found %v", reports)
	}
	if len(stranger.at) > 0 {
		t.Errorf("%d requests to a host that is nobody's", len(stranger.at))
	}
	for _, s := range l.Sites {
		if s.Site == old.URL+"/" {
			if why := s.Why("青山县民政局", 2023); why.Status != schema.CoverageUnreachable || !strings.Contains(why.Detail, "does not go") {
				t.Errorf("a report behind a redirect to a stranger: %+v", why)
			}
		}
	}
}

// TestTwinsStayTwins counts a report that stands under two addresses once, in later runs too.
func TestTwinsStayTwins(t *testing.T) {
	t.Parallel()
	s := newVisitedSite(t, "twins.test")
	s.pages["/"] = `<a href="/nb/">政府信息公开年报</a>`
	s.pages["/nb/"] = `<title>政府信息公开年报</title><li><a href="a.html">青山县2023年政府信息公开工作年度报告</a></li><li><a href="b.html">青山县2023年政府信息公开工作年度报告</a></li>`
	s.pages["/nb/a.html"] = sim.ReportPage("青山县", 2023, 0)
	s.pages["/nb/b.html"] = s.pages["/nb/a.html"]
	dir := t.TempDir()
	for range 3 {
		t.Run("", func(t *testing.T) { // each closes its archive
			if reports, _ := crawlSitesInto(t, dir, []*visitedSite{s}); len(reports) != 1 {
				t.Error(reports)
			}
		})
	}
}

// TestProbeSaysWhereItLeads is about another host, a robots.txt without an answer, and a frame.
func TestProbeSaysWhereItLeads(t *testing.T) {
	t.Parallel()
	moved, shell := newVisitedSite(t, "moved.test"), newVisitedSite(t, "shell.test")
	moved.pages["/"] = "-> http://new.test/nb/"
	shell.pages["/"] = `<iframe src="/list.html"></iframe>`
	shell.pages["/list.html"] = `<li><a href="/1.html">青山县2023年政府信息公开工作年度报告</a></li>`
	opt := Options{Contact: "test@example.org", AllowLoopback: true, Delay: -1, Dial: func(hostPort string) string {
		if strings.HasPrefix(hostPort, "moved.") {
			return moved.local
		}
		return shell.local
	}}
	if f, err := Probe(context.Background(), moved.URL, opt); err != nil || f.FinalURL != "http://new.test/nb/" || !strings.Contains(f.Detail, "another host") {
		t.Errorf("%+v, %v", f, err)
	}
	if f, err := Probe(context.Background(), shell.URL, opt); err != nil || !strings.HasSuffix(f.FinalURL, "/list.html") || len(f.Pages) != 1 || f.Pages[0].Reports != 1 {
		t.Errorf("%+v, %v", f, err)
	}
	shell.status = http.StatusServiceUnavailable
	if f, err := Probe(context.Background(), shell.URL, opt); err != nil || f.Robots != "status 503" || f.Outcome != schema.OutcomeUnreachable || f.Requests != 1 {
		t.Errorf("%+v, %v", f, err)
	}
}
