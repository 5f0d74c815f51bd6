package html

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/html/tree"
)

// sections writes the six sections of an invented report, with a table in the second.
func sections(open, between, close string) string {
	var b strings.Builder
	b.WriteString(open)
	for i, h := range []string{"一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"} {
		fmt.Fprintf(&b, "<p><b>%s</b></p><p>槿安镇第%d段文字，全年公开信息若干。</p>", h, i+1)
		if i == 1 {
			b.WriteString(`<table><tr><td>规章</td><td>11</td></tr><tr><td>文件</td><td>22</td></tr></table>`)
		}
		b.WriteString(between)
	}
	return b.String() + close
}

func TestContainer(t *testing.T) {
	nav := `<ul><li><a href="#1">一、总体情况</a></li><li><a href="#2">二、主动公开政府信息情况</a></li><li><a href="#3">三、收到和处理政府信息公开申请情况</a></li><li><a href="#4">四、政府信息公开行政复议、行政诉讼情况</a></li></ul>`
	for _, c := range []struct{ name, page string }{
		{"div among others", `<body><div>导航 网站地图</div>` + nav + sections(`<div><div id="x">`, "", `</div></div>`) + `<div>版权所有 13800000000</div></body>`},
		{"a div for each section", `<body><div>导航 网站地图</div>` + sections(`<div><div class="s">`, `</div><div class="s">`, `</div></div>`) + `<div>版权所有</div></body>`},
		{"layout tables", `<table><tr><td>导航 网站地图</td></tr><tr><td>` + sections("<table><tr><td>", "", "</td></tr></table>") + `</td></tr></table><div>版权所有</div>`},
		{"one row for each section", `<div>导航 网站地图</div><table>` + sections("<tr><td>", "</td></tr><tr><td>", "</td></tr>") + `</table><div>版权所有</div>`},
		{"headings broken over spans", strings.ReplaceAll(`<div>导航 网站地图</div>`+sections("<div>", "", "</div>")+`<div>版权所有</div>`, "情况</b>", "<span></span>情</b><i>况</i>")},
		{"known container, no headings", `<div>导航 网站地图</div><div class="TRS_Editor"><p>` + strings.Repeat("槿安镇文字。", 30) + `</p><table><tr><td>规章</td><td>11</td></tr><tr><td>文件</td><td>22</td></tr></table></div><div>版权所有</div>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := show(read(t, c.page))
			if strings.Contains(got, "网站地图") || strings.Contains(got, "版权所有") {
				t.Errorf("more than the report:\n%s", got)
			}
			if !strings.Contains(got, "GRID 2x2\n  [0 规章] [1 11]\n  [0 文件] [1 22]\n") {
				t.Errorf("table lost:\n%s", got)
			}
			if !strings.Contains(c.name, "known") && (!strings.Contains(got, "一、总体情况\n") || !strings.Contains(got, "第6段")) {
				t.Errorf("text lost:\n%s", got)
			}
		})
	}
}

// A report that stands in one table with its text is read as text, grids and text again.
func TestReportTable(t *testing.T) {
	long := strings.Repeat("全镇认真落实条例要求，扎实推进公开工作。", 10)
	page := `<table><tr><td colspan=3>一、总体情况</td></tr><tr><td colspan=3><p>` + long + `</p><p>公开5条。</p></td></tr><tr><td colspan=3>二、主动公开政府信息情况</td></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>现行有效件数</td></tr><tr><td>规章</td><td>11</td><td>12</td></tr><tr><td colspan=3>五、存在的主要问题及改进情况</td></tr><tr><td colspan=3>公开不够。</td></tr><tr><td colspan=3>六、其他需要报告的事项</td></tr><tr><td colspan=3>无</td></tr></table>`
	want := "一、总体情况\n" + long + "\n公开5条。\n二、主动公开政府信息情况\nGRID 2x3\n  [0 信息内容] [1 本年制发件数] [2 现行有效件数]\n  [0 规章] [1 11] [2 12]\n五、存在的主要问题及改进情况\n公开不够。\n六、其他需要报告的事项\n无\n"
	if got := show(read(t, page)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Sections behind tabs are hidden until somebody clicks; copies of what stands in the open are not read twice.
func TestHiddenSections(t *testing.T) {
	page := `<body><div id=a>` + sections("<div>", `</div><div style="display:none">`, "</div>") + `</div></body>`
	if got := show(read(t, page)); !strings.Contains(got, "第6段") || !strings.Contains(got, "[1 22]") {
		t.Errorf("hidden sections lost:\n%s", got)
	}
	page = `<body>` + sections("<div>", "", "</div>") + `<div style="display:none">` + strings.ReplaceAll(sections("<div>", "", "</div>"), "22", "99") + `</div></body>`
	if got := show(read(t, page)); strings.Contains(got, "99") {
		t.Errorf("hidden copy read:\n%s", got)
	}
	page = `<body><div style="display:none"><div>` + strings.ReplaceAll(sections("", "", ""), "22", "99") + `</div></div>` + sections("<div>", "", "</div>") + `</body>`
	if got := show(read(t, page)); strings.Contains(got, "99") || !strings.Contains(got, "[1 22]") {
		t.Errorf("last year's report, hidden before this year's, was read:\n%s", got)
	}
}

// Every path selects the very element that it was made for.
func TestPathsSelect(t *testing.T) {
	page := `<body><o:p>x</o:p><div id="zoom"><div><p>一段</p>文字<table><caption>表</caption><tr><td>规章</td><td><span><p>11</p></span></td></tr><tr><td>文件</td><td style="display:none">9</td><td>22</td></tr>
<tr><td colspan=2><table><tr><td>甲</td><td>33</td></tr></table></td></tr></table></div></div><div id="zoom2"></div><p id="d">末</p><p id="d">段</p><o:p><p>尾</p></o:p></body>`
	doc := read(t, page)
	root, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	check := func(path, text string) {
		t.Helper()
		found := root.Find(path)
		if found.Length() != 1 {
			t.Errorf("%s selects %d elements", path, found.Length())
		} else if got := strings.TrimSpace(found.Text()); text != "" && !strings.Contains(got, text) {
			t.Errorf("%s selects %q, not %q", path, got, text)
		}
	}
	cells := 0
	for _, b := range doc.Blocks {
		check(b.Place.Path, b.Text)
		if b.Grid != nil {
			for _, c := range b.Grid.Cells {
				check(c.Place.Path, c.Text)
				cells++
			}
		}
	}
	if cells != 7 {
		t.Errorf("%d cells:\n%s", cells, show(doc))
	}
}

func TestMetaAndTitle(t *testing.T) {
	page := `<head><META NAME="SiteIDCode" CONTENT=" 3208310003 "><meta name="PubDate" content="2024-01-26 10:02"><meta name="pubdate" content=""><title>槿安县人民政府</title></head>
<body><h1>槿安县2023年政府信息公开工作年度报告</h1>` + sections("<div>", "", "</div>")
	doc := read(t, page)
	if doc.Meta["siteidcode"] != "3208310003" || doc.Meta["pubdate"] != "2024-01-26 10:02" {
		t.Errorf("meta %v", doc.Meta)
	}
	if doc.Title != "槿安县2023年政府信息公开工作年度报告" {
		t.Errorf("title %q", doc.Title)
	}
}

func TestForeignCopies(t *testing.T) {
	plain := read(t, sections("<div>", "", "</div>"))
	if len(plain.Problems) != 0 {
		t.Fatalf("problems %v", plain.Problems)
	}
	page := strings.NewReplacer("总体", "總體(tǐ)", "公开", "公開(kāi)", "规章", "規(guī)章", "报告", "報(bào)告", "处理", "處(chù)理").Replace(sections("<div>", "", "</div>"))
	doc := read(t, page)
	if len(doc.Problems) != 2 || doc.Problems[0].Code != "foreign_glosses" || doc.Problems[1].Code != "foreign_script" {
		t.Errorf("problems %v", doc.Problems)
	}
	if got, want := show(doc), show(plain); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	doc = read(t, strings.Replace(sections("<div>", "", "</div>"), "信息公开", "足球比分网", 1))
	if len(doc.Problems) != 1 || doc.Problems[0].Kind != extract.ForeignCopy {
		t.Errorf("swapped words: %v", doc.Problems)
	}
}

func TestGBKPage(t *testing.T) {
	body, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(`<meta http-equiv="Content-Type" content="text/html; charset=gb2312">` + sections("<div>", "", "</div>")))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := Read(context.Background(), body, Options{})
	if err != nil || doc.Charset != "gb18030" || !strings.Contains(show(doc), "[0 规章] [1 11]") {
		t.Errorf("%v %s\n%s", err, doc.Charset, show(doc))
	}
}

// Hostile pages end soon, in bounded memory, with what could be read and a problem.
func TestHostile(t *testing.T) {
	table := `<table><tr><td>规章</td><td>11</td></tr><tr><td>文件</td><td>22</td></tr></table>`
	var distinct strings.Builder
	for i := range 400 {
		fmt.Fprintf(&distinct, "<b a%d>", i)
	}
	for _, c := range []struct {
		name, page string
		problem    string
		table      bool
	}{
		{"nested tags", strings.Repeat("<div>", 350_000) + table, extract.Truncated, true},
		{"deep formatting", strings.Repeat("<span><font>", 400) + table, extract.Truncated, true},
		{"formatting copied into every paragraph", distinct.String() + strings.Repeat("<p>x", 60_000) + table, extract.Truncated, true},
		{"nested tables", strings.Repeat("<table><tr><td>", 110) + table, "", true},
		{"spans over spans", "<table>" + strings.Repeat(`<tr><td rowspan=65535 colspan=65535>1</td><td>2</td></tr>`, 5000) + "</table>" + table, extract.Truncated, true},
		{"a very wide row", "<table><tr>" + strings.Repeat("<td colspan=1000>1</td>", 50_000) + "</tr></table>" + table, extract.Truncated, true},
		{"many rows", "<table>" + strings.Repeat("<tr><td>a</td><td>1</td></tr>", 20_000) + "</table>" + table, extract.Truncated, true},
		{"more tags than the limit", table + strings.Repeat("<br>", tree.MaxTags+10), extract.Truncated, true},
		{"entities", "<p>" + strings.Repeat("&nbsp;&#x2;&bogus;", 200_000) + "</p>" + table, "", true},
		{"attributes", "<p " + strings.Repeat("a=1 b=2 ", 100_000) + ">" + table, "", true},
		{"larger than the limit", table + "<p>" + strings.Repeat("公开信息", tree.MaxText/12+10), extract.Truncated, true},
		{"nothing but scripts", "<html><script>document.write('x')</script></html>", extract.UnreadableDocument, false},
		{"unclosed comment", table + "<!-- " + strings.Repeat("x", 1_000_000), "", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			doc := read(t, c.page)
			runtime.ReadMemStats(&after)
			if d := time.Since(start); d > 5*time.Minute {
				t.Errorf("took %v", d)
			}
			if mb := (after.TotalAlloc - before.TotalAlloc) >> 20; mb > 900 {
				t.Errorf("allocated %d MB", mb)
			}
			found := c.problem == ""
			for _, p := range doc.Problems {
				found = found || p.Kind == c.problem
			}
			if !found {
				t.Errorf("problems %v", doc.Problems)
			}
			if got := show(doc); c.table != strings.Contains(got, "[0 规章] [1 11]\n  [0 文件] [1 22]") {
				t.Errorf("%.200s ... %s", got, got[max(0, len(got)-300):])
			}
		})
	}
}

func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, []byte("<p>x</p>"), Options{}); err == nil {
		t.Error("no error from an ended context")
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sections("<div>", "", "</div>")))
	f.Add([]byte(`<table><tr><td rowspan=3 colspan=0>1<td rowspan=0>2<tr><td colspan=9>3<table><tr><td>4</table></table>`))
	f.Add([]byte("<p>規(guī)范\t1\t2<p>|a|b|<pre>x  1\ny  2"))
	f.Fuzz(func(t *testing.T, page []byte) {
		doc, err := Read(context.Background(), page, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range doc.Blocks {
			if b.Grid == nil {
				continue
			}
			g, covered := b.Grid, map[[2]int]bool{}
			for _, c := range g.Cells {
				if c.RowSpan < 1 || c.ColSpan < 1 || c.Row+c.RowSpan > g.Rows || c.Col+c.ColSpan > g.Cols {
					t.Fatalf("cell %+v in a grid of %d x %d", c, g.Rows, g.Cols)
				}
				for r := range c.RowSpan {
					for k := range c.ColSpan {
						at := [2]int{c.Row + r, c.Col + k}
						if covered[at] {
							t.Fatalf("two cells cover %v", at)
						}
						covered[at] = true
					}
				}
			}
		}
	})
}
