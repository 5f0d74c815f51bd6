package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The documents in a zip file are reports of their own, whose numbers are explained from the zip file in the archive; a
// RAR file is told.
func TestZipFile(t *testing.T) {
	var files bytes.Buffer
	z := zip.NewWriter(&files)
	for _, name := range []string{"sikou-2020.clean.ofd", "hongze-2024.word.wps"} {
		body, err := os.ReadFile(filepath.Join("../../extract/read/testdata/formats", name))
		if err != nil {
			t.Fatal(err)
		}
		w, err := z.Create("年报/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	write(t, "in/年报.zip", files.Bytes())
	write(t, "in/年报.rar", []byte("Rar!\x1a\x07\x00 and more"))
	code, out, errOut := gongkai(t, "extract", "in/年报.zip")
	if code != exitDone {
		t.Errorf("extract: exit %d: %s", code, errOut)
	}
	for i, r := range lines(t, out) {
		if file := []string{"sikou-2020.clean.ofd", "hongze-2024.word.wps"}[i]; r["file"] != "in/年报.zip!/年报/"+file || len(r["facts"].([]any)) < 100 {
			t.Errorf("extract: %v, %d facts, want %s", r["file"], len(r["facts"].([]any)), file)
		}
	}
	if code, _, errOut := gongkai(t, "import", "in"); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	code, out, errOut = gongkai(t, "--json", "build")
	if code != exitPartial {
		t.Fatalf("exit %d, want %d: %s", code, exitPartial, errOut)
	}
	all := lines(t, out)
	if summary := all[len(all)-1]; summary["reports"] != 3.0 || summary["unreadable"] != 1.0 || !strings.Contains(out, "RAR archive") {
		t.Errorf("%v", summary)
	}
	if code, _, errOut := gongkai(t, "export", "--csv", "csv"); code != exitDone {
		t.Fatal(errOut)
	}
	rows, err := os.ReadFile("csv/reports.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"sikou-2020.clean.ofd", "hongze-2024.word.wps"} {
		line := regexp.MustCompile(`(?m)^.*zip!/年报/` + regexp.QuoteMeta(name) + `.*$`).FindString(string(rows))
		id, _, _ := strings.Cut(line, ",")
		if code, out, errOut := gongkai(t, "explain", id, "requests.received"); code != exitDone || !strings.Contains(out, "requests.received") {
			t.Errorf("%s (%s): exit %d: %s%s", name, id, code, out, errOut)
		}
	}
	if code, _, errOut := gongkai(t, "verify"); code != exitDone {
		t.Errorf("verify: exit %d: %s", code, errOut)
	}
}
