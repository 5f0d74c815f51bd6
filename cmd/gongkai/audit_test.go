package main

import (
	"os"
	"strings"
	"testing"
)

// A person judges a sample: it is kept answer by answer, goes on where it was left, and gives a rate only when all is
// judged.
func TestAudit(t *testing.T) {
	inSample(t)
	audit := func(answers string, args ...string) (int, string, string) {
		return answering(t.Context(), strings.NewReader(answers), append([]string{"audit", "--when", "2026-11-23"}, args...)...)
	}
	code, out, errOut := audit("right\nwrong\n12\ncannot\ntoo faint\n", "--sample", "30", "--seed", "7", "--who", "one")
	if code != exitDone || !strings.Contains(out, "3 of 30 judged") || strings.Contains(out, "interval") || !strings.Contains(out, "see        ") {
		t.Fatalf("exit %d: %s%s", code, out, errOut)
	}
	narrow(t, out)
	first, _ := os.ReadFile("audit.csv")
	for _, other := range [][]string{{"--sample", "31"}, {"--seed", "8"}} {
		if code, _, errOut := audit("", other...); code != exitUsage || !strings.Contains(errOut, "a sample of 30 with seed 7") {
			t.Errorf("%v: exit %d: %s", other, code, errOut)
		}
	}
	code, out, errOut = audit(strings.Repeat("r\n", 27), "--who", "two")
	if code != exitDone || !strings.Contains(out, "1 wrong of   29") || !strings.Contains(out, "95% interval") || !strings.Contains(out, "judged by two: 27") {
		t.Fatalf("exit %d: %s%s", code, out, errOut)
	}
	narrow(t, out)
	_, out, _ = gongkai(t, "--json", "audit")
	if r := final(lines(t, out)); r["open"] != 0.0 || r["drawn"] != 30.0 || r["cannot_tell"] != 1.0 || r["seed"] != 7.0 || len(r["dataset"].(string)) != 64 {
		t.Errorf("%v", r)
	}

	// the same seed draws the same sample again
	if code, _, errOut := audit("", "--sample", "30", "--seed", "7", "--draw", "--file", "again.csv"); code != exitDone {
		t.Fatal(errOut)
	}
	again, _ := os.ReadFile("again.csv")
	ids := func(body []byte) (out []string) {
		for line := range strings.Lines(string(body)) {
			if f := strings.Split(line, ","); len(f) > 13 {
				out = append(out, strings.Join(f[:13], ","))
			}
		}
		return out
	}
	if a, b := ids(first), ids(again); len(a) < 25 || strings.Join(a, "\n") != strings.Join(b, "\n") {
		t.Errorf("%q\n%q", a, b)
	}

	// of another dataset it is no audit
	write(t, "other.csv", []byte(strings.ReplaceAll(string(first), string(first[len("\ufeff")+strings.Index(string(first[3:]), "\n")+1:][:8]), "00000000")))
	if code, _, errOut := audit("", "--file", "other.csv"); code != exitFailed || !strings.Contains(errOut, "another dataset") {
		t.Errorf("exit %d: %s", code, errOut)
	}
}
