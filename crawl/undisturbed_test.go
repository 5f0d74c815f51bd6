package crawl

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/store"
)

// crawlEnd is what a crawl ends with, without times and places.
type crawlEnd struct {
	web      *sim.Web
	reports  map[string]foundReport
	captures map[string]string // outcome and digest of the last capture that is news, by address
	sampled  map[string]bool   // hosts of which the crawl left addresses alone because those like them had led to nothing
	coverage map[siteYear]string
}

type foundReport struct {
	Year         int
	Kind, Digest string
}

type siteYear struct {
	Site string
	Year int
}

func endOf(t *testing.T, web *sim.Web, archive *store.Archive, location string) crawlEnd {
	t.Helper()
	end := crawlEnd{web, map[string]foundReport{}, map[string]string{}, map[string]bool{}, map[siteYear]string{}}
	for address, r := range found(t, location) {
		end.reports[address] = foundReport{r.Year, r.Kind, *r.Capture.SHA256}
	}
	for c, err := range archive.Captures(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		digest := ""
		if c.SHA256 != nil {
			digest = *c.SHA256
		}
		if _, ok := end.captures[c.URL]; ok && c.Outcome == schema.OutcomeUnchanged {
			continue // a list API that answers the same to another POST
		}
		end.captures[c.URL] = c.Outcome + " " + digest
	}
	db, err := frontier.Open(context.Background(), location)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	runs, err := db.Runs(context.Background())
	if err != nil || len(runs) != 1 {
		t.Fatalf("runs: %v, %v", runs, err)
	}
	if err := db.EachTask(context.Background(), runs[0].ID, func(task frontier.Task) error {
		if task.Detail == leftBarren {
			end.sampled[task.Host] = true
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	ledger, err := ReadLedger(context.Background(), location, time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range ledger.Sites {
		for year := 2008; year <= 2024; year++ {
			end.coverage[siteYear{s.Site, year}] = s.Why(s.Name, year).Status
		}
	}
	return end
}

// sameAs compares the end of a crawl whose process was killed so many times with that of one that nobody disturbed. No
// report is lost and none invented; what an address gave is the same; what is said of the years without a report is the
// same. Which of many addresses that lead to nothing are looked into before the crawl leaves the rest depends on how
// far it was: none of them is a report, and the site is asked no more often for it. A request that is sent again was
// under way when the process died: on each host at most one for each kill.
func (got crawlEnd) sameAs(t *testing.T, want crawlEnd, kills int) {
	t.Helper()
	same(t, "report", want.reports, got.reports)
	same(t, "coverage", want.coverage, got.coverage)
	posted := map[string]bool{} // these answer by what they are sent
	for _, r := range append(want.web.Requests(), got.web.Requests()...) {
		posted[r.URL] = posted[r.URL] || r.Method == http.MethodPost
	}
	nothing := func(address, capture string) bool { // a host that does not answer is left alone after some tries, and kills add tries
		if strings.HasPrefix(capture, schema.OutcomeUnreachable+" ") {
			return true
		}
		host := hostKey(mustParse(address))
		return (want.sampled[host] || got.sampled[host]) && strings.HasPrefix(capture, schema.OutcomeNotAReport+" ")
	}
	for address, w := range want.captures {
		g, ok := got.captures[address]
		switch {
		case !ok && !nothing(address, w):
			t.Errorf("lost: %s: %s", address, w)
		case ok && g != w && !posted[address]:
			t.Errorf("%s: %s, undisturbed %s", address, g, w)
		}
	}
	for address, g := range got.captures {
		if _, ok := want.captures[address]; !ok && !nothing(address, g) {
			t.Errorf("more than undisturbed: %s: %s", address, g)
		}
	}
	asked, again, sent := map[string]int{}, map[string]int{}, map[string]bool{}
	for _, r := range got.web.Requests() {
		asked[r.Host]++
		if key := r.URL; r.Method == http.MethodGet && !sim.AskedTwice(r.Host) {
			if sent[key] {
				again[r.Host]++
			}
			sent[key] = true
		}
	}
	for host, n := range again {
		if n > kills {
			t.Errorf("%s: %d requests were sent again after %d kills", host, n, kills)
		}
	}
	for host, most := range got.web.Most {
		if asked[host] > most+kills {
			t.Errorf("%s took %d requests with %d kills, it may take %d", host, asked[host], kills, most)
		}
	}
}

// same compares two sets of one kind of thing.
func same[K comparable, V comparable](t *testing.T, kind string, want, got map[K]V) {
	t.Helper()
	for k, w := range want {
		if g, ok := got[k]; !ok || g != w {
			t.Errorf("%s %v: %v, undisturbed %v", kind, k, g, w)
		}
	}
	for k, g := range got {
		if _, ok := want[k]; !ok {
			t.Errorf("%s %v: %v, undisturbed none", kind, k, g)
		}
	}
}
