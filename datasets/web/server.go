// Package web shows a dataset to readers who write no code: server-rendered pages in Chinese and English, charts, downloads, a read-only JSON API,
// and the same pages as a static site. Everything a page needs is embedded in the binary; no page needs JavaScript.
package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/compare"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/search"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/sync/semaphore"
)

//go:embed assets
var assetFiles embed.FS

// View is a document ready to be shown in a sandboxed frame (text/html) or as a picture (image/png), with the cell marked.
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
	// Whole returns a page (text/html) of the whole document, in which each cell is an anchor of the name that CellAnchor gives it.
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
	making    *semaphore.Weighted // bounds the pages of hundreds of cells that are made from memory at a time
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
	s.prepareTexts()
	return s, nil
}

// Languages of the pages.
var Languages = []string{"zh", "en"}

func (s *Server) routes() {
	s.mux.HandleFunc("GET /{$}", s.chooseLanguage)
	s.mux.HandleFunc("GET /assets/{name}", s.asset)
	s.mux.HandleFunc("GET /data/{path...}", s.file)
	s.mux.HandleFunc("GET /copy/{report}", s.copy)
	s.mux.HandleFunc("GET /copy/{report}/{indicator}/{applicant}", s.copy)
	s.mux.HandleFunc("GET /original/{report}", s.original)
	for path, show := range map[string]handler{
		"/{$}": (*request).home, "/search": (*request).search, "/area/{code}": (*request).area, "/coverage": (*request).coverage,
		"/codebook": (*request).codebook, "/data": (*request).data, "/about": (*request).about,
		"/place/{issuer}": inTurn(s.making, (*request).place), "/compare": inTurn(s.making, (*request).compare),
		"/rank": inTurn(s.listing, (*request).rank), "/report/{report}": (*request).report,
		"/evidence/{report}/{measure}/{applicant}": (*request).evidence, "/checks": inTurn(s.listing, (*request).checks),
		"/texts": (*request).texts, "/wording": inTurn(s.making, (*request).chooseWording), "/wording/{first}/{second}": inTurn(s.making, (*request).wording),
		"/newtext": inTurn(s.listing, (*request).newTextRank), "/missing": inTurn(s.listing, (*request).missing), "/map": inTurn(s.listing, (*request).tiles), "/embed/{issuer}/{measure}": (*request).embed,
		"/manual": (*request).manual, "/manual/{chapter}": (*request).manual, "/releases": (*request).releases, "/releases/{name}": (*request).differences,
	} {
		for _, lang := range Languages {
			s.mux.HandleFunc("GET /"+lang+path, s.html(lang, show))
		}
	}
	for path, send := range map[string]handler{
		"/compare.svg": inTurn(s.making, (*request).compareSVG), "/rank.svg": inTurn(s.listing, (*request).rankSVG),
		// a picture waits for its turn to be drawn: it must not keep pages from theirs meanwhile
		"/compare.png": (*request).comparePNG, "/chart/{issuer}/{file}": (*request).placeChart,
	} {
		for _, lang := range Languages {
			s.mux.HandleFunc("GET /"+lang+path, s.send(lang, s.pagesOut, send))
		}
	}
	for path, send := range map[string]handler{
		"/compare.csv": inTurn(s.making, (*request).compareCSV), "/compare.xlsx": inTurn(s.making, (*request).compareXLSX),
		"/rank.csv": inTurn(s.listing, (*request).rankCSV), "/checks.csv": inTurn(s.listing, (*request).checksCSV), "/missing.csv": inTurn(s.listing, (*request).missingCSV),
	} {
		for _, lang := range Languages {
			s.mux.HandleFunc("GET /"+lang+path, s.send(lang, s.filesOut, send))
		}
	}
	for _, lang := range Languages {
		s.mux.HandleFunc("GET /"+lang+"/", s.send(lang, s.pagesOut, func(r *request) error { return notFound("%s", r.T("no_page")) }))
	}
	s.api()
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

// handler answers one request for a page.
type handler func(*request) error

// inTurn makes a page that takes a processor for all its time when its turn comes, first come, first served. Without turns the scheduler gives all
// a little at a time: every reader waits for the whole crowd, some several times as long as others, and the pages half made take memory. Who gets
// the turn first lets run what waits for a processor, else requests that have arrived would not be read, and so not stand in the row, for long.
func inTurn(turns *semaphore.Weighted, show handler) handler {
	return func(r *request) error {
		if err := turns.Acquire(r.Context(), 1); err != nil {
			return err
		}
		defer turns.Release(1)
		runtime.Gosched()
		return show(r)
	}
}

// request is one request with the release that it sees from beginning to end.
type request struct {
	*http.Request
	server   *Server
	release  *query.Release
	tag      string
	lang     string
	w        http.ResponseWriter
	body     *buffer
	title    string
	problems []schema.Problem // of the report that the page is about
	reports  []string         // that the page is about; none where it is about the release
	static   *static          // links as files; nil on a server
	shown    string           // on a static site: the ending of the view of the document that the page is about; empty where there is none
}

// statusError is an error with a HTTP status, whose text the reader may see.
type statusError struct {
	status int
	text   string
}

func (e *statusError) Error() string { return e.text }

func notFound(format string, args ...any) error {
	return &statusError{http.StatusNotFound, fmt.Sprintf(format, args...)}
}
func badRequest(err error) error { return &statusError{http.StatusBadRequest, err.Error()} }

// begin holds the release of now for a request.
func (s *Server) begin(w http.ResponseWriter, req *http.Request, lang string) (*request, func()) {
	r, tag, release := s.opt.Current.Acquire()
	return &request{Request: req, server: s, release: r, tag: tag, lang: lang, w: w, static: staticOf(req.Context())}, release
}

// maxKept is the size in bytes of the largest page that is kept: with 128 of them, 8 MB.
const maxKept = 64 << 10

// html answers with a page, kept by release and address: a release never changes.
func (s *Server) html(lang string, show handler) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		r, release := s.begin(w, req, lang)
		defer release()
		etag := `"` + r.tag + "-" + looks + `"`
		w.Header().Set("Etag", etag)
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("Content-Language", map[string]string{"zh": "zh-CN", "en": "en"}[r.lang])
		if fresh(req, etag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		key := r.tag + " " + req.Host + " " + req.URL.RequestURI() // pages name their host where they are to be shared
		body, kept := s.pages.Get(key)
		kept = kept && r.static == nil
		if !kept {
			r.body = newBuffer()
			defer r.body.release()
			leave, err := s.pagesOut.enter(req.Context(), w)
			if err == nil {
				defer leave()
				err = show(r)
			}
			if err != nil {
				s.fail(r, err)
				return
			}
			body = r.body.Bytes()
			if len(body) <= maxKept && r.static == nil {
				s.pages.Add(key, bytes.Clone(body))
			}
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		_, _ = w.Write(body) // the reader went away: nobody is left to tell
	}
}

// send answers with a file, whose place is in an outlet.
func (s *Server) send(lang string, out *outlet, show handler) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) {
		r, release := s.begin(w, req, lang)
		defer release()
		etag := `"` + r.tag + "-" + looks + `"`
		w.Header().Set("Etag", etag)
		w.Header().Set("Cache-Control", "no-cache")
		if of := req.URL.Query().Get("of"); of != "" && of != r.tag {
			s.superseded(r)
			return
		}
		if fresh(req, etag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		r.body = newBuffer()
		defer r.body.release()
		leave, err := out.enter(req.Context(), w)
		if err == nil {
			defer leave()
			err = show(r)
		}
		if err != nil {
			s.fail(r, err)
			return
		}
		_, _ = w.Write(r.body.Bytes())
	}
}

