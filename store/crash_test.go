package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/shared"
)

// onlyFile returns the name of the one WARC file in a folder.
func onlyFile(t testing.TB, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*"+warcSuffix))
	must(t, err)
	if len(files) != 1 {
		t.Fatalf("%d WARC files", len(files))
	}
	return files[0]
}

// However many bytes of the last capture reached the disk when its process died, the captures before it are read, the
// torn one is set aside, and the next one is written behind a whole record. Where no index knows that it was never
// stored, it is told as a loss, and nothing is moved or written behind it.
func TestTornAtEveryByte(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir, Options{})
	first := put(t, a, exchange("http://a.example/1", "", "whole"))
	must(t, a.Close())
	index, err := os.ReadFile(filepath.Join(dir, indexFile))
	must(t, err)
	a = openTest(t, dir, Options{})
	last := put(t, a, exchange("http://a.example/2", "", "torn"))
	must(t, a.Close())
	path := onlyFile(t, dir)
	whole, err := os.ReadFile(path)
	must(t, err)
	ctx := context.Background()
	for cut := last.WarcOffset; cut < int64(len(whole)); cut++ {
		torn := t.TempDir()
		must(t, os.WriteFile(filepath.Join(torn, filepath.Base(path)), whole[:cut], 0o644))
		b := &Archive{dir: torn, files: folder(torn)}
		n := 0
		found, err := b.scan(ctx, filepath.Base(path), 0, 0, func(entry) error { n++; return nil })
		must(t, err)
		if n != 1 || found.end != last.WarcOffset || (len(found.losses) == 1) != (cut != found.end) || found.torn != (cut != found.end) {
			t.Fatalf("cut at %d: %d captures, %+v", cut, n, found)
		}
		if cut%29 != 0 && cut != last.WarcOffset {
			continue
		}
		for _, knows := range []bool{true, false} {
			must(t, os.WriteFile(filepath.Join(torn, filepath.Base(path)), whole[:cut], 0o644))
			if knows {
				must(t, os.WriteFile(filepath.Join(torn, indexFile), index, 0o644))
			}
			c := openTest(t, torn, Options{})
			put(t, c, exchange("http://a.example/3", "", "after"))
			all := list(t, c)
			inPlace := knows || cut == last.WarcOffset
			if len(all) != 2 || all[0].URL != first.URL || (all[1].WarcOffset == last.WarcOffset) != inPlace || bodyOf(t, c, all[1]) != "after" {
				t.Fatalf("cut at %d, an index knows: %v: %+v", cut, knows, all)
			}
			if findings := faults(t, c); (len(findings) == 0) != inPlace {
				t.Fatalf("cut at %d, an index knows: %v: %+v", cut, knows, findings)
			}
			must(t, c.Close())
			aside, err := filepath.Glob(filepath.Join(torn, "*.torn"))
			must(t, err)
			if (len(aside) == 1) != (knows && cut > last.WarcOffset) {
				t.Errorf("cut at %d: set aside %v", cut, aside)
			}
			others, err := filepath.Glob(filepath.Join(torn, "*"))
			must(t, err)
			for _, name := range others {
				must(t, os.Remove(name))
			}
		}
	}
}

// faults is what a verification finds.
func faults(t testing.TB, a *Archive) (found []Finding) {
	t.Helper()
	for f, err := range a.Verify(context.Background()) {
		must(t, err)
		found = append(found, f)
	}
	return found
}

// A byte that went bad within a file is reported and nothing is cut off or appended there.
func TestDamageIsNotCutOff(t *testing.T) {
	dir := t.TempDir()
	a := openTest(t, dir, Options{})
	put(t, a, exchange("http://a.example/1", "", "one"))
	second := put(t, a, exchange("http://a.example/2", "", "two"))
	put(t, a, exchange("http://a.example/3", "", "three"))
	must(t, a.Close())
	path := onlyFile(t, dir)
	file, err := os.ReadFile(path)
	must(t, err)
	file[second.WarcOffset+50] ^= 0xff
	must(t, os.WriteFile(path, file, 0o644), os.Remove(filepath.Join(dir, "index.sqlite")))
	b := openTest(t, dir, Options{})
	put(t, b, exchange("http://a.example/4", "", "four"))
	after, err := os.ReadFile(path)
	must(t, err)
	if len(after) != len(file) {
		t.Errorf("the damaged file had %d bytes, now %d", len(file), len(after))
	}
	found := 0
	for f, err := range b.Verify(context.Background()) {
		must(t, err)
		if f.File != filepath.Base(path) || f.Offset != second.WarcOffset {
			t.Errorf("verify: %+v", f)
		}
		found++
	}
	if found == 0 {
		t.Error("the damage is not reported")
	}
}

const childEnv = "GONGKAI_STORE_TEST_CHILD"

