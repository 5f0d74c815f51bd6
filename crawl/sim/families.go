package sim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// entry is one line of a list.
type entry struct{ href, title, date string }

func (e entry) li() string {
	short := []rune(e.title)
	text := e.title
	if len(short) > 12 {
		text = string(short[:12]) + "…"
	}
	return fmt.Sprintf(`<li><a href='%s' title='%s'>%s</a><span>%s</span></li>`, e.href, e.title, text, e.date)
}

func lis(entries []entry) string {
	var b strings.Builder
	for _, e := range entries {
		b.WriteString(e.li())
	}
	return b.String()
}

// cut splits entries into pages.
func cut(entries []entry, per int) [][]entry {
	var pages [][]entry
	for len(entries) > 0 {
		n := min(per, len(entries))
		pages = append(pages, entries[:n])
		entries = entries[n:]
	}
	return pages
}

// reports serves reports of some issuers and years, below a path made by address, and returns their list entries,
// newest first, with a distractor after each third.
func (s *site) reports(issuers []string, first, last int, validate bool, address func(i, year int) string) []entry {
	var entries []entry
	n := 0
	for year := last; year >= first; year-- {
		for i, issuer := range issuers {
			path := address(i, year)
			s.report(path, issuer, year, validate)
			entries = append(entries, entry{path, Title(issuer, year), fmt.Sprintf("%d-01-%02d", year+1, 10+i)})
			if n++; n%3 == 0 {
				d := distractors[(n/3)%len(distractors)]
				path := fmt.Sprintf("/other/%d.html", n)
				s.html("GET "+path, "<html><title>"+d+"</title><body>"+menu+"<h1>"+d+"</h1>"+strings.Repeat("<p>本单位按照要求完成年度工作，主动公开情况良好，具体情况予以公布。</p>", 12)+"</body></html>")
				entries = append(entries, entry{path, d, fmt.Sprintf("%d-01-05", year+1)})
			}
		}
	}
	return entries
}

func addTRS(w *Web) {
	s := w.site("trs.qingshan.test")
	s.common("/zfxxgk/nb/")
	entries := s.reports([]string{"青山县人民政府", "青山县教育局"}, 2014, 2024, true, func(i, year int) string {
		return fmt.Sprintf("/zfxxgk/nb/%d01/t%d0126_%d.html", year+1, year+1, 38400+year*10+i)
	})
	pages := cut(entries, 10)
	for i, p := range pages {
		body := "<html><title>政府信息公开年报</title><body>" + menu + `<ul class="list">` + lis(p) + `</ul><div class="side"><a href="/czxx/2023.html" title="2023年财政决算年度报告">2023年财政…</a></div>
<script>function createPageHTML(_nPageCount, _nCurrIndex){}</script><div class="page"><script>createPageHTML(` + fmt.Sprint(len(pages), ", ", i) + `, "index", "html");</script></div></body></html>`
		if i == 0 {
			s.html("GET /zfxxgk/nb/{$}", body)
		} else {
			s.html(fmt.Sprintf("GET /zfxxgk/nb/index_%d.html", i), body)
		}
	}
	s.seed("/")
	// An article that is nothing but a file beside it, and one twin as a file of an article.
	shell := "/zfxxgk/nb/202001/t20200126_38999.html"
	s.html("GET "+shell, `<html><head><meta name="ArticleTitle" content="`+Title("青山县财政局", 2019)+`"></head><body>`+menu+`<h1>`+Title("青山县财政局", 2019)+
		`</h1><p class="insertfileTag"><a appendix="true" href="./P020200126601234567890.pdf" title="年报.pdf" OLDSRC="/protect/P0202001/P020200126/P020200126601234567890.pdf">年报.pdf</a></p></body></html>`)
	s.pdf("/zfxxgk/nb/202001/P020200126601234567890.pdf", "青山县财政局", 2019, false)
	s.html("GET /zfxxgk/nb/bumen/index.html", "<html><title>部门年报</title><body><ul>"+entry{shell, Title("青山县财政局", 2019), "2020-01-26"}.li()+"</ul></body></html>")
	s.web.extraColumn(s, "/zfxxgk/nb/bumen/index.html", "部门信息公开年报")
}

