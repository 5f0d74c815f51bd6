// Package shared finds the folder of shared inputs (real reports, layouts, gold), which is kept outside of the
// repository, for tests, and gives them random numbers that can be repeated.
package shared

import (
	"os"
	"path/filepath"
	"testing"
)

// Variable names the folder; a relative path counts from the top of the repository.
const Variable = "GONGKAI_SHARED"

// Path returns the path of a file or folder of the shared inputs. Where Variable is not set it is looked for in
// ../shared beside the repository, and a test that finds none is skipped: a user's clone lacks it. Where it is set,
// what is missing is a failure.
func Path(t testing.TB, elem ...string) string {
	t.Helper()
	folder := os.Getenv(Variable)
	named := folder != ""
	if !named {
		folder = filepath.Join("..", "shared")
	}
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(top(t), folder)
	}
	full := filepath.Join(append([]string{folder}, elem...)...)
	if _, err := os.Stat(full); err != nil {
		if named {
			t.Fatalf("%s is set, but: %v", Variable, err)
		}
		t.Skipf("no shared inputs beside the repository (see %s in the README): %v", Variable, err)
	}
	return full
}

// top is the folder of the repository: the one of go.mod, at or above the folder that the test began in.
func top(t testing.TB) string {
	t.Helper()
	for dir := start; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			t.Fatalf("there is no go.mod at or above %s", start)
		}
	}
}

// start is the folder that the tests of a package begin in; a test may change it later.
var start = func() string {
	dir, err := os.Getwd()
	if err != nil {
		return "."
	}
	return dir
}()
