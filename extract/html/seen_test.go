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

// A cell is the number that a person at a desk sees in it, or none. want is a number, "blank", "doubt" for one that needs the form's sums, or
// "unreadable".
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
		{"corrected", "", `<del>12</del>15`, "15"},
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

// A pane behind a tab that is not shown is not the report, whether its style is in the page or not, nor is a copy for other screens; what
// stands nowhere else is read all the same.
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
