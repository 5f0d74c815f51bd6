package report

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

var fuzzWords = strings.Split("||0|12|-|无|1 2|19\n1|3元|信息内容|第二十条第（一）项|第二十条第（六）项|本年新|本年新制作数量|现行有效件数|本年处理决定数量|规章|行政规范性文件|行政许可|行政强制|"+
	"（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）|申请人情况|自然人|法人或其他组织|商业企业|科研机构|其他|总计|一、本年新收政府信息公开申请数量|三、本年度办理结果|（三）不予公开|1.属于国家秘密|"+
	"3.补正后申请内容仍不|明确|（六）其他处理|3.其他|（七）总计|四、结转下年度继续办理|行政复议|行政诉讼|未经复议直接起诉|复议后起诉|结果维持|结果|维持|结果纠正|其他结果|尚未审结|"+
	"统计指标|单位|统计数|件|（一）收到申请数|1.当面申请数|四、行政复议数量|（二）被依法纠错数|联系电话|法", "|")

// FuzzGrids: any grid of the forms' words, with any spans, is read without a crash; no cell of a fact's table
// disappears, and no fact stands twice.
func FuzzGrids(f *testing.F) {
	f.Add([]byte{4, 9, 12, 13, 14, 16, 3, 3, 3})
	f.Add([]byte{8, 20, 21, 22, 24, 26, 27, 28, 3, 3, 3, 3, 3, 3, 3})
	f.Add([]byte{5, 38, 0, 0, 0, 0, 42, 45, 46, 47, 27, 3, 3, 3, 3, 3})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 2 || len(data) > 400 {
			return
		}
		cols := int(data[0]%18) + 1
		d := &extract.Document{}
		g := &extract.Grid{Cols: cols, Flat: data[0]&0x80 != 0}
		for i, b := range data[1:] {
			c := extract.Cell{Row: i / cols, Col: i % cols, RowSpan: 1, ColSpan: 1, Text: fuzzWords[int(b)%len(fuzzWords)]}
			if b >= 200 {
				c.ColSpan, c.RowSpan = 1+int(b%3), 1+int(b%2)
			}
			g.Cells = append(g.Cells, c)
			g.Rows = c.Row + 1
			if b == 199 {
				d.Blocks = append(d.Blocks, extract.Block{Kind: extract.Table, Grid: g})
				g = &extract.Grid{Cols: cols, Flat: g.Flat, Continues: i%2 == 0}
			}
		}
		for i := range g.Cells {
			g.Rows = max(g.Rows, g.Cells[i].Row+g.Cells[i].RowSpan)
		}
		d.Blocks = append(d.Blocks, extract.Block{Kind: extract.Table, Grid: g})
		seen := map[string]bool{}
		for _, x := range Build(d).Facts {
			k := x.Indicator
			if x.Applicant != nil {
				k += "/" + *x.Applicant
			}
			if seen[k] || (x.Value != nil) != (x.State == extract.Reported) {
				t.Errorf("%s: %+v", k, x)
			}
			seen[k] = true
		}
	})
}