func fresh(req *http.Request, etag string) bool {
	for _, have := range strings.Split(req.Header.Get("If-None-Match"), ",") {
		if strings.TrimPrefix(strings.TrimSpace(have), "W/") == etag {
			return true
		}
	}
	return false
}

// looks is the digest of what the pages are made with: a new version of the program shows an old release anew.
var looks = func() string {
	sum := sha256.New()
	for _, files := range []embed.FS{templateFiles, assetFiles} {
		_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error { // embedded files can be read
			if err == nil && !d.IsDir() {
				body, _ := files.ReadFile(name)
				sum.Write(body)
			}
			return err
		})
	}
	sum.Write([]byte(wordsCSV + codebook.Wording() + tilesCSV))
	return hex.EncodeToString(sum.Sum(nil)[:4])
}()

// superseded answers for a chart of a page whose release has been replaced since: the page and its charts never show two releases.
func (s *Server) superseded(r *request) {
	h := r.w.Header()
	h.Del("Etag")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "image/svg+xml")
	r.w.WriteHeader(http.StatusConflict)
	fmt.Fprintf(r.w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 260" width="400" height="260"><text x="200" y="130" text-anchor="middle" font-family="sans-serif" font-size="14" fill="#7c2d12">%s</text></svg>`, r.T("new_release"))
}

// fail answers with an error page. Only errors about the request itself are told in full.
func (s *Server) fail(r *request, err error) {
	var known *statusError
	h := r.w.Header()
	h.Del("Etag")
	h.Del("Content-Disposition")
	switch {
	case errors.As(err, &known):
	case errors.Is(err, context.DeadlineExceeded):
		known = &statusError{http.StatusServiceUnavailable, r.T("too_long")}
	case errors.Is(err, context.Canceled):
		return
	default:
		s.opt.Log.Error("a page failed", "address", r.URL.Path, "error", err)
		known = &statusError{http.StatusInternalServerError, r.T("fault")}
	}
	r.body.Reset() // of what was made before it failed
	r.title, r.reports = r.T("error"), nil
	if known.status == http.StatusNotFound {
		r.title = r.T("not_found")
	}
	if err := r.render("error", known.text); err != nil {
		http.Error(r.w, known.text, known.status)
		return
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	r.w.WriteHeader(known.status)
	_, _ = r.w.Write(r.body.Bytes())
}

// chooseLanguage sends the reader to the pages in Chinese, unless the browser asks for English first.
func (s *Server) chooseLanguage(w http.ResponseWriter, req *http.Request) {
	lang := "zh"
	accept := strings.ToLower(req.Header.Get("Accept-Language"))
	if en := strings.Index(accept, "en"); en >= 0 {
		if zh := strings.Index(accept, "zh"); zh < 0 || en < zh {
			lang = "en"
		}
	}
	w.Header().Set("Vary", "Accept-Language")
	http.Redirect(w, req, s.opt.Base+"/"+lang+"/", http.StatusFound)
}

func (s *Server) asset(w http.ResponseWriter, req *http.Request) {
	name := req.PathValue("name")
	if !fs.ValidPath(name) {
		http.NotFound(w, req)
		return
	}
	w.Header().Set("Cache-Control", "public, max-age=300")
	http.ServeFileFS(w, req, assetFiles, "assets/"+name)
}
