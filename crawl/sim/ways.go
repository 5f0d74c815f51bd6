package sim

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// waySites hide the way to their reports, or the links to them.
var waySites = []func(*Web){addClickEntries, addClickNumbers, addPictureMap, addArchive, addYearTable, addPictureHome, addCookieHome, addCookieRefresh, addOtherFrame, addChain, addEnterprises, addSchoolSeed, addPatience, addZips}

// addClickEntries has entries that carry their address in an attribute, for a handler.
func addClickEntries(w *Web) {
	s, entries := w.column("click.hongshan.test", "/nb/index.html", "红山区人民政府", 2012, 2024, 32)
	list := ""
	for i, e := range entries {
		if i%2 == 0 {
			list += fmt.Sprintf(`<li lnk="%s" onclick="go(this)"><p>%s</p><span>%s</span></li>`, e.href, e.title, e.date)
		} else {
			list += fmt.Sprintf(`<li class="row" data-target-url="%s"><p>%s</p><span>%s</span></li>`, e.href, e.title, e.date)
		}
	}
	s.html("GET /nb/index.html", columnPage(list, `<script>function go(e){ location.href = e.getAttribute('lnk'); }</script>`))
}

// addClickNumbers has entries whose handler is given a number, and pages whose handler is given theirs.
func addClickNumbers(w *Web) {
	s, entries := w.column("view.anping.test", "/nb/index.html", "安坪县人民政府", 2006, 2024, 42)
	pages := cut(entries, 7)
	for i, p := range pages {
		name, list := "index.html", ""
		if i > 0 {
			name = fmt.Sprintf("index-%d.html", i+1)
		}
		for _, e := range p {
			parts := strings.Split(strings.TrimSuffix(e.href, ".html"), "/")
			list += fmt.Sprintf(`<li><a href="javascript:void(0)" onclick="view('%s', '%s')">%s</a><span>%s</span></li>`, parts[len(parts)-2], parts[len(parts)-1], e.title, e.date)
		}
		s.html("GET /nb/"+name, columnPage(list, fmt.Sprintf(`<a href="#" onclick="turn(%d)">下一页</a><script>function view(d, id){ if (d == 'other') { window.open('/other/' + id + '.html'); } window.open("/content/" + d + "/" + id + ".html"); }
function turn(n){ var target = "/nb/index-" + n + ".html"; window.location.href = target; }</script>`, i+2)))
	}
}

// addPictureMap has a picture on which each year is an area.
func addPictureMap(w *Web) {
	s := w.site("map.fengning.test")
	s.common("/nb/index.html")
	issuer, areas := "丰宁里县人民政府", ""
	for year := 2024; year >= 2015; year-- {
		path := fmt.Sprintf("/content/%d.html", year)
		s.report(path, issuer, year, false)
		areas += fmt.Sprintf(`<area shape="rect" coords="0,%d,90,%d" href="%s" alt="%d年">`, year, year+9, path, year)
	}
	s.html("GET /nb/index.html", columnPage("", `<img src="/img/nb.jpg" usemap="#m"><map name="m">`+areas+`</map>`))
	s.seed("/")
	w.Names[s.url("/")], w.Most[s.host] = issuer, 24
}

// addArchive keeps its older years behind a link of another name, on a host of its own.
func addArchive(w *Web) {
	s, entries := w.column("archive.guangchang.test", "/nb/index.html", "广昌里县人民政府", 2019, 2024, 30)
	old := w.site("old.guangchang.test")
	w.Most[old.host] = 30
	older := old.reports([]string{"广昌里县人民政府"}, 2010, 2018, false, func(i, year int) string { return fmt.Sprintf("/gk/%d.html", year) })
	s.html("GET /nb/index.html", columnPage(lis(entries), `<p>说明：<a href="/nb/lishi.html">历史数据</a></p>`))
	s.html("GET /nb/lishi.html", columnPage("", `<p><a href="http://old.guangchang.test/gk/">旧版网站</a></p>`))
	old.html("GET /gk/{$}", `<html><title>广昌里县</title><body><ul>`+lis(older)+"</ul></body></html>")
}

// addYearTable is a city whose table of bodies by years leads to the sites of those bodies, which are seeds themselves
// and link to nothing.
func addYearTable(w *Web) {
	s := w.site("table.pinghu.test")
	s.common("/nb/index.html")
	rows := ""
	for i, body := range []string{"平湖里市教育局", "平湖里市民政局"} {
		office := w.site([]string{"jyj.pinghuli.test", "mzj.pinghuminzheng.test"}[i])
		office.html("GET /{$}", "<html><title>"+body+"</title><body>"+menu+"<p>欢迎访问</p></body></html>")
		office.html("GET /news.html", "<html><title>新闻</title><body>新闻</body></html>")
		rows += "<tr><td>" + body + "</td>"
		for year := 2024; year >= 2020; year-- {
			path := fmt.Sprintf("/show/%d.html", year*3+i)
			office.report(path, body, year, false)
			rows += fmt.Sprintf(`<td><a href="%s">%d</a></td>`, office.url(path), year)
		}
		rows += "</tr>"
		office.seed("/")
		w.Names[office.url("/")], w.Most[office.host] = body, 14
	}
	s.html("GET /nb/index.html", columnPage("", "<table>"+rows+"</table>"))
	s.seed("/")
	w.Most[s.host] = 12
}

