package read

import (
	"os"
	"testing"

	"github.com/gongkai-data/gongkai/extract/ocr"
)

// models is the folder that the recognition of scans is installed in, if it is.
var models string

// Tests are the same whether it is installed or not; those that want it say so by withOCR.
func TestMain(m *testing.M) {
	models, _ = ocr.Folder()
	os.Setenv(ocr.FolderVariable, os.DevNull)
	code := m.Run()
	Close()
	os.Exit(code)
}

// withOCR skips where library and models are not installed: a clone has none, continuous integration installs them.
func withOCR(t *testing.T) {
	t.Helper()
	t.Setenv(ocr.FolderVariable, models)
	if !ocr.Installed() {
		t.Skip("gongkai ocr install was not run")
	}
}
