package list

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/crawl/page"
)

// fixtures are one minimal page of each family, as its sites write them. Each must be claimed by its own family.
var fixtures = []struct{ family, address, source string }{
	{"trs", "http://a.test/zfxxgk/nb/", `<ul><li><a href="./202401/t20240126_3840011.html" title="某县2023年政府信息公开工作年度报告">某县…</a></li></ul><script>createPageHTML(10, 0, "index", "html");</script>`},
	{"trs", "http://a.test/zfxxgk/nb/", `<script>var countPage = 4; function createPageHTML(_nPageCount, i){} createPageHTML(countPage, 0, "index", "shtml");</script>`},
	{"jpage", "http://a.test/col/col1234/index.html", `<div id="57907"><script type="text/xml"><datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=15&path=/&columnid=1234&unitid=57907"></a>]]></nextgroup><recordset><record><![CDATA[<li><a href='/art/2024/1/26/art_1234_567890.html' title='某县2023年年度报告'>某县…</a></li>]]></record></recordset></datastore></script></div>`},
	{"xxgk", "http://a.test/col/col55/index.html", `<div id="div1234567"></div><script>'/module/xxgk/tree.jsp?area=002482429'</script>`},
	{"xxgk-annual", "http://a.test/nb.html", `<a href="/module/xxgk/xxgkAnnualReport.jsp?area=1137&fbtime=2023">某局</a>`},
	{"jpaas", "http://a.test/col.html", `<div id="list" queryData="{'parseType':'bulidstatic','webId':'52','tplSetId':'MsPk','pageType':'column','tagId':'分页列表','editType':'null','pageId':'1638'}"></div>`},
	{"truecms", "http://a.test/nb.html", `<script>x({proxyUrl:'/truecms/messageController/getMessage.do',columnId:'0772e821-5733'})</script>`},
	{"epoint", "http://a.test/dynamic/zwgk/govInfoPub.html?categorynum=003006", `<script src="/js/webBuilderCommon.js"></script>`},
	{"ucap", "http://a.test/csrc/c100028/common_list.shtml", `<meta name="channelid" content="a1a078ee0bc54721ab6b148884c784a2">`},
	{"vsb", "http://a.test/xxgk/nb.htm", `<!--Announced by Visual SiteBuilder 9--><script>_jsq_(1045,'/list.jsp',-1,1164291239)</script><li id="line_u6_0"><a href="info/1103/7719.htm">x</a></li>`},
	{"webplus", "http://a.test/19740/list.htm", `<div id="wp_news_w6"></div><div id="wp_paging_w6"></div>`},
	{"gkmlpt", "http://a.test/gkmlpt/index", `<script>window._CONFIG = { SID: '755031', TREE: [ {"id":721,"name":"政府信息公开年报","children":[]} ] };</script>`},
	{"static", "http://a.test/nb/", `<a href="a.html">某县2023年年度报告</a>`},
}

