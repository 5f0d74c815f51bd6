package mention

import (
	"strings"
	"testing"
)

// TestIndicators: a count restates a cell of the tables only where the text leaves no doubt of it; what is wrongly
// compared accuses the publisher.
func TestIndicators(t *testing.T) {
	const title = "青禾县2023年政府信息公开工作年度报告\n"
	for text, want := range map[string]string{
		"2023年收到申请12件，办结11件。":                   "requests.received requests.resolved",
		"2022年收到申请12件，办结11件。":                   " ",
		"较上年收到申请12件有所下降。":                       "",
		"上半年共收到申请7件。":                           "",
		"共办理政府信息公开申请12件。":                       "requests.handled",
		"全年处理申请12件。":                            "requests.handled",
		"全年新收申请12件，同比减少15件（2022年27件）。":          "requests.received",
		"上述12件申请均已答复。":                          "",
		"现场受理申请3件。":                             "",
		"未收到政府信息公开申请。":                          "requests.received",
		"无上年结转政府信息公开申请。":                        "requests.carried_in",
		"无结转下年度继续办理的政府信息公开申请。":                  "requests.carried_out",
		"没有不予公开的政府信息公开申请。":                      "",
		"无依申请公开引起的行政复议和行政诉讼。":                   "review.total suit.total",
		"全年无政府信息公开申请引发的行政复议。":                   "review.total",
		"政府信息公开行政诉讼4件。":                         "suit.total",
		"政府信息公开行政诉讼一审2件。":                       "",
		"县政府作为复议机关收到政府信息公开行政复议9件。":              "",
		"清理规范性文件40件，其中废止6件，继续有效32件。":            "",
		"制定行政规范性文件3件，废止1件，现行有效12件。":             "normative_documents.issued normative_documents.repealed normative_documents.in_force",
		"县公安局收到信息公开申请4件，县统计局收到信息公开申请5件，去年收到6件。": "requests.received requests.received",
	} {
		var got []string
		for _, m := range Scan(title + text) {
			if m.PartOf == nil {
				got = append(got, m.Indicator)
			}
		}
		if s := strings.TrimSpace(strings.Join(got, " ")); s != strings.TrimSpace(want) {
			t.Errorf("%s\n got %q\nwant %q", text, s, want)
		}
	}
	for text, want := range map[string]bool{"五年来共收到申请12件。": true, "本届政府以来收到申请12件。": true, "一年来收到申请12件。": false} {
		if ms := Scan(title + text); len(ms) != 1 || ms[0].Cumulative != want {
			t.Errorf("%s: %+v", text, ms)
		}
	}
}
