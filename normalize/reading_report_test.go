package normalize

import (
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// What only speaks of annual reports is none; a notice that holds the report is one, and half a year never is.
func TestIsReport(t *testing.T) {
	three := 3.0
	value, blank := extract.Fact{Indicator: "review.total", Value: &three}, extract.Fact{Indicator: "review.total"}
	for _, c := range []struct {
		title    string
		sections int
		facts    []extract.Fact
		want     bool
	}{
		{"甲镇2023年政府信息公开工作年度报告", 0, nil, true},
		{"甲镇2023年政府信息公开工作年度报告", 0, []extract.Fact{value}, true},
		{"甲镇政府信息公开年度报告制度", 0, nil, false},
		{"政府信息公开年度报告范文", 4, nil, false},
		{"2023年政府信息公开工作年度报告格式", 3, []extract.Fact{blank}, false},
		{"文字解读：甲区2023年政府信息公开工作年度报告", 3, nil, false},
		{"关于印发甲镇2012年政府信息公开年度报告的通知", 4, nil, true},
		{"关于做好2023年政府信息公开工作年度报告编制工作的通知", 0, nil, false},
		{"关于公布甲镇2023年政府信息公开年度报告的通知", 0, []extract.Fact{value}, true},
		{"甲镇2023年上半年政府信息公开工作报告", 3, []extract.Fact{value}, false},
		{"甲镇2023年第一季度政府信息公开情况报告", 0, nil, false},
		{"甲镇2023年1-6月政府信息公开情况报告", 0, nil, false},
		{"甲镇2008年5-12月政府信息公开年报", 0, nil, true},
		{"甲镇2023年1-12月政府信息公开年报", 0, nil, true},
	} {
		r := Read(&extract.Report{Title: c.title, Sections: make([]extract.Section, c.sections), Facts: c.facts})
		if got := r.IsReport(); got != c.want {
			t.Errorf("%s: %v (%q, %q)", c.title, got, r.Parsed.NotReport, r.Parsed.Part)
		}
		if !c.want && len(r.Problems) == 0 {
			t.Errorf("%s: left out without a word", c.title)
		}
	}
}
