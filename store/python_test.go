package store

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestPythonReaders lets the readers that users have read a dataset: Frictionless' validator, DuckDB, pyarrow, pandas
// and polars.
func TestPythonReaders(t *testing.T) {
	if err := exec.Command("python3", "-c", "import duckdb, pyarrow, pandas, polars, frictionless").Run(); err != nil {
		if os.Getenv("CI") == "true" || os.Getenv("GONGKAI_SHARED") != "" {
			t.Fatalf("Python's duckdb, pyarrow, pandas, polars and frictionless must be installed here: %v", err)
		}
		t.Skip("without Python's duckdb, pyarrow, pandas, polars and frictionless this check is left out")
	}
	out := filepath.Join(t.TempDir(), "dataset")
	w := createTest(t, out, 0)
	addSample(t, w, testFacts(5000))
	commit(t, w)
	if text, err := exec.Command("python3", "testdata/read.py", out).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, text)
	}
}
