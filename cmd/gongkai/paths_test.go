package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// No folder of the user's machine stands in anything that is published: not in a file of the dataset, its CSV files,
// the site, nor in what a build prints as JSON. The documents are of every sort that is told about in words: good,
// damaged, of another format, unreadable.
func TestNoPathIsPublished(t *testing.T) {
	const secret = "tell-tale-folder"
	dir := filepath.Join(t.TempDir(), secret)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	write(t, "in/"+secret+"/甲镇 2023.html", requestsPage("栖霞市寺口镇人民政府2023年政府信息公开工作年度报告", "全年主动公开政府信息12条。", 3))
	write(t, "pdf/cut.pdf", []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog"))
	write(t, "in/other/甲镇 2023.html", requestsPage("栖霞市苏家店镇人民政府2023年政府信息公开工作年度报告", "全年主动公开政府信息12条。", 4))
	for name, body := range map[string]string{"zip.docx": "PK\x03\x04 no document", "empty.html": "", "old.doc": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "x.png": "\x89PNG\r\n\x1a\n"} {
		write(t, "in/"+name, []byte(body))
	}
	for _, args := range [][]string{{"import", "pdf", "--archive", "other"}, {"--json", "build", "--archive", "other", "--out", "other-dataset"},
		{"import", "in"}, {"--json", "build", "--archive", filepath.Join(dir, "archive"), "--out", "dataset"}} {
		code, out, errOut := gongkai(t, args...)
		if code != exitDone && code != exitPartial {
			t.Fatalf("%v: exit %d: %s", args, code, errOut)
		}
		if strings.Contains(out, secret) {
			t.Errorf("%v prints the folder: %s", args, out)
		}
	}
	for _, args := range [][]string{{"export", "--csv", "csv"}, {"export", "--csv", "other-csv", "--data", "other-dataset"}, {"site", "--out", "public"}} {
		if code, _, errOut := gongkai(t, args...); code != exitDone {
			t.Fatalf("%v: exit %d: %s", args, code, errOut)
		}
	}
	for _, root := range []string{"dataset", "csv", "public", "archive/readings", "other-dataset", "other-csv"} {
		files := 0
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			files++
			body, err := os.ReadFile(name)
			if bytes.Contains(body, []byte(secret)) {
				t.Errorf("%s holds the folder", name)
			}
			return err
		})
		if err != nil || files == 0 {
			t.Errorf("%s: %d files, %v", root, files, err)
		}
	}
	addresses := map[string]int{}
	for _, r := range rowsOf[schema.Report](t, schema.Reports) {
		addresses[r.URL]++
	}
	if addresses["import:甲镇 2023.html"] != 2 {
		t.Errorf("two files of one name in two folders: %v", addresses)
	}
	code, out, _ := gongkai(t, "import", "in")
	if code != exitDone || !strings.HasPrefix(out, "0 files stored") {
		t.Errorf("a second import: exit %d, %s", code, out)
	}
}
