package fit

import "testing"

// The rows of a table with one column are counted behind their labels or before them: the number beside an empty cell is
// the count.
func TestCountedRowsWithEmptyCells(t *testing.T) {
	got := said(lines("统计指标 统计数", "1 （一）主动公开政府信息数 26", "2 其中：主动公开规范性文件数", "3 制发规范性文件总数 0",
		"4 1.政府公报公开政府信息数 0", "5 2.政府网站公开政府信息数 0", "6 3.政务微博公开政府信息数 0", "7 4.政务微信公开政府信息数 0",
		"8 5.其他方式公开政府信息数", "9 （一）回应公众关注热点或重大舆情数", "10 1.参加或举办新闻发布会总次数 3")...)
	if len(got) == 0 {
		t.Fatal("nothing is read")
	}
	for k, v := range got {
		if v != "unreadable" {
			t.Errorf("%s is %q, want unreadable", k, v)
		}
	}
}
