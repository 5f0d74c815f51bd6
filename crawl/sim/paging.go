package sim

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// pagingSites continue their lists in ways of their own.
var pagingSites = []func(*Web){addPostback, addGridView, addPageForm, addCursorAttr, addCursorLink, addCursorScript, addScriptPath, addAjaxPost, addScriptFile, addCountInScript, addCountInAttr,
	addLayPage, addFetchJSON, addXMLList, addYearTabs, addDataID}

// column makes a site of one body with a column at a path, and returns the entries of its list.
func (w *Web) column(host, path, issuer string, first, last, most int) (*site, []entry) {
	s := w.site(host)
	s.common(path)
	entries := s.reports([]string{issuer}, first, last, false, func(i, year int) string { return fmt.Sprintf("/content/%d/%d.html", year+1, year*10+i) })
	s.seed("/")
	w.Names[s.url("/")], w.Most[host] = issuer, most
	return s, entries
}

// columnPage is a page of a column with a list and what else stands on it.
func columnPage(list, rest string) string {
	return `<html><head><title>政府信息公开年报</title></head><body>` + menu + `<ul class="list">` + list + `</ul>` + rest + `</body></html>`
}

func (s *site) handle(pattern string, f func(r *http.Request) string) {
	s.mux.HandleFunc(pattern, func(rw http.ResponseWriter, r *http.Request) {
		body := f(r)
		switch {
		case body == "":
			http.NotFound(rw, r)
			return
		case strings.HasPrefix(body, "{") || strings.HasPrefix(body, "["):
			rw.Header().Set("Content-Type", "application/json")
		default:
			rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		}
		fmt.Fprint(rw, body)
	})
}

func toJSON(v any) string {
	out, err := json.Marshal(v)
	if err != nil {
		panic(err) // plain values of this package
	}
	return string(out)
}

func rowsJSON(entries []entry, url func(entry) any) []map[string]any {
	rows := []map[string]any{}
	for _, e := range entries {
		rows = append(rows, map[string]any{"title": e.title, "url": url(e), "publishDate": e.date})
	}
	return rows
}

func href(e entry) any { return e.href }

// viewState is what a page must get back to know where it is.
func viewState(n int) string {
	return base64.StdEncoding.EncodeToString(fmt.Appendf(nil, "/wEPDwUK page=%d %s", n, strings.Repeat("x", 200)))
}

func fromViewState(s string) int {
	text, _ := base64.StdEncoding.DecodeString(s) // what is no base64 names no page
	n := 0
	if _, err := fmt.Sscanf(string(text), "/wEPDwUK page=%d", &n); err != nil {
		return 0
	}
	return n
}

// addPostback is a list of ASP.NET whose next page is a post-back: only the view state knows which page it is.
func addPostback(w *Web) {
	s, entries := w.column("postback.qinghe.test", "/nb/list.aspx", "青河县人民政府", 2004, 2024, 45)
	pages := cut(entries, 7)
	page := func(n int) string {
		next := `<a id="Next" href="javascript:__doPostBack('ctl00$Pager$Next','')">下一页</a>`
		if n == len(pages) {
			next = `<a id="Next" disabled="disabled">下一页</a>`
		}
		return columnPage(lis(pages[n-1]), fmt.Sprintf(`<form method="post" action="./list.aspx" id="form1"><input type="hidden" name="__VIEWSTATE" value="%s"/><input type="hidden" name="__EVENTVALIDATION" value="ok"/>
<input type="hidden" name="__EVENTTARGET" value=""/><input type="hidden" name="__EVENTARGUMENT" value=""/>第%d页/共%d页 %s <input type="submit" name="btnSearch" value="查询"/></form>`, viewState(n), n, len(pages), next))
	}
	s.handle("GET /nb/list.aspx", func(*http.Request) string { return page(1) })
	s.handle("POST /nb/list.aspx", func(r *http.Request) string {
		n := fromViewState(r.FormValue("__VIEWSTATE"))
		if n == 0 || n >= len(pages) || r.FormValue("__EVENTVALIDATION") != "ok" || r.FormValue("__EVENTTARGET") != "ctl00$Pager$Next" || r.PostForm.Has("btnSearch") {
			return ""
		}
		return page(n + 1)
	})
}

