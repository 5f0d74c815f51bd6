package main

import (
	"strings"
	"testing"
)

// A number that two tables give differently is explained by the problem that names it, wherever that stands.
func TestExplainNamesTheOtherTable(t *testing.T) {
	t.Chdir(t.TempDir())
	table := `<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr><tr><td>行政许可</td><td>%</td></tr></table>`
	write(t, "a.html", []byte("<p>二、主动公开政府信息情况</p>"+strings.ReplaceAll(table, "%", "5")+strings.ReplaceAll(table, "%", "6")))
	code, out, errOut := gongkai(t, "explain", "a.html", "licensing.decisions")
	if code != exitDone || !strings.Contains(out, "duplicate_fact") || !strings.Contains(out, `"6" here, "5" before`) {
		t.Errorf("exit %d: %s%s", code, out, errOut)
	}
}