// extraColumn adds a second column to a site's portal page as a seed would: through a page of its own that the home
// page's portal names.
func (w *Web) extraColumn(s *site, path, label string) {
	s.html("GET /zfxxgk/more.html", `<html><title>政府信息公开</title><body><a href="`+path+`">`+label+`</a></body></html>`)
	w.Seeds = append(w.Seeds, s.url("/zfxxgk/more.html"))
}

func datastoreXML(entries []entry, total int, next string) string {
	var b strings.Builder
	b.WriteString("<datastore>")
	if total > 0 {
		fmt.Fprintf(&b, "<totalrecord>%d</totalrecord><totalpage>%d</totalpage>", total, (total+14)/15)
	}
	if next != "" {
		fmt.Fprintf(&b, `<nextgroup><![CDATA[<a href="%s"></a>]]></nextgroup>`, next)
	}
	b.WriteString("<recordset>\n")
	for _, e := range entries {
		b.WriteString("<record><![CDATA[" + e.li() + "]]></record>\n")
	}
	b.WriteString("</recordset></datastore>")
	return b.String()
}

func jpagePage(entries []entry, total, column int, next string) string {
	return `<html><head><title>政府信息公开年报</title><meta name="ColumnName" content="政府信息公开年报"></head><body>` + menu + fmt.Sprintf(`<div id="57907"><script type="text/xml">%s</script></div>
<script>$('#57907').jpage({dataStore:ds,totalRecord:%d,perPage:5,groupSize:3,proxyUrl:'/module/web/jpage/dataproxy.jsp',ajaxParam:{col:1,appid:1,webid:15,path:'/',columnid:%d,sourceContentType:1,unitid:57907,webname:'%%E6%%9F%%90',permissiontype:0}});</script></body></html>`,
		datastoreXML(entries, 0, next), total, column)
}

