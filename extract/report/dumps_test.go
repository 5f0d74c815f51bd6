package report

import "testing"

// TestDumps: programs that turn pages into text lose blanks, write labels behind their numbers and cut headers and
// numbers; what that leaves open is not read.
func TestDumps(t *testing.T) {
	documents := []string{"第二十条第（一）项", "信息内容 本年新制作数量 本年新公开数量 对外公开总数量"}
	licensing := []string{"第二十条第（五）项", "信息内容 上一年项目数量 本年增/减 处理决定数量"}
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"numbers before the label of the next table are none of that one", []string{"第二十条第（九）项", "采购项目数量", "采购总金额", "643", "151.14", "行政事业性收费", "第二十条第（九）项", "信息内容", "政府集中采购"},
			""},
		{"three digits are one number where other rows have lost blanks", append(append([]string{}, append(documents, "规章 386 314")...), append(licensing, "行政许可 410")...),
			"regulations.made=unreadable regulations.newly_disclosed=unreadable regulations.disclosed_total=unreadable " +
				"licensing.items_last_year=unreadable licensing.items_change=unreadable licensing.decisions=unreadable"},
		{"a header that lost its other columns", []string{"第二十条第（五）项", "信息内容", "上一年项目数量", "行政许可", "410", "其他对外管理服务事项", "741", "950", "本年增/减"},
			"licensing.items_last_year=unreadable other_services.items_last_year=unreadable"},
		{"digits apart, and some alone on their lines", append(documents, "规章", "9 0 1 4 6", "9 5 9 8 1", "3 2 6 7", "6", "规范性文件", "2", "0", "3"),
			"regulations.made=unreadable regulations.newly_disclosed=unreadable regulations.disclosed_total=unreadable " +
				"normative_documents.made=unreadable normative_documents.newly_disclosed=unreadable normative_documents.disclosed_total=unreadable"},
		{"small numbers, one row a line", append(documents, "规章", "9 0 1", "规范性文件", "2", "0", "3"),
			"regulations.made=9 regulations.newly_disclosed=0 regulations.disclosed_total=1 normative_documents.made=2 normative_documents.newly_disclosed=0 normative_documents.disclosed_total=3"},
	} {
		if got := read(flatten("二、主动公开政府信息情况", c.lines...)); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestReasonHasItsCode: a problem that only says a reason has the code of the reason.
func TestReasonHasItsCode(t *testing.T) {
	r := Build(flatten("二、主动公开政府信息情况", "第二十条第（一）项", "信息内容本年制发件数本年废止件数现行有效件数", "规章 12 3"))
	for _, p := range r.Problems {
		if p.Code == "not_one_each" {
			return
		}
	}
	t.Errorf("%+v", r.Problems)
}
