package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/normalize/rule"
)

// A town that repeats itself beside one that wrote anew and one that copied from the first: rows of reuse, new share,
// rule, notes; and the table of boilerplate of a build given back to it and to a build with one report more.
func TestCopiedTextFromPagesToTables(t *testing.T) {
	t.Chdir(t.TempDir())
	own := "我镇在赶集日把政务公开的小册子送到每个摊位，请老人念给邻居听；村口的广播每天早晚各播一遍新政策，谁家有疑问就到镇上的小屋来问。" +
		"今年又添了两块电子屏，一块在卫生院门口，一块在农贸市场，滚动播放救助名单与补贴标准，群众说看得见、问得着、信得过，心里踏实。" +
		"对不识字的人家，包村干部上门讲解，一户一户说清楚，回来再把问到的事情记在本子上，月底由分管的同志逐条答复并张榜贴在村委会的墙上。" +
		"年底评出三位热心的宣讲员，发了红花和奖状，他们的照片挂在文化站的走廊里，孩子们放学路过总要停下来看一看，问长问短。"
	anew := "一年来，窗口搬到了新楼，资料重新编了目，旧档案由退休的老同志义务整理，装订成册后放在阅览室，来看的人比往年多了不少，学生也常来抄写地名的来历，写成作文贴在走廊里，大家都说好。" +
		"我们请统计站的年轻人画了图，把钱花在哪里、路修到哪里都画在一张纸上，贴在车站，等车的人看得入神，常有人指着自己的村子问个没完，司机也跟着解释，渐渐成了一景，外镇也有人来学样。"
	write(t, "in/1.html", requestsPage("栖霞市寺口镇人民政府2022年政府信息公开工作年度报告", "2022年，"+own+"全年公开12条。", 7))
	write(t, "in/2.html", requestsPage("栖霞市寺口镇人民政府2023年政府信息公开工作年度报告", "2023年，"+own+"全年公开1,345条。", 8))
	write(t, "in/3.html", requestsPage("栖霞市苏家店镇人民政府2022年政府信息公开工作年度报告", "2022年，"+anew, 3))
	write(t, "in/4.html", requestsPage("栖霞市苏家店镇人民政府2023年政府信息公开工作年度报告", "2023年，"+strings.ReplaceAll(own, "我镇", "苏家店镇"), 4))
	build := func(flags ...string) map[string]string {
		t.Helper()
		for _, command := range [][]string{{"import", "in"}, append([]string{"build"}, flags...)} {
			if code, _, errOut := gongkai(t, command...); code != exitDone {
				t.Fatalf("%s: exit %d: %s", command, code, errOut)
			}
		}
		return tree(t, "dataset")
	}
	build()
	repeated, copied := "", ""
	for _, p := range rowsOf[schema.Report](t, schema.Reports) {
		switch {
		case p.IssuerName == "栖霞市寺口镇人民政府" && *p.Year == 2023:
			if repeated = p.ReportID; p.Notes == 0 {
				t.Errorf("no note on the report that repeats: %+v", p)
			}
		case p.IssuerName == "栖霞市苏家店镇人民政府" && *p.Year == 2023:
			copied = p.ReportID
		}
	}
	relations := map[string]schema.Reuse{}
	for _, r := range rowsOf[schema.Reuse](t, schema.ReuseTable) {
		if r.Section == nil {
			t.Errorf("a title counts as common text: %+v", r)
		}
		if r.ReportID == repeated || r.ReportID == copied {
			relations[r.ReportID+r.Relation] = r
		}
	}
	if r := relations[repeated+"own_earlier"]; r.OtherIsEarlier == nil || !*r.OtherIsEarlier || r.Share < 0.95 || !strings.Contains(r.Passage, "赶集日把政务公开") {
		t.Errorf("what the town repeats: %+v", r)
	}
	if r := relations[copied+"same_county"]; r.Share < 0.9 || int(r.LongestCharacters) < len([]rune(own))-10 {
		t.Errorf("what the other town copied: %+v", r)
	}
	outcomes := map[string]string{}
	for _, c := range rowsOf[schema.Check](t, schema.Checks) {
		if c.Rule == "report.copied" && c.LHS != nil {
			outcomes[c.ReportID] = c.Outcome
		}
	}
	if outcomes[repeated] != rule.Fail || outcomes[copied] != rule.Pass {
		t.Errorf("report.copied of the texts: %v", outcomes)
	}
	for _, p := range rowsOf[schema.Panel](t, nil) {
		want := map[string]bool{repeated: true, copied: true}[p.ReportID]
		if (p.TextNewShare != nil) != want || want && (*p.TextNewShare < 0.1) != (p.ReportID == repeated) {
			t.Errorf("new share of %s: %v", p.ReportID, p.TextNewShare)
		}
	}
	// what a build made goes into another: the table is all that the reports before decided
	if err := os.Rename("dataset/boilerplate.csv", "given.csv"); err != nil {
		t.Fatal(err)
	}
	write(t, "in/5.html", requestsPage("栖霞市观里镇人民政府2023年政府信息公开工作年度报告", "2023年，"+anew, 4))
	added := build("--boilerplate", "given.csv")
	if err := os.RemoveAll("dataset"); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll("archive/readings"); err != nil {
		t.Fatal(err)
	}
	sameTree(t, added, build("--boilerplate", "given.csv"))
	if code, _, errOut := gongkai(t, "build", "--boilerplate", "in/1.html"); code != exitFailed || !strings.Contains(errOut, "boilerplate") {
		t.Errorf("a page as a table of boilerplate: exit %d, %s", code, errOut)
	}
}

// What 22 towns all write is boilerplate: it is in nobody's rows, and in the table.
func TestCommonTextIsNobodysCopy(t *testing.T) {
	t.Chdir(t.TempDir())
	said := "本镇坚持把政务公开摆在突出位置来抓，镇长亲自挂帅，分管的副镇长具体负责，办公室专人承办，做到年初有计划年中有检查年末有总结。"
	for i := range 22 {
		write(t, fmt.Sprintf("in/%d.html", i), requestsPage(fmt.Sprintf("虚构县第%c镇2023年政府信息公开工作年度报告", rune(0x4e00+50*i)), said, i))
	}
	for _, command := range []string{"import in", "build"} {
		if code, _, errOut := gongkai(t, strings.Fields(command)...); code != exitDone {
			t.Fatalf("%s: exit %d: %s", command, code, errOut)
		}
	}
	if rows := rowsOf[schema.Reuse](t, schema.ReuseTable); len(rows) != 0 {
		t.Errorf("%d rows, the first %+v", len(rows), rows[0])
	}
	table, err := os.ReadFile("dataset/boilerplate.csv")
	if err != nil || strings.Count(string(table), ",2021,22,22\n") < 5 {
		t.Errorf("boilerplate: %v\n%s", err, table)
	}
}
