package sim

import (
	"fmt"
	"net/http"
	"strings"
)

// hardSites cost much or cannot be read to their ends.
var hardSites = []func(*Web){addSearchTrap, addMixedList, addCountUnmet, addClosedScript, addBrokenPage, addUnknownPager, addClosedPage, addSpelledOut}

// lose adds reports that the site holds and that no crawler finds.
func (s *site) lose(issuer string, first, last int) {
	for year := first; year <= last; year++ {
		s.web.Lost = append(s.web.Lost, Truth{s.url(fmt.Sprintf("/lost/%d.html", year)), issuer, year, "page"})
	}
}

// addSearchTrap links from every page to searches, whose results link to further ones.
func addSearchTrap(w *Web) {
	s, entries := w.column("search.panlong.test", "/nb/index.html", "盘龙里区人民政府", 2017, 2024, 64)
	trap := func(from int) string {
		links := ""
		for i := range 30 {
			links += fmt.Sprintf(`<a href="/front/lookup.do?tag=%d&from=%d">信息公开专题%d</a><a href="/search?q=%%E5%%85%%AC%%E5%%BC%%80%d&p=%d">政府信息公开检索</a>`, from*30+i, from, i, from*30+i, i)
		}
		return links + `<form action="/search"><input name="q"><input type="hidden" name="page" value="1"><input type="submit" value="搜索"></form>`
	}
	results := func(r *http.Request) string {
		n := atoi(r.FormValue("tag")) + len(r.FormValue("q"))
		return "<html><title>政府信息公开</title><body>" + trap(n+1) + "<p>找到相关结果</p></body></html>"
	}
	s.handle("GET /search", results)
	s.handle("GET /front/lookup.do", results)
	s.html("GET /nb/index.html", columnPage(lis(entries), trap(0)))
	s.html("GET /zfxxgk/gk.html", "<html><title>政府信息公开</title><body>"+trap(1)+"</body></html>")
}

// addMixedList is a list of everything, with four reports on its first pages and many pages behind them.
func addMixedList(w *Web) {
	s := w.site("mixed.dongping.test")
	issuer := "东坪里县人民政府"
	var entries []entry
	notices := []string{"关于召开%d年工作会议的通知", "我县举行第%d次集中开工活动", "关于公布%d年重点项目名单的公告", "全县防汛工作第%d次调度会召开…"}
	for i := range 800 {
		if i%13 == 5 && i/13 < 4 {
			year := 2024 - i/13
			path := fmt.Sprintf("/info/r%d.html", year)
			s.report(path, issuer, year, false)
			entries = append(entries, entry{path, Title(issuer, year), fmt.Sprintf("%d-01-20", year+1)})
			continue
		}
		path := fmt.Sprintf("/info/%d.html", i)
		label := fmt.Sprintf(notices[i%len(notices)], 2000+i%25)
		s.html("GET "+path, "<html><title>"+label+"</title><body>"+menu+strings.Repeat("<p>会议要求各部门认真落实，确保完成全年任务。</p>", 15)+"</body></html>")
		entries = append(entries, entry{path, label, fmt.Sprintf("20%02d-03-05", 24-i/40)})
	}
	s.html("GET /{$}", `<html><title>东坪里县</title><body>`+menu+`<a href="/info/index.html">政务公开</a></body></html>`)
	pages := cut(entries, 20)
	for i, p := range pages {
		name, list := "index.html", ""
		if i > 0 {
			name = fmt.Sprintf("index_%d.html", i)
		}
		for _, e := range p {
			list += fmt.Sprintf(`<li><a href="%s">%s</a><span>%s</span></li>`, e.href, e.title, e.date)
		}
		s.html("GET /info/"+name, "<html><title>政务公开</title><body>"+menu+"<ul>"+list+fmt.Sprintf(`</ul><a href="/info/index_%d.html">下一页</a></body></html>`, i+1))
	}
	s.lose(issuer, 2008, 2010)
	s.seed("/")
	w.Names[s.url("/")], w.Most[s.host] = issuer, 31
}

// addCountUnmet states more entries than its pages show.
func addCountUnmet(w *Web) {
	s, entries := w.column("unmet.suining.test", "/nb/index.html", "遂宁里县人民政府", 2019, 2024, 40)
	s.html("GET /nb/index.html", columnPage(lis(entries), `<div class="page">共 17 条记录</div>`))
	s.lose("遂宁里县人民政府", 2010, 2018)
}

