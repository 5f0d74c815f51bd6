package items

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// flat makes a sheet without spans of rows whose cells are parted by bars.
func flat(rows ...string) *Sheet {
	g := &extract.Grid{Rows: len(rows), Flat: true}
	for r, row := range rows {
		for c, text := range strings.Split(row, "|") {
			g.Cells = append(g.Cells, extract.Cell{Row: r, Col: c, RowSpan: 1, ColSpan: 1, Text: text})
			g.Cols = max(g.Cols, c+1)
		}
	}
	return FromGrid(1, g, false)
}

// Marks of covered positions become the spans that they stand for, and what may be an empty cell or a merged one is in
// doubt.
func TestUncover(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []string
		want string // text@row,col rows×spans; ? for an item in doubt
	}{
		{"a header and labels", []string{"项目|None|申请人情况|None", "None|None|自然人|总计", "三、结果|（一）公开|3|3", "None|（二）部分|0|0"},
			"项目@0,0 2×2 申请人情况@0,2 1×2 自然人@1,2 1×1 总计@1,3 1×1 三、结果@2,0 2×1 （一）公开@2,1 1×1 3@2,2 1×1 3@2,3 1×1 （二）部分@3,1 1×1 0@3,2 1×1 0@3,3 1×1"},
		{"numbers over several positions", []string{"内容|制发|None|有效", "规章|4|None|5"}, "内容@0,0 1×1 制发@0,1 1×2 有效@0,3 1×1 规章@1,0 1×1 4@1,1 1×2 5@1,3 1×1"},
		{"a number that may be merged downwards", []string{"内容|NaN|制发|有效", "规章|NaN|4|5", "文件|NaN|NaN|6"},
			"内容@0,0 1×2 制发@0,2 1×1 有效@0,3 1×1 规章@1,0 1×2 4@1,2 1×1? 5@1,3 1×1 文件@2,0 1×2 NaN@2,2 1×1? 6@2,3 1×1"},
		{"a number merged downwards in a table without other marks", []string{"内容|制发|有效", "规章|4|5", "文件|None|6"},
			"内容@0,0 1×1 制发@0,1 1×1 有效@0,2 1×1 规章@1,0 1×1 4@1,1 1×1? 5@1,2 1×1 文件@2,0 1×1 None@2,1 1×1? 6@2,2 1×1"},
		{"a number merged downwards over two rows", []string{"内容|None|制发|有效", "规章|None|4|5", "文件|None|None|6", "条例|None|None|7"},
			"内容@0,0 1×2 制发@0,2 1×1 有效@0,3 1×1 规章@1,0 1×2 4@1,2 1×1? 5@1,3 1×1 文件@2,0 1×2 None@2,2 1×1? 6@2,3 1×1 条例@3,0 1×2 None@3,2 1×1? 7@3,3 1×1"},
		{"blanks of a table that has no spans", []string{"内容|制发|有效", "规章|4|NaN", "文件|NaN|6"}, "内容@0,0 1×1 制发@0,1 1×1 有效@0,2 1×1 规章@1,0 1×1 4@1,1 1×1 NaN@1,2 1×1 文件@2,0 1×1 NaN@2,1 1×1 6@2,2 1×1"},
		{"ditto marks before labels", []string{"项目|名称|数", "三、结果|（一）公开|3", "〃|（二）部分|0"}, "项目@0,0 1×1 名称@0,1 1×1 数@0,2 1×1 三、结果@1,0 2×1 （一）公开@1,1 1×1 3@1,2 1×1 （二）部分@2,1 1×1 0@2,2 1×1"},
	} {
		var got []string
		for _, i := range flat(c.rows...).Items {
			s := fmt.Sprintf("%s@%d,%d %d×%d", i.Text, i.Row, i.Col, i.RowSpan, i.Spans)
			if i.Cell.Doubt != "" {
				s += "?"
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, s, c.want)
		}
	}
}
