//go:build !linux

package browser

import (
	"context"
	"os/exec"
)

// process is the browser's.
type process struct{}

func (*process) started(*exec.Cmd) {}

// end leaves it to the allocator to end the browser.
func (*process) end() {}

// watch cannot tell here what memory the browser takes: the limits on time and requests alone bound it.
func (*process) watch(context.Context, int64, context.CancelCauseFunc) {}
