package web

import (
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gongkai-data/gongkai/datasets/frozen"
)

// Shelf serves the frozen releases of a folder: each under /r/NAME/, the newest by /latest, the files under /releases/,
// and a feed of new and changed reports. Everything else goes to the root: a server of its own, or the newest release.
type Shelf struct {
	folder string
	open   func(r frozen.Record, dataset string) (*Server, func(), error)
	root   http.Handler // nil: the newest release
	log    *slog.Logger

	mu     sync.Mutex
	all    []frozen.Record
	looked time.Time
	served []*volume // those open, the last used first
}

// volume is a release that is open.
type volume struct {
	name   string
	server *Server
	close  func()
	users  int
	gone   bool // from the list of those open: its last user closes it
}

// maxOpen is how many releases are open at a time: each has an index in memory.
const maxOpen = 3

// NewShelf makes the shelf of a folder. log is told of releases that cannot be read. open opens a release for reading;
// its Base and Frozen are those of Server options made for it.
func NewShelf(folder string, log *slog.Logger, open func(r frozen.Record, dataset string) (*Server, func(), error)) *Shelf {
	return &Shelf{folder: folder, log: log, open: open}
}

// BaseOf is where a release is served.
func BaseOf(name string) string { return "/r/" + name }

// SetRoot has a server answer for what is of no release.
func (s *Shelf) SetRoot(h http.Handler) { s.root = h }

// List lists the releases, the newest first. The folder is looked at every two seconds at the most.
func (s *Shelf) List() ([]frozen.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if time.Since(s.looked) < 2*time.Second && s.all != nil {
		return s.all, nil
	}
	all, err := frozen.List(s.folder)
	if err == nil {
		s.all, s.looked = all, time.Now()
	}
	return all, err
}

// find returns a release by its name, with its folder.
func (s *Shelf) find(name string) (frozen.Record, string, error) {
	all, err := s.List()
	if err != nil {
		return frozen.Record{}, "", err
	}
	for _, r := range all {
		if r.Name == name {
			return r, filepath.Join(s.folder, r.Name), nil
		}
	}
	return frozen.Record{}, "", notFound("there is no release %s", name)
}

// ServeHTTP answers one request.
func (s *Shelf) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	first, rest, _ := strings.Cut(strings.TrimPrefix(req.URL.Path, "/"), "/")
	if s.root != nil && first != "r" && first != "latest" && first != "releases" {
		s.root.ServeHTTP(w, req)
		return
	}
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if req.Method != http.MethodGet && req.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "this server is read-only", http.StatusMethodNotAllowed)
		return
	}
	var err error
	switch first {
	case "r":
		err = s.release(w, req, rest)
	case "releases":
		err = s.file(w, req, rest)
	case "latest":
		err = s.toNewest(w, req, strings.TrimPrefix(req.URL.EscapedPath(), "/latest"))
	default:
		err = s.toNewest(w, req, req.URL.EscapedPath())
	}
	var known *statusError
	if errors.As(err, &known) {
		http.Error(w, known.text, known.status)
	} else if err != nil {
		s.log.Error("a release failed", "address", req.URL.Path, "error", err)
		http.Error(w, "the releases cannot be read", http.StatusInternalServerError)
	}
}

// toNewest leads to a page of the newest release.
func (s *Shelf) toNewest(w http.ResponseWriter, req *http.Request, page string) error {
	all, err := s.List()
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return notFound("there is no release yet")
	}
	to := BaseOf(all[0].Name) + "/" + strings.TrimLeft(page, "/")
	if req.URL.RawQuery != "" {
		to += "?" + req.URL.RawQuery
	}
	w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(w, req, to, http.StatusFound)
	return nil
}

// release lets the server of a release answer.
func (s *Shelf) release(w http.ResponseWriter, req *http.Request, rest string) error {
	name, _, below := strings.Cut(rest, "/")
	r, dir, err := s.find(name)
	if err != nil {
		return err
	}
	if !below {
		http.Redirect(w, req, BaseOf(name)+"/", http.StatusFound)
		return nil
	}
	v, err := s.take(r, filepath.Join(dir, frozen.DatasetDir))
	if err != nil {
		return err
	}
	defer s.leave(v)
	http.StripPrefix(BaseOf(name), v.server).ServeHTTP(w, req)
	return nil
}

// take opens a release, or finds it open.
func (s *Shelf) take(r frozen.Record, dataset string) (*volume, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, v := range s.served {
		if v.name == r.Name {
			copy(s.served[1:i+1], s.served[:i])
			s.served[0] = v
			v.users++
			return v, nil
		}
	}
	server, end, err := s.open(r, dataset)
	if err != nil {
		return nil, err
	}
	v := &volume{name: r.Name, server: server, close: end, users: 1}
	s.served = append([]*volume{v}, s.served...)
	if len(s.served) > maxOpen {
		s.drop(s.served[maxOpen])
		s.served = s.served[:maxOpen]
	}
	return v, nil
}

func (s *Shelf) drop(v *volume) {
	if v.gone = true; v.users == 0 {
		v.close()
	}
}

func (s *Shelf) leave(v *volume) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v.users--; v.users == 0 && v.gone {
		v.close()
	}
}

// Close closes the releases that are open.
func (s *Shelf) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.served {
		s.drop(v)
	}
	s.served = nil
}

// fileTypes are those of the files of a release that browsers should show.
var fileTypes = map[string]string{".md": "text/markdown; charset=utf-8", ".cff": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".parquet": "application/vnd.apache.parquet"}

// file sends a file of a release, its zip file, or the feed.
func (s *Shelf) file(w http.ResponseWriter, req *http.Request, rest string) error {
	if rest == "atom.xml" {
		return s.feed(w, req)
	}
	name, within, _ := strings.Cut(rest, "/")
	zipped := within == "" && path.Ext(name) == ".zip"
	r, _, err := s.find(strings.TrimSuffix(name, ".zip"))
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(s.folder)
	if err != nil {
		return err
	}
	defer root.Close()
	wanted := r.Name + ".zip"
	if !zipped {
		wanted = path.Join(r.Name, path.Clean("/"+within))
	}
	f, err := root.Open(filepath.FromSlash(wanted))
	if err != nil {
		return notFound("the release %s has no file %s", r.Name, within)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		return notFound("the release %s has no file %s", r.Name, within)
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
	h.Set("Cache-Control", "public, max-age=3600")
	if t, ok := fileTypes[path.Ext(wanted)]; ok {
		h.Set("Content-Type", t)
	}
	if zipped {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": "gongkai-" + wanted}))
	}
	http.ServeContent(w, req, wanted, info.ModTime(), io.ReadSeeker(f))
	return nil
}
