package html

import (
	"context"
	"slices"
	"strings"
	"testing"
)

func TestElsewhere(t *testing.T) {
	const title = `<title>甲镇2023年政府信息公开工作年度报告</title><h1>甲镇2023年政府信息公开工作年度报告</h1>`
	for _, c := range []struct {
		name, address, page string
		want                string
		script              bool
	}{
		{"links to files", "http://a.example/zw/1.html", `<a href="/upload/2023nb.wps">年报.wps</a><a href="x.ofd">年报.ofd</a>`, "http://a.example/upload/2023nb.wps http://a.example/zw/x.ofd", false},
		{"the report's file before others", "http://a.example/zw/", `<a href="guide.pdf">阅读器说明</a><a href="2.pdf">2023年政府信息公开年度报告</a>`, "http://a.example/zw/2.pdf", false},
		{"an address without an ending, called a file", "http://a.example/1", `<a href="/system/download.jsp?wbfileid=12">年度报告.doc</a>`, "http://a.example/system/download.jsp?wbfileid=12", false},
		{"a download names its file", "http://a.example/1", `<a href="/down.do?name=%E5%B9%B4%E6%8A%A5.pdf&amp;id=3">点击下载</a>`, "http://a.example/down.do?name=%E5%B9%B4%E6%8A%A5.pdf&id=3", false},
		{"a viewer in a frame", "http://a.example/zw/1.html", `<iframe src="/pdfjs/web/viewer.html?file=..%2F..%2Fupload%2F2023nb.pdf"></iframe>`, "http://a.example/upload/2023nb.pdf", false},
		{"a viewer of another host", "http://a.example/1", `<iframe src="https://view.officeapps.example/op/view.aspx?src=http%3A%2F%2Fa.example%2Fnb.docx"></iframe>`, "http://a.example/nb.docx", false},
		{"embedded", "http://a.example/zw/1", `<embed src="nb.pdf" type="application/pdf"><object data="nb.pdf"></object>`, "http://a.example/zw/nb.pdf", false},
		{"the page's base", "http://a.example/zw/1", `<base href="http://b.example/files/"><a href="nb.xlsx">附表</a>`, "http://b.example/files/nb.xlsx", false},
		{"refreshed", "http://a.example/1", `<meta http-equiv="Refresh" content="0; url='/zw/2023.html'">`, "http://a.example/zw/2023.html", false},
		{"sent on by a script", "http://a.example/1", `<script>window.location.href = "/zw/2023.html";</script>`, "http://a.example/zw/2023.html", true},
		{"a file in a script", "http://a.example/1", `<script>PDFObject.embed("/upload/nb.pdf", "#box");</script>`, "http://a.example/upload/nb.pdf", true},
		{"a file behind a click", "http://a.example/1", `<a href="javascript:void(0)" onclick="window.open('/upload/nb.pdf')">查看</a>`, "http://a.example/upload/nb.pdf", false},
		{"a file in data", "http://a.example/1", `<div data-pdf="/upload/nb.pdf"></div>`, "http://a.example/upload/nb.pdf", false},
		{"loaded by a script", "http://a.example/1", `<div id="app"></div><script>$.getJSON("/api/article?id=3", show)</script>`, "http://a.example/api/article?id=3", true},
		{"a frame of a page", "http://a.example/1", `<iframe src="about:blank"></iframe><iframe src="content.html"></iframe>`, "http://a.example/content.html", false},
		{"a script of its own", "http://a.example/1", `<div id="app"></div><script src="/app.js"></script>`, "", true},
		{"no address known", "", `<a href="./nb.wps">年报</a>`, "./nb.wps", false},
		{"beside an import", "import:page.html", `<a href="/upload/nb.wps">年报</a>`, "import:nb.wps", false},
		{"nothing", "http://a.example/1", `<a href="/index.html">首页</a><a href="#top">返回</a><img src="a.png">`, "", false},
	} {
		doc, err := Read(context.Background(), []byte(title+c.page), Options{Address: c.address})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(doc.Elsewhere, " "); got != c.want || doc.Scripted != c.script {
			t.Errorf("%s: %q (script %v), want %q", c.name, got, doc.Scripted, c.want)
		}
	}
	if doc := read(t, title+`<p>一、总体情况</p><p>二、主动公开政府信息情况</p><p>三、收到和处理政府信息公开申请情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p>`+strings.Repeat("<p>工作有序。</p>", 60)+`<a href="nb.pdf">PDF版</a>`); len(doc.Elsewhere) > 0 {
		t.Errorf("a report that links its twin: %v", doc.Elsewhere)
	}
}

func TestEndOf(t *testing.T) {
	for page, want := range map[string]ending{
		"<p>共3条。":                                         {line: true},
		"<p>共3条。</p>":                                     {},
		"<ul><li>甲<li>乙</ul>":                             {},
		"<table><tr><td>5":                                {cut: "the page ends within a table", cell: true, line: true},
		"<table><tr><td>5</td>":                           {cut: "the page ends within a table"},
		"<table><tr><td>5</table>":                        {},
		"<TABLE><TR><TD>5<TR><TD>6</TABLE>":               {},
		"<table><tr><td>5</div></body></html>":            {cut: "the page ends within a table", cell: true},
		"<table><tr><td><table></table></body></html>":    {}, // one that lays out the page and is not closed
		"<table><tr><td><table></table>":                  {cut: "the page ends within a table", cell: true},
		"<div><p>甲</p>":                                   {cut: "the page ends within a div element, without the end tags of a page"},
		"<div><p>甲</p></body></html>":                     {},
		"<p>甲</p><tab":                                    {cut: "the page ends within a tag"},
		`<p>甲</p><a href="x>`:                             {cut: "the page ends within a tag"},
		"<p>甲</p><!-- ":                                   {cut: "the page ends within a comment"},
		"<table><tr><td>5<!-- ":                           {cut: "the page ends within a table", cell: true, line: true},
		"<p>甲</p><script>var a = '<table>'":               {cut: "the page ends within a script element"},
		"<p>甲</p><script>var a = '<table>'</script>":      {},
		"<!-- <table> --><p>甲</p>":                        {},
		"<p>3 < 5</p>":                                    {},
		"<table><tr><td title='a>b'>5</td></tr></table>x": {line: true},
	} {
		if got := endOf([]byte(page)); got != want {
			t.Errorf("%s: %+v, want %+v", page, got, want)
		}
	}
}

// The cell within which a page ends is the last one in the source, though a foot that stands before it is shown below.
func TestOpenCell(t *testing.T) {
	doc := read(t, `<table><tfoot><tr><td>合计</td><td>7</td></tr></tfoot><tr><td>甲</td><td>5</td></tr><tr><td>乙</td><td>2`)
	var open []string
	for _, b := range doc.Blocks {
		if b.Grid != nil {
			for _, c := range b.Grid.Cells {
				if c.Open {
					open = append(open, c.Text)
				}
			}
		}
	}
	if !slices.Equal(open, []string{"2"}) {
		t.Errorf("open cells %v", open)
	}
}
