package sim

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// gbk serves a page in GBK that declares gb2312, as old sites do.
func (s *site) gbk(pattern, body string) {
	encoded, err := simplifiedchinese.GBK.NewEncoder().String(body)
	if err != nil {
		panic(err) // fixed text of this package
	}
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, encoded)
	})
}

const gbkMeta = `<meta http-equiv="Content-Type" content="text/html; charset=gb2312">`

// addVSB is a site in GBK whose page files count down; its attachments want a Referer.
func addVSB(w *Web) {
	s := w.site("vsb.gaoyuan.test")
	mark := "<!--Announced by Visual SiteBuilder 9--><script>_jsq_(1045,'/list.jsp',-1,1164291239)</script>"
	s.gbk("GET /{$}", "<html><head>"+gbkMeta+"</head><body>"+menu+`<a href="/xxgk.htm">信息公开</a></body></html>`)
	s.gbk("GET /xxgk.htm", "<html><head>"+gbkMeta+"</head><body>"+menu+`<a href="xxgk/nb.htm">信息公开年报</a></body></html>`)
	var entries []entry
	for year := 2024; year >= 2012; year-- {
		issuer, path := "高原县人民政府", fmt.Sprintf("/info/1103/%d.htm", year)
		s.web.Truth = append(s.web.Truth, Truth{s.url(path), issuer, year, "page"})
		file := ""
		if year == 2015 {
			s.pdf("/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1164291239&wbfileid=12241422", issuer, year, true)
			file = `<ul><li>附件【<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1164291239&wbfileid=12241422">年报.pdf</a>】</li></ul>`
		}
		s.gbk("GET "+path, "<html><head>"+gbkMeta+"<title>"+Title(issuer, year)+"</title></head><body>"+mark+menu+`<form name="_newscontent_fromname"><h2>`+Title(issuer, year)+`</h2><div id="vsb_content"><div class="v_news_content">`+
			ReportText(issuer, year, 0)+"</div></div>"+file+"</form></body></html>")
		entries = append(entries, entry{path, Title(issuer, year), fmt.Sprintf("%d-01-26", year+1)})
	}
	pages := cut(entries, 5)
	for i, p := range pages {
		path := "/xxgk/nb.htm"
		if i > 0 {
			path = fmt.Sprintf("/xxgk/nb/%d.htm", len(pages)-i)
		}
		var items strings.Builder
		for k, e := range p {
			fmt.Fprintf(&items, `<li id="line_u6_%d"><a href="%s" title="%s">%s</a><span>%s</span></li>`, k, e.href, e.title, e.title, e.date)
		}
		s.gbk("GET "+path, "<html><head>"+gbkMeta+"<title>信息公开年报</title></head><body>"+mark+menu+"<ul>"+items.String()+fmt.Sprintf("</ul>共%d条  %d/%d</body></html>", len(entries), i+1, len(pages)))
	}
	s.seed("/")
}

