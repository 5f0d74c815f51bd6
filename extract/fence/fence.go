// Package fence keeps a fault of ours in one stage of the reading from taking the others with it.
package fence

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
)

// Run does one stage and returns nil, or, where the stage panicked, the problem that says which stage broke off, how,
// and where in the program. What the stage had begun is the caller's to drop; a place in the document is the caller's
// to add.
func Run(stage string, do func()) (p *extract.Problem) {
	defer func() {
		if v := recover(); v != nil {
			fault, at := fmt.Sprint(v), site(debug.Stack())
			told := extract.Tell(extract.ReadingFailed, "stage_failed", stage, fault, at)
			p = &told
		}
	}()
	do()
	return nil
}

// site is the first line of our own code below a panic, so that a report of it can be acted on.
func site(stack []byte) string {
	_, after, _ := strings.Cut(string(stack), "panic(")
	for line := range strings.Lines(after) {
		line = strings.TrimSpace(line)
		for _, ours := range []string{"/extract/", "/normalize/"} {
			if i := strings.LastIndex(line, ours); i >= 0 && strings.Contains(line[i:], ".go:") && !strings.Contains(line, "/extract/fence/") {
				line, _, _ = strings.Cut(line[i+1:], " ")
				return line
			}
		}
	}
	return "an unknown place"
}
