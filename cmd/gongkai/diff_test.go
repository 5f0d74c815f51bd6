package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Two datasets of one place: a cell changed, a cell lost, a report added, a report removed.
func TestDiff(t *testing.T) {
	t.Chdir(t.TempDir())
	table := func(issued, inForce string) string {
		return "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t0\t0\n行政规范性文件\t" + issued + "\t1\t" + inForce + "\n"
	}
	report := func(dir, year, body string) {
		write(t, filepath.Join(dir, year+".txt"), []byte("甲镇人民政府"+year+"年政府信息公开工作年度报告\n一、总体情况\n无。\n二、主动公开政府信息情况\n"+body+"三、收到和处理政府信息公开申请情况\n无\n"))
	}
	build := func(dir string) {
		t.Helper()
		if code, _, errOut := gongkai(t, "import", dir, "--archive", dir+"-archive"); code != exitDone {
			t.Fatalf("exit %d: %s", code, errOut)
		}
		if code, _, errOut := gongkai(t, "build", "--archive", dir+"-archive", "--out", dir+"-data"); code != exitDone {
			t.Fatalf("exit %d: %s", code, errOut)
		}
	}
	report("old", "2021", table("3", "7"))
	report("old", "2022", table("3", "9"))
	report("new", "2022", table("4", ""))
	report("new", "2023", table("5", "9"))
	build("old")
	build("new")

	code, out, errOut := gongkai(t, "--json", "diff", "old-data", "new-data")
	if code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	got := map[string]string{}
	for _, c := range lines(t, out) {
		what := "report"
		if c["indicator"] != nil {
			what = c["indicator"].(string)
		}
		key := strings.Join([]string{c["change"].(string), trimFloat(c["year"].(float64)), what}, " ")
		got[key] = strings.Join([]string{shown(c["old_value"]), shown(c["new_value"]), shown(c["new_state"])}, "|")
	}
	want := map[string]string{"removed 2021 report": "||", "added 2023 report": "||", "changed 2022 normative_documents.issued": "3|4|reported", "changed 2022 normative_documents.in_force": "9||blank"}
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s: %q, want %q", k, got[k], v)
		}
	}
	if len(got) != len(want) {
		t.Errorf("changes: %v", got)
	}
	if code, out, _ := gongkai(t, "diff", "old-data", "new-data"); code != exitDone || !strings.Contains(out, "1 added, 1 removed, 2 changed") {
		t.Errorf("exit %d: %s", code, out)
	}
	if code, out, _ := gongkai(t, "diff", "new-data", "new-data"); code != exitDone || !strings.Contains(out, "0 added, 0 removed, 0 changed") {
		t.Errorf("a dataset differs from itself: exit %d: %s", code, out)
	}
	if code, _, errOut := gongkai(t, "diff", "old-data", "new-data", "--parquet", "changes.parquet"); code != exitDone {
		t.Errorf("exit %d: %s", code, errOut)
	}
	if body, err := os.ReadFile("changes.parquet"); err != nil || !strings.HasPrefix(string(body), "PAR1") {
		t.Errorf("no Parquet file: %v", err)
	}
}

func shown(v any) string {
	switch v := v.(type) {
	case float64:
		return trimFloat(v)
	case string:
		return v
	}
	return ""
}
