package html

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// show writes a document's blocks one a line: text as it is, grids as rows of "text(row span x column span)".
func show(d *extract.Document) string {
	var b strings.Builder
	for _, k := range d.Blocks {
		switch k.Kind {
		case extract.Paragraph:
			fmt.Fprintf(&b, "%s\n", k.Text)
		case extract.Image:
			fmt.Fprintf(&b, "IMG %s\n", k.Source)
		case extract.Table:
			fmt.Fprintf(&b, "GRID %dx%d", k.Grid.Rows, k.Grid.Cols)
			if k.Grid.Flat {
				b.WriteString(" flat")
			}
			row := -1
			for _, c := range k.Grid.Cells {
				if c.Row != row {
					row = c.Row
					b.WriteString("\n ")
				}
				fmt.Fprintf(&b, " [%d", c.Col)
				if c.RowSpan != 1 || c.ColSpan != 1 {
					fmt.Fprintf(&b, " %dx%d", c.RowSpan, c.ColSpan)
				}
				fmt.Fprintf(&b, " %s", strings.ReplaceAll(c.Text, "\n", "/"))
				if c.Image != "" {
					fmt.Fprintf(&b, " IMG %s", c.Image)
				}
				b.WriteString("]")
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

func read(t *testing.T, page string) *extract.Document {
	t.Helper()
	doc, err := Read(context.Background(), []byte(page), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestBlocks(t *testing.T) {
	for _, c := range []struct{ name, page, want string }{
		{"spans", `<table><tr><td rowspan=2>甲</td><td colspan="2">乙</td></tr><tr><td>1</td><td>2</td></tr></table>`,
			"GRID 2x3\n  [0 2x1 甲] [1 1x2 乙]\n  [1 1] [2 2]\n"},
		{"oversized spans", `<table><tr><td rowspan=65535>甲</td><td colspan=99999999999999999999>乙</td></tr><tr><td>1</td><td>2</td></tr></table>`,
			"GRID 2x3\n  [0 2x1 甲] [1 1x2 乙]\n  [1 1] [2 2]\n"},
		{"overlap", `<table><tr><td>a</td><td rowspan=2>b</td></tr><tr><td colspan=2>c</td><td>d</td></tr></table>`,
			"GRID 2x3\n  [0 a] [1 2x1 b]\n  [0 c] [2 d]\n"},
		{"rowspan 0 ends with its group", `<table><tbody><tr><td rowspan=0>a</td><td>b</td></tr><tr><td>c</td></tr></tbody><tbody><tr><td>d</td><td>e</td></tr></tbody></table>`,
			"GRID 3x2\n  [0 2x1 a] [1 b]\n  [1 c]\n  [0 d] [1 e]\n"},
		{"foot last", `<table><tfoot><tr><td>f</td><td>1</td></tr></tfoot><thead><tr><td>h</td><td>2</td></tr></thead><tr><td>b</td><td>3</td></tr></table>`,
			"GRID 3x2\n  [0 h] [1 2]\n  [0 b] [1 3]\n  [0 f] [1 1]\n"},
		{"labels over lines", `<table><tr><td>本年新<br>制作数量</td><td><p>商业</p><p> 企业</p></td></tr><tr><td>7<br>8</td><td><p>&nbsp;</p><p>12</p><p>&nbsp;</p></td></tr></table>`,
			"GRID 2x2\n  [0 本年新制作数量] [1 商业企业]\n  [0 7/8] [1 12]\n"},
		{"hidden", `<table><tr><td>a</td><td style="DISPLAY: none">9</td><td>1</td></tr><tr style="display:none"><td>x</td><td>8</td></tr><tr hidden><td>y</td><td>7</td></tr><tr><td>b<span style="display:none">6</span></td><td style="visibility:hidden">5</td></tr></table>`,
			"GRID 2x2\n  [0 a] [1 1]\n  [0 b] [1 ]\n"},
		{"raised note and deleted", `<table><tr><td>a</td><td>5<sup>1</sup></td></tr><tr><td>b</td><td><del>4</del>6</td></tr><tr><td>c</td><td><s>4</s>7</td></tr><tr><td>d</td><td><span style="text-decoration: line-through">4</span>8</td></tr><tr><td>e</td><td><span style="width:0;overflow:hidden">4</span>9</td></tr></table><p>共<s>5</s>6条。</p>`,
			"GRID 5x2\n  [0 a] [1 5[^1]]\n  [0 b] [1 6]\n  [0 c] [1 4/7]\n  [0 d] [1 4/8]\n  [0 e] [1 4/9]\n共6条。\n"},
		{"marks of notes, fields and boxes", `<table><tr><td>a</td><td>5<span style="vertical-align:super">1</span></td><td>5<sub>1</sub></td><td>5<a href="#_ftn1">1</a></td></tr><tr><td><ruby>规<rt>guī</rt></ruby>章</td><td><input value=5>1</td><td><span style="float:left">5</span><span style="float:right">1</span></td><td><span style="margin:0;padding:0px">5</span><span>1</span></td></tr></table>`,
			"GRID 2x4\n  [0 a] [1 5[^1]] [2 5[^1]] [3 5[^1]]\n  [0 规章] [1 5/1] [2 5/1] [3 51]\n"},
		{"image in a cell", `<table><tr><td>a</td><td><img src="x/1.png"></td></tr></table>`, "GRID 1x2\n  [0 a] [1  IMG x/1.png]\n"},
		{"frame around a value", `<table><tr><td>a</td><td><table><tr><td>5</td></tr></table></td></tr><tr><td>b</td><td>6</td></tr></table>`,
			"GRID 2x2\n  [0 a] [1 5]\n  [0 b] [1 6]\n"},
		{"layout around", `<table><tr><td><p>一、总体情况</p><p>公开5条。</p><table><tr><td>规章</td><td>3</td></tr><tr><td>x</td><td>4</td></tr></table><p>二、其他</p></td></tr></table>`,
			"一、总体情况\n公开5条。\nGRID 2x2\n  [0 规章] [1 3]\n  [0 x] [1 4]\n二、其他\n"},
		{"grid within a grid", `<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr><tr><td colspan=2><table><tr><td>丙</td><td>3</td></tr></table></td></tr></table>`,
			"GRID 3x2\n  [0 甲] [1 1]\n  [0 乙] [1 2]\n  [0 1x2 ]\nGRID 1x2\n  [0 丙] [1 3]\n"},
		{"lines", "<div>一行<br>二\n行<p>三<span>行 </span>&nbsp;x</p><pre>p1\np2</pre></div>", "一行\n二行\n三行 x\np1\np2\n"},
		{"image block", `<p>四、</p><p><img src="/t.png" alt="表"></p><p>五、</p>`, "四、\nIMG /t.png\n五、\n"},
		{"form field", `<table><tr><td>a</td><td><input value="5"></td></tr></table>`, "GRID 1x2\n  [0 a] [1 5]\n"},
		{"caption", `<table><caption>第二十条第（一）项</caption><tr><td>a</td><td>1</td></tr></table>`, "第二十条第（一）项\nGRID 1x2\n  [0 a] [1 1]\n"},
		{"bars", "<p>规章 | 1 | 2 |</p><p>规范性文件 | 3 | 4 |</p>", "GRID 2x3 flat\n  [0 规章] [1 1] [2 2]\n  [0 规范性文件] [1 3] [2 4]\n"},
		{"pasted text", "<div>\n| 规章 | 1 |\n|---|---|\n| 文件 | 2 |\n</div>", "GRID 2x2 flat\n  [0 规章] [1 1]\n  [0 文件] [1 2]\n"},
		{"tabs", "<p>规章\t1\t2</p><p>\t文件\t3</p>", "GRID 2x3 flat\n  [0 规章] [1 1] [2 2]\n  [0 ] [1 文件] [2 3]\n"},
		{"hidden by the page's style", `<style>td.h,.g{ display : none } .s{display:none} .s{display:block} @media print{.m{display:none}}</style><table><tr><td>a</td><td class="x h">9</td><td class=s>1</td></tr><tr><td>b<span class=g>7</span></td><td class=m>2</td></tr></table>`,
			"GRID 2x2\n  [0 a] [1 1]\n  [0 b] [1 2]\n"},
		{"table drawn by style", `<div style="display:table"><div style="display:table-row"><div style="display: table-cell">规章</div><div style="display:table-cell"></div> <div style="display:table-cell">12</div></div><div style="display:table-row"><div style="display:table-cell">文件</div><div style="display:table-cell">21</div><div style="display:table-cell">22</div></div></div>`,
			"GRID 2x3 flat\n  [0 规章] [1 ] [2 12]\n  [0 文件] [1 21] [2 22]\n"},
		{"indented source", "<div>\n\t\t<p>\n\t\t\t一、\n\t\t\t总体\n\t\t</p>\n</div>", "一、总体\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(read(t, c.page)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}
