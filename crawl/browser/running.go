package browser

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/chromedp/chromedp"
)

// running is a browser with a fresh profile and one tab. It starts with the first command to the tab.
type running struct {
	alive, tab context.Context // alive: until the browser is ended, with the reason
	kill       context.CancelCauseFunc
	proc       *process
	memory     int64    // the most it may take, in bytes
	ends       []func() // the last first
}

// newRunning prepares a browser. Who has it ends it.
func newRunning(ctx context.Context, opt Options) (*running, error) {
	profile, err := os.MkdirTemp("", "gongkai-browser-")
	if err != nil {
		return nil, fmt.Errorf("making a profile for the browser: %w", err)
	}
	b := &running{proc: &process{}, memory: opt.Memory, ends: []func(){func() { os.RemoveAll(profile) }}}
	b.alive, b.kill = context.WithCancelCause(ctx)
	allocated, free := chromedp.NewExecAllocator(b.alive, flags(opt, profile, b.proc)...)
	tab, closeTab := chromedp.NewContext(allocated, chromedp.WithErrorf(func(string, ...any) {}), chromedp.WithLogf(func(string, ...any) {}))
	b.tab, b.ends = tab, append(b.ends, func() { b.kill(nil) }, free, closeTab)
	return b, nil
}

// started puts the browser under its limit of memory, once it runs.
func (b *running) started() {
	b.ends = append(b.ends, b.proc.end)
	go b.proc.watch(b.alive, b.memory, b.kill)
}

func (b *running) end() {
	for _, end := range slices.Backward(b.ends) {
		end()
	}
}

// ended prefers the reason for which the browser was ended to what that looked like from here.
func (b *running) ended(err error) error {
	if cause := context.Cause(b.alive); cause != nil {
		return cause
	}
	return err
}
