//go:build !linux || race

package worker

// limited reports whether the system enforces the memory limit.
const limited = false

// limitMemory does nothing here: the race detector needs more memory than any limit allows, macOS accepts RLIMIT_DATA
// without enforcing it on mappings, and Windows has none. The watchdog remains.
func limitMemory(int64) {}
