package list

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/crawl/page"
)

// FuzzWalk walks a list of whatever a site may send: it ends, soon, without a panic, and says why.
func FuzzWalk(f *testing.F) {
	for _, c := range fixtures {
		f.Add(c.source, `{"rows":[{"title":"青山县2023年年报","url":"/1.html"}],"next":"x"}`)
	}
	f.Add(`<form method=post><input name=__VIEWSTATE value=x><a href="javascript:__doPostBack('a','Page$2')">2</a></form>`, `<a href="javascript:__doPostBack('a','Page$3')">3</a>`)
	f.Add(`<button data-cursor=c1 data-url=/more>加载更多</button><script>var a='/x?page='+n+'&s='+s; $.post('/q',{pageNo:n});</script>`, `<?xml version="1.0"?></a><b><title>青山县</title><url>/x.html</url></b>`)
	f.Add(`<table><tr><td>青山县教育局<td><a onclick="go('1',2)">2023</a></table><script>function go(a,b){if(a=='1'){x="/"+a+(b-1)+".html"}}</script>`, "cb([{}])")
	f.Fuzz(func(t *testing.T, first, answer string) {
		u, err := url.Parse("http://a.test/nb/index.html")
		if err != nil {
			t.Fatal(err)
		}
		p, err := page.Parse(u, 200, []byte(first), "text/html; charset=utf-8")
		if err != nil {
			return
		}
		requests := 0
		start := time.Now()
		w := NewWalk(p, Env{Years: []int{2023}, Get: func(_ context.Context, r Request) (*page.Page, error) {
			if requests++; requests > 2*maxPages+200 {
				t.Fatalf("%d requests", requests)
			}
			at, err := url.Parse(r.URL)
			if err != nil || at.Host != "a.test" || strings.ContainsAny(r.Method, " \n") {
				t.Fatalf("request %+v", r)
			}
			q, err := page.Parse(at, 200, []byte(answer), "text/html; charset=utf-8")
			if err != nil {
				return &page.Page{URL: at, Status: 404}, nil
			}
			return q, nil
		}})
		for range w.Pages(context.Background()) {
		}
		if end := w.End(); end.Why == "" || end.Complete == (end.Next != "") {
			t.Errorf("%+v", end)
		}
		if d := time.Since(start); d > 5*time.Minute {
			t.Errorf("%v for %d and %d bytes", d, len(first), len(answer))
		}
	})
}