// addGridView is one whose pager has numbers alone, three at a time.
func addGridView(w *Web) {
	s, entries := w.column("gridview.baisha.test", "/nb/nb.aspx", "白沙县人民政府", 2006, 2024, 45)
	pages := cut(entries, 4)
	page := func(n int) string {
		pager := ""
		first := (n-1)/3*3 + 1
		for k := first; k < first+3 && k <= len(pages); k++ {
			if k == n {
				pager += fmt.Sprintf("<td><span>%d</span></td>", k)
			} else {
				pager += fmt.Sprintf(`<td><a href="javascript:__doPostBack(&#39;GridView1&#39;,&#39;Page$%d&#39;)">%d</a></td>`, k, k)
			}
		}
		if first+3 <= len(pages) {
			pager += fmt.Sprintf(`<td><a href="javascript:__doPostBack(&#39;GridView1&#39;,&#39;Page$%d&#39;)">...</a></td>`, first+3)
		}
		return columnPage("", fmt.Sprintf(`<form method="post" action="nb.aspx"><input type="hidden" name="__VIEWSTATE" value="%s"/><ul>%s</ul><table><tr>%s</tr></table></form>`, viewState(n), lis(pages[n-1]), pager))
	}
	s.handle("GET /nb/nb.aspx", func(*http.Request) string { return page(1) })
	s.handle("POST /nb/nb.aspx", func(r *http.Request) string {
		var n int
		if _, err := fmt.Sscanf(r.FormValue("__EVENTARGUMENT"), "Page$%d", &n); err != nil || fromViewState(r.FormValue("__VIEWSTATE")) == 0 || n < 1 || n > len(pages) {
			return ""
		}
		return page(n)
	})
}

// addPageForm is a list whose script puts the page's number into a form and sends it.
func addPageForm(w *Web) {
	s, entries := w.column("pageform.luoping.test", "/nb/list.jsp", "罗坪县人民政府", 2008, 2024, 40)
	pages := cut(entries, 6)
	page := func(n int) string {
		return columnPage(lis(pages[n-1]), fmt.Sprintf(`<form name="pageForm" method="post" action="list.jsp"><input type="hidden" name="catalog" value="nb"/><input type="hidden" name="pageNo" value="%d"/></form>
<a href="javascript:toPage(%d)">下一页</a> 第%d页 共%d页<script>function toPage(n){document.pageForm.pageNo.value=n;document.pageForm.submit();}</script>`, n, min(n+1, len(pages)), n, len(pages)))
	}
	s.handle("GET /nb/list.jsp", func(*http.Request) string { return page(1) })
	s.handle("POST /nb/list.jsp", func(r *http.Request) string {
		n := atoi(r.FormValue("pageNo"))
		if r.FormValue("catalog") != "nb" || n < 1 || n > len(pages) {
			return ""
		}
		return page(n)
	})
}

// pieces cuts a list into pieces that are named by a word each, the first by none.
func pieces(entries []entry, per int) (all [][]entry, name func(int) string, find func(string) int) {
	all = cut(entries, per)
	name = func(i int) string { return fmt.Sprintf("c%x", i*7919+13) }
	find = func(s string) int {
		for i := range all {
			if i == 0 && s == "" || i > 0 && s == name(i) {
				return i
			}
		}
		return -1
	}
	return all, name, find
}

// addCursorAttr has a button that carries an address and a cursor; the answer is JSON with HTML and the next cursor
// inside.
func addCursorAttr(w *Web) {
	s, entries := w.column("cursor.tianchi.test", "/nb/index.html", "天池县人民政府", 2008, 2024, 40)
	all, name, find := pieces(entries, 6)
	s.html("GET /nb/index.html", columnPage(lis(all[0]), `<button class="btn-more" data-url="/nb/more" data-cursor="`+name(1)+`">加载更多</button>`))
	s.handle("GET /nb/more", func(r *http.Request) string {
		i := find(r.FormValue("cursor"))
		if i < 1 {
			return ""
		}
		out := map[string]any{"html": lis(all[i]), "next": nil}
		if i+1 < len(all) {
			out["next"] = name(i + 1)
		}
		return toJSON(out)
	})
}

// addCursorLink has a link to more, whose answer is a piece of HTML with the next such link.
func addCursorLink(w *Web) {
	s, entries := w.column("after.xiaxi.test", "/nb/index.html", "下溪县人民政府", 2010, 2024, 38)
	all, name, find := pieces(entries, 5)
	more := func(i int) string {
		if i >= len(all) {
			return "<p>没有更多了</p>"
		}
		return `<a class="more" href="javascript:;" data-href="/nb/piece?after=` + name(i) + `">点击加载更多</a>`
	}
	s.html("GET /nb/index.html", columnPage(lis(all[0]), more(1)))
	s.handle("GET /nb/piece", func(r *http.Request) string {
		i := find(r.FormValue("after"))
		if i < 1 {
			return ""
		}
		return lis(all[i]) + more(i+1)
	})
}

