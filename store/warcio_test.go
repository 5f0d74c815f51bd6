package store

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// warcioCheck lets the reference tool check every WARC file in a folder: https://github.com/webrecorder/warcio
func warcioCheck(t *testing.T, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"+warcSuffix))
	if err != nil || len(files) == 0 {
		t.Fatalf("no WARC file in %s: %v", dir, err)
	}
	if err := exec.Command("python3", "-c", "import warcio").Run(); err != nil {
		if os.Getenv("CI") == "true" || os.Getenv("GONGKAI_SHARED") != "" {
			t.Fatalf("Python's warcio must be installed here: %v", err)
		}
		t.Logf("without Python's warcio the check of %d files is left out", len(files))
		return
	}
	out, err := exec.Command("python3", append([]string{"-m", "warcio.cli", "check"}, files...)...).CombinedOutput()
	if err != nil {
		t.Errorf("warcio check: %v\n%s", err, out)
	}
}
