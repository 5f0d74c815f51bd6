package crawl

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/frontier"
	"github.com/gongkai-data/gongkai/crawl/sim"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

func TestLedgerTellsWhy(t *testing.T) {
	t.Parallel()
	web := sim.New()
	defer web.Close()
	dir := t.TempDir()
	opt := simOptions(web, openArchive(t, dir), dir)
	opt.Seeds = nil
	for host, name := range map[string]string{"robots.shanyin.test": "山阴县人民政府", "challenge.guanhe.test": "关河县人民政府", "dead.feiqi.test": "废弃县人民政府",
		"annual.yunfeng.test": "云峰县人民政府", "static.laocheng.test": "老城区人民政府"} {
		opt.Seeds = append(opt.Seeds, Seed{Site: "http://" + host + "/", Name: name, FirstYear: 2018, LastYear: 2021})
	}
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	if _, err := Run(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	l, err := ReadLedger(context.Background(), opt.Frontier, now)
	if err != nil || !l.Finished || len(l.Sites) != 5 {
		t.Fatalf("ledger %+v, %v", l, err)
	}
	status := func(site, issuer string, year int) string {
		s := l.Sites[slices.IndexFunc(l.Sites, func(s SiteLedger) bool { return s.Name == site })]
		if slices.ContainsFunc(s.Found, func(r LedgerReport) bool { return cmp.Or(r.Issuer, site) == issuer && r.Year == year && r.URL != "" }) {
			return schema.CoverageFound
		}
		why := s.Why(issuer, year)
		if why.Detail == "" {
			t.Errorf("%s %d: %s without a reason", issuer, year, why.Status)
		}
		return why.Status
	}
	for _, c := range []struct {
		site, issuer string
		year         int
		want         string
	}{
		{"山阴县人民政府", "山阴县人民政府", 2018, schema.CoverageForbidden}, {"关河县人民政府", "关河县人民政府", 2019, schema.CoverageBlocked},
		{"废弃县人民政府", "废弃县人民政府", 2020, schema.CoverageUnreachable}, {"云峰县人民政府", "云峰县财政局", 2019, schema.CoverageFound},
		{"云峰县人民政府", "云峰县石桥镇人民政府", 2019, schema.CoverageNotFound}, {"云峰县人民政府", "云峰县石桥镇人民政府", 2018, schema.CoverageFound},
		{"老城区人民政府", "老城区人民政府", 2019, schema.CoverageFound}, {"老城区人民政府", "老城区人民政府", 2020, schema.CoverageNotFound},
	} {
		if got := status(c.site, c.issuer, c.year); got != c.want {
			t.Errorf("%s %d: %q, want %q", c.issuer, c.year, got, c.want)
		}
	}
	for _, s := range l.Sites {
		if s.Name == "老城区人民政府" && !strings.Contains(s.Why(s.Name, 2020).Detail, "不存在") {
			t.Errorf("the removed report's reason is %+v", s.Listed)
		}
		for _, r := range s.Found {
			if r.Year != 0 && (r.Year < 2018 || r.Year > 2021) {
				t.Errorf("%s: year %d was not asked for", r.URL, r.Year)
			}
		}
	}
}

func TestProbe(t *testing.T) {
	t.Parallel()
	web := sim.New()
	defer web.Close()
	opt := Options{Contact: "test@example.org", AllowLoopback: true, Dial: web.Dial, Delay: -1, Timeout: 10 * time.Second}
	for _, c := range []struct {
		url, family, charset string
		pages                int
	}{
		{"http://trs.qingshan.test/zfxxgk/nb/", "trs", "utf-8", 2},
		{"http://group.baishui.test/col/col1234/index.html", "jpage", "utf-8", 2},
		{"http://record.hekou.test/col/col77/index.html", "jpage", "utf-8", 2},
		{"http://xxgk.songlin.test/col/col55/index.html", "xxgk", "utf-8", 2},
		{"http://annual.yunfeng.test/zfxxgk/nblist.html", "xxgk-annual", "utf-8", 1},
		{"http://jpaas.linhai.test/zfxxgk/col1638.html", "jpaas", "utf-8", 2},
		{"http://truecms.jiangwan.test/jwq/ndbg/ndbg.html", "truecms", "utf-8", 2},
		{"http://vsb.gaoyuan.test/xxgk/nb.htm", "vsb", "gb18030", 2},
		{"http://webplus.meixi.test/19740/list.htm", "webplus", "utf-8", 2},
		{"http://ucap.dongling.test/dl/c100028/common_list.shtml", "ucap", "utf-8", 2},
		{"http://ucapstatic.xigu.test/xg/c2/list.shtml", "ucap", "utf-8", 2},
		{"http://gkmlpt.nanwan.test/gkmlpt/index", "gkmlpt", "utf-8", 2},
		{"http://epoint.beihe.test/dynamic/zwgk/govInfoPub.html?categorynum=003006", "epoint", "utf-8", 2},
		{"http://epointold.yingshui.test/dynamic/zwgk/govInfoPub.html?categorynum=003006", "epoint", "utf-8", 2},
		{"http://static.laocheng.test/nb/list.html", "static", "utf-8", 2},
	} {
		f, err := Probe(context.Background(), c.url, opt)
		if err != nil {
			t.Errorf("%s: %v", c.url, err)
			continue
		}
		if f.Family != c.family || f.Charset != c.charset || len(f.Pages) != c.pages || f.Pages[0].Own == 0 {
			t.Errorf("%s: family %s, charset %s, %d pages (%+v), want %+v", c.url, f.Family, f.Charset, len(f.Pages), f.Pages, c)
		}
	}
	if f, err := Probe(context.Background(), "http://robots.shanyin.test/zfxxgk/nb/index.html", opt); err != nil || f.Robots != "forbidden" {
		t.Errorf("forbidden page: %+v, %v", f, err)
	}
	if f, err := Probe(context.Background(), "http://challenge.guanhe.test/", opt); err != nil || f.Outcome != schema.OutcomeChallenge {
		t.Errorf("challenge: %+v, %v", f, err)
	}
}

// TestTally weighs what became of the tasks of a seed.
func TestTally(t *testing.T) {
	t.Parallel()
	task := func(role frontier.Role, outcome, detail, hint string) frontier.Task {
		return frontier.Task{URL: "http://a.test/x", Role: role, State: "done", Outcome: outcome, Detail: detail, Hint: hint}
	}
	column := task(frontier.Column, schema.OutcomeNotAReport, "column static", "{}")
	read := Column{URL: "http://a.test/nb/", Complete: true, Why: "one page without a sign of another"}
	for name, c := range map[string]struct {
		tasks  []frontier.Task
		issuer string
		status string
		detail string
	}{
		"robots.txt without an answer": {[]frontier.Task{task(frontier.Start, schema.OutcomeUnreachable, "its robots.txt: status 500", "{}")}, "", schema.CoverageUnreachable, "status 500"},
		"a seed that refuses":          {[]frontier.Task{task(frontier.Start, schema.OutcomeHTTPError, "status 403", "{}")}, "", schema.CoverageBlocked, "status 403"},
		"a seed that is gone":          {[]frontier.Task{task(frontier.Start, schema.OutcomeHTTPError, "status 404", "{}")}, "", schema.CoverageNotTried, "the site's address answers status 404"},
		"a challenge, told once":       {[]frontier.Task{task(frontier.Start, schema.OutcomeChallenge, "challenge: rs", "{}")}, "", schema.CoverageBlocked, "challenge: rs (http"},
		"a closed way, no column":      {[]frontier.Task{task(frontier.Way, schema.OutcomeRobots, "", "{}")}, "", schema.CoverageForbidden, "robots.txt"},
		"a closed way, a column read":  {[]frontier.Task{task(frontier.Way, schema.OutcomeRobots, "", "{}"), column}, "", schema.CoverageNotFound, "no report of that year"},
		"a column that breaks":         {[]frontier.Task{column, task(frontier.Column, schema.OutcomeHTTPError, "status 502", "{}")}, "", schema.CoverageUnreachable, "502"},
		"a report that breaks, its issuer": {[]frontier.Task{column, task(frontier.Article, schema.OutcomeTimeout, "", `{"title":"青山县教育局2020年政府信息公开年报","year":2020}`)}, "青山县教育局",
			schema.CoverageUnreachable, ""},
		"a report that breaks, another": {[]frontier.Task{column, task(frontier.Article, schema.OutcomeTimeout, "", `{"title":"青山县教育局2020年政府信息公开年报","year":2020}`)}, "青山县民政局",
			schema.CoverageNotFound, "no report of that year"},
		"a report that breaks and names nobody":                 {[]frontier.Task{column, task(frontier.Article, schema.OutcomeTimeout, "", `{"title":"2020年年报","year":2020}`)}, "青山县民政局", schema.CoverageNotFound, "no report of that year"},
		"a report that breaks and names nobody, the site's own": {[]frontier.Task{column, task(frontier.Article, schema.OutcomeTimeout, "", `{"title":"2020年年报","year":2020}`)}, "青山县人民政府", schema.CoverageUnreachable, ""},
		"what a person can do goes before what is gone": {[]frontier.Task{column, task(frontier.Article, schema.OutcomeHTTPError, "status 404", `{"title":"2020年年报","year":2020}`),
			task(frontier.Attachment, schema.OutcomeNeedsPerson, "captcha", `{"title":"2020年年报","year":2020}`), task(frontier.Article, schema.OutcomeSoft404, "", `{"title":"2020年年报","year":2020}`)},
			"青山县人民政府", schema.CoverageBlocked, "needs_person: captcha (http"},
	} {
		var sum tally
		for _, x := range c.tasks {
			if x == column {
				sum.columns = append(sum.columns, read)
			}
			if err := sum.count(x); err != nil {
				t.Fatal(err)
			}
		}
		got := SiteLedger{Name: "青山县人民政府", Gap: sum.reason("http://a.test/"), Listed: sum.listed}.Why(c.issuer, 2020)
		if got.Status != c.status || !strings.Contains(got.Detail, c.detail) {
			t.Errorf("%s: %+v, want %s %q", name, got, c.status, c.detail)
		}
	}
}
