package read

import (
	"context"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// Programs that keep words apart by spaces, but not where they stand: full rows (行政许可) do not have their numbers under
// their headers, so those say nothing of a row with blanks either.
const headersAstray = `青溪县人民政府2020年政府信息公开工作年度报告

二、主动公开政府信息情况

                第二十条第（一）项
   信息内容     本年新制作数量   本年新公开数量   对外公开总数量
规章                                       0                0
规范性文件                                  0
                第二十条第（五）项
   信息内容     上一年项目数量     本年增/减     处理决定数量
行政许可                  0                0                41
其他对外管理服务事
                         0                45                16
项
                第二十条第（六）项
   信息内容     上一年项目数量     本年增/减     处理决定数量
行政处罚                  2                0                0
行政强制                                    6                0
                第二十条第（八）项
                             上一年项
            信息内容                     本年增/减
                              目数量
行政事业性收费                                        0         0
                第二十条第（九）项
                             采购项目
            信息内容                   采购总金额
                              数量
政府集中采购                                          0         0
`

// Where no full row of a table says where its columns stand and its headers are known to lie elsewhere, a row with
// blanks is told, and none of its cells has a number or is called blank.
func TestHeadersAstray(t *testing.T) {
	got := map[string]extract.Fact{}
	for _, f := range facts(t, headersAstray) {
		got[f.Indicator] = f
	}
	for _, of := range []string{"regulations", "normative_documents"} {
		for _, column := range []string{".made", ".newly_disclosed", ".disclosed_total"} {
			if f := got[of+column]; f.Value != nil || f.State == extract.Blank {
				t.Errorf("%s%s is %s %v: where its number stands is not known", of, column, f.State, f.Value)
			}
		}
	}
	if f := got["licensing.decisions"]; f.Value == nil || *f.Value != 41 {
		t.Errorf("a full row: %+v", f)
	}
}

func facts(t *testing.T, text string) []extract.Fact {
	t.Helper()
	r, err := Report(context.Background(), "a.txt", []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r.Facts
}
