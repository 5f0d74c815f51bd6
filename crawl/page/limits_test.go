package page

import (
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"
)

// Hostile pages cost a crawl seconds and megabytes, no more, and keep their links.
func TestLimits(t *testing.T) {
	u, err := url.Parse("http://a.gov.cn/list.html")
	if err != nil {
		t.Fatal(err)
	}
	link := `<a href="/2024.html">2024年政府信息公开工作年度报告</a>`
	var many strings.Builder
	for range 300_000 {
		many.WriteString(" onload" + string(rune('a'+many.Len()%26)) + "=x")
	}
	for name, body := range map[string]string{
		"nested":               link + strings.Repeat("<div>", 300_000) + link,
		"nested formatting":    link + strings.Repeat("<b><i><font color=red>", 100_000) + strings.Repeat("<p>x", 10_000) + link,
		"attributes":           link + "<p" + many.String() + ">" + link,
		"attributes, repeated": link + strings.Repeat("<b"+many.String()[:400_000]+">", 10) + link,
		"attributes of a body": "<body" + many.String() + "><body" + many.String() + ">" + link,
		"open quote":           link + `<p a="` + many.String(),
		"scripts":              link + "<script>" + strings.Repeat("if(a<b c d e f g){", 100_000) + "</script>" + link,
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		p, err := Parse(u, 200, []byte(body), "text/html; charset=utf-8")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if links := p.AllLinks(); len(links) == 0 || links[0].URL.Path != "/2024.html" {
			t.Errorf("%s: links %v", name, links)
		}
		took := time.Since(start)
		runtime.ReadMemStats(&after)
		mb := (after.TotalAlloc - before.TotalAlloc) >> 20
		t.Log(name, took, mb, "MB")
		if mb > 200 || took > 5*time.Minute {
			t.Errorf("%s: took %v and %d MB", name, took, mb)
		}
	}
}
