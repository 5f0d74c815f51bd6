package page

import (
	"net/url"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/gongkai-data/gongkai/extract/charset"
)

func mustPage(t testing.TB, address, source, ctype string) *Page {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Parse(u, 200, []byte(source), ctype)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A page is decoded as the reader of reports decodes it: UTF-8 that lost a byte stays UTF-8, whatever it declares.
func TestDamagedPageIsDecodedAsReportsAre(t *testing.T) {
	text := strings.Repeat("青山县二〇二三年政府信息公开工作年度报告。", 8)
	body := []byte(`<meta charset="gb2312"><title>年报</title><p>` + text[:100] + text[101:] + `</p>`)
	u, _ := url.Parse("http://www.example.gov.cn/")
	p, err := Parse(u, 200, body, "text/html; charset=gb2312")
	if err != nil {
		t.Fatal(err)
	}
	decoded, info := charset.Decode(body, "text/html; charset=gb2312")
	if p.Charset != info || info.Used != "utf-8" || info.Replacements == 0 || p.Source != string(decoded) || p.Title != "年报" {
		t.Errorf("the page was read as %+v (title %q), the report as %+v", p.Charset, p.Title, info)
	}
}

func TestResolveWritesTheQueryInThePageCharset(t *testing.T) {
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(`<meta charset="gbk"><a href="/目录/list.jsp?name=年报&x=1#top">a</a>`)
	if err != nil {
		t.Fatal(err)
	}
	p := mustPage(t, "http://a.test/", gbk, "")
	if got, want := p.AllLinks()[0].URL.String(), "http://a.test/%E7%9B%AE%E5%BD%95/list.jsp?name=%C4%EA%B1%A8&x=1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"HTTP://A.test:80/x;jsessionid=AB12?PHPSESSID=1&id=2#f":  "http://a.test/x?id=2",
		"http://a.test/x?sid=755031&sessid=0123456789abcdef0123": "http://a.test/x?sid=755031",
		"https://a.test:443":                   "https://a.test/",
		"http://a.test:8080/a?utm_source=home": "http://a.test:8080/a",
	} {
		u, err := url.Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		if got := Clean(u).String(); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestJump(t *testing.T) {
	for source, want := range map[string]string{
		`<meta http-equiv="refresh" content="0;url=./202301/">`:              "http://a.test/nb/202301/",
		`<META HTTP-EQUIV=Refresh CONTENT="3; URL='/x.html'">`:               "http://a.test/x.html",
		`<meta http-equiv="refresh" content="60;url=/x.html">`:               "",
		`<meta http-equiv="refresh" content="0;url=http://edu.test/1.html">`: "http://edu.test/1.html", // whether the crawl goes there, it decides
		`<script>location.href='http://ads.test/'</script>`:                  "",
		`<script>window.location.replace("/nb/a.html")</script>`:             "http://a.test/nb/a.html",
		`<script>location.href='/nb/'+x</script>`:                            "",
		`<script>location.href='/b.html'</script>` + strings.Repeat("文", 90): "",
	} {
		got := ""
		if u := mustPage(t, "http://a.test/nb/", source, "").Jump(); u != nil {
			got = u.String()
		}
		if got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}

func TestLinksKeepTheFullTitleAndTheDate(t *testing.T) {
	p := mustPage(t, "http://a.test/", `<ul><li><a href='a.html' title='某县2023年政府信息公开工作年度报告'>某县2023年政…</a><span>2024年1月6日</span></li></ul>`, "")
	l := p.AllLinks()[0]
	if l.Text != "某县2023年政府信息公开工作年度报告" || l.Date != "2024-01-06" {
		t.Errorf("%+v", l)
	}
}

// TestLinksOfAllSorts reads where clicks lead: scripts with a literal address, attributes, and anchors whose title
// stands beside them.
func TestLinksOfAllSorts(t *testing.T) {
	for source, want := range map[string]string{
		`<a href="javascript:void(0)" onclick="window.open('/nb/1.html')" title="2023年年报">2023…</a>`:                        "/nb/1.html 2023年年报",
		`<a href="javascript:openUrl('./1.html?id=2')">2023年年报</a>`:                                                         "/zwgk/1.html?id=2 2023年年报",
		`<li onclick="location.href='/nb/1.html'">2023年年报</li>`:                                                             "/nb/1.html 2023年年报",
		`<a href="#" data-href="/nb/2/">2023年年报</a>`:                                                                        "/nb/2/ 2023年年报",
		`<a href="#" data-url="not an address">x</a><a href="#top">y</a><a href="javascript:go(2)">2</a>`:                   "",
		`<table><tr><td>青山县教育局2023年年报</td><td>2024-01-26</td><td><a href="/x.pdf">点击下载</a></td></tr></table>`:               "/x.pdf 青山县教育局2023年年报",
		`<div class="box"><h3>政府信息公开年报</h3><span><a href="/nb/">更多&gt;&gt;</a></span></div>`:                                "/nb/ 政府信息公开年报",
		`<div><h1>青山县2023年政府信息公开工作年度报告</h1><a href="/nb/">更多</a></div>`:                                                     "/nb/ 更多",
		`<div><h3>通知公告</h3><h3>政府信息公开年报</h3><a href="/nb/">更多</a></div>`:                                                    "/nb/ 更多",
		`<select><option value="">选择</option><option value="/nb/2022/">2022年</option><option value="7">7</option></select>`: "/nb/2022/ 2022年",
		`<li><a href="/nb/">更多</a><b>政府信息公开年报</b></li>`:                                                                     "/nb/ 政府信息公开年报",
		`<li><a href="/nb/">白水镇</a><b>政府信息公开年报</b></li>`:                                                                    "/nb/ 白水镇",
	} {
		var got []string
		for _, l := range mustPage(t, "http://a.test/zwgk/", source, "").AllLinks() {
			got = append(got, l.URL.RequestURI()+" "+l.Text)
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s: %q, want %q", source, s, want)
		}
	}
}

func TestFilesThatSayItOnlyInTheirLabel(t *testing.T) {
	for source, want := range map[string]string{
		`<a href="/servlet/get?id=3">下载附件</a>`:                                        "/servlet/get?id=3",
		`<a href="/file/501">青山县2023年年报.docx</a>`:                                     "/file/501",
		`<a href="/nb/2.html">附件1</a><a href="/x/">下载</a><a href="/file/3">附近的公园</a>`: "",
		`<script>PDFObject.embed("/f/1.pdf", "#x")</script>`:                          "/f/1.pdf",
		`<script>help("/help.pdf")</script><a href="/f/2.doc">年报</a>`:                 "/f/2.doc",
	} {
		var got []string
		for _, a := range mustPage(t, "http://a.test/nb/", source, "").Attachments() {
			got = append(got, a.URL.RequestURI())
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%s: %q, want %q", source, s, want)
		}
	}
}

func TestAnchorsAroundWholeEntries(t *testing.T) {
	p := mustPage(t, "http://a.test/", `<a href="1.html"><h3>青山县2023年政府信息公开工作年度报告</h3><p>`+strings.Repeat("根据条例的要求编制本报告。", 20)+`</p></a>`, "")
	if l := p.AllLinks(); len(l) != 1 || l[0].Text != "青山县2023年政府信息公开工作年度报告" {
		t.Errorf("%+v", l)
	}
}

func TestAddressesInHandlersAreNoJump(t *testing.T) {
	links := `<li onclick="location.href='/nb/1.html'">2023年</li><li onclick="location.href='/nb/2.html'">2022年</li>`
	if u := mustPage(t, "http://a.test/", links, "").Jump(); u != nil {
		t.Errorf("a list is taken for a jump to %s", u)
	}
	if u := mustPage(t, "http://a.test/", `<a href="1.html">1</a><a href="2.html">2</a><a href="3.html">3</a><a href="4.html">4</a><script>function home(){location.href="/"+x; location.href='/index.html'}</script>`, "").Jump(); u != nil {
		t.Errorf("a page of links is taken for a jump to %s", u)
	}
}

func TestFilesOfTheFrameAreNoAttachments(t *testing.T) {
	p := mustPage(t, "http://a.test/", `<nav><a href="/help.pdf">使用帮助</a></nav><a href="/nb.pdf">年报</a><div class="footer"><a href="/f.doc">表</a></div>`, "")
	if all := p.Attachments(); len(all) != 1 || all[0].URL.Path != "/nb.pdf" {
		t.Errorf("%+v", all)
	}
}

func TestAttachments(t *testing.T) {
	p := mustPage(t, "http://a.test/nb/t1.html", `<a href="./P0202401.pdf" OLDSRC="/protect/x.pdf">年报.pdf</a><a href="/protect/y.pdf">y</a>
		<a href="/module/download/downfile.jsp?classid=0&showname=2023年报.pdf&filename=ab12.pdf">下载</a><div class="wp_pdf_player" pdfsrc="/_upload/z.pdf"></div>
		<iframe src="/pdfjs/web/viewer.html?file=/up/v.pdf"></iframe><a href="page.html">x</a>`, "")
	var got []string
	for _, a := range p.Attachments() {
		got = append(got, a.URL.Path+" "+a.Text)
	}
	want := "/nb/P0202401.pdf 年报.pdf|/module/download/downfile.jsp 2023年报.pdf|/_upload/z.pdf z.pdf|/up/v.pdf v.pdf"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("%s\nwant %s", s, want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`<meta http-equiv=refresh content="0;url=x"><a href="?a=年">x</a><iframe src=y></iframe>`), "text/html; charset=gbk")
	f.Add([]byte("\xff\xfe<\x00a\x00>\x00"), "")
	f.Fuzz(func(t *testing.T, body []byte, ctype string) {
		u := &url.URL{Scheme: "http", Host: "a.test", Path: "/"}
		p, err := Parse(u, 200, body, ctype)
		if err != nil {
			return
		}
		p.Jump()
		p.Frames()
		p.Attachments()
		p.Text()
		for _, l := range p.AllLinks() {
			if l.URL.Scheme != "http" && l.URL.Scheme != "https" {
				t.Fatalf("link to %s", l.URL)
			}
		}
	})
}
