package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/gongkai-data/gongkai/store"
)

// TestKilledRebuild: a build upon the dataset that stands may be killed at any moment: a whole dataset stands, and the
// next build makes of it what a first build makes.
func TestKilledRebuild(t *testing.T) {
	if testing.Short() {
		t.Skip("builds some twenty times")
	}
	t.Chdir(t.TempDir())
	towns := []string{"栖霞市寺口镇", "栖霞市蛇窝泊镇", "栖霞市观里镇", "栖霞市桃村镇"}
	more := func(n int) {
		name := fmt.Sprintf("%s%d.txt", towns[n%len(towns)], 2015+n/len(towns))
		write(t, name, []byte(fmt.Sprintf("%s%d年政府信息公开工作年度报告\n一、总体情况\n全年收到政府信息公开申请%d件。坚持以公开为常态，把政务公开的小册子送到每个摊位，并请老人念给邻居听。\n", towns[n%len(towns)], 2015+n/len(towns), n)))
		if code, _, errOut := gongkai(t, "import", name); code != exitDone {
			t.Fatalf("import: exit %d: %s", code, errOut)
		}
	}
	for n := range 12 {
		more(n)
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	build := func() *exec.Cmd {
		cmd := exec.Command(program, "build")
		cmd.Env = append(os.Environ(), "GONGKAI_TEST_AS_PROGRAM=1")
		return cmd
	}
	start := time.Now()
	if err := build().Run(); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	for n := range 8 {
		more(12 + n)
		cmd := build()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Float64() * float64(took)))
		if err := cmd.Process.Kill(); err != nil && cmd.ProcessState != nil {
			t.Fatal(err)
		}
		cmd.Wait() // it was killed, or was at its end
		if found, err := store.VerifyDataset(t.Context(), "dataset"); err != nil || len(found) > 0 {
			t.Fatalf("after a kill the dataset is not whole: %v, %v", found, err)
		}
	}
	if out, err := build().CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if code, _, errOut := gongkai(t, "build", "--out", "whole"); code != exitDone {
		t.Fatalf("exit %d: %s", code, errOut)
	}
	sameTree(t, tree(t, "dataset"), tree(t, "whole"))
}