// addStatic is a site of no family with what old sites have: a refresh for a home page, a column in a frame, session
// ids, twins, soft errors and wrong types.
func addStatic(w *Web) {
	s := w.site("static.laocheng.test")
	s.html("GET /{$}", `<html><head><meta http-equiv="refresh" content="0;url=./main/"></head></html>`)
	s.html("GET /main/{$}", `<html><title>老城区</title><body>`+menu+`<a href="/main/gk.html;jsessionid=8A7F?PHPSESSID=123">信息公开</a><a href="/calendar/2024/1.html">日历</a></body></html>`)
	s.html("GET /main/gk.html", `<html><title>信息公开</title><body>`+menu+`<a href="/nb/">政府信息公开年报</a></body></html>`)
	s.html("GET /nb/{$}", `<html><title>政府信息公开年报</title><body><iframe src="/visitcount.html"></iframe><iframe src="/nb/list.html" width="100%"></iframe></body></html>`)
	s.html("GET /visitcount.html", "1")
	s.calendar()
	s.html("GET /guide.html", "<html><title>政府信息公开指南</title><body><h1>政府信息公开指南</h1>"+strings.Repeat("<p>主动公开，依申请公开，行政复议，年度报告。</p>", 20)+"</body></html>")
	var entries []entry
	for year := 2024; year >= 2010; year-- {
		issuer, path := "老城区人民政府", fmt.Sprintf("/nb/content_%d.html", year)
		href := path
		switch year {
		case 2024: // a session id in the address, and a twin with another
			href = path + ";jsessionid=" + strings.Repeat("A1", 8)
			entries = append(entries, entry{path + "?utm_source=home", Title(issuer, year), "2025-01-26"})
		case 2023: // sent as a download
			s.web.Truth = append(s.web.Truth, Truth{s.url(path), issuer, year, "page"})
			s.mux.HandleFunc("GET "+path, func(rw http.ResponseWriter, _ *http.Request) {
				rw.Header().Set("Content-Type", "application/octet-stream")
				fmt.Fprint(rw, ReportPage(issuer, year, 0))
			})
			entries = append(entries, entry{path, Title(issuer, year), "2024-01-26"})
			continue
		case 2022: // a file that is called a page
			path = "/nb/2022.pdf"
			s.web.Truth = append(s.web.Truth, Truth{s.url(path), issuer, year, "document"})
			s.mux.HandleFunc("GET "+path, func(rw http.ResponseWriter, _ *http.Request) {
				rw.Header().Set("Content-Type", "text/html")
				rw.Write(Document(issuer, year))
			})
			entries = append(entries, entry{path, Title(issuer, year), "2023-01-26"})
			continue
		case 2021: // a page behind a jump
			s.html("GET /nb/jump2021.html", `<html><head><script>window.location.replace("/nb/content_2021.html")</script></head><body></body></html>`)
			href = "/nb/jump2021.html"
		case 2020: // removed: status 200 and an apology
			s.html("GET "+path, "<html><title>提示</title><body>"+menu+"<p>您访问的页面不存在或已被删除</p></body></html>")
			entries = append(entries, entry{path, Title(issuer, year), "2021-01-26"})
			continue
		case 2019: // behind a redirect that sets www.
			s.mux.HandleFunc("GET /nb/old2019.html", func(rw http.ResponseWriter, r *http.Request) {
				http.Redirect(rw, r, "/nb/content_2019.html", http.StatusFound)
			})
			href = "/nb/old2019.html"
		case 2018: // a link that names a file and leads to a page
			s.html("GET /nb/2018.doc", "<html><title>登录</title><body>请登录后下载</body></html>")
			entries = append(entries, entry{"/nb/2018.doc", "2018年政府信息公开年报附件.doc", "2019-01-26"})
		}
		s.report(path, issuer, year, false)
		entries = append(entries, entry{href, Title(issuer, year), fmt.Sprintf("%d-01-26", year+1)})
	}
	for i, p := range cut(entries, 6) {
		name, next := "list.html", fmt.Sprintf(`<a href="list_%d.html">下一页</a>`, i+2)
		if i > 0 {
			name = fmt.Sprintf("list_%d.html", i+1)
		}
		s.html("GET /nb/"+name, "<html><title>列表</title><body><ul>"+lis(p)+`</ul><a href="/nb/calendar/2024/1.html">2024年1月日历</a>`+next+"</body></html>")
	}
	s.seed("/")
}

