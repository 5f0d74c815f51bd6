package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// requestsPage is a page with the requests table of the 2021 form, all of its requests new, by natural persons, and
// granted.
func requestsPage(title, words string, requests int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<!DOCTYPE html><html><head><meta charset="utf-8"><title>%s</title></head><body><h1>%s</h1><p>一、总体情况</p><p>%s</p>
<p>三、收到和处理政府信息公开申请情况</p><table border="1"><tr><td rowspan="3" colspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan="7">申请人情况</td></tr>
<tr><td rowspan="2">自然人</td><td colspan="5">法人或其他组织</td><td rowspan="2">总计</td></tr><tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>`, title, title, words)
	for _, row := range codebook.FindForm("2021", codebook.Requests).Rows {
		if len(row.Replaces) > 0 {
			continue
		}
		n := 0
		switch row.Key {
		case "requests.received", "requests.granted", "requests.resolved":
			n = requests
		}
		b.WriteString("<tr>")
		for i, label := range row.Path {
			span := 1
			if i == len(row.Path)-1 {
				span = 3 - i
			}
			fmt.Fprintf(&b, `<td colspan="%d">%s</td>`, span, label)
		}
		fmt.Fprintf(&b, "<td>%d</td>%s<td>%d</td></tr>\n", n, strings.Repeat("<td>0</td>", 5), n)
	}
	b.WriteString("</table><p>六、其他需要报告的事项</p><p>无。</p></body></html>")
	return []byte(b.String())
}

// A city beside its towns, from pages to checks: the parts are summed before the whole is compared, whatever the order
// of the files.
func TestAWholeBesideItsParts(t *testing.T) {
	for _, c := range []struct {
		city    int
		outcome string
	}{{7, rule.Pass}, {5, rule.Fail}, {9, rule.NotAssessable}} {
		t.Chdir(t.TempDir())
		write(t, "in/1-city.html", requestsPage("栖霞市人民政府2023年政府信息公开工作年度报告", "2023年，全市认真贯彻落实条例。", c.city))
		write(t, "in/2-town.html", requestsPage("栖霞市寺口镇人民政府2023年政府信息公开工作年度报告", "2023年，我镇认真贯彻落实条例。", 3))
		write(t, "in/3-town.html", requestsPage("栖霞市苏家店镇人民政府2023年政府信息公开工作年度报告", "2023年，我镇认真贯彻落实条例。", 4))
		for _, command := range []string{"import in", "build"} {
			if code, _, errOut := gongkai(t, strings.Fields(command)...); code != exitDone {
				t.Fatalf("%s: exit %d: %s", command, code, errOut)
			}
		}
		city := reportOf(t, "栖霞市人民政府")
		found := false
		for _, check := range rowsOf[schema.Check](t, schema.Checks) {
			if check.Rule != "aggregate.sum" || !strings.HasPrefix(check.Expression, "requests.received/total") {
				continue
			}
			found = true
			if check.ReportID != city.ReportID || check.Outcome != c.outcome || *check.RHS != 7 || *check.LHS != float64(c.city) || !strings.Contains(check.Note, "divisions (2), departments (0)") {
				t.Errorf("%d in the city: %+v", c.city, check)
			}
		}
		if !found {
			t.Errorf("%d in the city: the rule was not tried", c.city)
		}
		if failed := c.outcome == rule.Fail; (city.Notes > 0) != failed || city.Quality == "B" || city.ChecksFailed > 0 {
			t.Errorf("%d in the city: quality %s, %d checks failed, %d notes", c.city, city.Quality, city.ChecksFailed, city.Notes)
		}
	}
}
