package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// BenchmarkBuildMemory measures the most memory that a build holds, the main process alone and with the processes that
// read documents, for archives of documents of the corpus, of every format, each with a different tail. Wanted: 512 MB
// and 900 MB, whatever the number. Linux only. Other sizes: GONGKAI_MEMORY_SIZES=1000,4000.
func BenchmarkBuildMemory(b *testing.B) {
	if _, err := os.Stat("/proc/self/status"); err != nil {
		b.Skip("this system does not tell the memory of processes")
	}
	sizes := os.Getenv("GONGKAI_MEMORY_SIZES")
	if sizes == "" {
		sizes = "1000,4000"
	}
	corpus, err := filepath.Abs(filepath.Join("..", "..", "extract", "read", "testdata", "corpus"))
	if err != nil {
		b.Fatal(err)
	}
	for _, size := range strings.Split(sizes, ",") {
		n, err := strconv.Atoi(size)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(size, func(b *testing.B) {
			for b.Loop() {
				dir := b.TempDir()
				corpusCopies(b, corpus, filepath.Join(dir, "in"), n)
				if _, _, err := watched(dir, "import", "in"); err != nil {
					b.Fatal(err)
				}
				main, all, err := watched(dir, "build")
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(main>>10), "main-MB")
				b.ReportMetric(float64(all>>10), "all-MB")
			}
		})
	}
}

// corpusCopies writes n documents of the corpus into a folder, in turn, each with bytes of its own behind its end.
func corpusCopies(b *testing.B, corpus, to string, n int) {
	b.Helper()
	entries, err := os.ReadDir(corpus)
	if err != nil {
		b.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext == ".html" || ext == ".pdf" || ext == ".txt" {
			names = append(names, e.Name())
		}
	}
	if err := os.MkdirAll(to, 0o777); err != nil {
		b.Fatal(err)
	}
	for k := range n {
		name := names[k%len(names)]
		body, err := os.ReadFile(filepath.Join(corpus, name))
		if err != nil {
			b.Fatal(err)
		}
		tail := map[string]string{".html": "\n<!-- %d -->\n", ".pdf": "\n%% %d\n", ".txt": strings.Repeat("\n", k/len(names))}[filepath.Ext(name)]
		if strings.Contains(tail, "%d") {
			tail = fmt.Sprintf(tail, k)
		}
		if err := os.WriteFile(filepath.Join(to, fmt.Sprintf("%06d-%s", k, name)), append(body, tail...), 0o666); err != nil {
			b.Fatal(err)
		}
	}
}

// watched runs the program and returns the most memory that it held, in KB: the process alone, and with those that it
// started. A build that could not read all documents is a build.
func watched(dir string, args ...string) (main, all int, err error) {
	program, err := os.Executable()
	if err != nil {
		return 0, 0, err
	}
	cmd := exec.Command(program, args...)
	var said bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stderr = dir, append(os.Environ(), "GONGKAI_TEST_AS_PROGRAM=1"), &said
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case err := <-done:
			if cmd.ProcessState.ExitCode() == exitPartial {
				err = nil
			}
			if err != nil {
				err = fmt.Errorf("gongkai %v: %w: %s", args, err, said.Bytes())
			}
			return main, all, err
		case <-time.After(20 * time.Millisecond):
			own, sum := memoryOf(cmd.Process.Pid)
			main, all = max(main, own), max(all, sum)
		}
	}
}

// memoryOf is the memory that a process holds now, in KB, and that sum with all its descendants.
func memoryOf(pid int) (own, all int) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0 // it ended
	}
	lines := bufio.NewScanner(bytes.NewReader(status))
	for lines.Scan() {
		if kb, ok := strings.CutPrefix(lines.Text(), "VmRSS:"); ok {
			own, _ = strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(kb), " kB")) // a zombie has no such line
		}
	}
	all = own
	children, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, name := range children {
		text, _ := os.ReadFile(name) // a thread that ended has none
		for _, child := range strings.Fields(string(text)) {
			if id, err := strconv.Atoi(child); err == nil {
				_, sum := memoryOf(id)
				all += sum
			}
		}
	}
	return own, all
}