// calendar is a page for each month, for ever.
func (s *site) calendar() {
	page := func(w http.ResponseWriter, r *http.Request) {
		year, month := atoi(r.PathValue("year")), atoi(strings.TrimSuffix(r.PathValue("month"), ".html"))
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<html><title>%d年%d月</title><body><a href="/calendar/%d/%d.html">下一页</a><a href="/calendar/%d/1.html">%d年</a></body></html>`, year, month, year+month/12, month%12+1, year+1, year+1)
	}
	s.mux.HandleFunc("GET /calendar/{year}/{month}", page)
	s.mux.HandleFunc("GET /nb/calendar/{year}/{month}", page) // below the column of some sites
}

// addFlaky is a site that breaks connections, asks for patience, drips, and serves a list without end.
func addFlaky(w *Web) {
	s := w.site("flaky.fengkou.test")
	s.common("/zfxxgk/nb/index.html")
	var mu sync.Mutex
	count := map[string]int{}
	first := func(r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		count[r.URL.Path]++
		return count[r.URL.Path] == 1
	}
	var entries []entry
	for year := 2024; year >= 2017; year-- {
		issuer, path := "风口县人民政府", fmt.Sprintf("/zfxxgk/nb/content_%d.html", year)
		s.web.Truth = append(s.web.Truth, Truth{s.url(path), issuer, year, "page"})
		entries = append(entries, entry{path, Title(issuer, year), fmt.Sprintf("%d-01-26", year+1)})
		s.mux.HandleFunc("GET "+path, func(rw http.ResponseWriter, r *http.Request) {
			rw.Header().Set("Content-Type", "text/html; charset=utf-8")
			switch {
			case year == 2023 && first(r):
				rw.Header().Set("Retry-After", "1")
				http.Error(rw, "busy", http.StatusServiceUnavailable)
			case year == 2022 && first(r):
				panic(http.ErrAbortHandler) // the connection breaks
			case year == 2021 && first(r): // fewer bytes than promised
				rw.Header().Set("Content-Length", "100000")
				fmt.Fprint(rw, "<html>")
			case year == 2020: // slow
				time.Sleep(300 * time.Millisecond)
				fmt.Fprint(rw, ReportPage(issuer, year, 0))
			default:
				fmt.Fprint(rw, ReportPage(issuer, year, 0))
			}
		})
	}
	// Never ends: the crawler's time limit does.
	drip := "/zfxxgk/nb/content_2016.html"
	entries = append(entries, entry{drip, Title("风口县人民政府", 2016), "2017-01-26"})
	s.mux.HandleFunc("GET "+drip, func(rw http.ResponseWriter, r *http.Request) {
		for {
			select {
			case <-r.Context().Done():
				return
			case <-time.After(50 * time.Millisecond):
				fmt.Fprint(rw, "<p>")
				if f, ok := rw.(interface{ Unwrap() http.ResponseWriter }); ok {
					f.Unwrap().(http.Flusher).Flush()
				}
			}
		}
	})
	s.html("GET /zfxxgk/nb/index.html", "<html><title>政府信息公开年报</title><body>"+menu+"<ul>"+lis(entries)+`</ul><a href="/zfxxgk/nb/more/2.html">下一页</a></body></html>`)
	s.mux.HandleFunc("GET /zfxxgk/nb/more/{n}", func(rw http.ResponseWriter, r *http.Request) { // a list that makes itself up
		n := atoi(strings.TrimSuffix(r.PathValue("n"), ".html"))
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(rw, `<html><title>政府信息公开年报</title><body><ul>%s</ul><a href="/zfxxgk/nb/more/%d.html">下一页</a></body></html>`,
			lis([]entry{{fmt.Sprintf("/zfxxgk/nb/none_%d.html", n), fmt.Sprintf("第%d次会议纪要公布", n), "2020-01-01"}}), n+1)
	})
	s.seed("/")
}

// addForbidding is a site whose robots.txt forbids the column.
func addForbidding(w *Web) {
	s := w.site("robots.shanyin.test")
	s.common("/zfxxgk/nb/index.html")
	s.mux.HandleFunc("GET /robots.txt", func(rw http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(rw, "User-agent: *\nDisallow: /zfxxgk/nb/\n")
	})
	s.html("GET /zfxxgk/nb/index.html", "<html><title>政府信息公开年报</title><body>"+entry{"/zfxxgk/nb/2023.html", Title("山阴县人民政府", 2023), "2024-01-26"}.li()+"</body></html>")
	s.html("GET /zfxxgk/nb/2023.html", ReportPage("山阴县人民政府", 2023, 0))
	s.seed("/")
}

// addChallenging is a site behind a script challenge.
func addChallenging(w *Web) {
	s := w.site("challenge.guanhe.test")
	s.mux.HandleFunc("/", func(rw http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(rw, r)
			return
		}
		rw.WriteHeader(http.StatusPreconditionFailed)
		fmt.Fprint(rw, `<html><head><meta id="x" content="abc" r="m"><script>$_ts=window['$_ts'];</script></head><body></body></html>`)
	})
	s.seed("/")
}

// addDead is a site that nobody answers for.
func addDead(w *Web) {
	s := w.site("dead.feiqi.test")
	s.seed("/")
}
