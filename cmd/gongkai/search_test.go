package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/query/querytest"
)

func TestSearchCommand(t *testing.T) {
	data := filepath.Join(t.TempDir(), "dataset")
	querytest.Write(t, data, querytest.Towns()...)
	manifest, err := os.ReadFile(filepath.Join(data, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	run := func(args ...string) (string, int) {
		var out bytes.Buffer
		code := execute(context.Background(), append([]string{"search", "--data", data}, args...), &out, &out)
		return out.String(), code
	}
	if out, code := run("政务公开", "培训", "--area", "370686107", "--years", "2019-2021"); code != 0 || strings.Count(out, "line:1-1") != 1 ||
		!strings.Contains(out, "栖霞市寺口镇 2020 · 一、总体情况\n  坚持以公开为常态，寺口镇主动公开政府信息。 加强【政务公开】【培训】。\n") {
		t.Errorf("%d %s", code, out)
	}
	if out, code := run("政务公开", "--limit", "2", "--json"); code != 0 || strings.Count(out, `"message_type":"passage"`) != 2 || !strings.Contains(out, `"more":true`) {
		t.Errorf("%d %s", code, out)
	}
	if out, code := run("政务公开", "--section", "5"); code != 0 || out != "nothing found\n" {
		t.Errorf("%d %s", code, out)
	}
	for _, args := range [][]string{{"。"}, {"公开", "--area", "无此地"}, {"公开", "--section", "7"}, {"公开", "--years", "x"}, {"公开", "--limit", "0"}, {}} {
		if out, code := run(args...); code != 2 {
			t.Errorf("%v: %d %s", args, code, out)
		}
	}
	after, err := os.ReadFile(filepath.Join(data, "manifest.json"))
	entries, errList := os.ReadDir(filepath.Dir(data))
	if err != nil || errList != nil || !bytes.Equal(manifest, after) || len(entries) != 3 { // dataset, its lock, its index
		t.Errorf("beside the dataset: %v %v %v", entries, err, errList)
	}
}
