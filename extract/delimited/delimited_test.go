package delimited

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// show writes blocks one a line: paragraphs quoted, grids as rows of cells with their column where it is not the next
// one.
func show(blocks []extract.Block) string {
	var b strings.Builder
	for _, k := range blocks {
		if k.Kind == extract.Paragraph {
			fmt.Fprintf(&b, "%q\n", k.Text)
			continue
		}
		b.WriteString("GRID")
		if k.Grid.Continues {
			b.WriteString(" continues")
		}
		if k.Grid.Aligned {
			b.WriteString(" aligned")
		}
		row := -1
		for _, c := range k.Grid.Cells {
			if c.Row != row {
				row = c.Row
				b.WriteString("\n ")
			}
			fmt.Fprintf(&b, " [%s]", c.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func lines(text string) []Line {
	var out []Line
	gap := false
	for i, l := range strings.Split(text, "\n") {
		if strings.TrimSpace(l) == "" {
			gap = true
			continue
		}
		out = append(out, Line{Text: l, Gap: gap, Place: extract.Place{LineStart: i + 1, LineEnd: i + 1}})
		gap = false
	}
	return out
}

// The forms are those in which text exports flatten tables; every figure differs, so that a lost or moved cell shows.
func TestForms(t *testing.T) {
	layout := strings.Repeat("|", 300)
	for _, c := range []struct{ name, text, want string }{
		{"F1 one cell a line", "规章\n\n11\n\n12\n\n13", "\"规章\"\n\"11\"\n\"12\"\n\"13\"\n"},
		{"F2 trailing bars", "第二十条第（一）项 |||\n信息内容 |\n本年新制作数量 |\n规章 |\n11 |\n|\n13 |",
			"\"第二十条第（一）项\"\n\"信息内容\"\n\"本年新制作数量\"\n\"规章\"\n\"11\"\n\"\"\n\"13\"\n"},
		{"F3 bars between", "规章\n|\n11\n|\n|\n13\n|\n规范性文件\n|\n21", "\"规章\"\n\"11\"\n\"\"\n\"13\"\n\"规范性文件\"\n\"21\"\n"},
		{"F4 a row a line", "三、本年度办理结果 | （一）予以公开 | 11 | 12 |\n（二）部分公开 | 21 | | ",
			"GRID\n  [三、本年度办理结果] [（一）予以公开] [11] [12]\n  [（二）部分公开] [21] []\n"},
		{"F5 markdown", "| 信息内容 | 本年**制发**件数 |\n|:---|:--:|\n| 规章 | 11 |\n| 行政<br>规范性文件 | - |",
			"GRID\n  [信息内容] [本年制发件数]\n  [规章] [11]\n  [行政规范性文件] [-]\n"},
		{"F5 without bars at the ends of rows, but of the rule", "信息内容 | 本年制发件数 | 本年废止件数\n| --- | --- | --- |\n规章 | 11 | \n文件 | 21 | 22\n | 31 | ",
			"GRID\n  [信息内容] [本年制发件数] [本年废止件数]\n  [规章] [11] []\n  [文件] [21] [22]\n  [] [31] []\n"},
		{"a table saved with commas", "二、情况,,\n信息内容,\"本年,制发\"\"件数\"\"\",\n规章,11,\"1,234\"\n文件,,22", "GRID\n  [二、情况] [] []\n  [信息内容] [本年,制发\"件数\"] []\n  [规章] [11] [1,234]\n  [文件] [] [22]\n"},
		{"two columns with commas", "信息内容,本年处理决定数量\n行政许可,5件", "GRID\n  [信息内容] [本年处理决定数量]\n  [行政许可] [5件]\n"},
		{"commas and gaps inside labels", "信息内容,甲  乙,丙\n总  计,11,22", "GRID\n  [信息内容] [甲 乙] [丙]\n  [总 计] [11] [22]\n"},
		{"gaps and thousands", "信息  甲  乙\n规章  1,234  5\n文件  6  7", "GRID\n  [信息] [甲] [乙]\n  [规章] [1,234] [5]\n  [文件] [6] [7]\n"},
		{"thousands", "规章 1,234 5,678 9,012\n规章1,234\n文件 2,345", "\"规章 1,234 5,678 9,012\"\n\"规章1,234\"\n\"文件 2,345\"\n"},
		{"thousands, one a line", "规章\n4,426\n7,692\n1,234", "\"规章\"\n\"4,426\"\n\"7,692\"\n\"1,234\"\n"},
		{"prose with commas", "2020年,全镇公开信息5条,其中3,4月份公开2条\n部分公开67,", "\"2020年,全镇公开信息5条,其中3,4月份公开2条\"\n\"部分公开67,\"\n"},
		{"tabs and quotes behind an indent", "\u3000\u3000\"甲\"\t\"乙\"\t丙\n \"1\"\t\"2\"\t3", "GRID\n  [甲] [乙] [丙]\n  [1] [2] [3]\n"},
		{"tabs and quotes, a cell over two lines", "\"信息内容\"\t\"本年\n制发件数\"\n规章\t11\n危及“三\t\"安\"全", "GRID\n  [信息内容] [本年制发件数]\n  [规章] [11]\n  [危及“三] [\"安\"全]\n"},
		{"F5 a row of dashes is a row", "| 结果维持 | 结果纠正 |\n| 未经 | 复议后 |\n| -- | -- |", "GRID\n  [结果维持] [结果纠正]\n  [未经] [复议后]\n  [--] [--]\n"},
		{"F6 run together", "规章000\n行政规范性文件000", "\"规章000\"\n\"行政规范性文件000\"\n"},
		{"F7 bars of a layout before the text", layout + "2021年报告\n" + layout + "\n| 规章 | 11 |\n| 文件 | 21 |\n" + layout,
			"\"2021年报告\"\nGRID\n  [规章] [11]\n  [文件] [21]\n"},
		{"F9 tabs with leading tabs", "三、\t(一) 公开\t11\t12\n\t\t2.其他\t21\t\n（七）总计\t31\t32",
			"GRID\n  [三、] [(一) 公开] [11] [12]\n  [] [] [2.其他] [21] []\n  [（七）总计] [31] [32]\n"},
		{"F9 cut by a page", "规章\t11\t12\n文件\t21\t22\n\n信息内容\t甲\t乙\n许可\t31\t32\t", "GRID\n  [规章] [11] [12]\n  [文件] [21] [22]\nGRID continues\n  [信息内容] [甲] [乙]\n  [许可] [31] [32] []\n"},
		{"F9 every row apart", "规章\t11\t12\n\n文件\t21\t22\n\n许可\t31\t32", "GRID\n  [规章] [11] [12]\n  [文件] [21] [22]\n  [许可] [31] [32]\n"},
		{"F9 other table after a blank line", "规章\t11\t12\n文件\t21\t22\n\n甲\t乙\t丙\t丁\t戊\n1\t2\t3\t4\t5", "GRID\n  [规章] [11] [12]\n  [文件] [21] [22]\nGRID\n  [甲] [乙] [丙] [丁] [戊]\n  [1] [2] [3] [4] [5]\n"},
		{"F10 empty column at the end", "| 规章 | 11 | |\n| 文件 | 21 | |", "GRID\n  [规章] [11] []\n  [文件] [21] []\n"},
		{"gaps that tell blanks", "规章  11  12\n文件    22\n许可  31  32", "GRID\n  [规章] [11] [12]\n  [文件] [] [22]\n  [许可] [31] [32]\n"},
		{"gaps around blanks that hold a space", "规章  11  12\n文件     22\n许可  31  32", "GRID\n  [规章] [11] [12]\n  [文件] [] [22]\n  [许可] [31] [32]\n"},
		{"gaps that align", "规章      11   12\n规范性文件     22\n许可      31   32", "GRID aligned\n  [规章] [11] [12]\n  [规范性文件] [22]\n  [许可] [31] [32]\n"},
		{"box drawing", "┌──┬──┐\n│规章│11│\n├──┼──┤\n│文件│21│\n└──┴──┘", "GRID\n  [规章] [11]\n  [文件] [21]\n"},
		{"full-width bars", "规章｜11\n文件｜21", "GRID\n  [规章] [11]\n  [文件] [21]\n"},
		{"litigation, one row of numbers", "行政复议    行政诉讼\n结果维持  结果纠正  其他结果\n1  2  3", "GRID\n  [行政复议] [] [行政诉讼]\n  [结果维持] [结果纠正] [其他结果]\n  [1] [2] [3]\n"},
		{"prose with tabs", "\t2020年，全镇公开信息5条。\n1.\t主动公开情况\n2.\t依申请公开情况", "\"2020年，全镇公开信息5条。\"\n\"1. 主动公开情况\"\n\"2. 依申请公开情况\"\n"},
		{"prose with gaps", "自       年     1月     1日起至止\n联系电话：  12345", "\"自 年 1月 1日起至止\"\n\"联系电话： 12345\"\n"},
		{"fillers at the ends of rows", "许可 |\n| ||\n处罚 |\n3 | ||\n文件 |\n|\n7 |\n||", "\"许可\"\n\"\"\n\"处罚\"\n\"3\"\n\"文件\"\n\"\"\n\"7\"\n"},
		{"rows of blanks between bars", "第一项 | | |\n内容 | 甲 | 乙 |\n规章 | | |\n文件 | | |\n第二项 | | |\n内容 | 丙 | |\n许可 | | |\n处罚 | | |",
			"GRID\n  [第一项] [] []\n  [内容] [甲] [乙]\n  [规章] [] []\n  [文件] [] []\n  [第二项] [] []\n  [内容] [丙] []\n  [许可] [] []\n  [处罚] [] []\n"},
		{"a blank behind the last tab", "信息内容\t数量\n许可\t5\n处罚\t", "GRID\n  [信息内容] [数量]\n  [许可] [5]\n  [处罚] []\n"},
		{"rows of blanks between commas", "第一项,,\n内容,甲,乙\n规章,,\n文件,,", "GRID\n  [第一项] [] []\n  [内容] [甲] [乙]\n  [规章] [] []\n  [文件] [] []\n"},
		{"full-width decimals between commas", "第八项,,,\n内容,金额,,\n收费,７．５,,", "GRID\n  [第八项] [] [] []\n  [内容] [金额] [] []\n  [收费] [７．５] [] []\n"},
		{"navigation", "首页 | 政务公开 | 年报", "\"首页 | 政务公开 | 年报\"\n"},
		{"nothing", "|\n||\n \t ", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(Blocks(lines(c.text))); got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	g := Blocks(lines("标题\n规章\t11\t12\n文件\t21\t22"))[1].Grid
	if g.Place.Locator() != "line:2-3" || g.Cells[4].Place.Locator() != "line:3-3" {
		t.Errorf("%s, %s", g.Place.Locator(), g.Cells[4].Place.Locator())
	}
}

// Whatever the text, cells keep to the lattice and no digit of the text is lost or made.
func FuzzBlocks(f *testing.F) {
	f.Add("规章\t1\t2\n\t文件\t3")
	f.Add("| a | 1 |\n|---|---|\n| b | 2 |")
	f.Add("a |\n|\n1 |\n|||")
	f.Add("甲  1  2\n乙    3")
	f.Add("\"a,\n\",1,2\nb,3,4")
	f.Fuzz(func(t *testing.T, text string) {
		digits := func(s string) (n int) {
			for _, r := range s {
				if r >= '0' && r <= '9' {
					n++
				}
			}
			return n
		}
		got := 0
		for _, b := range Blocks(lines(text)) {
			got += digits(b.Text)
			if b.Grid == nil {
				continue
			}
			row, col := -1, -1
			for _, c := range b.Grid.Cells {
				got += digits(c.Text)
				if c.Row < 0 || c.Row >= b.Grid.Rows || c.Col < 0 || c.Col >= b.Grid.Cols || c.Row < row || c.Row == row && c.Col <= col {
					t.Fatalf("cell %+v in a grid of %d x %d", c, b.Grid.Rows, b.Grid.Cols)
				}
				row, col = c.Row, c.Col
			}
		}
		if got != digits(text) {
			t.Fatalf("%d digits of %d in %q", got, digits(text), text)
		}
	})
}