// addCursorScript fills its page by a script that asks for pieces by a cursor.
func addCursorScript(w *Web) {
	s, entries := w.column("scroll.zhongshan.test", "/nb/index.html", "中山里区人民政府", 2010, 2024, 38)
	all, name, find := pieces(entries, 5)
	s.html("GET /nb/index.html", columnPage("", `<script>var lastKey = ""; function load(){ $.getJSON('/api/v1/nb/list?size=5&cursor=' + lastKey, function(d){ render(d.rows); lastKey = d.nextCursor; if(!d.hasMore) stop(); }); } load();</script>`))
	s.handle("GET /api/v1/nb/list", func(r *http.Request) string {
		i := find(r.FormValue("cursor"))
		if i < 0 {
			return ""
		}
		out := map[string]any{"rows": rowsJSON(all[i], href), "hasMore": i+1 < len(all)}
		if i+1 < len(all) {
			out["nextCursor"] = name(i + 1)
		}
		return toJSON(map[string]any{"code": 0, "data": out})
	})
}

// addScriptPath names a file of rows in a script.
func addScriptPath(w *Web) {
	s, entries := w.column("path.huanglong.test", "/zfxxgk/nb/index.html", "黄龙县人民政府", 2010, 2024, 32)
	s.html("GET /zfxxgk/nb/index.html", columnPage("", `<div id="app"></div><script>var visit = "/stat/count.jsp?id=3"; var listUrl = "/zfxxgk/nb/data/list.json"; loadList(listUrl, "#app");</script>`))
	s.handle("GET /zfxxgk/nb/data/list.json", func(*http.Request) string { return toJSON(rowsJSON(entries, href)) })
}

// addAjaxPost asks for its list by a POST, and puts the addresses of its articles together from their numbers.
func addAjaxPost(w *Web) {
	s, entries := w.column("ajax.shuangqiao.test", "/nb/index.html", "双桥区人民政府", 2009, 2024, 40)
	s.html("GET /nb/index.html", columnPage("", `<script>var pageNo = 1; function query(){ $.ajax({ url: '/els-service/article/query', type: 'POST', data: { channelId: '88', pageNo: pageNo, pageSize: 6 }, success: function(r){
 $.each(r.data.records, function(i, item){ $('#l').append('<li><a href="/content/' + item.folder + '/' + item.id + '.html">' + item.bt + '</a></li>'); }); } }); }</script><ul id="l"></ul>`))
	s.handle("POST /els-service/article/query", func(r *http.Request) string {
		if r.FormValue("channelId") != "88" {
			return ""
		}
		n, rows := atoi(r.FormValue("pageNo")), []map[string]any{}
		for _, e := range window(entries, (n-1)*6+1, n*6) {
			parts := strings.Split(e.href, "/")
			if parts[1] == "content" {
				rows = append(rows, map[string]any{"id": strings.TrimSuffix(parts[3], ".html"), "folder": parts[2], "bt": e.title})
			}
		}
		return toJSON(map[string]any{"data": map[string]any{"records": rows, "pages": (len(entries) + 5) / 6}})
	})
}

// addScriptFile keeps its rows in a script file of its own.
func addScriptFile(w *Web) {
	s, entries := w.column("file.dongxi.test", "/nb/index.html", "东溪县人民政府", 2010, 2024, 32)
	s.html("GET /nb/index.html", columnPage("", `<script src="/js/jquery.min.js"></script><script src="./nblist.js"></script>`))
	s.handle("GET /nb/nblist.js", func(*http.Request) string {
		var rows []string
		for _, e := range entries {
			rows = append(rows, fmt.Sprintf(`{title:'%s',url:'%s',date:'%s'}`, e.title, e.href, e.date))
		}
		return "var nblist = [" + strings.Join(rows, ",\n") + "];"
	})
}

// addCountInScript has its number of pages in a script, which also says how they are called.
func addCountInScript(w *Web) {
	s, entries := w.column("count.linshui.test", "/nb/index.html", "临水县人民政府", 2006, 2024, 42)
	pages := cut(entries, 7)
	for i, p := range pages {
		name := "index.html"
		if i > 0 {
			name = fmt.Sprintf("nb-p%d.shtml", i)
		}
		s.html("GET /nb/"+name, columnPage(lis(p), fmt.Sprintf(`<div id="pager"></div><script>pager({el:'#pager', pageCount:%d, current:%d, jump:function(n){ if(n==1){location.href='index.html';}else{location.href='nb-p' + (n-1) + '.shtml';} }});</script>`, len(pages), i+1)))
	}
}

