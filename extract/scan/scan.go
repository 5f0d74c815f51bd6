// Package scan reads pictures of pages: the ruled lattice of their tables (package bitmap), and what stands in the
// cells and between the tables, by two recognition models that share no weights (package ocr). It works in a child
// process of this binary with limits on memory and time, because the library that runs the models is native code and
// pictures from the open net may be anything.
//
// A number is given only where both models read it alike. What shows ink and is not read is never blank: it is
// unreadable, and told.
package scan

import (
	"context"
	"errors"
	"fmt"
	"image"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gongkai-data/gongkai/extract/ocr"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	"github.com/gongkai-data/gongkai/extract/pdf/worker"
)

// pageTime bounds the reading of one page, which takes some 3 s of processor time; a machine at work may need many
// times that.
const pageTime = 300 * time.Second

// maxWorkers bounds the children, which hold 300 to 500 MB each.
const maxWorkers = 2

// Reader is the name of this reader in Document.Reader.
const Reader = "ocr"

var (
	pools sync.Mutex
	pool  *worker.Pool[job, result]
)

func children() *worker.Pool[job, result] {
	pools.Lock()
	defer pools.Unlock()
	if pool == nil {
		pool = worker.NewPool[job, result](role, min(runtime.GOMAXPROCS(0), maxWorkers))
	}
	return pool
}

// Close ends the idle child processes. A later call starts new ones.
func Close() {
	pools.Lock()
	defer pools.Unlock()
	if pool != nil {
		pool.Close()
		pool = nil
	}
}

var disabled atomic.Bool

// Disable switches the reading of pictures off in this process, for good: a choice of who started it, which every
// reading shares.
func Disable() { disabled.Store(true) }

// ErrOff says that Disable was called.
var ErrOff = errors.New("the reading of scans is switched off")

// Able returns nil where pictures can be read, else the reason: ErrOff or ocr.ErrMissing.
func Able() error {
	switch {
	case disabled.Load():
		return ErrOff
	case !ocr.Installed():
		return ocr.ErrMissing
	}
	return nil
}

// Page reads the picture of a page at dpi dots an inch. Places on the sheet are in points from the bottom left of the
// picture. An error is ctx's, or says why the page was not read.
func Page(ctx context.Context, picture *image.RGBA, dpi float64) (*geometry.Sheet, error) {
	r, err := do(ctx, job{Pixel: picture, DPI: dpi})
	return r.Sheet, err
}

// File reads picture number frame (from 0) of a file. frames is how many it holds.
func File(ctx context.Context, file []byte, frame int) (s *geometry.Sheet, frames int, err error) {
	r, err := do(ctx, job{File: file, Frame: frame})
	return r.Sheet, r.Frames, err
}

func do(ctx context.Context, j job) (result, error) {
	r, err := children().Do(ctx, j, pageTime)
	if r.Sheet != nil {
		r.Sheet.TurnedBy(r.Turns)
	}
	switch {
	case ctx.Err() != nil:
		return r, ctx.Err()
	case err != nil && !errors.Is(err, ocr.ErrMissing):
		return r, fmt.Errorf("recognising the page: %w", err)
	}
	return r, err
}
