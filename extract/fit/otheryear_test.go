package fit

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// Last year's table of text stands over this year's, which cannot be read: its numbers are not this year's.
func TestNumbersUnderAnotherYear(t *testing.T) {
	header := strings.Split("行政复议|行政诉讼|结果维持|结果纠正|其他结果|尚未审结|总计|未经复议直接起诉|复议后起诉|结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计", "|")
	last := strings.Split("3|1|0|2|6|4|0|0|1|5|2|0|0|0|2", "|")
	own := strings.Split("0||26||26||||20|20", "|")
	table := func(year string, values []string) []string {
		return append(append([]string{year}, header...), values...)
	}
	for _, year := range []string{"2022年", "上年度"} {
		got := said(lines(append(table(year, last), table("2023年", own)...)...)...)
		for _, k := range []string{"review.upheld", "review.total", "suit_direct.total", "suit_after_review.upheld"} {
			if got[k] != "unreadable" {
				t.Errorf("under %s: %s is %q, want unreadable", year, k, got[k])
			}
		}
	}
	if got := said(lines(table("2023年", last)...)...)["review.total"]; got != "6" {
		t.Errorf("under its own year review.total is %q, want 6", got)
	}
}

// What stands under lines that are years is not read where it is another year's, or open which year's.
func TestYearsOverNumbersOfText(t *testing.T) {
	for name, c := range map[string]struct {
		blocks []extract.Block
		year   int
	}{
		"beside each other": {lines("第二十条第（八）项", "信息内容 本年收费金额（单位：万元）", "2022年 2023年", "行政事业性收费 1144 664"), 2023},
		"the report's year is open, its number blank": {[]extract.Block{
			paragraph("2022年"), feeTable("1144"), paragraph("2023年"), feeTable("")}, 0},
		"in a row of the table": {[]extract.Block{
			feeTable("1144", "2022年"), paragraph("2023年"), paragraph("行政事业性收费")}, 2023},
	} {
		r := Standard().Read(c.blocks, func(string) bool { return false }, func() int { return c.year })
		for _, f := range r.Facts() {
			if f.Indicator == "fees.amount" && f.Value != nil {
				t.Errorf("%s: %s is %v, want it unread", name, f.Indicator, *f.Value)
			}
		}
		if len(r.Problems()) == 0 {
			t.Errorf("%s: nothing is told", name)
		}
	}
	r := Standard().Read([]extract.Block{paragraph("2023年"), feeTable("664")}, func(string) bool { return false }, func() int { return 2023 })
	if f := r.Facts(); len(f) != 1 || f[0].Value == nil || *f[0].Value != 664 {
		t.Errorf("under its own year the facts are %v, want 664", f)
	}
}

func paragraph(text string) extract.Block { return extract.Block{Kind: extract.Paragraph, Text: text} }

// feeTable is the table of fees, with rows over its full width below it.
func feeTable(amount string, below ...string) extract.Block {
	g := &extract.Grid{Cols: 2}
	for _, row := range [][]string{{"信息内容", "本年收费金额（单位：万元）"}, {"行政事业性收费", amount}} {
		for k, text := range row {
			g.Cells = append(g.Cells, extract.Cell{Row: g.Rows, Col: k, RowSpan: 1, ColSpan: 1, Text: text})
		}
		g.Rows++
	}
	for _, text := range below {
		g.Cells = append(g.Cells, extract.Cell{Row: g.Rows, RowSpan: 1, ColSpan: 2, Text: text})
		g.Rows++
	}
	return extract.Block{Kind: extract.Table, Grid: g}
}
