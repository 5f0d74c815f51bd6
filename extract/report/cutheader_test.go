package report

import (
	"fmt"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// TestLitigationHeaderCutByPage: a page cuts the second row of the header, and the next page repeats the rows above it
// before the rest.
func TestLitigationHeaderCutByPage(t *testing.T) {
	groups := []td{head("行政复议", 1, 5), head("行政诉讼", 1, 10)}
	suits := []td{head("未经复议直接起诉", 1, 5), head("复议后起诉", 1, 5)}
	whole := []string{"结果维持", "结果纠正", "其他结果", "尚未审结", "总计"}
	labels := func(rows int, texts ...string) (out []td) {
		for _, s := range texts {
			out = append(out, head(s, rows, 1))
		}
		return out
	}
	join := func(parts ...[]td) (out []td) {
		for _, p := range parts {
			out = append(out, p...)
		}
		return out
	}
	var numbers []td
	for i := range 15 {
		numbers = append(numbers, td{fmt.Sprint(31 + i), 1, 1, false})
	}
	for name, s := range map[string]sheet{
		"the first row repeated, the rest of the labels below it": {groups, join(labels(1, "结", "结", "其", "尚", "总"), suits),
			groups, join(labels(1, "果维持", "果纠正", "他结果", "未审结", "计"), labels(1, whole...), labels(1, whole...)), numbers},
		"the whole header repeated, the rest of the labels below it": {groups, join(labels(1, "结果维", "结果纠", "其他结", "尚未审", "总计"), suits),
			groups, join(labels(2, whole...), suits), join(labels(1, whole...), labels(1, whole...)),
			join(labels(1, "持", "正", "果", "结", ""), labels(1, whole...), labels(1, whole...)), numbers},
	} {
		r := Build(&extract.Document{Reader: "test", Blocks: []extract.Block{{Kind: extract.Paragraph, Text: "四、政府信息公开行政复议、行政诉讼情况"}, {Kind: extract.Table, Grid: s.grid()}, {Kind: extract.Paragraph, Text: "五、存在的主要问题及改进情况"}}})
		got := map[string]string{}
		for _, f := range r.Facts {
			got[f.Indicator] = f.Raw
		}
		for i, g := range []string{"review", "suit_direct", "suit_after_review"} {
			for k, result := range []string{"upheld", "corrected", "other", "pending", "total"} {
				if want := fmt.Sprint(31 + 5*i + k); got[g+"."+result] != want {
					t.Errorf("%s: %s.%s is %q, want %s", name, g, result, got[g+"."+result], want)
				}
			}
		}
		if len(r.Problems) > 0 {
			t.Errorf("%s: problems %v", name, r.Problems)
		}
	}
}
