// Package pdfium reads the glyphs and paths of PDF pages with PDFium in the WebAssembly form that go-pdfium ships,
// without cgo.
//
// A Library is meant to live in a process of its own that its parent may kill: a WebAssembly call cannot be interrupted
// cheaply.
package pdfium

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tetratelabs/wazero"
)

// Library is PDFium, compiled and ready. It is not safe for concurrent use.
type Library struct {
	ctx    context.Context
	engine *engine
	next   *sandbox // one that showed that the engine runs, for the first document
}

// Errors of Open.
var (
	ErrPassword = errors.New("the document is encrypted and needs a password")
	ErrFormat   = errors.New("the document is not a PDF that can be opened")
)

// Start compiles PDFium. The machine code is kept in the user's cache folder: 3 s the first time, less than 0.1 s after
// that. Where that folder cannot be written, each start compiles anew.
func Start(ctx context.Context) (*Library, error) {
	l := &Library{ctx: withMemory(ctx)}
	try := func(e *engine) (err error) {
		l.next, err = l.sandboxOf(e)
		return err
	}
	var err error
	if dir, unknown := os.UserCacheDir(); unknown == nil {
		if l.engine, err = startKept(ctx, filepath.Join(dir, "gongkai", "pdfium", moduleSum[:16]), unpack, try); err == nil {
			return l, nil
		}
	}
	module, err := unpack()
	if err != nil {
		return nil, err
	}
	if l.engine, err = compileAndTry(ctx, module, "", try); err != nil {
		return nil, fmt.Errorf("compiling PDFium: %w", err)
	}
	return l, nil
}

// sandbox starts a fresh instance. It sees no files, no arguments and no output of the process.
func (l *Library) sandbox() (*sandbox, error) {
	if s := l.next; s != nil {
		l.next = nil
		return s, nil
	}
	return l.sandboxOf(l.engine)
}

func (l *Library) sandboxOf(e *engine) (*sandbox, error) {
	m, err := e.runtime.InstantiateModule(l.ctx, e.compiled,
		wazero.NewModuleConfig().WithStartFunctions("_initialize").WithRandSource(rand.Reader).WithName(""))
	if err != nil {
		return nil, fmt.Errorf("starting a PDFium instance: %w", err)
	}
	s, err := newSandbox(m)
	if err != nil {
		m.Close(l.ctx)
		return nil, fmt.Errorf("starting a PDFium instance: %w", err)
	}
	return s, nil
}

// Document is one open PDF.
type Document struct {
	*sandbox
	handle uint64
	Pages  int
	Title  string
}

// Codes of FPDF_GetLastError (fpdfview.h).
const (
	errorFile     = 2
	errorFormat   = 3
	errorPassword = 4
	errorSecurity = 5
)

// Open opens a PDF in a fresh sandbox, so that nothing one document does reaches the next. The caller closes it.
func (l *Library) Open(body []byte, password string) (*Document, error) {
	s, err := l.sandbox()
	if err != nil {
		return nil, err
	}
	d := &Document{sandbox: s}
	if err := d.open(body, password); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

func (d *Document) open(body []byte, password string) error {
	var secret uint32
	if password != "" {
		secret = d.cString(password)
	}
	d.handle = d.call("FPDF_LoadMemDocument", uint64(d.put(body)), uint64(len(body)), uint64(secret))
	if d.err == nil && d.handle == 0 {
		switch code := d.number("FPDF_GetLastError"); code {
		case errorPassword, errorSecurity:
			return ErrPassword
		case errorFormat, errorFile:
			return ErrFormat
		default:
			return fmt.Errorf("opening with PDFium: error %d", code)
		}
	}
	d.Pages = d.number("FPDF_GetPageCount", d.handle)
	tag := uint64(d.cString("Title"))
	d.Title = d.text(func(at uint64, size int) int {
		return d.number("FPDF_GetMetaText", d.handle, tag, at, uint64(size))
	})
	if d.err != nil {
		return fmt.Errorf("opening with PDFium: %w", d.err)
	}
	return nil
}

// Close frees the document and its sandbox.
func (d *Document) Close() { d.module.Close(context.Background()) }