// addPictureHome has a home page that is one picture with a link without words.
func addPictureHome(w *Web) {
	s := w.site("picture.luoyan.test")
	entries := s.reports([]string{"落雁镇人民政府"}, 2014, 2024, false, func(i, year int) string { return fmt.Sprintf("/content/%d.html", year) })
	s.html("GET /{$}", `<html><head><title>落雁镇</title></head><body style="text-align:center"><a href="/portal/main.htm"><img src="/img/welcome.jpg"></a></body></html>`)
	s.html("GET /portal/main.htm", "<html><title>落雁镇</title><body>"+menu+`<a href="/gk/">政务公开</a></body></html>`)
	s.html("GET /gk/{$}", portalPage("/gk/nb.html"))
	s.html("GET /gk/nb.html", columnPage(lis(entries), ""))
	s.seed("/")
	w.Names[s.url("/")], w.Most[s.host] = "落雁镇人民政府", 30
}

// addCookieHome redirects to itself until its cookie comes back.
func addCookieHome(w *Web) {
	s, entries := w.column("cookie.wangcang.test", "/nb/index.html", "旺仓里县人民政府", 2014, 2024, 40)
	s.html("GET /nb/index.html", columnPage(lis(entries), ""))
	s.behindCookie(func(rw http.ResponseWriter, r *http.Request) {
		http.Redirect(rw, r, r.URL.RequestURI(), http.StatusFound)
	})
}

// addCookieRefresh does so by a page that refreshes itself.
func addCookieRefresh(w *Web) {
	s, entries := w.column("refresh.tongjiang.test", "/nb/index.html", "通江里县人民政府", 2014, 2024, 40)
	s.html("GET /nb/index.html", columnPage(lis(entries), ""))
	s.behindCookie(func(rw http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(rw, `<html><head><meta http-equiv="refresh" content="0"></head><body></body></html>`)
	})
}

// behindCookie lets nobody see the site who does not send the cookie that the first answer sets.
func (s *site) behindCookie(first func(http.ResponseWriter, *http.Request)) {
	inner := s.mux
	s.mux = http.NewServeMux()
	s.mux.HandleFunc("/", func(rw http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("visited"); r.URL.Path == "/robots.txt" || err == nil && c.Value == "7f3a" {
			inner.ServeHTTP(rw, r)
			return
		}
		http.SetCookie(rw, &http.Cookie{Name: "visited", Value: "7f3a", Path: "/"})
		first(rw, r)
	})
}

// addOtherFrame has a column with words of its own around a frame on another path, whose entries lie on a third and are
// called by their years alone.
func addOtherFrame(w *Web) {
	s := w.site("frame.qianshui.test")
	s.common("/nb/index.html")
	issuer, list := "浅水县人民政府", ""
	for year := 2024; year >= 2014; year-- {
		path := fmt.Sprintf("/info/7/%d.html", year)
		s.report(path, issuer, year, false)
		list += entry{path, fmt.Sprintf("%d年年报", year), fmt.Sprintf("%d-01-20", year+1)}.li()
	}
	words := strings.Repeat("<p>根据条例规定，行政机关应当在每年一月三十一日前公布本机关上一年度的工作年度报告，欢迎查阅。</p>", 8)
	s.html("GET /nb/index.html", columnPage("", words+`<a href="/guide.html">政府信息公开指南</a><iframe src="/plug/listframe?cid=7" width="100%"></iframe>`))
	s.html("GET /plug/listframe", "<html><body><ul>"+list+"</ul></body></html>")
	s.seed("/")
	w.Names[s.url("/")], w.Most[s.host] = issuer, 30
}

// addChain lists only its newest report, whose page leads to the one before it.
func addChain(w *Web) {
	s := w.site("chain.yanmen.test")
	issuer := "雁门里县人民政府"
	for year := 2024; year >= 2016; year-- {
		path := fmt.Sprintf("/c/%d.html", year*17%1000)
		s.web.Truth = append(s.web.Truth, Truth{s.url(path), issuer, year, "page"})
		before := "没有了"
		if year > 2016 {
			before = fmt.Sprintf(`<a href="/c/%d.html">%s</a>`, (year-1)*17%1000, Title(issuer, year-1))
		}
		s.html("GET "+path, strings.Replace(ReportPage(issuer, year, 0), "</body>", "<p>上一篇："+before+"</p></body>", 1))
		if year == 2024 {
			s.common("/nb/index.html")
			s.html("GET /nb/index.html", columnPage(entry{path, Title(issuer, year), "2025-01-20"}.li(), ""))
		}
	}
	s.seed("/")
	w.Names[s.url("/")], w.Most[s.host] = issuer, 24
}

