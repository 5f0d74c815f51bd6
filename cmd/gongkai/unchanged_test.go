package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestUnchangedBuild: a build of what was built already leaves the dataset as it is, says so, and sums up as a whole
// one does; whatever else changed makes it write, and then it writes what a first build writes.
func TestUnchangedBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("builds some twenty times")
	}
	t.Chdir(t.TempDir())
	report := func(name, year, received string) string {
		write(t, name, []byte(name[:len(name)-4]+year+"年政府信息公开工作年度报告\n一、总体情况\n全年收到政府信息公开申请"+received+"件。\n"))
		return name
	}
	report("栖霞市寺口镇.txt", "2020", "3")
	report("栖霞市蛇窝泊镇.txt", "2021", "5")
	imported := func(name string) {
		t.Helper()
		if code, _, errOut := gongkai(t, "import", name); code != exitDone {
			t.Fatalf("import: exit %d: %s", code, errOut)
		}
	}
	imported("栖霞市寺口镇.txt")
	imported("栖霞市蛇窝泊镇.txt")
	marker := func() os.FileInfo {
		t.Helper()
		info, err := os.Stat("dataset/manifest.json")
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	// stays builds, checks whether the dataset stayed, and that it is what a first build makes.
	n := 0
	stays := func(want bool, why string, flags ...string) map[string]any {
		t.Helper()
		before, err := os.Stat("dataset/manifest.json")
		summary := buildSummary(t, flags...)
		if stayed := err == nil && os.SameFile(before, marker()); stayed != want || summary["unchanged"] != want {
			t.Errorf("%s: the dataset stayed: %v, said: %v, want %v", why, stayed, summary["unchanged"], want)
		}
		n++
		fresh := filepath.Join("fresh", string(rune('a'+n)))
		whole := buildSummary(t, append(slices.Clone(flags), "--out", fresh, "--readings", fresh+"-readings")...)
		sameTree(t, tree(t, "dataset"), tree(t, fresh))
		for key, value := range whole {
			if key != "dataset" && key != "reused" && key != "unchanged" && key != "unread" && key != "index_faults" && summary[key] != value {
				t.Errorf("%s: %s is %v, a first build says %v", why, key, summary[key], value)
			}
		}
		return summary
	}
	stays(false, "the first build")
	write(t, ".dataset.building-1/facts", []byte("what a killed build left"))
	stays(true, "nothing changed after a killed build")
	if _, err := os.Stat(".dataset.building-1"); !os.IsNotExist(err) {
		t.Errorf("what a killed build left is still there: %v", err)
	}
	whole := buildSummary(t, "--out", "elsewhere")
	if again := stays(true, "nothing changed"); again["reused"] != whole["reused"] || again["reused"] != 2.0 {
		t.Errorf("reused: %v, a whole build says %v", again["reused"], whole["reused"])
	}
	for _, damage := range []func() error{
		func() error { return os.Remove("dataset/panel.parquet") },
		func() error {
			text, err := os.ReadFile("dataset/manifest.json")
			return errors.Join(err, os.WriteFile("dataset/manifest.json", append(text, '\n'), 0o666))
		},
	} {
		if err := damage(); err != nil {
			t.Fatal(err)
		}
		stays(false, "a file of the dataset changed")
	}
	write(t, "overrides.csv", []byte("name,host,url,division_code,body,kind,reason,evidence,who,on\n栖霞市寺口镇,,,370686000000,,,a test,http://a.invalid/,me,2026-01-02\n"))
	stays(false, "overrides", "--overrides", "overrides.csv")
	stays(true, "the same overrides", "--overrides", "overrides.csv")
	stays(false, "no overrides any more")
	report("栖霞市寺口镇.txt", "2020", "4")
	imported("栖霞市寺口镇.txt")
	if summary := stays(false, "another version of a report"); summary["reports"] != 3.0 {
		t.Errorf("%v reports", summary["reports"])
	}
	stays(true, "nothing changed since")
}

// TestDamagedReadings: a reading that was damaged where it is kept is told, its document is read again, and what is
// built is the same.
func TestDamagedReadings(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "栖霞市寺口镇.txt", []byte("栖霞市寺口镇2020年政府信息公开工作年度报告\n一、总体情况\n全年收到政府信息公开申请3件。\n"))
	if code, _, errOut := gongkai(t, "import", "栖霞市寺口镇.txt"); code != exitDone {
		t.Fatalf("import: exit %d: %s", code, errOut)
	}
	buildSummary(t)
	names, err := filepath.Glob("archive/readings/*/*/*.reading")
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	body, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	for i, damaged := range [][]byte{body[:len(body)/2], nil, []byte("{}"), append([]byte("GKR1"), make([]byte, 60)...)} {
		write(t, names[0], damaged)
		if s := buildSummary(t, "--out", "again"+string(rune('0'+i))); s["readings_damaged"] != 1.0 || s["reused"] != 0.0 {
			t.Errorf("%v damaged, %v reused", s["readings_damaged"], s["reused"])
		}
		sameTree(t, tree(t, "dataset"), tree(t, "again"+string(rune('0'+i))))
		if mended, err := os.ReadFile(names[0]); err != nil || string(mended) != string(body) {
			t.Errorf("what is kept now has %d bytes, not %d: %v", len(mended), len(body), err)
		}
	}
}
