//go:build !unix

package pdfium

import "context"

// withMemory leaves the memory of sandboxes to Go's heap.
func withMemory(ctx context.Context) context.Context { return ctx }
