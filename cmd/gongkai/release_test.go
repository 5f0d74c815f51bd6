package main

import (
	"os"
	"strings"
	"testing"
)

// A dataset is frozen, checked, and frozen again under another name with what changed since; a broken one is found.
func TestRelease(t *testing.T) {
	inSample(t)
	if code, _, errOut := answering(t.Context(), strings.NewReader(strings.Repeat("r\n", 10)), "audit", "--sample", "10", "--who", "a tester"); code != exitDone {
		t.Fatal(errOut)
	}
	code, out, errOut := gongkai(t, "release", "--name", "2026.10", "--date", "2026-10-30", "--author", "A. Reader")
	if code != exitDone || !strings.Contains(out, "the first release") || !strings.Contains(out, "0 of 10 wrong") || !strings.Contains(errOut, "样例") {
		t.Fatalf("exit %d: %s%s", code, out, errOut)
	}
	narrow(t, out+errOut)
	_, out, _ = gongkai(t, "--json", "release", "--name", "2026.11", "--date", "2026-11-30")
	r := final(lines(t, out))
	before, _ := r["before"].(map[string]any)
	if r["message_type"] != "release" || before["name"] != "2026.10" || r["audit"] == nil {
		t.Errorf("%v", r)
	}
	if code, out, errOut := gongkai(t, "verify", "releases/2026.10", "releases/2026.10.zip", "releases/2026.11.zip"); code != exitDone || strings.Count(out, "every digest holds") != 3 {
		t.Errorf("exit %d: %s%s", code, out, errOut)
	}
	for _, args := range [][]string{{"release"}, {"release", "--name", "a b"}, {"release", "--name", "x", "--date", "yesterday"}} {
		if code, _, errOut := gongkai(t, args...); code != exitUsage {
			t.Errorf("%v: exit %d: %s", args, code, errOut)
		}
	}
	for _, args := range [][]string{{"release", "--name", "2026.10"}, {"release", "--name", "2026.12", "--audit", "none.csv"}, {"verify", "releases/none.zip"}} {
		if code, _, errOut := gongkai(t, args...); code != exitFailed {
			t.Errorf("%v: exit %d: %s", args, code, errOut)
		}
	}
	write(t, "releases/2026.10/dataset/LICENSE-DATA.md", []byte("all rights reserved"))
	if code, out, errOut := gongkai(t, "verify", "releases/2026.10"); code != exitFailed || !strings.Contains(out, "dataset/LICENSE-DATA.md") || !strings.Contains(errOut, "1 fault found") {
		t.Errorf("exit %d: %s%s", code, out, errOut)
	}
	write(t, "dataset/more.txt", nil)
	if code, _, errOut := gongkai(t, "release", "--name", "2026.12", "--date", "2026-12-30"); code != exitFailed || !strings.Contains(errOut, "more.txt") {
		t.Errorf("exit %d: %s", code, errOut)
	}
	if _, err := os.Stat("releases/2026.12"); err == nil {
		t.Error("a release of a broken dataset is there")
	}
}