// TestMain is also the child process of the tests that kill one.
func TestMain(m *testing.M) {
	switch job, dir, _ := strings.Cut(os.Getenv(childEnv), ":"); job {
	case "archive":
		childArchive(dir)
	case "dataset":
		childDataset(dir)
	}
	os.Exit(m.Run())
}

func childFail(err error) {
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(2)
	}
}

// childArchive writes captures without end and prints each one that is stored.
func childArchive(dir string) {
	a, err := Open(context.Background(), dir, Options{MaxFile: 200_000})
	childFail(err)
	for w := range 4 {
		go func() {
			for i := 0; ; i++ {
				url := fmt.Sprintf("http://h%d.example/%d-%d", w, os.Getpid(), i)
				_, err := a.WriteExchange(context.Background(), exchange(url, "", strings.Repeat(url, i%300)))
				childFail(err)
				fmt.Println(url)
			}
		}()
	}
	select {}
}

// childDataset builds one dataset after the other in one place.
func childDataset(out string) {
	for i := 1; ; i++ {
		w, err := CreateDataset(context.Background(), out, DatasetOptions{Indicators: testIndicators, Memory: 200_000})
		childFail(err)
		for _, x := range testIndicators {
			childFail(w.Indicators.Add(schema.Indicator{Indicator: x.ID}))
		}
		childFail(w.Facts.Add(testFacts(3000)...))
		_, err = w.Commit(context.Background())
		childFail(err)
		fmt.Println("built", i)
	}
}

// runAndKill runs this test binary as a child, kills it after a while, and returns the lines it printed whole.
func runAndKill(t *testing.T, job string, after time.Duration) []string {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+job)
	out, err := cmd.StdoutPipe()
	must(t, err, cmd.Start())
	time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // SIGKILL; Wait below meets the end of the process either way
	text, err := io.ReadAll(bufio.NewReader(out))
	must(t, err)
	_ = cmd.Wait() // the error is that it was killed
	lines := strings.Split(string(text), "\n")
	lines = lines[:len(lines)-1]
	for _, l := range lines {
		if strings.HasPrefix(l, "error:") {
			t.Fatal(l)
		}
	}
	return lines
}

func TestKillWhileArchiving(t *testing.T) {
	dir, random := t.TempDir(), shared.Random(t)
	said := map[string]bool{}
	for round := 0; round < 6 || len(said) == 0 && round < 60; round++ {
		for _, url := range runAndKill(t, "archive:"+dir, time.Duration(30+random.IntN(300+50*round))*time.Millisecond) {
			said[url] = true
		}
		a := openTest(t, dir, Options{})
		seen := map[string]bool{}
		for _, c := range list(t, a) {
			if seen[c.URL] {
				t.Errorf("%s is there twice", c.URL)
			}
			seen[c.URL] = true
		}
		for url := range said {
			if !seen[url] {
				t.Errorf("%s was stored and is gone", url)
			}
		}
		sound(t, a)
		must(t, a.Close())
	}
	if len(said) == 0 {
		t.Fatal("the children stored nothing")
	}
	t.Logf("%d captures stored by processes that were killed", len(said))
	warcioCheck(t, dir)
}

func TestKillWhileBuilding(t *testing.T) {
	out := filepath.Join(t.TempDir(), "dataset")
	w := createTest(t, out, 0)
	must(t, w.Indicators.Add(schema.Indicator{Indicator: "requests.received"}, schema.Indicator{Indicator: "fees.amount"}))
	commit(t, w)
	start := time.Now()
	trial := createTest(t, filepath.Join(t.TempDir(), "trial"), 0)
	must(t, trial.Indicators.Add(schema.Indicator{Indicator: "requests.received"}, schema.Indicator{Indicator: "fees.amount"}), trial.Facts.Add(testFacts(3000)...))
	commit(t, trial)
	once := int(time.Since(start) / time.Millisecond) // what a build takes on this machine, so that kills meet its every stage
	built, random := 0, shared.Random(t)
	for round := 0; round < 10 || built == 0 && round < 60; round++ {
		built += len(runAndKill(t, "dataset:"+out, time.Duration(20+random.IntN(2*once+100*(round+1)))*time.Millisecond))
		if found := verify(t, out); len(found) != 0 {
			t.Fatalf("after a kill: %+v", found)
		}
	}
	if built == 0 {
		t.Fatal("the children built nothing")
	}
	commitLast := createTest(t, out, 0)
	must(t, commitLast.Abort())
	rest, err := os.ReadDir(filepath.Dir(out))
	must(t, err)
	if len(rest) != 2 {
		t.Errorf("left beside the dataset: %v", rest)
	}
	if _, err := os.Stat(beside(out, ".old")); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	t.Logf("%d builds by processes that were killed", built)
}
