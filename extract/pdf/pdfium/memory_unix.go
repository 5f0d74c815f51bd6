//go:build unix

package pdfium

import (
	"context"
	"syscall"

	"github.com/tetratelabs/wazero/experimental"
)

// withMemory gives sandboxes memory that the system maps: a page of it costs nothing before it is touched, it never
// moves as it grows, and the garbage collector does not count it. From Go's heap each document would have 16 MB
// cleared and a collection run for it, a quarter of the time of a reading.
func withMemory(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(reserve))
}

// mapped is a reserved range of addresses, the first part of which may be used.
type mapped struct {
	all  []byte
	used uint64
}

func reserve(_, most uint64) experimental.LinearMemory {
	all, err := syscall.Mmap(-1, 0, int(most), syscall.PROT_NONE, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	if err != nil {
		return &mapped{} // every growth of it fails, and so does the document
	}
	return &mapped{all: all}
}

// Reallocate makes the first size bytes usable. It returns nil where the system has no memory left.
func (m *mapped) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	if size > m.used {
		if syscall.Mprotect(m.all[:size], syscall.PROT_READ|syscall.PROT_WRITE) != nil {
			return nil
		}
		m.used = size
	}
	return m.all[:size:size]
}

// Free gives the memory back.
func (m *mapped) Free() {
	if m.all != nil {
		syscall.Munmap(m.all)
		m.all = nil
	}
}
