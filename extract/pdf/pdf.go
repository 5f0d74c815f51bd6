// Package pdf reads a PDF report into an extract.Document with two engines that share no code below the geometry of
// tables: PDFium (package pdfium) and ledongthuc/pdf (package fallback). Both run in child processes of this binary,
// because files from the open net can make a reader loop, crash or eat memory; a child that does is killed and the
// document gets a problem.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"runtime"
	"sync"
	"time"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/pdf/worker"
)

// Options of Read. The zero value is the default: both engines, 15 s a document.
type Options struct {
	OneReader bool          // leave the fallback reader out
	Timeout   time.Duration // for one document and one engine; 0 means 15 s
	Password  string        // to open an encrypted document
}

const (
	defaultTimeout = 15 * time.Second
	maxBytes       = 128 << 20 // a larger file is refused: the forms need less than 1 MB
	tailBytes      = 4096      // the end mark is looked for in these last bytes; servers append comments and junk
	maxWorkers     = 2         // children of one engine, which hold 60 to 150 MB each: with both engines at work they keep four cores busy
)

// job is what a child is asked to do.
type job struct {
	Body     []byte
	Password string
	Render   *renderJob // nil: read the document
}

// result is what a child answers.
type result struct {
	Document *extract.Document
	PNG      []byte
	Picture  *image.RGBA
}

var (
	pools     sync.Mutex
	mainPool  *worker.Pool[job, result]
	otherPool *worker.Pool[job, result]
)

// pool returns the pool of a role, made when first needed: a command that reads no PDF pays nothing.
func pool(role string) *worker.Pool[job, result] {
	pools.Lock()
	defer pools.Unlock()
	p := &mainPool
	if role == fallbackRole {
		p = &otherPool
	}
	if *p == nil {
		*p = worker.NewPool[job, result](role, min(runtime.GOMAXPROCS(0), maxWorkers))
	}
	return *p
}

// Close ends the idle child processes. A later Read starts new ones.
func Close() {
	pools.Lock()
	defer pools.Unlock()
	for _, p := range []**worker.Pool[job, result]{&mainPool, &otherPool} {
		if *p != nil {
			(*p).Close()
			*p = nil
		}
	}
}

// Read reads one PDF. name is used in messages only. A document that cannot be read is no error: it comes back without
// blocks and with a problem of kind unreadable_document. An error means that ctx ended or that no child process could
// be started.
func Read(ctx context.Context, name string, body []byte, opt Options) (*extract.Document, error) {
	if d := refuse(body); d != nil {
		return d, nil
	}
	if opt.Timeout == 0 {
		opt.Timeout = defaultTimeout
	}
	var other *extract.Document
	var otherErr error
	done := make(chan struct{})
	if opt.OneReader {
		close(done)
	} else {
		go func() {
			defer close(done)
			// The fallback reader has a third of the time: it only confirms, and on hostile files it is the one that
			// loops.
			fallback := opt
			fallback.Timeout /= 3
			other, otherErr = readWith(ctx, fallbackRole, body, fallback)
		}()
	}
	main, err := readWith(ctx, mainRole, body, opt)
	<-done
	if err = errors.Join(err, otherErr); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	d := settle(main, other)
	if why := cut(body); d.Reader != "" && why != "" {
		d.Problems = append(d.Problems, extract.Tell(extract.Truncated, "pdf_cut", why))
		d.LeaveOpen()
	}
	return d, nil
}

// readWith reads with one engine. What the document does to the engine becomes a problem.
func readWith(ctx context.Context, role string, body []byte, opt Options) (*extract.Document, error) {
	r, err := pool(role).Do(ctx, job{Body: body, Password: opt.Password}, opt.Timeout)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, worker.ErrStart):
		return nil, err
	case err != nil:
		return unreadable("pdf_unreadable", err), nil
	}
	r.Document.MediaType = mediaType
	return r.Document, nil
}

const mediaType = "application/pdf"

func unreadable(code string, args ...any) *extract.Document {
	return &extract.Document{MediaType: mediaType, Problems: []extract.Problem{extract.Tell(extract.UnreadableDocument, code, args...)}}
}

// refuse returns the answer for bytes that are no PDF at all, or nil.
func refuse(body []byte) *extract.Document {
	head := body[:min(len(body), 1024)]
	switch {
	case len(body) == 0:
		return unreadable("pdf_empty")
	case len(body) > maxBytes:
		return unreadable("pdf_too_large", len(body)>>20, maxBytes>>20)
	case bytes.Contains(head, []byte("%PDF-")):
		return nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return unreadable("pdf_is_zip")
	case len(bytes.TrimSpace(bytes.Trim(head, "\x00"))) == 0:
		return unreadable("pdf_blank")
	case bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")):
		return unreadable("pdf_is_page")
	}
	return unreadable("pdf_unmarked")
}
