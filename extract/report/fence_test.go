package report

import (
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// A fault in one table, of which rows wait to be read or not, leaves the other tables and the text, and is told with
// its place.
func TestFaultInOneTable(t *testing.T) {
	services := func(row, value string) *extract.Grid {
		return sheet{{head("信息内容", 1, 1), head("本年处理决定数量", 1, 1)}, {head(row, 1, 1), td{value, 1, 1, false}}}.grid()
	}
	bad := services("行政处罚", "7")
	bad.Cells[3].Row = -1 // no reader yields it
	d := &extract.Document{Reader: "test", Blocks: []extract.Block{
		{Kind: extract.Paragraph, Text: "甲镇2023年政府信息公开工作年度报告"}, {Kind: extract.Paragraph, Text: "二、主动公开政府信息情况"},
		{Kind: extract.Table, Grid: services("行政许可", "5")}, {Kind: extract.Table, Grid: bad}, {Kind: extract.Table, Grid: services("行政强制", "9")},
		{Kind: extract.Paragraph, Text: "五、存在的主要问题及改进情况"},
	}}
	r := Build(d)
	got := map[string]float64{}
	for _, f := range r.Facts {
		if f.Value != nil {
			got[f.Indicator] = *f.Value
		}
	}
	if len(got) != 2 || got["licensing.decisions"] != 5 || got["coercion.decisions"] != 9 || r.Title == "" || len(r.Sections) != 2 {
		t.Errorf("facts %v, title %q, sections %v", got, r.Title, r.Sections)
	}
	told := 0
	for _, p := range r.Problems {
		if p.Kind == extract.ReadingFailed && p.TableNo == 2 {
			told++
		}
	}
	if told != 1 {
		t.Errorf("problems %+v", r.Problems)
	}
}
