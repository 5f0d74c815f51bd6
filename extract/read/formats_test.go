package read_test

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Every cell of reports in other containers, by several makers, is exact.
func TestFormats(t *testing.T) {
	dir := filepath.Join("testdata", "formats")
	names, _ := listCorpus(t, dir)
	if len(names) == 0 {
		t.Fatal("no documents")
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			if _, err := exec.LookPath("soffice"); err != nil && (strings.HasSuffix(name, ".rtf") || strings.HasSuffix(name, ".odt")) {
				t.Skip("needs LibreOffice (soffice)")
			}
			s := scoreFile(t, filepath.Join(dir, name))
			if s.whole != 1 || s.cells == 0 {
				t.Errorf("%d of %d cells, silent %d\n%s", s.exact, s.cells, s.silent, strings.Join(s.lines, "\n"))
			}
		})
	}
}
