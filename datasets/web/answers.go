package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

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

// superseded answers for a chart of a page whose release has been replaced since: the page and its charts never show
// two releases.
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
