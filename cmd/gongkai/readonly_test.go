package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// An archive that may only be read, folder and files, is built from without a flag, and nothing in it changes. Root may
// write everywhere: then the build runs as another user, where the system can do that.
func TestBuildFromAReadOnlyArchive(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write(t, "in/a.html", requestsPage("栖霞市寺口镇人民政府2023年政府信息公开工作年度报告", "全年主动公开政府信息12条。", 3))
	if code, _, errOut := gongkai(t, "import", "in"); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	before := seal(t, "archive")
	if os.Geteuid() == 0 {
		buildAsNobody(t, dir)
	} else if code, _, errOut := gongkai(t, "build"); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	if reports := rowsOf[schema.Report](t, schema.Reports); len(reports) != 1 || reports[0].CellsReported == 0 {
		t.Errorf("reports: %+v", reports)
	}
	if after := seal(t, "archive"); after != before {
		t.Errorf("the archive changed from\n%s to\n%s", before, after)
	}
}

// seal takes the right to write from a folder and all that is in it until the test ends, and lists it.
func seal(t *testing.T, root string) string {
	t.Helper()
	root, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	var list strings.Builder
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		mode := fs.FileMode(0o444)
		if d.IsDir() {
			mode = 0o555
			t.Cleanup(func() { _ = os.Chmod(name, 0o755) }) // so that the folder can be removed
		} else {
			body, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			fmt.Fprintf(&list, "%s %x\n", name, sha256.Sum256(body))
		}
		return os.Chmod(name, mode)
	})
	if err != nil {
		t.Fatal(err)
	}
	return list.String()
}

// buildAsNobody runs the program as a user who owns nothing, with a folder of his own to write in.
func buildAsNobody(t *testing.T, dir string) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(dir, "own")
	if err := os.Mkdir(own, 0o777); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(own, "gongkai")
	body, err := os.ReadFile(program)
	if err == nil {
		err = os.WriteFile(copied, body, 0o755)
	}
	for _, name := range []string{own, copied} {
		err = errors.Join(err, os.Chmod(name, 0o777))
	}
	for at := dir; at != filepath.Dir(os.TempDir()) && at != "/" && err == nil; at = filepath.Dir(at) {
		if at != filepath.Clean(os.TempDir()) {
			err = os.Chmod(at, 0o755)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(copied, "build", "--archive", filepath.Join(dir, "archive"), "--out", filepath.Join(own, "dataset"))
	cmd.Dir, cmd.Env = own, append(os.Environ(), "GONGKAI_TEST_AS_PROGRAM=1", "HOME="+own, "XDG_CACHE_HOME="+filepath.Join(own, "cache"))
	if !asUser(cmd, 65534) {
		t.Skip("root may write everywhere, and this system runs nothing as another user")
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.Rename(filepath.Join(own, "dataset"), filepath.Join(dir, "dataset")); err != nil {
		t.Fatal(err)
	}
}
