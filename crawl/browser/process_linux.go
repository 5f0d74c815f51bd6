package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is the browser's.
type process struct{ cmd *exec.Cmd }

// started puts the browser into a process group of its own, which ends with this process.
func (p *process) started(cmd *exec.Cmd) {
	p.cmd = cmd
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

func (p *process) id() int {
	if p.cmd == nil || p.cmd.Process == nil {
		return 0
	}
	return p.cmd.Process.Pid
}

// end ends what is left of the browser.
func (p *process) end() {
	if pid := p.id(); pid > 1 {
		_ = syscall.Kill(-pid, syscall.SIGKILL) // that it is gone already is what is wanted
	}
}

// watch ends the browser when all its processes together hold more memory than it may.
func (p *process) watch(ctx context.Context, limit int64, kill context.CancelCauseFunc) {
	tick := time.NewTicker(300 * time.Millisecond)
	defer tick.Stop()
	for pid := p.id(); pid > 1; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if used := memory(pid); used > limit {
				kill(fmt.Errorf("%w: it took %d MB of memory, more than the limit of %d", ErrCrashed, used>>20, limit>>20))
				p.end()
				return
			}
		}
	}
}

// memory is what a process and those below it hold and do not share, in bytes.
func memory(root int) int64 {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return 0
	}
	parent, own := map[int]int{}, map[int]int64{}
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil {
			continue
		}
		stat, err := os.ReadFile("/proc/" + e.Name() + "/stat")
		if err != nil {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(stat), ") ")
		if f := strings.Fields(rest); len(f) > 1 {
			parent[pid], _ = strconv.Atoi(f[1])
		}
		if pages, err := os.ReadFile("/proc/" + e.Name() + "/statm"); err == nil {
			if f := strings.Fields(string(pages)); len(f) > 2 {
				resident, _ := strconv.ParseInt(f[1], 10, 64)
				shared, _ := strconv.ParseInt(f[2], 10, 64)
				own[pid] = (resident - shared) * int64(os.Getpagesize())
			}
		}
	}
	total := int64(0)
	for pid, bytes := range own {
		for at, n := pid, 0; at > 1 && n < 20; at, n = parent[at], n+1 {
			if at == root {
				total += bytes
				break
			}
		}
	}
	return total
}
