package crawl

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// TestLedgerAgainstTheTruth compares the ledger of the whole simulated web with what its sites hold: nothing that
// exists is said not to be there, where the list was not read a place to go on is named, and no site takes more
// requests than it may.
func TestLedgerAgainstTheTruth(t *testing.T) {
	web, opt, _ := wholeWeb(t)
	reports := found(t, opt.Frontier)
	for _, want := range web.Truth {
		r, ok := reports[want.URL]
		if !ok {
			t.Errorf("missed %s (%s %d)", want.URL, want.Issuer, want.Year)
		}
		if ok && r.Year != want.Year && r.Year != 0 {
			t.Errorf("%s: year %d, want %d", want.URL, r.Year, want.Year)
		}
		if at := mustParse(want.URL); ok && web.Names[r.Seed] != "" && web.Names[r.Seed] != want.Issuer && at.Host == mustParse(r.Seed).Host {
			t.Errorf("%s is taken for one of %s, it is %s's", want.URL, web.Names[r.Seed], want.Issuer)
		}
		delete(reports, want.URL)
	}
	for u, r := range reports {
		t.Errorf("taken for a report: %s (%s)", u, r.Title)
	}
	l, err := ReadLedger(context.Background(), opt.Frontier, time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	exists := map[string]map[int]bool{}
	for _, r := range append(append([]sim.Truth{}, web.Truth...), web.Lost...) {
		host := mustParse(r.URL).Host
		if exists[host] == nil {
			exists[host] = map[int]bool{}
		}
		exists[host][r.Year] = true
	}
	told, unread := 0, 0
	for _, s := range l.Sites {
		u, err := url.Parse(s.Site)
		if err != nil {
			t.Fatal(err)
		}
		got := map[int]bool{}
		for _, r := range s.Found {
			got[r.Year] = true
		}
		for year := 2008; year <= 2024; year++ {
			why := s.Why(s.Name, year)
			if why.Status == schema.CoverageNotFound {
				told++
				if exists[u.Host][year] && !got[year] && u.Host != "static.laocheng.test" && web.Names[s.Site] != "" {
					t.Errorf("%s: %d is said not to be there: %s", s.Site, year, why.Detail)
				}
			}
		}
		for _, c := range s.Columns {
			if c.Complete != (c.Status == "") || c.Why == "" || !c.Complete && (c.Next == "" || c.Status == schema.CoverageNotFound) {
				t.Errorf("column %+v", c)
			}
			if !c.Complete {
				unread++
				t.Logf("unread: %s: %s (%s)", c.URL, c.Why, c.Next)
			}
		}
	}
	t.Logf("%d times told that there is none, %d lists not read to their ends", told, unread)
	for _, r := range web.Lost {
		if web.Names["http://"+mustParse(r.URL).Host+"/"] == "" {
			t.Errorf("nobody's: %s", r.URL)
		}
	}
	sent := map[string]int{}
	for _, r := range web.Requests() {
		sent[r.Host]++
	}
	held := map[string]int{}
	for _, r := range web.Truth {
		held[mustParse(r.URL).Host]++
	}
	for host, most := range web.Most {
		t.Logf("%-28s %3d requests, %2d reports, %.1f each", host, sent[host], held[host], float64(sent[host])/float64(max(1, held[host])))
		if sent[host] > most {
			t.Errorf("%s took %d requests, it may take %d", host, sent[host], most)
		}
	}
}