// addClosedScript fills its column by a script that nobody can read.
func addClosedScript(w *Web) {
	s := w.site("closed.ningxi.test")
	s.common("/nb/index.html")
	s.html("GET /nb/index.html", columnPage("", `<div id="root"></div><script src="/dist/app.3f2a.js"></script>`))
	s.html("GET /dist/app.3f2a.js", `!function(e){var t=window[e("0x1f")];t(e("0x2a"),function(n){n[e("0x3")]()})}(function(a){return _0x12ab(a)});`)
	s.lose("宁西里县人民政府", 2018, 2024)
	s.seed("/")
	w.Names[s.url("/")], w.Most[s.host] = "宁西里县人民政府", 16
}

// addBrokenPage has a page of its list that never answers.
func addBrokenPage(w *Web) {
	s, entries := w.column("broken.mianxi.test", "/nb/index.html", "渑西县人民政府", 2017, 2024, 40)
	pages := cut(entries, 5)
	for i, p := range pages {
		name := "index.html"
		if i > 0 {
			name = fmt.Sprintf("index_%d.html", i)
		}
		s.html("GET /nb/"+name, columnPage(lis(p), fmt.Sprintf(`<a href="index_%d.html">下一页</a>`, i+1)))
	}
	s.mux.HandleFunc(fmt.Sprintf("GET /nb/index_%d.html", len(pages)), func(rw http.ResponseWriter, _ *http.Request) { http.Error(rw, "broken", http.StatusNotImplemented) })
	s.lose("渑西县人民政府", 2010, 2016)
}

// addUnknownPager turns its pages in a way that only its script knows.
func addUnknownPager(w *Web) {
	s, entries := w.column("pager.shahe.test", "/nb/index.html", "沙河里县人民政府", 2019, 2024, 40)
	s.html("GET /nb/index.html", columnPage(lis(entries), `<div class="pager"><a href="javascript:void(0)" class="on">1</a><a href="javascript:void(0)">2</a><a href="javascript:void(0)">下一页</a></div><script src="/dist/list.9c.js"></script>`))
	s.html("GET /dist/list.9c.js", `!function(e){e["\x67\x6f"]=1}(window);`)
	s.lose("沙河里县人民政府", 2012, 2018)
}

// addClosedPage refuses the second page of its list.
func addClosedPage(w *Web) {
	s, entries := w.column("refused.lingshan.test", "/nb/index.html", "灵山里县人民政府", 2019, 2024, 40)
	s.html("GET /nb/index.html", columnPage(lis(entries), `<a href="list2.html">下一页</a>`))
	s.mux.HandleFunc("GET /nb/list2.html", func(rw http.ResponseWriter, _ *http.Request) { http.Error(rw, "no", http.StatusForbidden) })
	s.lose("灵山里县人民政府", 2012, 2018)
}

// addSpelledOut lays its list out so that only a person can say what is an entry: it is for columns files.
func addSpelledOut(w *Web) {
	s := w.site("taught.wuyuan.test")
	issuer := "婺源里县人民政府"
	s.html("GET /{$}", `<html><title>婺源里县</title><body>`+menu+`<p>欢迎</p></body></html>`)
	s.html("GET /news.html", "<html><title>新闻</title><body>"+menu+"</body></html>")
	page := 0
	for year := 2024; year >= 2015; page++ {
		list := ""
		for range 4 {
			if year < 2015 {
				break
			}
			path := fmt.Sprintf("/w/%d.html", year*31%977)
			w.Lost = append(w.Lost, Truth{s.url(path), issuer, year, "page"})
			s.html("GET "+path, ReportPage(issuer, year, 0))
			list += fmt.Sprintf(`<div class="cell"><i>%d</i><a href="%s">阅读</a></div><div class="cell ad"><a href="/ad/%d.html">广告</a></div>`, year, path, year)
			year--
		}
		s.html(fmt.Sprintf("GET /x/%d.htm", 100-page), fmt.Sprintf(`<html><title>资料</title><body>%s<a id="fwd" href="/x/%d.htm">»</a></body></html>`, list, 99-page))
	}
	s.seed("/")
	w.Names[s.url("/")], w.Most[s.host] = issuer, 14
}
