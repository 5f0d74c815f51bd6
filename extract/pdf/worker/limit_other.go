//go:build !linux

package worker

// limitMemory does nothing here: macOS accepts RLIMIT_DATA without enforcing it on mappings, and Windows has none. The watchdog remains.
func limitMemory(int64) {}
