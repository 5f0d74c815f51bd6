package fence

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

func TestRun(t *testing.T) {
	done := false
	if p := Run("the title", func() { done = true }); p != nil || !done {
		t.Errorf("a stage without a fault: %v, done %v", p, done)
	}
	var none []int
	p := Run("the title", func() { none[len(none)]++ })
	if p == nil || p.Kind != extract.ReadingFailed || p.Args[0] != "the title" || !strings.Contains(p.Detail, "index out of range") {
		t.Errorf("a stage that fails: %+v", p)
	}
}

func TestSite(t *testing.T) {
	stack := "goroutine 1 [running]:\nruntime/debug.Stack()\npanic({0x1, 0x2})\n\t/go/src/runtime/panic.go:1\ngithub.com/gongkai-data/gongkai/extract/html.(*walker).table(...)\n\t/src/extract/html/table.go:31 +0x1d\n"
	if got := site([]byte(stack)); got != "extract/html/table.go:31" {
		t.Error(got)
	}
}
