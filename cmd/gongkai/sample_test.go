package main

import (
	"os"
	"sync"
	"testing"
)

// sampleRun is what `gongkai run` makes of the bundled sample, made once for all tests of this package.
var sampleRun struct {
	sync.Mutex
	dir string // a copy of its folder, removed by TestMain
	out string // what it printed
}

// inSample moves the test to a folder of its own in which `gongkai run` has been, and returns what that printed.
func inSample(t *testing.T) string {
	t.Helper()
	t.Chdir(t.TempDir())
	sampleRun.Lock()
	defer sampleRun.Unlock()
	if sampleRun.dir != "" {
		if err := os.CopyFS(".", os.DirFS(sampleRun.dir)); err != nil {
			t.Fatal(err)
		}
		return sampleRun.out
	}
	code, out, errOut := gongkai(t, "run")
	if code != exitDone {
		t.Fatalf("run: exit %d: %s", code, errOut)
	}
	dir, err := os.MkdirTemp("", "gongkai-sample-*")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(".")); err != nil {
		t.Fatal(err)
	}
	sampleRun.dir, sampleRun.out = dir, out
	return out
}