// addCountInAttr has it in an attribute.
func addCountInAttr(w *Web) {
	s, entries := w.column("attr.jinniu.test", "/nb/index.html", "金牛区人民政府", 2006, 2024, 42)
	pages := cut(entries, 7)
	for i, p := range pages {
		name := "index.html"
		if i > 0 {
			name = fmt.Sprintf("index_%d.html", i)
		}
		s.html("GET /nb/"+name, columnPage(lis(p), fmt.Sprintf(`<div class="pagination" data-pages="%d" data-total="%d"></div>`, len(pages), len(entries))))
	}
}

// addLayPage turns its pages with layui's laypage, whose jump names the parameter.
func addLayPage(w *Web) {
	s, entries := w.column("laypage.nanxi.test", "/nb/list", "南溪区人民政府", 2006, 2024, 42)
	pages := cut(entries, 7)
	s.handle("GET /nb/list", func(r *http.Request) string {
		n := max(atoi(r.FormValue("pn")), 1)
		if n > len(pages) {
			return columnPage("<li>暂无数据</li>", "")
		}
		return columnPage(lis(pages[n-1]), fmt.Sprintf(`<div id="page"></div><script>laypage.render({elem:'page', count:%d, limit:7, curr:%d, jump:function(obj, first){ if(!first) location.href = '/nb/list?pn=' + obj.curr; }});</script>`, len(entries), n))
	})
}

// addFetchJSON asks for its list with fetch and a template string.
func addFetchJSON(w *Web) {
	s, entries := w.column("fetch.beixin.test", "/nb/index.html", "北新区人民政府", 2009, 2024, 42)
	s.html("GET /nb/index.html", columnPage("", "<div id=app></div><script>let page = 1; async function load(){ const r = await fetch(`/api/content/list?channel=77&page=${page}&size=6`); const d = await r.json(); show(d.list); }</script>"))
	s.handle("GET /api/content/list", func(r *http.Request) string {
		if r.FormValue("channel") != "77" {
			return ""
		}
		n := atoi(r.FormValue("page"))
		return toJSON(map[string]any{"total": len(entries), "list": rowsJSON(window(entries, (n-1)*6+1, n*6), href)})
	})
}

// addXMLList keeps its list in an XML file.
func addXMLList(w *Web) {
	s, entries := w.column("xml.gucheng.test", "/nb/index.html", "古城区人民政府", 2010, 2024, 32)
	s.html("GET /nb/index.html", columnPage("", `<script>loadXML("/nb/nb_list.xml", show);</script>`))
	s.mux.HandleFunc("GET /nb/nb_list.xml", func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/xml")
		fmt.Fprint(rw, `<?xml version="1.0" encoding="UTF-8"?><list>`)
		for _, e := range entries {
			fmt.Fprintf(rw, "<news><title><![CDATA[%s]]></title><link>%s</link><pubDate>%s</pubDate></news>", e.title, e.href, e.date)
		}
		fmt.Fprint(rw, "</list>")
	})
}

// addYearTabs has a tab for each year whose script loads that year's rows.
func addYearTabs(w *Web) {
	s, entries := w.column("tabs.zhenhai.test", "/nb/index.html", "镇海里县人民政府", 2014, 2024, 42)
	byYear := map[string][]entry{}
	tabs := ""
	for _, e := range entries {
		year := e.date[:4]
		if byYear[year] == nil {
			tabs += `<li onclick="showYear('` + year + `')">` + year + `年</li>`
		}
		byYear[year] = append(byYear[year], e)
	}
	s.html("GET /nb/index.html", columnPage(tabs, `<div id="list"></div><script>function showYear(y){ $.getJSON('/nb/data/' + y + '.json', function(d){ fill(d); }); }</script>`))
	s.handle("GET /nb/data/{year}", func(r *http.Request) string {
		return toJSON(map[string]any{"rows": rowsJSON(byYear[strings.TrimSuffix(r.PathValue("year"), ".json")], href)})
	})
}

// addDataID has entries that carry a number alone, and a handler for all of them.
func addDataID(w *Web) {
	s, entries := w.column("dataid.yunxi.test", "/nb/index.html", "云溪县人民政府", 2010, 2024, 32)
	list := ""
	for _, e := range entries {
		parts := strings.Split(strings.TrimSuffix(e.href, ".html"), "/")
		if parts[1] == "content" {
			list += fmt.Sprintf(`<li class="item" data-dir="%s" data-id="%s"><b>%s</b><span>%s</span></li>`, parts[2], parts[3], e.title, e.date)
		}
	}
	s.html("GET /nb/index.html", columnPage(list, `<script>$('.list').on('click', '.item', function(){ window.open('/content/' + $(this).data('dir') + '/' + $(this).data('id') + '.html'); });</script>`))
}
