package list

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/crawl/page"
)

// entries writes n list entries with addresses of their own, from number first on.
func entries(first, n int) string {
	var b strings.Builder
	for i := first; i < first+n; i++ {
		fmt.Fprintf(&b, `<li><a href="/nb/%d.html">青山县第%d局2023年政府信息公开工作年度报告</a><span>2024-01-02</span></li>`, i, i)
	}
	return b.String()
}

// TestWalkFindsAll walks small sites that answer only the addresses given, and counts the reports listed.
func TestWalkFindsAll(t *testing.T) {
	pages := func(more map[string]string) func(Request) string {
		return func(r Request) string { return more[strings.TrimPrefix(r.URL, "http://a.test")] }
	}
	articles := func(first, n int) string {
		var all []string
		for i := first; i < first+n; i++ {
			all = append(all, fmt.Sprintf(`{"title":"青山县第%d局2023年政府信息公开工作年度报告","url":"/gkmlpt/content/%d.html"}`, i, i))
		}
		return fmt.Sprintf(`{"total":%d,"articles":[%s]}`, 12, strings.Join(all, ","))
	}
	rows := func(first, n int) string {
		var all []string
		for i := first; i < first+n; i++ {
			all = append(all, fmt.Sprintf(`{"realtitle":"青山县第%d局2023年政府信息公开工作年度报告","infourl":"/nb/%d.html"}`, i, i))
		}
		return `{"custom":{"data":[` + strings.Join(all, ",") + `]}}`
	}
	epointPage := `<script>var siteInfo = {"siteGuid":"7eb5","projectName":"/EWB-FRONT"};</script> lightfrontaction`
	index := func(r Request) (n int, wrapped bool) {
		var body struct {
			PageIndex int
			Params    *struct{ PageIndex int }
		}
		if err := json.Unmarshal([]byte(r.Body), &body); err != nil {
			t.Error(err)
		}
		if body.Params != nil {
			return body.Params.PageIndex, true
		}
		return body.PageIndex, false
	}
	catalogue := `<script>window._CONFIG = { SID: '755031', TREE: [{"id":720,"children":[],"name":"x"},{"id":721,"pid":0,"name":"\u653f\u5e9c\u4fe1\u606f\u516c\u5f00\u5e74\u62a5"}] };</script>`
	for _, c := range []struct {
		name, address, source string
		answer                func(Request) string
		want                  int
	}{
		{"numbers without a next link, names of no template", "/nb/", entries(1, 3) + `<a href="/nb/p2.html">2</a> <a href="/nb/p3.html">[3]</a> <a href="/nb/p3.html">尾页</a>`,
			pages(map[string]string{"/nb/p2.html": entries(4, 3) + `<a href="/nb/">1</a> <a href="/nb/p3.html">3</a>`, "/nb/p3.html": entries(7, 2)}), 8},
		{"a next link that leads nowhere", "/nb/", entries(1, 3) + `<a href="/gone.html">下一页</a>`, pages(map[string]string{"/nb/index_1.html": entries(4, 2)}), 5},
		{"pages in a choice", "/nb/", entries(1, 3) + `<select><option value="/nb/">第1页</option><option value="/nb/a2.html">第2页</option></select>`,
			pages(map[string]string{"/nb/a2.html": entries(4, 3)}), 6},
		{"a next link kept in an attribute", "/nb/", entries(1, 3) + `<a class="pgBtn" tagname="/nb/100002.html" href="#">&gt;</a>`, pages(map[string]string{"/nb/100002.html": entries(4, 3)}), 6},
		{"rows in a script", "/nb/", `<script>var data=[{"title":"\u9752\u5c71\u53bf2023年政府信息公开工作年度报告","url":"\/nb\/1.html"},{url:'2.html',title:'青山县2022年政府信息公开工作年度报告'}];</script>`, pages(nil), 2},
		{"anchors in a script", "/nb/", `<script>document.write("<li><a href=\"/nb/1.html\">青山县2023年政府信息公开工作年度报告</a></li>")</script>`, pages(nil), 1},
		{"a full page without any pager", "/nb/", entries(1, 9), pages(map[string]string{"/nb/index_1.html": entries(10, 2)}), 11},
		{"the same under ucap", "/c1/common_list.shtml", `<meta name="channelid" content="a1a078ee0bc54721ab6b148884c784a2">` + entries(1, 9),
			pages(map[string]string{"/c1/common_list_2.shtml": entries(10, 9), "/c1/common_list_3.shtml": entries(19, 1)}), 19},
		{"trs that counts from 1", "/nb/", entries(1, 3) + `<script>createPageHTML('page-div', 3, 1, 'index', 'html', 7);</script>`,
			pages(map[string]string{"/nb/index_1.html": entries(1, 3), "/nb/index_2.html": entries(4, 3), "/nb/index_3.html": entries(7, 1)}), 7},
		{"jpaas that refuses large pages", "/col/col9/index.html", `<div queryData="{'parseType':'bulidstatic','webId':'52','pageId':'9','tagId':'x'}"></div><script src="/jpaas-publish-server/a.js"></script>`,
			func(r Request) string {
				list, _ := json.Marshal(map[string]any{"data": map[string]string{"html": entries(1, 15)}})
				last, _ := json.Marshal(map[string]any{"data": map[string]string{"html": entries(16, 2)}})
				switch u, _ := url.QueryUnescape(r.URL); {
				case strings.Contains(u, `"pageNo":1,"pageSize":15`):
					return string(list)
				case strings.Contains(u, `"pageNo":2,"pageSize":15`):
					return string(last)
				}
				return `{"success":false}`
			}, 17},
		{"gkmlpt that counts 0, 2, 3 and escapes its tree", "/gkmlpt/index", catalogue,
			func(r Request) string {
				if !strings.Contains(r.URL, "/api/all/721?") {
					return ""
				}
				number := firstMatch(regexp.MustCompile(`page=(\d)`), r.URL)
				return map[string]string{"0": articles(1, 5), "1": articles(0, 0), "2": articles(6, 5), "3": articles(11, 2)}[number]
			}, 12},
		{"epoint, bare, from 0", "/govInfoPub.html?categorynum=003006", epointPage, func(r Request) string {
			n, wrapped := index(r)
			if wrapped {
				return rows(0, 0)
			}
			return []string{rows(1, 5), rows(6, 5), rows(11, 1), rows(0, 0)}[min(n, 3)]
		}, 11},
		{"epoint, bare, from 1, takes 0 for 1", "/govInfoPub.html?categorynum=003006", epointPage, func(r Request) string {
			n, wrapped := index(r)
			if wrapped {
				return rows(0, 0)
			}
			return []string{rows(1, 5), rows(1, 5), rows(6, 5), rows(0, 0)}[min(n, 3)]
		}, 10},
		{"epoint, wrapped, from 1", "/govInfoPub.html?categorynum=003006", epointPage, func(r Request) string {
			n, wrapped := index(r)
			if !wrapped {
				return rows(0, 0)
			}
			return []string{rows(0, 0), rows(1, 5), rows(6, 5), rows(0, 0)}[min(n, 3)]
		}, 10},
		{"xxgk whose tree writes names first", "/col/col1229/index.html", `<div id="div1229"></div><script>$.get('/module/xxgk/tree.jsp?area=11'); post('/module/xxgk/search.jsp', {jdid: 1305})</script>`,
			func(r Request) string {
				switch {
				case strings.Contains(r.URL, "tree.jsp"):
					return `[{"name":"机构职能","id":"A01"},{"name":"政府信息公开年报","id":"A02"}]`
				case strings.Contains(r.Body, "infotypeId=A02") && strings.Contains(r.Body, "currpage=1&"):
					return entries(1, 4)
				}
				return "<p></p>"
			}, 4},
	} {
		p := parse(t, "http://a.test"+c.address, c.source)
		requests, found := 0, 0
		env := Env{Years: []int{2023}, Get: func(_ context.Context, r Request) (*page.Page, error) {
			requests++
			u, err := url.Parse(r.URL)
			if err != nil {
				return nil, err
			}
			if body := c.answer(r); body != "" {
				return page.Parse(u, 200, []byte(body), "")
			}
			return &page.Page{URL: u, Status: 404}, nil
		}}
		walk := NewWalk(p, env)
		match, all := walk.Match, walk.Pages(context.Background())
		for items, err := range all {
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			}
			for _, it := range items {
				if strings.Contains(it.Text, "年度报告") {
					found++
				}
			}
		}
		if found != c.want || requests > 12 {
			t.Errorf("%s: as %s %d reports with %d requests, want %d", c.name, match.Lister.Family(), found, requests, c.want)
		}
	}
}

func TestDaysAreNoPages(t *testing.T) {
	var days, numbers string
	for i := 1; i <= 30; i++ {
		days += fmt.Sprintf(`<a href="/nb/?d=%d">%d</a>`, i, i)
	}
	for i := 2; i <= 5; i++ {
		numbers += fmt.Sprintf(`<a href="/nb/%d.html">第%d页</a>`, i, i)
	}
	if n := len(numberedLinks(parse(t, "http://a.test/nb/", days))); n != 0 {
		t.Errorf("%d days of a month taken for pages", n)
	}
	if n := len(numberedLinks(parse(t, "http://a.test/nb/", numbers+`<a href="/nb/2024.html">2024</a>`))); n != 4 {
		t.Errorf("%d numbered pages, want 4", n)
	}
}
