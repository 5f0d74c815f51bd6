package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Of a damaged archive a build reads what is left, names what is not, and ends with 3; verify finds the damage, also
// after a later import; a row that the index lost alone loses no document.
func TestBuildFromADamagedArchive(t *testing.T) {
	t.Chdir(t.TempDir())
	const n = 12
	for i := range n {
		write(t, fmt.Sprintf("in/%02d.html", i), requestsPage(fmt.Sprintf("栖霞市寺口镇人民政府%d年政府信息公开工作年度报告", 2010+i), "我镇认真贯彻落实条例。", i))
	}
	if code, _, errOut := gongkai(t, "import", "in"); code != exitDone {
		t.Fatalf("import: exit %d: %s", code, errOut)
	}
	index := func(statement string, args ...any) {
		db, err := sql.Open("sqlite", "archive/index.sqlite")
		if err == nil {
			_, err = db.Exec(statement, args...)
		}
		if err == nil {
			err = db.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	index("DELETE FROM captures WHERE url IN ('import:03.html', 'import:07.html')")
	if code, _, errOut := gongkai(t, "verify"); code != exitFailed {
		t.Errorf("verify of an index that lacks rows: exit %d: %s", code, errOut)
	}
	code, _, errOut := gongkai(t, "build", "--readings", "r1")
	if got := len(rowsOf[schema.Report](t, schema.Reports)); code != exitDone || got != n || !strings.Contains(errOut, "index of the archive") {
		t.Errorf("build without two index rows: exit %d, %d reports: %s", code, got, errOut)
	}
	files, err := filepath.Glob("archive/*.warc.gz")
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	at, last := 0, 0
	for _, c := range rowsOf[schema.Capture](t, schema.Captures) {
		if c.URL == "import:07.html" {
			at = int(c.WarcOffset)
		}
		last = max(last, int(c.WarcOffset))
	}
	body, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	body[at+60] ^= 4
	write(t, files[0], body[:last+100])
	for _, when := range []string{"at once", "after an import"} {
		code, _, errOut = gongkai(t, "build", "--readings", "r2")
		if code != exitPartial || !strings.Contains(errOut, "import:07.html") || !strings.Contains(errOut, "import:11.html") || strings.Count(errOut, "not read: ") != 2 {
			t.Errorf("%s: build: exit %d: %s", when, code, errOut)
		}
		if code, out, _ := gongkai(t, "verify"); code != exitFailed || !strings.Contains(out, "import:07.html") || !strings.Contains(out, "import:11.html") {
			t.Errorf("%s: verify: exit %d: %s", when, code, out)
		}
		write(t, "later.html", requestsPage("栖霞市苏家店镇人民政府2023年政府信息公开工作年度报告", "我镇认真贯彻落实条例。", 1))
		if code, _, errOut := gongkai(t, "import", "later.html"); code != exitDone {
			t.Fatalf("import: exit %d: %s", code, errOut)
		}
	}
	// The files imported again take the place of what was lost.
	if code, out, errOut := gongkai(t, "import", "in"); code != exitDone || !strings.HasPrefix(out, "2 files stored") {
		t.Errorf("import: exit %d: %s%s", code, out, errOut)
	}
	if gongkai(t, "build", "--readings", "r3"); len(rowsOf[schema.Report](t, schema.Reports)) != n+1 {
		t.Errorf("%d reports", len(rowsOf[schema.Report](t, schema.Reports)))
	}
}
