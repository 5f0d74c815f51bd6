// Package pdfium reads the glyphs and paths of PDF pages with PDFium in its WebAssembly form (go-pdfium), without cgo.
//
// A Library is meant to live in a process of its own that its parent may kill: a WebAssembly call cannot be interrupted
// cheaply.
package pdfium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	engine "github.com/klippa-app/go-pdfium"
	pdferrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// memoryPages bounds the sandbox's memory: 4096 pages of 64 KiB are 256 MiB.
const memoryPages = 4096

// Library is PDFium, compiled and ready. It is not safe for concurrent use.
type Library struct {
	pool  engine.Pool
	cache wazero.CompilationCache
}

// Errors of Open.
var (
	ErrPassword = errors.New("the document is encrypted and needs a password")
	ErrFormat   = errors.New("the document is not a PDF that can be opened")
)

// Start compiles PDFium. The machine code is kept in the user's cache folder: 3 s the first time, 0.1 s after that.
// Where that folder cannot be written, each start compiles anew.
func Start(ctx context.Context) (*Library, error) {
	l := &Library{}
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(memoryPages)
	if dir, err := os.UserCacheDir(); err == nil {
		if c, err := wazero.NewCompilationCacheWithDir(filepath.Join(dir, "gongkai", "pdfium")); err == nil {
			l.cache = c
			config = config.WithCompilationCache(c)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context: withMemory(ctx), MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
		RuntimeConfig: config,
		FSConfig:      wazero.NewFSConfig(), // nil would mount the host's root folder into the sandbox
		Stdout:        io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("starting PDFium: %w", err)
	}
	l.pool = pool
	return l, nil
}

// Document is one open PDF.
type Document struct {
	instance engine.Pdfium
	ref      references.FPDF_DOCUMENT
	Pages    int
	Title    string
}

// Open opens a PDF in a fresh sandbox, so that nothing one document does reaches the next. The caller closes it.
func (l *Library) Open(body []byte, password string) (*Document, error) {
	instance, err := l.pool.GetInstance(30 * time.Second)
	if err != nil {
		return nil, fmt.Errorf("starting a PDFium instance: %w", err)
	}
	d := &Document{instance: instance}
	request := requests.OpenDocument{File: &body}
	if password != "" {
		request.Password = &password
	}
	opened, err := instance.OpenDocument(&request)
	if err != nil {
		instance.Close()
		switch {
		case errors.Is(err, pdferrors.ErrPassword), errors.Is(err, pdferrors.ErrSecurity):
			return nil, ErrPassword
		case errors.Is(err, pdferrors.ErrFormat), errors.Is(err, pdferrors.ErrFile):
			return nil, ErrFormat
		}
		return nil, fmt.Errorf("opening with PDFium: %w", err)
	}
	d.ref = opened.Document
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.ref})
	if err != nil {
		d.Close()
		return nil, fmt.Errorf("counting pages with PDFium: %w", err)
	}
	d.Pages = count.PageCount
	if title, err := instance.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: d.ref, Tag: "Title"}); err == nil {
		d.Title = title.Value
	}
	return d, nil
}

// Close frees the document and its sandbox.
func (d *Document) Close() { d.instance.Close() }
