package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/manual"
)

// program puts the test binary on the path as gongkai, and returns the environment for a shell.
func program(t *testing.T) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "gongkai")); err != nil {
		t.Skipf("no links here: %v", err)
	}
	return append(os.Environ(), "GONGKAI_TEST_AS_PROGRAM=1", "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"), "LANG=C", "LC_ALL=")
}

// shell runs commands as a reader of the manual would.
func shell(t *testing.T, env []string, commands string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "sh", "-ec", commands)
	cmd.Env = env
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s\n%v:\n%s", commands, err, out)
	}
	return string(out)
}

// Every command of the manual runs, chapter by chapter, in a folder where the first hour was spent: it is the
// newcomer's path of twenty steps.
func TestEveryCommandOfTheManual(t *testing.T) {
	needs(t, "sh", "-c", "true")
	t.Chdir(t.TempDir())
	env := program(t)
	chapters, err := manual.Chapters("en")
	if err != nil {
		t.Fatal(err)
	}
	first := chapters[0]
	if steps := len(regexp.MustCompile(`(?m)^\d+\. `).FindAllString(first.Text, -1)); steps != 20 || len(first.Commands()) != 20 {
		t.Fatalf("%d steps with %d commands in the first hour", steps, len(first.Commands()))
	}
	// what a newcomer sees at each step
	sees := []string{"gongkai", "reports", "not_found", "Requests received", "", "政策", "", "as published", "report ", "corrections.csv", "corrections", "every digest holds",
		"青石镇", "", "reports", "", "0 of 20 judged", "the first release", "every digest holds", "Quality"}
	for i, commands := range first.Commands() {
		if out := shell(t, env, commands); !strings.Contains(out, sees[i]) {
			t.Errorf("step %d does not say %q:\n%s", i+1, sees[i], out)
		}
	}
	for _, wanted := range []string{"towns.csv", "csv/panel.csv", "releases/2026.11.zip", "later.csv"} {
		if _, err := os.Stat(wanted); err != nil {
			t.Errorf("the first hour leaves no %s", wanted)
		}
	}
	for _, c := range chapters[1:] {
		for _, commands := range c.Commands() {
			shell(t, env, commands)
		}
	}
}

func TestManualCommand(t *testing.T) {
	code, out, _ := gongkai(t, "manual", "--language", "zh")
	if code != exitDone || !strings.Contains(out, "first-hour") || !strings.Contains(out, "第一个小时") {
		t.Errorf("exit %d: %s", code, out)
	}
	if code, out, _ = gongkai(t, "manual", "quality", "--language", "en"); code != exitDone || !strings.HasPrefix(out, "# Quality") {
		t.Errorf("exit %d: %s", code, out)
	}
	for _, args := range [][]string{{"manual", "none"}, {"manual", "--language", "fr"}} {
		if code, _, _ := gongkai(t, args...); code != exitUsage {
			t.Errorf("%v: exit %d", args, code)
		}
	}
}
