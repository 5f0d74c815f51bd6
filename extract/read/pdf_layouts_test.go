package read_test

import (
	"path/filepath"
	"testing"
)

// TestPDFLayouts: whole reports in layouts that PDFs have in real life. All are read whole.
func TestPDFLayouts(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("testdata", "layouts", "*.pdf"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d layouts, %v", len(paths), err)
	}
	for _, path := range paths {
		s := scoreFile(t, path)
		if s.silent != 0 || s.whole != 1 {
			t.Errorf("%s: %d of %d cells, %d wrong in silence: %v", path, s.exact, s.cells, s.silent, s.lines)
		}
	}
}

// TestTextOfBrokenRows: pdftotext put the numbers of some rows on lines of their own; the rows beside them keep theirs.
func TestTextOfBrokenRows(t *testing.T) {
	s := scoreFile(t, filepath.Join("testdata", "layouts", "broken-rows-2021.layout.txt"))
	if s.silent != 0 || s.exact < 158 {
		t.Errorf("%d of %d cells, %d wrong in silence: %v", s.exact, s.cells, s.silent, s.lines)
	}
}
