package extract

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/codebook"
)

// told finds the codes that the readers and normalize tell problems by; those of remarks on checks (Remark{Code: …})
// are notes.
var told = regexp.MustCompile(`(?:Tell\([^,()]+(?:\(\))?, |unreadable\((?:f\.media, |[^,"]+\.media, )?|fail\(|\.tell\([^,]+, |doubtIdentity\(|Doubt\{|Sign\{|[^{]Code: )"([a-z0-9_.]+)"`)

// Every code that the program tells has its sentence.
func TestEveryCodeIsWorded(t *testing.T) {
	codes := 0
	for _, root := range []string{".", "../normalize", "../cmd/gongkai"} {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			for _, m := range told.FindAllStringSubmatch(string(source), -1) {
				codes++
				if _, ok := codebook.Say("en", m[1]); !ok {
					t.Errorf("%s: no sentence words %s", path, m[1])
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if codes < 60 {
		t.Errorf("only %d codes found", codes)
	}
}
