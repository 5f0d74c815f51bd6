package html

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
)

func firstGrid(t *testing.T, page string) *extract.Grid {
	t.Helper()
	doc, err := Read(context.Background(), []byte(page), Options{ContentType: "text/html; charset=utf-8"})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range doc.Blocks {
		if b.Grid != nil {
			return b.Grid
		}
	}
	t.Fatalf("no grid in %s", page)
	return nil
}

// A cell is the number that a person at a desk sees in it, or none. want is a number, "blank", "doubt" for one that
// needs the form's sums, or "unreadable".
func TestCellIsWhatAPersonSees(t *testing.T) {
	const external = `<link rel="stylesheet" href="/css/site.css">`
	for _, c := range []struct{ name, head, cell, want string }{
		{"raised by tag", "", `1510<sup>2</sup>`, "1510"},
		{"raised by tag, a bracket", "", `1510<sup>[2]</sup>`, "1510"},
		{"raised by a sign", "", `1510<sup>注</sup>`, "1510"},
		{"raised by class", `<style>.s9{font-size:6pt;vertical-align:super}</style>`, `1510<span class="s9">2</span>`, "1510"},
		{"raised by a selector of two steps", `<style>td b.n , p{vertical-align:text-top}</style>`, `1510<b class="n">2</b>`, "1510"},
		{"raised by place", `<style>.n{position:relative;top:-.5em;font-size:60%}</style>`, `1510<i class="n">2</i>`, "1510"},
		{"raised by id", `<style>#n{vertical-align:4px}</style>`, `1510<i id="n">2</i>`, "1510"},
		{"raised in a unit", "", `5<sup>1</sup>件`, "5"},
		{"a later rule lowers it", `<style>.n{vertical-align:super}.n{vertical-align:baseline}</style>`, `15<i class="n">10</i>`, "1510"},
		{"an important rule wins", `<style>.n{vertical-align:super!important}.n{vertical-align:baseline}</style>`, `1510<i class="n" style="vertical-align:baseline">2</i>`, "1510"},
		{"raised on paper only", `<style>@media print{.n{vertical-align:super}}</style>`, `15<i class="n">10</i>`, "1510"},
		{"a mark before the number", "", `<sup>2</sup>1510`, "doubt"},
		{"a link to a note", "", `1510<a href="#note2">2</a>`, "1510"},
		{"only smaller", "", `1510<span style="font-size:8px">2</span>`, "doubt"},
		{"sheet elsewhere", external, `1510<span class="s9">2</span>`, "doubt"},
		{"sheet elsewhere, the number first", external, `<span class="s9">1510</span>2`, "doubt"},
		{"sheet elsewhere, one run", external, `<span class="s9">1510</span>`, "1510"},
		{"no sheet elsewhere", "", `15<span class="s9">10</span>`, "1510"},
		{"class known to do nothing", external + `<style>.s9{color:red}</style>`, `15<span class="s9">10</span>`, "1510"},
		{"twins", external, `<span class="hidden-xs">1510</span><span class="visible-xs">1510</span>`, "1510"},
		{"twins in a paragraph", external, `<p> <span class="pc">1510</span> <span class="m">1510</span> </p>`, "1510"},
		{"twins that differ", external, `<span class="pc">1510</span><span class="m">1520</span>`, "doubt"},
		{"twins of one class", external, `<span class="d">15</span><span class="d">15</span>`, "doubt"},
		{"hidden twin", `<style>.m{display:none}@media (max-width:768px){.m{display:inline}.pc{display:none}}</style>`, `<span class="pc">1510</span><span class="m">1510</span>`, "1510"},
		{"twin for wide windows", `<style>.pc{display:none}@media screen and (min-width: 1000px){.pc{display:inline}.m{display:none}}</style>`, `<span class="pc">1510</span><span class="m">99</span>`, "1510"},
		{"twin by range", `<style>@media (width <= 768px){.pc{display:none}} @media (width > 768px){.m{display:none}}</style>`, `<span class="pc">1510</span><span class="m">99</span>`, "1510"},
		{"hidden from sight", `<style>.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}</style>`, `1510<span class="sr">99</span>`, "1510"},
		{"out of the window", "", `1510<span style="position:absolute;left:-9999px">99</span>`, "1510"},
		{"transparent", "", `1510<span style="opacity:0">99</span>`, "1510"},
		{"without size", "", `1510<span style="font-size:0">99</span>`, "1510"},
		{"invisible", "", `1510<span style="visibility:hidden">99</span>`, "1510"},
		{"an invisible cell's text", `<style>.v span{visibility:hidden}</style>`, `<div class="v"><span>99</span></div>`, "blank"},
		{"white on white", "", `1510<span style="color:#fff">99</span>`, "unreadable"},
		{"white alone", "", `<span style="color:white">99</span>`, "doubt"},
		{"over the number", "", `5<span style="position:absolute;left:0;background:#fff">8</span>`, "unreadable"},
		{"generated digits", `<style>.g::before{content:"4"}</style>`, `<span class="g">8</span>`, "unreadable"},
		{"generated from an attribute", `<style>td i:after{content:attr(data-v)}</style>`, `<i data-v="48"></i>`, "unreadable"},
		{"a generated ornament", `<style>.g:after{content:""}</style>`, `<span class="g">8</span>`, "8"},
		{"turned round", "", `<bdo dir="rtl">84</bdo>`, "unreadable"},
		{"turned round by style", "", `<span style="unicode-bidi:bidi-override;direction:rtl">84</span>`, "unreadable"},
		{"selected", "", `<select><option>0</option><option selected>48</option></select>`, "48"},
		{"selected in a group", "", `<select disabled><optgroup label=x><option value=1>0<option selected value=2>48</optgroup></select>`, "48"},
		{"the first is shown", "", `<select><option>48</option><option>49</option></select>`, "48"},
		{"several are shown", "", `<select multiple><option>48</option><option selected>49</option></select>`, "unreadable"},
		{"field", "", `<input type="text" value="48" readonly>`, "48"},
		{"hidden field", "", `<input type="hidden" value="48">7`, "7"},
		{"text field", "", `<textarea readonly>48</textarea>`, "48"},
		{"button", "", `<button>48</button>`, "48"},
		{"template and noscript", "", `<template>9</template>48<noscript>9</noscript><!-- 9 -->`, "48"},
		{"picture of a digit", "", `4<img src="d5.gif">8`, "unreadable"},
		{"picture that keeps a distance", "", `<img src="s.gif" width="1" height="1">48`, "48"},
		{"written by a script", "", `<script>document.write(48)</script>`, "unreadable"},
		{"formula", "", `<math><mn>48</mn></math>`, "unreadable"},
		{"soft break", "", `4<br>8`, "unreadable"},
		{"place for a break", "", `4<wbr>8`, "48"},
		{"struck", "", `1<del>2</del>5`, "unreadable"},
		{"struck alone", "", `<s>12</s>`, "doubt"},
		{"struck by style", "", `<span style="text-decoration:line-through">12</span>`, "doubt"},
		{"struck and corrected", "", `<s>12</s>15`, "unreadable"},
		{"content not shown", "", `1510<div style="content-visibility:hidden">99</div>`, "1510"},
		{"of no scale", "", `1510<span style="zoom:0">99</span>`, "1510"},
		{"filtered away", "", `1510<span style="filter:opacity(0)">99</span>`, "1510"},
		{"clipped away", "", `1510<span style="clip-path:circle(0)">99</span>`, "1510"},
		{"without colour", "", `1510<span style="color:transparent">99</span>`, "1510"},
		{"without colour, with a shadow", "", `<span style="color:transparent;text-shadow:0 0 0 #000">99</span>`, "doubt"},
		{"colour of its ground", "", `<span style="background:#000;color:#000">99</span>`, "doubt"},
		{"laid out in reverse", "", `<div style="display:flex;flex-direction:row-reverse"><i>2</i><i>1</i></div>`, "unreadable"},
		{"smaller by its tag", "", `1510<font size="1">2</font>`, "doubt"},
		{"quotation marks between", "", `12<q>3</q>`, "unreadable"},
		{"corrected", "", `<del>12</del>15`, "doubt"},
		{"deleted alone", "", `<del>12</del>`, "unreadable"},
		{"masked", "", `<span style="mask:linear-gradient(transparent,transparent)">12</span>`, "doubt"},
		{"masked by a picture", "", `<span style="-webkit-mask-image:url(m.png)">12</span>`, "doubt"},
		{"masked beside", "", `1510<span style="mask-image:url(m.png)">2</span>`, "unreadable"},
		{"no mask", "", `15<span style="mask:none;clip-path:none">10</span>`, "1510"},
		{"clipped to nothing", "", `1510<span style="clip-path:inset(50%)">2</span>`, "1510"},
		{"clipped to nothing, a polygon", "", `1510<span style="clip-path:polygon(0 0,0 0,0 0)">2</span>`, "1510"},
		{"clipped to nothing, an ellipse", "", `1510<span style="clip-path:ellipse(0 0)">2</span>`, "1510"},
		{"clipped to nothing from the sides", "", `1510<span style="clip-path:inset(0 50%)">2</span>`, "1510"},
		{"clipped to a part", "", `<span style="clip-path:inset(0 50% 0 0)">48</span>`, "doubt"},
		{"clipped by a path", "", `<span style="clip-path:path('M0 0h8v20z')">48</span>`, "doubt"},
		{"cut off by the old property", "", `1510<span style="position:absolute;clip:rect(0 0 0 0)">2</span>`, "1510"},
		{"cut in half by the old property", "", `<span style="position:absolute;clip:rect(0,8px,20px,0)">48</span>`, "doubt"},
		{"a picture of a number", "", `<span style="display:inline-block;background:url(48.png)"></span>`, "unreadable"},
		{"a picture of a number by its cell", "", `</td><td style="background-image:url(48.png)">`, "blank"},
		{"a picture between digits", `<style>.d5{background:url(sprite.png) -40px 0;width:8px}</style>`, `4<i class="d5"></i>8`, "unreadable"},
		{"a picture in place of text", "", `<span style="display:block;text-indent:-9999px;background:url(48.png)">12</span>`, "unreadable"},
		{"a picture by a mask", "", `<i style="-webkit-mask:url(48.svg);background:#000"></i>`, "unreadable"},
		{"a picture before", `<style>.p::before{content:"";background:url(48.png)}</style>`, `<i class="p"></i>`, "unreadable"},
		{"a picture as content", "", `<span style="content:url(48.png)">12</span>`, "unreadable"},
		{"a colour below a number", "", `<span style="background:#eee">48</span>`, "48"},
		{"a gradient below nothing", "", `<span style="background:linear-gradient(#eee,#fff)"></span>`, "blank"},
		{"quotes that are digits", `<style>.q::before{content:open-quote;quotes:"1" "2"}</style>`, `<span class="q">8</span>`, "unreadable"},
		{"a counter", `<style>.q::after{content:counter(n)}</style>`, `<span class="q"></span>`, "unreadable"},
		{"a generated sign", `<style>.q::before{content:"-"}</style>`, `<span class="q">8</span>`, "unreadable"},
		{"a generated numeral", `<style>.q::before{content:"二十"}</style>`, `<span class="q"></span>`, "unreadable"},
		{"a generated dot", `<style>.q::before{content:"• "}</style>`, `<span class="q">8</span>`, "8"},
		{"a first letter without size", `<style>.f::first-letter{font-size:0}</style>`, `<div class="f">15</div>`, "doubt"},
		{"a first letter that is large", `<style>.f::first-letter{font-size:30px}</style>`, `<div class="f">15</div>`, "15"},
		{"ruby without a base", "", `<ruby><rt>48</rt></ruby>`, "unreadable"},
		{"ruby", "", `<ruby>48<rp>(</rp><rt>四十八</rt><rp>)</rp></ruby>`, "48"},
		{"shadow root", "", `<span><template shadowrootmode="open">48</template>12</span>`, "unreadable"},
		{"shadow root with a slot", "", `<span><template shadowrootmode="closed">4<slot></slot></template>12</span>`, "unreadable"},
		{"shadow root alone", "", `<div><template shadowrootmode="open">48</template><b>12</b></div>`, "unreadable"},
		{"a list's number", "", `<ol start="12"><li></li></ol>`, "unreadable"},
		{"a list's number before another", "", `<ol><li>5</li></ol>`, "unreadable"},
		{"a list's dot", "", `<ul><li>5</li></ul>`, "5"},
		{"a list without numbers", `<style>ol{list-style:none}</style>`, `<ol><li>5</li></ol>`, "5"},
		{"a list with numbers by style", "", `<ul style="list-style-type:decimal"><li></li></ul>`, "unreadable"},
		{"a list with numbers by type", "", `<ul type="1"><li></li></ul>`, "unreadable"},
		{"a list with text for its mark", "", `<ul style="list-style-type:'48'"><li></li></ul>`, "unreadable"},
		{"an unopened part", "", `<details>48</details>`, "unreadable"},
		{"a popover", "", `48<div popover>12</div>`, "48"},
		{"hidden until found", "", `48<div hidden="until-found">12</div>`, "48"},
		{"nearly white", "", `<span style="color:rgb(250, 250, 250)">99</span>`, "doubt"},
		{"white by its tag", "", `<font color="#FFFFFF">99</font>`, "doubt"},
		{"white on a ground", "", `<span style="background:#c00;color:#fff">99</span>`, "99"},
		{"covered letters", "", `<span style="-webkit-text-security:disc">99</span>`, "unreadable"},
		{"digits ordered by style", "", `<div style="display:flex"><i style="order:2">1</i><i>2</i></div>`, "unreadable"},
		{"raised by its font", "", `1510<i style="font-variant-position:super">2</i>`, "1510"},
		{"an inline element has no transform", "", `15<span style="transform:scale(0)">10</span>`, "unreadable"},
		{"a box scaled to nothing", "", `1510<span style="display:inline-block;transform:scale(0, 1)">2</span>`, "1510"},
		{"pushed out to the right", "", `1510<span style="position:absolute;right:9999px">2</span>`, "1510"},
	} {
		cell := firstGrid(t, "<html><head>"+c.head+"</head><body><table><tr><td>规章</td><td>"+c.cell+"</td></tr><tr><td>文件</td><td>7</td></tr></table></body></html>").At(0, 1)
		v := number.Parse(cell.Text)
		got := v.State
		switch {
		case v.State == number.Reported && cell.Doubt != "":
			got = "doubt"
		case v.State == number.Reported:
			got = strconv.FormatFloat(v.Value, 'f', -1, 64)
		}
		if got != c.want && !(c.want == "doubt" && got == "unreadable") {
			t.Errorf("%s: %q, doubt %q: %s, want %s", c.name, cell.Text, cell.Doubt, got, c.want)
		}
	}
}

