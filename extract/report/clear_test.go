package report

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// flatGrid makes a grid without spans of rows whose cells are parted by bars.
func flatGrid(rows ...string) *extract.Grid {
	g := &extract.Grid{Rows: len(rows), Flat: true}
	for r, row := range rows {
		for c, text := range strings.Split(row, "|") {
			g.Cells = append(g.Cells, extract.Cell{Row: r, Col: c, RowSpan: 1, ColSpan: 1, Text: text})
			g.Cols = max(g.Cols, c+1)
		}
	}
	return g
}

// barred makes a document of a word and such a grid.
func barred(rows ...string) *extract.Document {
	return &extract.Document{Blocks: []extract.Block{{Text: "附件"}, {Kind: extract.Table, Grid: flatGrid(rows...)}}}
}

// Tables that leave nothing open are read without a problem.
func TestNothingOpen(t *testing.T) {
	blanks := func(key string) string { return strings.TrimSpace(strings.Repeat("requests."+key+"=blank ", 7)) }
	for _, c := range []struct {
		name string
		d    *extract.Document
		want string
	}{
		{"dashes in the rows of chapters", flatten("附件", "统计指标", "单位", "统计数", "二、回应解读情况", "——", "——", "3.政策解读稿件发布数", "篇", "8", "三、依申请公开情况", "——", "（一）收到申请数", "件", "5"),
			"stat2014.policy_interpretations=8 stat2014.req_received=5"},
		{"who filled the form in", barred("统计指标|单位|统计数", "六、举报投诉数量|件|8", "单位负责人：甲某|审核人：乙某|填报人：丙某"), "stat2014.complaints=8"},
		{"who filled the form in, with a telephone number", barred("统计指标|单位|统计数", "六、举报投诉数量|件|8", "填报人：丙某|联系电话：|87654321"), "stat2014.complaints=8"},
		{"cells written once for each position they cover", barred("第二十条第（五）项|第二十条第（五）项|第二十条第（五）项|第二十条第（五）项", "信息内容|本年处理决定数量|本年处理决定数量|本年处理决定数量", "行政许可|31|31|31"),
			"licensing.decisions=31"},
		{"rows of blanks without spans", barred("申请人情况", "自然人|法人或其他组织|总计", "商业企业|科研机构|社会公益组织|法律服务机构|其他", "二、上年结转政府信息公开申请数量|||||||", "三、本年度办理结果|（一）予以公开|||||||"),
			blanks("carried_in") + " " + blanks("granted")},
		{"a row of blanks without a label", barred("行政复议|行政诉讼", "结果维持|结果纠正|其他结果|尚未审结|总计|未经复议直接起诉|复议后起诉", "结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计", strings.Repeat("|", 14)),
			"review.upheld=blank review.corrected=blank review.other=blank review.pending=blank review.total=blank suit_direct.upheld=blank suit_direct.corrected=blank suit_direct.other=blank suit_direct.pending=blank suit_direct.total=blank " +
				"suit_after_review.upheld=blank suit_after_review.corrected=blank suit_after_review.other=blank suit_after_review.pending=blank suit_after_review.total=blank"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := read(c.d); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			for _, p := range Build(c.d).Problems {
				t.Errorf("%s: %s: %s", p.Kind, p.Detail, p.Raw)
			}
		})
	}
}

// A position of a merged cell that holds another number than the first is no repetition.
func TestRepeatedHeaderOtherNumber(t *testing.T) {
	d := barred("第二十条第（五）项|第二十条第（五）项|第二十条第（五）项", "信息内容|本年处理决定数量|本年处理决定数量", "行政许可|31|32")
	if len(Build(d).Problems) == 0 {
		t.Error("a second number under one header is not told")
	}
}

// A table that continues with another number of columns still shows that a row of it is blank.
func TestBlankRowOfOtherWidth(t *testing.T) {
	d := barred("项目|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计", "二、上年结转政府信息公开申请数量|1|0|0|0|0|0|1")
	d.Blocks = append(d.Blocks, barred("三、本年度办理结果|（一）予以公开|||||||").Blocks[1])
	for i := range d.Blocks {
		if g := d.Blocks[i].Grid; g != nil {
			g.Flat = false
		}
	}
	if got := read(d); strings.Count(got, "requests.granted=blank") != 7 {
		t.Error(got)
	}
}
