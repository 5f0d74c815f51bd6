package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/shared"
)

// tree returns the digest of every file below dir.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	digests := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := os.ReadFile(name)
		sum := sha256.Sum256(body)
		relative, _ := filepath.Rel(dir, name)
		digests[relative] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return digests
}

func sameTree(t *testing.T, a, b map[string]string) {
	t.Helper()
	if len(a) != len(b) || len(a) < 12 {
		t.Errorf("%d files and %d files", len(a), len(b))
	}
	for name, digest := range a {
		if b[name] != digest {
			t.Errorf("%s differs", name)
		}
	}
}

// The main job on the bundled sample, as a newcomer runs it; then the same archive built again gives the same bytes.
func TestRunTheSample(t *testing.T) {
	runOut := inSample(t)
	for _, want := range []string{"reports             106", "gongkai compare"} {
		if !strings.Contains(runOut, want) {
			t.Errorf("the summary lacks %q:\n%s", want, runOut)
		}
	}
	first := tree(t, "dataset")
	if code, _, errOut := gongkai(t, "build", "--out", "again", "--readings", "fresh"); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	sameTree(t, first, tree(t, "again"))
	if code, _, errOut := gongkai(t, "build", "--out", "reused"); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	sameTree(t, first, tree(t, "reused"))
	if code, out, errOut := gongkai(t, "verify"); code != exitDone || strings.Count(out, "every digest holds") != 2 {
		t.Errorf("verify: exit %d: %s%s", code, out, errOut)
	}
	code, out, errOut := gongkai(t, "compare", "寺口镇", "荇溪镇")
	if code != exitDone || !strings.Contains(out, "栖霞市寺口镇") || !strings.Contains(out, "http://sample.invalid/") {
		t.Errorf("compare: exit %d: %s%s", code, out, errOut)
	}
	t.Run("explain", func(t *testing.T) {
		_, out, _ := gongkai(t, "--json", "compare", "霏安区")
		column := lines(t, out)[0]["columns"].([]any)[1].(map[string]any)
		code, out, errOut := gongkai(t, "explain", column["report_id"].(string), "review.total", "--png", "cell.png")
		if code != exitDone || !strings.Contains(out, "litigation.sum") || !strings.Contains(out, "行政复议") {
			t.Errorf("exit %d: %s%s", code, out, errOut)
		}
		if png, err := os.ReadFile("cell.png"); err != nil || !bytes.HasPrefix(png, []byte("\x89PNG")) {
			t.Errorf("no picture: %v", err)
		}
	})
	t.Run("the sample is marked", func(t *testing.T) {
		const mark = "105 of 106 reports are of invented places"
		if !strings.Contains(runOut, mark) {
			t.Errorf("run: %s", runOut)
		}
		for _, args := range []string{"coverage", "coverage --format csv", "review", "compare 荇溪镇", "compare 荇溪镇 --format csv", "compare 荇溪镇 --format html", "diff dataset again"} {
			_, out, errOut := gongkai(t, strings.Fields(args)...)
			if !strings.Contains(out+errOut, mark) && !strings.Contains(out, "invented") {
				t.Errorf("%s: %s%s", args, out, errOut)
			}
		}
		if _, out, _ := gongkai(t, "compare", "寺口镇"); strings.Contains(out, "invented") {
			t.Errorf("the real report is marked: %s", out)
		}
		if body, err := os.ReadFile(filepath.Join("dataset", "manifest.json")); err != nil || !strings.Contains(string(body), mark) || !strings.Contains(string(body), "栖霞市寺口镇 2020") {
			t.Errorf("the manifest: %v %.600s", err, body)
		}
		write(t, "in/own.txt", []byte("2023年甲镇政府信息公开工作年度报告\n一、总体情况\n全年主动公开政府信息12条。\n"))
		for _, args := range []string{"import in --archive own", "build --archive own --out owndata", "coverage --data owndata", "compare 甲镇 --data owndata", "review --data owndata", "extract in/own.txt"} {
			if _, out, errOut := gongkai(t, strings.Fields(args)...); strings.Contains(strings.ToLower(out+errOut), "sample") {
				t.Errorf("the user's own data is marked as a sample: %s: %s%s", args, out, errOut)
			}
		}
		if body, err := os.ReadFile(filepath.Join("owndata", "manifest.json")); err != nil || strings.Contains(string(body), "sample") {
			t.Errorf("the manifest: %v %.600s", err, body)
		}
	})
	t.Run("a broken byte is seen", func(t *testing.T) {
		name := filepath.Join("dataset", "reports.parquet")
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		body[len(body)/2] ^= 1
		write(t, name, body)
		if code, out, _ := gongkai(t, "verify"); code != exitFailed || !strings.Contains(out, "reports.parquet") {
			t.Errorf("exit %d: %s", code, out)
		}
	})
}

// A second run asks the site what has changed, and the dataset stays the same.
func TestRunAgain(t *testing.T) {
	inSample(t)
	first := tree(t, "dataset")
	if code, out, errOut := gongkai(t, "run"); code != exitDone || !strings.Contains(out, "reports             106") {
		t.Fatalf("exit %d: %s%s", code, out, errOut)
	}
	second := tree(t, "dataset")
	for name := range first { // the second crawl has captures of its own
		if _, ok := second[name]; !ok {
			t.Errorf("%s is gone", name)
		}
	}
}

// Files that cannot be read are rows of quality D with their reason, and everything else is built.
func TestBuildWithBrokenDocuments(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write(t, "in/empty.pdf", nil)
	write(t, "in/zip.pdf", []byte("PK\x03\x04 no report"))
	write(t, "in/cut.pdf", []byte("%PDF-1.7\n1 0 obj\n<<"))
	write(t, "in/good.txt", []byte("2023年甲镇政府信息公开工作年度报告\n一、总体情况\n全年主动公开政府信息12条。\n"))
	if code, _, errOut := gongkai(t, "import", "in"); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	code, out, errOut := gongkai(t, "--json", "build")
	if code != exitPartial {
		t.Fatalf("exit %d, want %d: %s", code, exitPartial, errOut)
	}
	all := lines(t, out)
	summary := all[len(all)-1]
	if summary["reports"] != 4.0 || summary["unreadable"] != 3.0 || summary["mentions"] != 1.0 {
		t.Errorf("%v", summary)
	}
	if code, out, _ := gongkai(t, "import", "in"); code != exitDone || !strings.Contains(out, "0 files stored in archive, 4 were there already") {
		t.Errorf("exit %d: %s", code, out)
	}
}

// A build that is killed leaves the old dataset as it was.
func TestKilledBuildLeavesTheOldDataset(t *testing.T) {
	inSample(t)
	before := tree(t, "dataset")
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	random := shared.Random(t)
	for kill := range 8 { // each at some moment of its own eighth of a second
		delay := time.Duration(20+110*kill+random.IntN(110)) * time.Millisecond
		cmd := exec.Command(program, "build", "--readings", "fresh")
		cmd.Env = append(os.Environ(), "GONGKAI_TEST_AS_PROGRAM=1")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(delay)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		sameTree(t, before, tree(t, "dataset")) // the same archive gives the same bytes, so a finished build is no difference
	}
	if code, _, errOut := gongkai(t, "build"); code != exitDone {
		t.Fatalf("a build after the killed ones: exit %d: %s", code, errOut)
	}
	sameTree(t, before, tree(t, "dataset"))
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.Contains(e.Name(), "building") {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}