// addEnterprises lists the disclosure reports of companies and schools among those of offices.
func addEnterprises(w *Web) {
	s := w.site("mixedbodies.danjiang.test")
	s.common("/nb/index.html")
	var entries []entry
	for i, body := range []string{"丹江里市水务局", "丹江里市教育局", "丹江里市国有资产监督管理委员会"} {
		for year := 2024; year >= 2021; year-- {
			path := fmt.Sprintf("/content/%d/%d.html", i, year)
			s.report(path, body, year, false)
			entries = append(entries, entry{path, Title(body, year), fmt.Sprintf("%d-01-20", year+1)})
		}
	}
	for i, label := range []string{"丹江里自来水公司信息公开报告", "丹江里自来水有限公司2023年信息公开年度报告", "丹江里职业技术学院2022-2023学年信息公开年度报告", "丹江里市第一中学2023年信息公开年度报告",
		"丹江里燃气集团有限公司2022年政府信息公开工作年度报告", "2023年度信息公开年度报告"} {
		path := fmt.Sprintf("/qsy/%d.html", i)
		body := strings.ReplaceAll(ReportText("丹江里自来水有限公司", 2023, i), "政府信息公开", "信息公开")
		s.html("GET "+path, `<html><head><title>`+label+`</title></head><body>`+menu+`<h1>`+label+`</h1>`+body+"</body></html>")
		entries = append(entries, entry{path, label, "2024-01-20"})
	}
	s.html("GET /nb/index.html", columnPage(lis(entries), ""))
	s.seed("/")
	w.Most[s.host] = 34
}

// addSchoolSeed is a school that the seed file names: its reports are wanted.
func addSchoolSeed(w *Web) {
	s := w.site("school.danjiang.test")
	s.common("/nb/index.html")
	issuer := "丹江里职业技术学院"
	var entries []entry
	for year := 2024; year >= 2020; year-- {
		path, label := fmt.Sprintf("/xxgk/%d.html", year), fmt.Sprintf("%s%d年信息公开年度报告", issuer, year)
		s.web.Truth = append(s.web.Truth, Truth{s.url(path), issuer, year, "page"})
		s.html("GET "+path, `<html><head><title>`+label+`</title></head><body><h1>`+label+`</h1>`+ReportText(issuer, year, 0)+"</body></html>")
		entries = append(entries, entry{path, label, fmt.Sprintf("%d-11-20", year)})
	}
	s.html("GET /nb/index.html", columnPage(lis(entries), ""))
	s.seed("/")
	w.Names[s.url("/")], w.Most[s.host] = issuer, 20
}

// addPatience refuses its third page for a while, and names the time.
func addPatience(w *Web) {
	s, entries := w.column("patience.muchuan.test", "/nb/index.html", "沐川里县人民政府", 2014, 2024, 42)
	s.html("GET /nb/index.html", columnPage(lis(entries), ""))
	inner, n := s.mux, 0
	var mu sync.Mutex
	s.mux = http.NewServeMux()
	s.mux.HandleFunc("/", func(rw http.ResponseWriter, r *http.Request) {
		mu.Lock()
		n++
		refuse := n == 7 || n == 8
		mu.Unlock()
		if refuse {
			rw.Header().Set("Retry-After", "1")
			http.Error(rw, "too fast", http.StatusForbidden)
			return
		}
		inner.ServeHTTP(rw, r)
	})
}

// addZips offers zip files: one with the reports of several years, one with a year's alone, one with forms.
func addZips(w *Web) {
	s, entries := w.column("zip.yishan.test", "/nb/index.html", "沂山里县人民政府", 2022, 2024, 24)
	for _, z := range []struct {
		path, label string
		year        int
		members     []string
	}{
		{"/files/a.zip", "2018-2021年政府信息公开年报打包下载", 0, []string{"沂山里县2018年政府信息公开工作年度报告.docx", "沂山里县2019年政府信息公开工作年度报告.docx", "沂山里县2021年政府信息公开工作年度报告.pdf"}},
		{"/files/b.zip", "年报.zip", 2017, []string{"2017年年报.doc"}},
		{"/files/c.zip", "常用表格下载.zip", -1, []string{"申请表.docx", "政府信息公开申请流程.docx"}},
	} {
		if z.year >= 0 {
			w.Truth = append(w.Truth, Truth{s.url(z.path), "沂山里县人民政府", z.year, "document"})
		}
		s.mux.HandleFunc("GET "+z.path, func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", "application/zip")
			rw.Write(Zip(z.members))
		})
		entries = append(entries, entry{z.path, z.label, "2022-03-01"})
	}
	s.html("GET /nb/index.html", columnPage(lis(entries), ""))
}

// Zip is a zip file with members of these names, written in GBK as Chinese programs write them.
func Zip(members []string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range members {
		encoded, err := simplifiedchinese.GBK.NewEncoder().String(name)
		if err != nil {
			panic(err) // fixed text of this package
		}
		f, err := z.CreateHeader(&zip.FileHeader{Name: encoded, NonUTF8: true, Method: zip.Deflate})
		if err == nil {
			_, err = f.Write([]byte(name))
		}
		if err != nil {
			panic(err) // a bytes.Buffer takes everything
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
