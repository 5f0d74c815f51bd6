package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// BenchmarkRebuild measures what a build costs in processor time: the first, one in which nothing changed, and one in
// which one document came. Another number of documents: GONGKAI_REBUILD_SIZE=5000.
func BenchmarkRebuild(b *testing.B) {
	size, err := strconv.Atoi(os.Getenv("GONGKAI_REBUILD_SIZE"))
	if err != nil {
		size = 500
	}
	corpus, err := filepath.Abs(filepath.Join("..", "..", "extract", "read", "testdata", "corpus"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		dir := b.TempDir()
		corpusCopies(b, corpus, filepath.Join(dir, "in"), size+1)
		last := filepath.Join(dir, "in")
		entries, err := os.ReadDir(last)
		if err != nil {
			b.Fatal(err)
		}
		last = filepath.Join(last, entries[size].Name())
		if err := os.Rename(last, filepath.Join(dir, "one"+filepath.Ext(last))); err != nil {
			b.Fatal(err)
		}
		spent(b, dir, "import", "in")
		first, unchanged := spent(b, dir, "build"), spent(b, dir, "build")
		spent(b, dir, "import", "one"+filepath.Ext(last))
		one := spent(b, dir, "build")
		b.ReportMetric(first.Seconds(), "first-cpu-s")
		b.ReportMetric(unchanged.Seconds(), "unchanged-cpu-s")
		b.ReportMetric(one.Seconds(), "one-more-cpu-s")
	}
}

// spent runs the program and returns the processor time that it took, with that of the processes that it started.
func spent(b *testing.B, dir string, args ...string) time.Duration {
	b.Helper()
	program, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	var said bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stderr = dir, append(os.Environ(), "GONGKAI_TEST_AS_PROGRAM=1"), &said
	if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != exitPartial {
		b.Fatalf("gongkai %v: %v: %s", args, err, said.Bytes())
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}