func window(entries []entry, from, to int) []entry {
	from, to = max(from-1, 0), min(to, len(entries))
	if from >= to {
		return nil
	}
	return entries[from:to:to]
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func addJpageGroup(w *Web) {
	s := w.site("group.baishui.test")
	s.common("/col/col1234/index.html")
	entries := s.reports([]string{"白水县人民政府", "白水县河口镇人民政府"}, 2015, 2024, false, func(i, year int) string { return fmt.Sprintf("/art/%d/1/2%d/art_1234_%d.html", year+1, i, year*10+i) })
	next := "/module/web/jpage/dataproxy.jsp?page=1&appid=1&webid=15&path=/&columnid=1234&unitid=57907&webname=%E6%9F%90&permissiontype=0"
	s.html("GET /col/col1234/index.html", jpagePage(window(entries, 1, 5), len(entries), 1234, next))
	s.mux.HandleFunc("/module/web/jpage/dataproxy.jsp", func(rw http.ResponseWriter, r *http.Request) { // only page= counts
		n := max(atoi(r.FormValue("page")), 1)
		if r.FormValue("columnid") != "1234" {
			n = 1000
		}
		fmt.Fprint(rw, datastoreXML(append(window(entries, (n-1)*7+1, n*7), entry{"/art/2023/5/1/art_9999_1.html", "2022年年报", "2023-05-01"}), len(entries), next))
	})
	s.html("GET /art/2023/5/1/art_9999_1.html", "<html><body>"+menu+strings.Repeat("<p>供水公司完成全年任务，各项指标稳步提升，服务质量不断提高。</p>", 12)+"</body></html>")
	s.seed("/")
}

func addJpageRecord(w *Web) {
	s := w.site("record.hekou.test")
	s.common("/col/col77/index.html")
	entries := s.reports([]string{"河口区人民政府", "河口区卫生健康局"}, 2014, 2024, false, func(i, year int) string { return fmt.Sprintf("/art/%d/1/2%d/art_77_%d.html", year+1, i, year*10+i) })
	s.html("GET /col/col77/index.html", jpagePage(window(entries, 1, 5), len(entries), 77, ""))
	s.mux.HandleFunc("/module/web/jpage/dataproxy.jsp", func(rw http.ResponseWriter, r *http.Request) { // only startrecord= and endrecord= count, and only as a POST
		if r.Method != http.MethodPost || r.PostFormValue("columnid") != "77" {
			fmt.Fprint(rw, datastoreXML(window(entries, 1, 5), len(entries), ""))
			return
		}
		fmt.Fprint(rw, datastoreXML(window(entries, atoi(r.FormValue("startrecord")), atoi(r.FormValue("endrecord"))), len(entries), ""))
	})
	s.seed("/col/col77/index.html")
}

func addXxgk(w *Web) {
	s := w.site("xxgk.songlin.test")
	s.common("/col/col55/index.html")
	entries := s.reports([]string{"松林县人民政府", "松林县高岭乡人民政府"}, 2016, 2024, false, func(i, year int) string { return fmt.Sprintf("/art/%d/1/2%d/art_55_%d.html", year+1, i, year*10+i) })
	s.html("GET /col/col55/index.html", `<html><title>政府信息公开年报</title><body>`+menu+`<div id="div1665241"></div><script>$.get('/module/xxgk/tree.jsp?area=002482429');var q={jdid:1305,area:'002482429'};load('/module/xxgk/search.jsp');</script></body></html>`)
	s.html("GET /module/xxgk/tree.jsp", `<script>d.add('A01','0','机构职能');d.add('A02','0','政府信息公开年度报告');d.add('A03','0','政府信息公开指南');</script>`)
	s.mux.HandleFunc("POST /module/xxgk/search.jsp", func(rw http.ResponseWriter, r *http.Request) { // counts from 1; 0 is 1
		n := max(atoi(r.FormValue("currpage")), 1)
		if r.PostFormValue("infotypeId") != "A02" || r.PostFormValue("jdid") != "1305" {
			return
		}
		for _, e := range window(entries, (n-1)*6+1, n*6) {
			fmt.Fprintf(rw, `<tr class="tr_main_value_odd"><td><a class="bt_link" href="%s" title="%s">%s</a></td><td>%s</td></tr>`, e.href, e.title, e.title, e.date)
		}
		fmt.Fprintf(rw, "<td>&nbsp;&nbsp;共%d页&nbsp;</td>", (len(entries)+5)/6)
	})
	s.seed("/")
}

func addAnnual(w *Web) {
	s := w.site("annual.yunfeng.test")
	s.common("/zfxxgk/nblist.html")
	s.html("GET /zfxxgk/nblist.html", `<html><title>政府信息公开年报</title><body>`+menu+`<ul><li><a href="/module/xxgk/xxgkAnnualReport.jsp?area=1101&fbtime=2023">云峰县财政局</a></li>
<li><a href="/module/xxgk/xxgkAnnualReport.jsp?area=1102&fbtime=2023">云峰县石桥镇人民政府</a></li></ul></body></html>`)
	issuers := map[string]string{"1101": "云峰县财政局", "1102": "云峰县石桥镇人民政府"}
	has := func(area string, year int) bool {
		return year >= 2016 && year <= 2023 && (area == "1101" || year != 2019)
	}
	for area, issuer := range issuers {
		for year := 2008; year <= 2024; year++ {
			if has(area, year) {
				s.report(fmt.Sprintf("/module/xxgk/xxgkAnnualReport.jsp?area=%s&fbtime=%d", area, year), issuer, year, false)
			}
		}
	}
	s.mux.HandleFunc("GET /module/xxgk/xxgkAnnualReport.jsp", func(rw http.ResponseWriter, r *http.Request) {
		area, year := r.FormValue("area"), atoi(r.FormValue("fbtime"))
		rw.Header().Set("Content-Type", "text/html; charset=utf-8")
		if !has(area, year) {
			fmt.Fprint(rw, "<html><title>年度报告</title><body>"+menu+"<p>暂无数据</p></body></html>")
			return
		}
		fmt.Fprint(rw, ReportPage(issuers[area], year, s.web.versionOf("http://"+r.Host+r.URL.RequestURI())))
	})
	s.seed("/")
}

func addJpaas(w *Web) {
	s := w.site("jpaas.linhai.test")
	s.common("/zfxxgk/col1638.html")
	entries := s.reports([]string{"临海新区管理委员会"}, 2010, 2024, true, func(i, year int) string { return fmt.Sprintf("/art/%d/art_%032x.html", year+1, year*10+i) })
	s.html("GET /zfxxgk/col1638.html", `<html><title>政府信息公开年报</title><body>`+menu+`<div id="list" queryData="{'parseType':'bulidstatic','webId':'52','tplSetId':'MsPk','pageType':'column','tagId':'分页列表','editType':'null','pageId':'1638'}"><ul>`+
		lis(window(entries, 1, 5))+`</ul></div><script src="/jpaas-publish-server/front/list.js"></script></body></html>`)
	s.mux.HandleFunc("GET /api-gateway/jpaas-publish-server/front/page/build/unit", func(rw http.ResponseWriter, r *http.Request) {
		var p struct{ PageNo, PageSize int }
		if json.Unmarshal([]byte(r.FormValue("paramJson")), &p) != nil || r.FormValue("parseType") != "bulidstatic" || r.FormValue("pageId") != "1638" || r.FormValue("tagId") != "分页列表" {
			http.NotFound(rw, r)
			return
		}
		size := min(p.PageSize, 8) // the site caps it
		out, _ := json.Marshal(map[string]any{"data": map[string]any{"html": "<ul>" + lis(window(entries, (p.PageNo-1)*size+1, p.PageNo*size)) + "</ul>"}})
		rw.Header().Set("Content-Type", "application/json")
		rw.Write(out)
	})
	s.seed("/")
}

func addTrueCMS(w *Web) {
	s := w.site("truecms.jiangwan.test")
	s.common("/jwq/ndbg/ndbg.html")
	entries := s.reports([]string{"江湾区人民政府", "江湾区民政局"}, 2013, 2024, false, func(i, year int) string { return fmt.Sprintf("/jwq/ndbg/content/%08x-%04x.html", year*10+i, i) })
	s.html("GET /jwq/ndbg/ndbg.html", `<html><title>政府信息公开年报</title><body>`+menu+`<div id="initData"></div><script>$('#p').page({proxyUrl:'/truecms/messageController/getMessage.do',columnId:'0772e821-5733-421d-82e7-f545c5729b9e',perPage:10});</script></body></html>`)
	s.mux.HandleFunc("GET /truecms/messageController/getMessage.do", func(rw http.ResponseWriter, r *http.Request) {
		from, to := atoi(r.FormValue("startrecord")), atoi(r.FormValue("endrecord"))
		if r.Referer() == "" || to-from+1 > 20 || r.FormValue("columnId") != "0772e821-5733-421d-82e7-f545c5729b9e" {
			http.NotFound(rw, r)
			return
		}
		out, _ := json.Marshal(map[string]string{"result": datastoreXML(window(entries, from, to), len(entries), "")})
		fmt.Fprintf(rw, "cb(%s)", out)
	})
	s.seed("/")
}

func addWebPlus(w *Web) {
	s := w.site("webplus.meixi.test")
	s.common("/19740/list.htm")
	entries := s.reports([]string{"梅溪县人民政府"}, 2011, 2024, false, func(i, year int) string { return fmt.Sprintf("/%d/0126/c19740a%d/page.htm", year+1, year*10+i) })
	for i, p := range cut(entries, 6) {
		name := "list.htm"
		if i > 0 {
			name = fmt.Sprintf("list%d.htm", i+1)
		}
		s.html("GET /19740/"+name, `<html><title>政府信息公开年报</title><body>`+menu+`<div id="wp_news_w6"><ul>`+lis(p)+`</ul></div><div id="wp_paging_w6"><em class="all_count">`+fmt.Sprint(len(entries))+`</em><em class="per_count">6</em>
<a class="next" href="javascript:void(0);">下一页&gt;&gt;</a></div></body></html>`)
	}
	s.seed("/")
	shell := "/2010/0126/c19740a99/page.htm"
	s.html("GET "+shell, `<html><body>`+menu+`<h1>`+Title("梅溪县水利局", 2009)+`</h1><div class="wp_pdf_player" pdfsrc="/_upload/article/files/ab/cd/ef/1.pdf"></div></body></html>`)
	s.pdf("/_upload/article/files/ab/cd/ef/1.pdf", "梅溪县水利局", 2009, false)
	s.web.extraColumnLink(s, shell, Title("梅溪县水利局", 2009))
}

// extraColumnLink makes a page with one report a seed of its own.
func (w *Web) extraColumnLink(s *site, path, label string) {
	s.html("GET /zfxxgk/one.html", `<html><title>政府信息公开年报</title><body><ul>`+entry{path, label, "2010-01-26"}.li()+`</ul></body></html>`)
	w.Seeds = append(w.Seeds, s.url("/zfxxgk/one.html"))
}

const channel = "a1a078ee0bc54721ab6b148884c784a2"

func addUCAP(w *Web) {
	s := w.site("ucap.dongling.test")
	s.common("/dl/c100028/common_list.shtml")
	entries := s.reports([]string{"东岭市人民政府", "东岭市公安局"}, 2013, 2024, true, func(i, year int) string { return fmt.Sprintf("/dl/c100028/%d01/%032x.shtml", year+1, year*10+i) })
	s.html("GET /dl/c100028/common_list.shtml", `<html><head><title>政府信息公开年报</title><meta name="channelid" content="`+channel+`"></head><body>`+menu+`<div id="list"></div><script src="/render.js"></script><script>load('/common/search/`+channel+`')</script></body></html>`)
	s.mux.HandleFunc("GET /common/search/"+channel, func(rw http.ResponseWriter, r *http.Request) {
		n := atoi(r.FormValue("page"))
		var results []map[string]string
		for _, e := range window(entries, (n-1)*10+1, n*10) {
			results = append(results, map[string]string{"title": e.title, "url": e.href, "publishedTimeStr": e.date + " 10:02:00", "channelName": "年报"})
		}
		out, _ := json.Marshal(map[string]any{"data": map[string]any{"total": len(entries), "results": results}})
		rw.Header().Set("Content-Type", "application/json")
		rw.Write(out)
	})
	s.seed("/")
}

func addUCAPStatic(w *Web) {
	s := w.site("ucapstatic.xigu.test")
	s.common("/xg/c2/list.shtml")
	entries := s.reports([]string{"西谷县人民政府"}, 2008, 2024, false, func(i, year int) string { return fmt.Sprintf("/xg/c2/%d01/%032x.shtml", year+1, year*10+i) })
	for i, p := range cut(entries, 8) {
		name := "list.shtml"
		if i > 0 {
			name = fmt.Sprintf("list_%d.shtml", i+1) // counts from 1
		}
		s.html("GET /xg/c2/"+name, `<html><head><title>政府信息公开年报</title></head><body>`+menu+`<UCAPTITLE></UCAPTITLE><ul>`+lis(p)+`</ul><div>共17条 下一页 尾页</div></body></html>`)
	}
	s.seed("/")
}

func addGkmlpt(w *Web) {
	s := w.site("gkmlpt.nanwan.test")
	s.html("GET /{$}", `<html><title>南湾区</title><body><a href="/gkmlpt/index">政府信息公开</a></body></html>`)
	entries := s.reports([]string{"南湾区人民政府", "南湾区财政局"}, 2018, 2024, false, func(i, year int) string { return fmt.Sprintf("/gkmlpt/content/12/%d/post_%d.html", year, year*10+i) })
	s.html("GET /gkmlpt/index", `<html><title>政府信息公开目录</title><body><script>window._CONFIG = { SID: '755031', TREE: [ {"id":700,"name":"机构职能","children":[]}, {"id":721,"name":"政府信息公开年报","children":[]} ] };</script></body></html>`)
	s.mux.HandleFunc("GET /gkmlpt/api/all/721", func(rw http.ResponseWriter, r *http.Request) {
		n := max(atoi(r.FormValue("page")), 1)
		if r.FormValue("sid") != "755031" {
			http.NotFound(rw, r)
			return
		}
		var articles []map[string]any
		for _, e := range window(entries, (n-1)*5+1, n*5) {
			articles = append(articles, map[string]any{"id": 1, "title": e.title, "url": s.url(e.href), "created_at": e.date})
		}
		articles = append(articles, map[string]any{"id": 2, "title": "2023年政府信息公开年度报告", "url": "http://elsewhere.example/x.html"})
		out, _ := json.Marshal(map[string]any{"total": len(entries) + 9, "articles": articles})
		rw.Header().Set("Content-Type", "application/json")
		rw.Write(out)
	})
	s.seed("/")
}

// epointAPI answers getgovinfolist; wrapped is the older form.
func (s *site) epointAPI(project string, entries []entry, wrapped bool) {
	s.mux.HandleFunc("POST "+project+"/rest/lightfrontaction/getgovinfolist", func(rw http.ResponseWriter, r *http.Request) {
		type params struct {
			Categorynum, SiteGUID string
			PageIndex, PageSize   int
		}
		var outer struct {
			params
			Params *params
		}
		if json.NewDecoder(r.Body).Decode(&outer) != nil {
			http.Error(rw, "bad", http.StatusBadRequest)
			return
		}
		p, index := outer.params, outer.PageIndex
		if wrapped {
			if outer.Params == nil {
				fmt.Fprint(rw, `{"custom":{"data":[]}}`)
				return
			}
			p, index = *outer.Params, outer.Params.PageIndex+1
		}
		var rows []map[string]string
		if p.Categorynum == "003006" && p.SiteGUID == "7eb5f7f1" {
			size := min(p.PageSize, 9)
			for _, e := range window(entries, (index-1)*size+1, index*size) {
				rows = append(rows, map[string]string{"infourl": e.href, "realtitle": e.title, "title": "<font>" + e.title + "</font>", "infodate": e.date})
			}
		}
		out, _ := json.Marshal(map[string]any{"custom": map[string]any{"data": rows}})
		rw.Write(out)
	})
}

func addEpoint(w *Web) {
	s := w.site("epoint.beihe.test")
	s.common("/dynamic/zwgk/govInfoPub.html?categorynum=003006")
	entries := s.reports([]string{"北河市人民政府", "北河市审计局"}, 2014, 2024, false, func(i, year int) string { return fmt.Sprintf("/zwgk/003/%d0126/%d.html", year+1, year*10+i) })
	s.html("GET /dynamic/zwgk/govInfoPub.html", `<html><title>政府信息公开年报</title><body>`+menu+`<script src="/js/webBuilderCommon.js"></script></body></html>`)
	s.html("GET /js/webBuilderCommon.js", `var siteInfo = {"siteGuid":"7eb5f7f1","projectName":"/EWB-FRONT"}`)
	s.epointAPI("/EWB-FRONT", entries, false)
	s.seed("/")
}

func addEpointOld(w *Web) {
	s := w.site("epointold.yingshui.test")
	s.common("/dynamic/zwgk/govInfoPub.html?categorynum=003006")
	entries := s.reports([]string{"营水县人民政府"}, 2012, 2024, false, func(i, year int) string { return fmt.Sprintf("/zwgk/003/%d0126/%d.html", year+1, year*10+i) })
	s.html("GET /dynamic/zwgk/govInfoPub.html", `<html><title>政府信息公开年报</title><body>`+menu+`<script>var siteInfo = {"siteGuid":"7eb5f7f1","projectName":"/EWB_YK_Mid"}</script></body></html>`)
	s.epointAPI("/EWB_YK_Mid", entries, true)
	s.seed("/dynamic/zwgk/govInfoPub.html?" + url.Values{"categorynum": {"003006"}}.Encode())
}
