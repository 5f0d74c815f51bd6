// Package web shows a dataset to readers who write no code: server-rendered pages in Chinese and English, charts,
// downloads, a read-only JSON API, and the same pages as a static site. Everything a page needs is embedded in the
// binary; no page needs JavaScript.
package web

import (
	"context"
	"embed"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/search"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/semaphore"
)

//go:embed assets
var assetFiles embed.FS

// View is a document ready to be shown in a sandboxed frame (text/html) or as a picture (image/png), with the cell
// marked.
type View struct {
	MediaType string
	Body      []byte
}

// ErrNoEvidence says that the archive at hand does not hold the document, or that its format cannot be shown.
var ErrNoEvidence = errors.New("the archived document cannot be shown")

// Evidence shows the archived document behind a number. It may be called from many goroutines.
type Evidence interface {
	// Show returns the page of the document with the cell marked.
	Show(ctx context.Context, r schema.Report, f *schema.Fact) (View, error)
	// Whole returns a page (text/html) of the whole document, in which each cell is an anchor of the name that
	// CellAnchor gives it.
	Whole(ctx context.Context, r schema.Report, facts []schema.Fact) (View, error)
	// Labels returns the labels that name the cell, as published, outermost first.
	Labels(ctx context.Context, r schema.Report, f schema.Fact) ([]string, error)
	// Characters counts those of the report's own text, tables left out.
	Characters(ctx context.Context, r schema.Report) (int, error)
	// Original returns the archived bytes, to be read once and closed.
	Original(ctx context.Context, r schema.Report) (io.ReadCloser, error)
}

// Options of a server. Only Current is required.
type Options struct {
	Current      *query.Current
	Evidence     Evidence              // nil: pages show the place of a cell in words only
	Texts        *search.Keeper        // nil: the texts cannot be searched
	Shelf        *Shelf                // nil: there are no frozen releases to show
	Frozen       string                // name of the release that this is; empty where it is a dataset that may change
	Base         string                // of all addresses: /r/2026.11; empty at the root
	Denominators *compare.Denominators // nil: counts are not shown per inhabitants
	Feedback     string                // address (mailto: or https:) to which readers report errors; empty for none
	CORS         bool                  // let pages of other sites read the API
	Log          *slog.Logger
	Timeout      time.Duration // of the making of one answer, default 30 s
	Patience     time.Duration // with a reader that takes nothing of an answer, default 30 s
}

// Server answers requests. It is an http.Handler.
type Server struct {
	opt       Options
	mux       *http.ServeMux
	pages     *lru.Cache[string, []byte] // rendered pages by release and address
	views     *lru.Cache[string, View]
	showing   *semaphore.Weighted // bounds the documents that are drawn at a time: each may take a whole core
	making    *semaphore.Weighted // bounds the pages of hundreds of cells, or of one report, that are made at a time
	listing   *semaphore.Weighted // bounds the pages that go over all issuers, or whole tables, at a time: each takes tens of megabytes
	templates *templates

	// the answers of each kind that are made and sent at a time: pages are small and many, the others are large
	pagesOut, answersOut, filesOut, copiesOut, originalsOut *outlet
}

// New makes a server.
func New(opt Options) (*Server, error) {
	if opt.Timeout <= 0 {
		opt.Timeout = 30 * time.Second
	}
	if opt.Patience <= 0 {
		opt.Patience = 30 * time.Second
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{opt: opt, mux: http.NewServeMux(), pagesOut: newOutlet(64), answersOut: newOutlet(16), filesOut: newOutlet(8), copiesOut: newOutlet(8), originalsOut: newOutlet(64), showing: semaphore.NewWeighted(2),
		making: semaphore.NewWeighted(int64(runtime.GOMAXPROCS(0))), listing: semaphore.NewWeighted(int64(max(1, runtime.GOMAXPROCS(0)/2)))}
	var err error
	if s.pages, err = lru.New[string, []byte](128); err != nil {
		return nil, err
	}
	if s.views, err = lru.New[string, View](32); err != nil {
		return nil, err
	}
	if s.templates, err = parseTemplates(); err != nil {
		return nil, err
	}
	s.routes()
	if opt.Frozen == "" { // of old releases few are ever searched
		s.prepareTexts()
	}
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	if mayBeFramed(req.URL.Path) {
		h.Set("Content-Security-Policy", strings.Replace(h.Get("Content-Security-Policy"), "frame-ancestors 'none'", "frame-ancestors *", 1))
	}
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
	if s.opt.CORS && req.Method == http.MethodOptions && req.Header.Get("Access-Control-Request-Method") != "" {
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Allow-Methods", "GET, HEAD")
		h.Set("Access-Control-Allow-Headers", "Range, If-Range, If-None-Match")
		h.Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if req.Method != http.MethodGet && req.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "this server is read-only", http.StatusMethodNotAllowed)
		return
	}
	if len(req.URL.RawQuery) > 4096 {
		http.Error(w, "the address is too long", http.StatusRequestURITooLong)
		return
	}
	w, end := pace(w, s.opt.Timeout, s.opt.Patience)
	defer end()
	ctx, cancel := context.WithTimeout(req.Context(), s.opt.Timeout)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			if p == http.ErrAbortHandler {
				panic(p)
			}
			s.opt.Log.Error("a request broke", "address", req.URL.Path, "fault", p, "stack", string(debug.Stack()))
			http.Error(w, "this page could not be made", http.StatusInternalServerError)
		}
	}()
	s.mux.ServeHTTP(w, req.WithContext(ctx))
}
