package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
)

func TestCompareTextOfFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "a.html", requestsPage("甲镇人民政府2022年政府信息公开工作年度报告", "2022年，我镇主动公开政府信息294条。举办政务公开培训班两期。", 7))
	write(t, "b.html", requestsPage("甲镇人民政府2023年政府信息公开工作年度报告", "2023年，我镇主动公开政府信息300条，并举办政务公开培训班两期。", 7))
	code, out, errOut := gongkai(t, "compare", "--text", "a.html", "b.html", "--language", "zh")
	if code != exitDone || !strings.Contains(out, "公开政府信息 294 → 300 条") || !strings.Contains(out, "[-2022-]{+2023+}年") {
		t.Errorf("%d %s %s", code, out, errOut)
	}
	if code, out, _ := gongkai(t, "compare", "--text", "a.html", "b.html", "--format", "html"); code != exitDone || !strings.Contains(out, "<ins>300</ins>") {
		t.Errorf("%d %s", code, out)
	}
	if code, out, _ := gongkai(t, "compare", "--text", "a.html", "b.html", "--json"); code != exitDone || lines(t, out)[0]["message_type"] != "text_comparison" {
		t.Errorf("%d %s", code, out)
	}
}

func TestCompareTextOfPlaces(t *testing.T) {
	data := filepath.Join(t.TempDir(), "dataset")
	querytest.Write(t, data, querytest.Towns()...)
	run := func(args ...string) (int, string) {
		code, out, errOut := gongkai(t, append([]string{"compare", "--text", "--data", data, "--language", "en"}, args...)...)
		return code, out + errOut
	}
	if code, out := run("寺口镇:2020", "观里镇:2020"); code != exitDone || !strings.HasPrefix(out, "栖霞市寺口镇 2020 → ") || !strings.Contains(out, "Numbers that changed") {
		t.Errorf("%d %s", code, out)
	}
	for _, c := range []struct {
		args string
		want string
		code int
	}{
		{"寺口镇:1999 寺口镇:2020", "there are", exitFailed},
		{"寺口镇:x 寺口镇:2020", "no year", exitUsage},
		{"寺口镇:2020", "compares two texts", exitUsage},
		{"寺口镇:2020 寺口镇:2020 --format csv", "table or html", exitUsage},
	} {
		if code, out := run(strings.Fields(c.args)...); code != c.code || !strings.Contains(out, c.want) {
			t.Errorf("%s: %d %s", c.args, code, out)
		}
	}
}
