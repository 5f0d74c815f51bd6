package foreign

import (
	"strings"
	"testing"
)

func TestSimplify(t *testing.T) {
	for _, c := range []struct {
		text, want string
		marked     bool
	}{
		{"青禾镇2022年政府信息公开工作年度报告", "青禾镇2022年政府信息公开工作年度报告", false},
		{"青禾鎮2021年政府信息公開工作年度報告根據條例規定編製，現將總體情況報告如下：網絡發佈與機關單位協調處理，規範性檔案 2 | 2 | 19，檔案館", "青禾镇2021年政府信息公开工作年度报告根据条例规定编制，现将总体情况报告如下：网络发布与机关单位协调处理，规范性文件 2 | 2 | 19，档案馆", true},
		{"青禾鎮(zhèn)政府信息公開年度報(bào)告，現(xiàn)公布如下", "青禾镇政府信息公开年度报告，现公布如下", true},
		{"必威青禾镇2020年公开年度报告", "必威青禾镇2020年公开年度报告", true},
		{"展出名為公開的書法一幅，青禾镇信息公开年度报告已发布，欢迎各位居民查阅", "展出名為公開的書法一幅，青禾镇信息公开年度报告已发布，欢迎各位居民查阅", false},
	} {
		out, why := Simplify([]byte(c.text))
		if string(out) != c.want || (len(why) > 0) != c.marked {
			t.Errorf("%s\n got %s (%v)\nwant %s", c.text, out, why, c.want)
		}
	}
}

// Of several words that a page holds the first of the list is named, wherever it stands.
func TestSwappedWords(t *testing.T) {
	for _, page := range []string{
		"", "足", "足彩", "足彩网", "足球比分网", "足彩足彩网", "必威足彩网bet365", "足球比分必威", "bet36", "bbet365", "必", "年度报告",
		"足球比分足彩网", "\xe5\xbf",
	} {
		want := ""
		for _, s := range swapped {
			if strings.Contains(page, s) {
				want = s
				break
			}
		}
		got := ""
		if _, signs := Simplify([]byte(page)); len(signs) > 0 {
			got = signs[0].Args[0].(string)
		}
		if got != want {
			t.Errorf("in %q: %q, want %q", page, got, want)
		}
	}
}
