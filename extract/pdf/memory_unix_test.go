//go:build unix && !race

package pdf

import (
	"runtime"
	"syscall"
	"testing"
)

// measured reports whether the children run as they will for users: at full speed, with their memory limit.
const measured = true

// checkMemory ends the children and checks that none ever held more than 512 MB.
func checkMemory(t *testing.T) {
	Close()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &used); err != nil {
		t.Fatal(err)
	}
	peak := int64(used.Maxrss)
	if runtime.GOOS == "linux" {
		peak <<= 10 // Linux counts kilobytes, macOS bytes
	}
	t.Logf("the largest child held %d MB", peak>>20)
	if peak > 512<<20 {
		t.Errorf("a child held %d MB", peak>>20)
	}
}
