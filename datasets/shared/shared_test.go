package shared

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// said is how a test ended that asked for a path.
func said(t *testing.T, elem ...string) (path string, skipped, failed bool) {
	t.Helper()
	c := &caught{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		path = Path(c, elem...)
	}()
	<-done
	return path, c.skipped, c.failed
}

// caught stands for a test and notes how it ends.
type caught struct {
	testing.TB
	skipped, failed bool
}

func (c *caught) Helper()               {}
func (c *caught) Skipf(string, ...any)  { c.skipped = true; runtime.Goexit() }
func (c *caught) Fatalf(string, ...any) { c.failed = true; runtime.Goexit() }

func TestPath(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "a.txt"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv(Variable, folder)
	if path, skipped, failed := said(t, "a.txt"); path != filepath.Join(folder, "a.txt") || skipped || failed {
		t.Errorf("%s %v %v", path, skipped, failed)
	}
	if _, skipped, failed := said(t, "b.txt"); skipped || !failed {
		t.Error("a missing file is no failure where the variable is set")
	}
	t.Setenv(Variable, "none/such")
	if _, skipped, failed := said(t); skipped || !failed {
		t.Error("a missing folder is no failure where the variable is set")
	}
	t.Setenv(Variable, "")
	if _, skipped, failed := said(t, "no such file"); !skipped || failed {
		t.Error("a clone without the shared inputs fails")
	}
	t.Setenv(Variable, "datasets")
	if path, _, failed := said(t, "shared"); failed || !filepath.IsAbs(path) {
		t.Errorf("a relative path does not count from the top of the repository: %s", path)
	}
}
