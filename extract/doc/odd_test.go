package doc

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// testdata/odd holds what forms seldom have, as flat OpenDocument that LibreOffice writes in Word's binary format.
func TestOddDocuments(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("needs LibreOffice (soffice)")
	}
	columns := func(prefix string) string {
		var b strings.Builder
		for i := range 45 {
			fmt.Fprintf(&b, " %s%d", prefix, i)
		}
		return b.String()
	}
	want := map[string]string{
		"tracked": "前 | 规章 12 / 文件 34 | 后",
		"hidden":  "规章 12 / 文件 · | 共有",
		"nested":  "甲 1 / 外 5 | 乙 2 / 里 4 | 丙 3",
		"boxes":   "前 | 框一 12 | 规章 34 / 文件 56 | 后",
		"group":   "前 | 组内 78 | 组内 90 | 规章 11~x / 文件 56 | 后",
		"shape":   "前 | 单形 31 | 后",
		"wide":    strings.TrimSpace(columns("列")) + " /" + columns(""),
		"merges":  "题:1x4 / 甲:2x1 乙:1x2 1 / 丙 丁 2 / 戊:1x2 3:2x2 / 己 庚",
		"sub":     "甲:2x1 1 2 / 3 4 / 乙 5:1x2",
		"fields":  "合计 15 / 链 27 / 注 5 / 页 1 / 上 6[^2] / 删 7~8 / 换 1~9 / 选 \ufffd / 书 33",
	}
	dir := t.TempDir()
	files, err := filepath.Glob("testdata/odd/*.fodt")
	if err != nil || len(files) != len(want) {
		t.Fatalf("%d documents, want %d: %v", len(files), len(want), err)
	}
	args := append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "doc:MS Word 97", "--outdir", dir}, files...)
	if out, err := exec.Command(office, args...).CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, out)
	}
	for name, want := range want {
		t.Run(name, func(t *testing.T) {
			d, err := Read(context.Background(), fromFile(t, filepath.Join(dir, name+".doc")))
			if err != nil || len(d.Problems) > 0 {
				t.Fatal(err, d.Problems)
			}
			var got []string
			for _, b := range d.Blocks {
				if b.Grid == nil {
					got = append(got, b.Text)
					continue
				}
				row := 0
				var cells []string
				for _, c := range b.Grid.Cells {
					if c.Row > row {
						cells, row = append(cells, "/"), c.Row
					}
					text := strings.ReplaceAll(strings.ReplaceAll(c.Text, "\n", "~"), " ", "~")
					if text == "" {
						text = "·"
					}
					if c.RowSpan > 1 || c.ColSpan > 1 {
						text += fmt.Sprintf(":%dx%d", c.RowSpan, c.ColSpan)
					}
					cells = append(cells, text)
				}
				got = append(got, strings.Join(cells, " "))
			}
			if text := strings.Join(got, " | "); text != want {
				t.Errorf("%s\nwant %s", text, want)
			}
		})
	}
}
