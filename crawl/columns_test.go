package crawl

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

func TestReadColumns(t *testing.T) {
	rules, err := ReadColumns(strings.NewReader("\uFEFFlist,site,next,entry,year\nhttp://a.test/nb/,a.test,index_{n-1}.html,ul.list > li,i\nhttp://b.test/,,#fwd,,/(20\\d\\d)/\n"))
	if err != nil || len(rules) != 2 || rules[0].Site != "http://a.test" || rules[0].Next != "index_{n-1}.html" || rules[1].Year != `/(20\d\d)/` {
		t.Errorf("%+v, %v", rules, err)
	}
	for text, says := range map[string]string{
		"site,entry\na.test,li\n":                 "the column list is missing",
		"list,colour\nhttp://a.test/,x\n":         "colour",
		"list\nnb.html\n":                         "line 2",
		"list,entry\nhttp://a.test/,li[\n":        "CSS selector",
		"list,year\nhttp://a.test/,/20\\d\\d/\n":  "one group",
		"list,next\nhttp://a.test/,a:nonsense(\n": "next",
		"list,site\nhttp://a.test/,ftp://x\n":     "no http",
	} {
		if _, err := ReadColumns(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: error %v, want %q", text, err, says)
		}
	}
}

// TestTaughtColumn crawls a site whose list no rule finds: without a columns file it is said to be unread, with one,
// also for a run that goes on, all is found.
func TestTaughtColumn(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]string{
		"a selector of the next page": "http://taught.wuyuan.test/x/100.htm,a#fwd,div.cell,i",
		"a pattern, and all links":    "http://taught.wuyuan.test/x/100.htm,,div.cell:not(.ad),/^(20\\d\\d)/",
	} {
		t.Run(name, func(t *testing.T) {
			web := sim.New()
			defer web.Close()
			dir := t.TempDir()
			opt := simOptions(web, openArchive(t, dir), dir)
			opt.Seeds = only(opt.Seeds, "taught.")
			now := time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)
			if _, err := Run(context.Background(), opt); err != nil {
				t.Fatal(err)
			}
			l, err := ReadLedger(context.Background(), opt.Frontier, now)
			if why := l.Sites[0].Why("", 2020); err != nil || why.Status != schema.CoverageNotTried || !strings.Contains(why.Detail, "http://taught.wuyuan.test/") {
				t.Errorf("without a columns file: %+v, %v", why, err)
			}
			if opt.Columns, err = ReadColumns(strings.NewReader("list,next,entry,year\n" + line + "\n")); err != nil {
				t.Fatal(err)
			}
			if _, err := Run(context.Background(), opt); err != nil {
				t.Fatal(err)
			}
			reports := found(t, opt.Frontier)
			for _, want := range web.Lost {
				if r, ok := reports[want.URL]; strings.Contains(want.URL, "taught.") && (!ok || r.Year != want.Year) {
					t.Errorf("%s: found %v, year %d, want %d", want.URL, ok, r.Year, want.Year)
				}
			}
			if l, err = ReadLedger(context.Background(), opt.Frontier, now); err != nil || len(l.Sites[0].Columns) != 1 || !l.Sites[0].Columns[0].Complete {
				t.Errorf("%+v, %v", l.Sites[0].Columns, err)
			}
			if why := l.Sites[0].Why("", 2009); why.Status != schema.CoverageNotFound {
				t.Errorf("a year that the list does not have: %+v", why)
			}
		})
	}
}

// TestColumnOfNobody says so when a described list belongs to no seed.
func TestColumnOfNobody(t *testing.T) {
	t.Parallel()
	web := sim.New()
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, openArchive(t, dir), dir)
	opt.Seeds = only(opt.Seeds, "map.")
	var err error
	if opt.Columns, err = ReadColumns(strings.NewReader("list\nhttp://taught.wuyuan.test/x/100.htm\n")); err != nil {
		t.Fatal(err)
	}
	if s, err := Run(context.Background(), opt); err != nil || len(s.Notes) != 1 || !strings.Contains(s.Notes[0], "no seed") {
		t.Errorf("%+v, %v", s, err)
	}
}

// TestProbeProposes proposes a line for a list, which then finds its reports, and tries one that a person has written.
func TestProbeProposes(t *testing.T) {
	t.Parallel()
	web := sim.New()
	defer web.Close()
	opt := Options{Contact: "test@example.org", AllowLoopback: true, Dial: web.Dial, Delay: -1, Timeout: 10 * time.Second}
	for _, c := range []struct {
		address, list string
		reports       int
		first, last   int
	}{
		{"http://taught.wuyuan.test/x/100.htm", "", 10, 2015, 2024},
		{"http://taught.wuyuan.test/x/100.htm", "list,next,entry,year\nhttp://taught.wuyuan.test/x/100.htm,/x/{n}.htm,div.cell,i\n", 4, 2021, 2024},
		{"http://map.fengning.test/nb/index.html", "", 10, 2015, 2024},
		{"http://dataid.yunxi.test/nb/index.html", "", 15, 2010, 2024},
		{"http://unmet.suining.test/nb/index.html", "", 6, 2019, 2024},
	} {
		opt.Columns = nil
		if c.list != "" {
			var err error
			if opt.Columns, err = ReadColumns(strings.NewReader(c.list)); err != nil {
				t.Fatal(err)
			}
		}
		f, err := Probe(context.Background(), c.address, opt)
		if err != nil || f.Trial == nil || f.List == nil || f.Proposal == nil || !strings.Contains(f.Line, c.address) {
			t.Errorf("%s: %+v, %v", c.address, f, err)
			continue
		}
		years := f.Trial.Years
		if f.Trial.Reports != c.reports || len(years) == 0 || years[0] != c.first || years[len(years)-1] != c.last || !slices.IsSorted(years) {
			t.Errorf("%s: %+v by %s, want %d reports", c.address, *f.Trial, f.Line, c.reports)
		}
		if _, err := ReadColumns(strings.NewReader("site,list,next,entry,year\n" + f.Line + "\n")); err != nil {
			t.Errorf("%s: the proposed line %s: %v", c.address, f.Line, err)
		}
	}
	f, err := Probe(context.Background(), "http://unmet.suining.test/nb/index.html", opt)
	if err != nil || f.List.Complete || !strings.Contains(f.List.Why, "17") {
		t.Errorf("%+v, %v", f.List, err)
	}
}