// What rows, tables and columns say of their cells holds for them.
func TestCellsOfRowsAndColumns(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"a struck row", `<table><tr style="text-decoration:line-through"><td>规章</td><td>12</td></tr><tr><td>文件</td><td>7</td></tr></table>`, "12? 7"},
		{"struck around the table", `<div style="text-decoration:line-through"><table><tr><td>规章</td><td>12</td></tr><tr><td>文件</td><td>7</td></tr></table></div>`, "12? 7?"},
		{"a white row", `<table><tr style="color:#fff"><td>规章</td><td>12</td></tr><tr><td>文件</td><td>7</td></tr></table>`, "12? 7"},
		{"a white row on blue", `<table><tr style="color:#fff" bgcolor="#1e62b0"><td>规章</td><td>12</td></tr><tr><td>文件</td><td>7</td></tr></table>`, "12 7"},
		{"white cells of a blue table on white", `<table style="background:#00f;color:#fff"><tr><td>规章</td><td bgcolor="white">12</td></tr><tr><td>文件</td><td>7</td></tr></table>`, "12? 7"},
		{"a masked table", `<div style="mask-image:url(m.png)"><table><tr><td>规章</td><td>12</td></tr><tr><td>文件</td><td>7</td></tr></table></div>`, "12? 7?"},
		{"a picture in place of a number", `<table><tr><td>规章</td><td style="background:url(12.png)"></td></tr><tr><td>文件</td><td background="7.gif"></td></tr></table>`, "￼ ￼"},
		{"a picture below a number", `<table><tr><td>规章</td><td background="wood.gif">12</td></tr><tr><td>文件</td><td>7</td></tr></table>`, "12 7"},
		{"a collapsed column", `<table><colgroup><col><col style="visibility:collapse"></colgroup><col><tr><td>规章</td><td>99</td><td>12</td></tr><tr><td colspan=2>文件</td><td>7</td></tr></table>`, "12 7"},
		{"a collapsed group of columns", `<table><colgroup></colgroup><colgroup span=2 style="visibility:collapse"></colgroup><tr><td>规章</td><td>98</td><td>99</td><td>12</td></tr><tr><td>文件</td><td colspan=2>97</td><td>7</td></tr></table>`, "12 7"},
		{"a column that is said not to be shown", `<table><col><col style="display:none"><tr><td>规章</td><td>12</td></tr><tr><td>文件</td><td>7</td></tr></table>`, "12? 7?"},
		{"a column that is said to be invisible", `<table><col><col style="visibility:hidden"><tr><td>规章</td><td>12</td></tr><tr><td>文件</td><td>7</td></tr></table>`, "12 7"},
	} {
		g := firstGrid(t, "<body>"+c.page)
		var got []string
		for r := range 2 {
			cell := g.At(r, 1)
			mark := ""
			if cell.Doubt != "" {
				mark = "?"
			}
			got = append(got, cell.Text+mark)
		}
		if s := strings.Join(got, " "); s != c.want || g.Cols != 2 {
			t.Errorf("%s: %q in %d columns, want %q", c.name, s, g.Cols, c.want)
		}
	}
}