func parse(t testing.TB, address, source string) *page.Page {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	p, err := page.Parse(u, 200, []byte("<html><head></head><body>"+source+"</body></html>"), "text/html")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestDetectClaimsEachFixtureOnce(t *testing.T) {
	for _, f := range fixtures {
		p := parse(t, f.address, f.source)
		m := Detect(p)
		if m.Lister.Family() != f.family {
			t.Errorf("%.60s: claimed by %s, want %s", f.source, m.Lister.Family(), f.family)
		}
		for _, l := range Families() {
			if _, c := l.Detect(p); l.Family() != f.family && c >= m.Confidence {
				t.Errorf("%.60s: %s is as sure (%.2f) as %s", f.source, l.Family(), c, f.family)
			}
		}
	}
}

func TestParametersComeFromThePage(t *testing.T) {
	for _, c := range []struct {
		family, key, want string
	}{{"trs", "total", "10"}, {"jpage", "columnid", "1234"}, {"xxgk", "area", "002482429"}, {"xxgk-annual", "areas", "1137"}, {"jpaas", "pageId", "1638"}, {"jpaas", "tagId", "分页列表"},
		{"truecms", "columnId", "0772e821-5733"}, {"epoint", "categorynum", "003006"}, {"ucap", "channelid", "a1a078ee0bc54721ab6b148884c784a2"}, {"vsb", "treeid", "1045"},
		{"webplus", "paging", "wp_paging_w6"}, {"gkmlpt", "columns", "721"}, {"gkmlpt", "sid", "755031"}} {
		for _, f := range fixtures {
			if f.family == c.family {
				if got := Detect(parse(t, f.address, f.source)).Params[c.key]; got != c.want {
					t.Errorf("%s: %s = %q, want %q", c.family, c.key, got, c.want)
				}
				break
			}
		}
	}
}

func TestWalkEnds(t *testing.T) {
	// A server that repeats its last page for every address must not keep the walk busy.
	for _, f := range fixtures {
		p := parse(t, f.address, f.source+`<li><a href="x.html">某县2023年政府信息公开年度报告</a><span>2024-01-02</span></li> 共100条 1/50`)
		requests := 0
		env := Env{Years: []int{2022, 2023}, Get: func(_ context.Context, r Request) (*page.Page, error) {
			requests++
			return parse(t, r.URL, f.source+`<a href="x.html">某县2023年政府信息公开年度报告</a>`), nil
		}}
		walk := NewWalk(p, env)
		_, pages := walk.Match, walk.Pages(context.Background())
		for _, err := range pages {
			if err != nil && !errors.Is(err, ErrNeedsBrowser) {
				t.Errorf("%s: %v", f.family, err)
			}
		}
		if requests > 30 {
			t.Errorf("%s: %d requests to a server that repeats itself", f.family, requests)
		}
	}
}

func TestVSBCountsDown(t *testing.T) {
	p := parse(t, "http://a.test/xxgk/nb.htm", `<!--Announced by Visual SiteBuilder 9--><a href="/info/1/0.htm">某县2024年政府信息公开年度报告</a>共4条  1/4`)
	var asked []string
	env := Env{Get: func(_ context.Context, r Request) (*page.Page, error) {
		asked = append(asked, strings.TrimPrefix(r.URL, "http://a.test"))
		return parse(t, r.URL, `<a href="/info/1/`+strings.Repeat("9", len(asked))+`.htm">某县2020年政府信息公开年度报告</a>`), nil
	}}
	walk := NewWalk(p, env)
	_, pages := walk.Match, walk.Pages(context.Background())
	for _, err := range pages {
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Join(asked, " "); got != "/xxgk/nb/3.htm /xxgk/nb/2.htm /xxgk/nb/1.htm" {
		t.Errorf("asked for %s", got)
	}
}

func TestNumberedTemplates(t *testing.T) {
	u, err := url.Parse("http://a.test/nb/index.shtml?x=1")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"/nb/index_1.shtml?x=1", "/nb/index_2.shtml?x=1", "/nb/index2.shtml?x=1", "/nb/2?x=1", "/nb/column-index-2.shtml?x=1", "/nb/index.shtml?x=1&page=2"}
	for i, w := range want {
		if got := strings.TrimPrefix(templates[i].url(*u, 2), "http://a.test"); got != w {
			t.Errorf("%s: %s, want %s", templates[i].name, got, w)
		}
	}
}

// FuzzListers feeds a page and an answer of any bytes to whichever family claims them: no panic, an end, and only
// addresses of http.
func FuzzListers(f *testing.F) {
	for _, x := range fixtures {
		f.Add(x.address, []byte(x.source), []byte(x.source))
	}
	f.Add("http://a.test/", []byte(`<script>x.jpage({proxyUrl:'/dataproxy.jsp',ajaxParam:{columnid:1}})</script>`), []byte(`<datastore><totalrecord>9</totalrecord><record><![CDATA[<a href=a>]]></record>`))
	f.Add("http://a.test/", []byte(`jpaas-publish-server {'webId':'1','pageId':'2'}`), []byte(`{"data":{"html":"<a href=b>"}}`))
	f.Add("http://a.test/", []byte(`EWB-FRONT categorynum:'1'`), []byte(`{"custom":"{\"data\":[{\"infourl\":\"c\"}]}"}`))
	f.Fuzz(func(t *testing.T, address string, source, answer []byte) {
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "http" || u.Host == "" {
			return
		}
		p, err := page.Parse(u, 200, source, "text/html")
		if err != nil {
			return
		}
		requests := 0
		env := Env{Years: []int{2023}, Get: func(_ context.Context, r Request) (*page.Page, error) {
			if requests++; requests > 50 {
				return nil, errors.New("enough")
			}
			at, err := url.Parse(r.URL)
			if err != nil || at.Scheme != "http" && at.Scheme != "https" {
				t.Fatalf("asked for %q", r.URL)
			}
			q, err := page.Parse(at, 200, answer, "")
			if err != nil {
				return nil, err
			}
			return q, nil
		}}
		walk := NewWalk(p, env)
		_, pages := walk.Match, walk.Pages(context.Background())
		for items, err := range pages {
			if err != nil {
				return
			}
			for _, it := range items {
				if it.URL.Scheme != "http" && it.URL.Scheme != "https" {
					t.Fatalf("an entry leads to %s", it.URL)
				}
			}
		}
	})
}
