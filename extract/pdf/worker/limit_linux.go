//go:build linux && !race

package worker

import "syscall"

// limited reports whether the system enforces the memory limit.
const limited = true

// limitMemory makes the kernel refuse writable memory beyond limit bytes (setrlimit(2), RLIMIT_DATA; private mappings
// count since Linux 4.7). Address space that Go only reserves does not count, which RLIMIT_AS would.
func limitMemory(limit int64) {
	bound := syscall.Rlimit{Cur: uint64(limit), Max: uint64(limit)}
	// A failure leaves the watchdog, as on other systems.
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &bound)
}
