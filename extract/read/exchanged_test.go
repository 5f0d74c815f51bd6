package read

import (
	"context"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

const columnsExchanged = `青溪县人民政府2024年政府信息公开工作年度报告

三、收到和处理政府信息公开申请情况

                                    申请人情况
                                    商业企业      自然人        科研机构      社会公益组织  法律服务机构  其他          总计
一、本年新收政府信息公开申请数量    7             20            1             0             0             0             28
二、上年结转政府信息公开申请数量    3             5             0             0             0             0             8
（一）予以公开                      9             23            1             0             0             0             33
（七）总计                          9             23            1             0             0             0             33
四、结转下年度继续办理              1             2             0             0             0             0             3
`

const groupBeforePerson = `青溪县人民政府2024年政府信息公开工作年度报告

三、收到和处理政府信息公开申请情况

                                    申请人情况
                                    法人或其他组织                                                         自然人        总计
                                    商业企业      科研机构      社会公益组织  法律服务机构  其他
一、本年新收政府信息公开申请数量    7             1             0             0             0             20            28
二、上年结转政府信息公开申请数量    3             0             0             0             0             5             8
`

// Columns that text aligned by spaces holds in another order than the form are those that their names stand over: sums
// hold in either order.
func TestColumnsExchangedInAlignedText(t *testing.T) {
	for name, text := range map[string]string{"one column": columnsExchanged, "the group first": groupBeforePerson} {
		r, err := Report(context.Background(), "a.txt", []byte(text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, f := range r.Facts {
			if f.Indicator != "requests.received" || f.Applicant == nil {
				continue
			}
			want, ok := map[string]float64{"business": 7, "natural_person": 20, "research": 1, "total": 28}[*f.Applicant]
			if seen++; ok && f.State != extract.Unreadable && (f.Value == nil || *f.Value != want) {
				t.Errorf("%s: %s is %v, want %v or unreadable", name, *f.Applicant, f.Value, want)
			}
		}
		if seen != 7 {
			t.Errorf("%s: %d cells of the first row", name, seen)
		}
	}
}

// The groups of section four in another order: what stands under which cannot be told by its sums, so it is right or
// told, never exchanged.
func TestGroupsExchangedInAlignedText(t *testing.T) {
	text := "青溪县人民政府2024年政府信息公开工作年度报告\n\n四、政府信息公开行政复议、行政诉讼情况\n\n" + `行政诉讼                                                                                      行政复议
未经复议直接起诉                              复议后起诉                                      结果维持  结果纠正  其他结果  尚未审结  总计
结果维持  结果纠正  其他结果  尚未审结  总计  结果维持    结果纠正  其他结果  尚未审结  总计
0         0         0         6         6     5           0         0         8         13    1         0         0         0         1
`
	for name, text := range map[string]string{"aligned": text, "words": strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' }), " ")} {
		r, err := Report(context.Background(), "a.txt", []byte(text), Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Facts {
			if want, ok := map[string]float64{"review.upheld": 1, "review.total": 1, "review.pending": 0}[f.Indicator]; ok && f.Value != nil && *f.Value != want {
				t.Errorf("%s: %s is %v, want %v or unreadable", name, f.Indicator, *f.Value, want)
			}
		}
		if len(r.Facts) == 0 && len(r.Problems) == 0 {
			t.Errorf("%s: nothing read and nothing told", name)
		}
	}
}

// A total that stands first in lines of text: where a row shows it, rows that add up either way are unreadable too.
func TestTotalFirstInLines(t *testing.T) {
	lines := []string{"青溪县人民政府2024年政府信息公开工作年度报告", "三、收到和处理政府信息公开申请情况", "申请人情况", "总计", "自然人", "法人或其他组织", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他",
		"一、本年新收政府信息公开申请数量", "72", "9", "12", "11", "12", "13", "15", "二、上年结转政府信息公开申请数量", "1", "0", "0", "0", "1", "0", "0",
		"三、本年度办理结果", "（一）予以公开", "4", "0", "0", "0", "0", "0", "4"}
	r, err := Report(context.Background(), "a.txt", []byte(strings.Join(lines, "\n")+"\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Facts {
		if f.Indicator == "requests.granted" && f.Applicant != nil && *f.Applicant == "natural_person" && f.Value != nil && *f.Value != 0 {
			t.Errorf("natural persons were granted %v, want 0 or unreadable", *f.Value)
		}
	}
	if len(r.Facts) == 0 {
		t.Error("no row was read or told")
	}
}