// A pane behind a tab that is not shown is not the report, whether its style is in the page or not, nor is a copy for
// other screens; what stands nowhere else is read all the same.
func TestHiddenPanesAndCopies(t *testing.T) {
	table := func(n string) string {
		return "<table><tr><td>规章</td><td>" + n + "</td></tr><tr><td>文件</td><td>7</td></tr></table>"
	}
	head := `<p>一、总体情况</p><p>二、主动公开政府信息情况</p>`
	for _, c := range []struct{ name, page string }{
		{"panes by class", `<style>.tab-pane{display:none}.tab-pane.active{display:block}</style><div class="tab-pane">` + head + table("99") + `</div><div class="tab-pane active">` + head + table("11") + `</div>`},
		{"panes of a sheet elsewhere", `<link rel=stylesheet href=a.css><div><div class="pane">` + head + table("99") + `</div><div class="pane on">` + head + table("11") + `</div></div>`},
		{"copy for small screens", `<style>.m{display:none}@media(max-width:768px){.m{display:block}.pc{display:none}}</style>` + head + `<div class="m">` + table("99") + `</div><div class="pc">` + table("11") + `</div>`},
		{"copy by a step", `<style>.mobile > table{display:none}</style>` + head + `<div class="mobile">` + table("99") + `</div>` + table("11")},
		{"a script will show it", `<style>#box{display:none}</style>` + head + `<div id="box">` + table("11") + `</div>`},
		{"aside", head + table("11") + `<template>` + table("99") + `</template><div hidden>` + table("99") + `</div>`},
	} {
		got := show(read(t, "<body>"+c.page+"</body>"))
		if strings.Contains(got, "99") || !strings.Contains(got, "[1 11]") {
			t.Errorf("%s:\n%s", c.name, got)
		}
	}
}

// A page in the srcdoc of a frame, or in a frame of that page, is part of what a person sees.
func TestFramesWithTheirPage(t *testing.T) {
	inner := sections("<div>", "", "</div>")
	quoted := func(s string) string { return strings.NewReplacer("&", "&amp;", `"`, "&quot;").Replace(s) }
	plain := `<body><p>导航</p><iframe srcdoc="` + quoted(inner) + `"></iframe></body>`
	twice := `<body><iframe srcdoc="` + quoted(`<style>.x{display:none}</style><iframe srcdoc="`+quoted(inner+`<table class=x><tr><td>规章</td><td>99</td></tr><tr><td>文件</td><td>99</td></tr></table>`)+`"></iframe>`) + `"></iframe></body>`
	for name, page := range map[string]string{"one": plain, "one in another": twice} {
		got := show(read(t, page))
		if !strings.Contains(got, "[0 规章] [1 11]") || !strings.Contains(got, "第6段") || strings.Contains(got, "99") {
			t.Errorf("%s:\n%s", name, got)
		}
	}
	read(t, `<iframe srcdoc="`+strings.Repeat("&lt;iframe srcdoc=&quot;", 100_000))
}
