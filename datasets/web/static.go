package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
	lru "github.com/hashicorp/golang-lru/v2"
)

type staticKey struct{}

// static turns the addresses of a server into the files of a static site, and remembers which are wanted.
type static struct {
	mu     sync.Mutex
	files  map[string]string // by address
	wanted []string          // addresses whose files are not written yet
	unseen map[string]bool   // by report, whether its document, or a cell's place in it, cannot be shown
	lost   map[string]bool   // by report, whether its bytes cannot be read
	failed *lru.Cache[query.CheckFilter, []schema.Check]
}

func newStatic() (*static, error) {
	// a list has pages where it is longer than one: the country, its provinces and what else is large
	failed, err := lru.New[query.CheckFilter, []schema.Check](16)
	return &static{files: map[string]string{}, unseen: map[string]bool{}, lost: map[string]bool{}, failed: failed}, err
}

func staticOf(ctx context.Context) *static {
	s, _ := ctx.Value(staticKey{}).(*static)
	return s
}

// link is the address of the file for a page, as seen from the file of another. The evidence of a number has no page of
// its own: its line on the page of the report leads on to its cell in the document.
func (s *static) link(from *url.URL, p string, q url.Values) string {
	if parts := strings.Split(p, "/"); len(parts) == 6 && parts[2] == "evidence" {
		return relative(s.file(from.Path, from.Query()), s.want("/"+parts[1]+"/report/"+parts[3], nil)) + "#" + parts[4]
	}
	return relative(s.file(from.Path, from.Query()), s.want(p, q))
}

// want notes that the file of an address is needed and returns its name.
func (s *static) want(p string, q url.Values) string {
	address := p
	if len(q) > 0 {
		address += "?" + q.Encode()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if name, known := s.files[address]; known {
		return name
	}
	unescaped, err := url.PathUnescape(p)
	if err != nil {
		unescaped = p
	}
	name := fileName(unescaped, q)
	s.files[address] = name
	s.wanted = append(s.wanted, address)
	return name
}

func (s *static) file(p string, q url.Values) string { return fileName(p, q) }

// fileName names the file of an address: pages end in .html, a query becomes eight digits of its digest.
func fileName(p string, q url.Values) string {
	name := strings.TrimPrefix(path.Clean("/"+p), "/")
	if strings.HasSuffix(p, "/") {
		name = path.Join(name, "index")
	}
	ext := path.Ext(name)
	if slices.Contains(endings, ext) {
		name = strings.TrimSuffix(name, ext)
	} else {
		ext = ".html"
	}
	if len(q) > 0 {
		sum := sha256.Sum256([]byte(q.Encode()))
		name += "-" + hex.EncodeToString(sum[:4])
	}
	return name + ext
}

// relative is the way from one file to another.
func relative(from, to string) string {
	a, b := strings.Split(from, "/"), strings.Split(to, "/")
	for len(a) > 1 && len(b) > 1 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for i := range b {
		b[i] = url.PathEscape(b[i])
	}
	out := strings.Repeat("../", len(a)-1) + strings.Join(b, "/")
	if strings.Contains(b[0], ":") && len(a) == 1 {
		out = "./" + out
	}
	return out
}

// known is the number of files that are wanted or written so far.
func (s *static) known() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.files)
}

// take returns the addresses wanted since the last call.
func (s *static) take() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := s.wanted
	s.wanted = nil
	return out
}

// cannotShow notes that the document of a report, or a part of it, cannot be shown.
func (s *static) cannotShow(report string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unseen[report] = true
}

// isLost reports whether the bytes of a report's document cannot be read; readable finds out, once a report.
func (s *static) isLost(report string, readable func() bool) bool {
	s.mu.Lock()
	lost, known := s.lost[report]
	s.mu.Unlock()
	if !known {
		lost = !readable()
		s.mu.Lock()
		s.lost[report] = lost
		s.mu.Unlock()
	}
	return lost
}

// notShown are the reports whose document cannot be shown or read.
func (s *static) notShown() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := maps.Clone(s.unseen)
	for report, lost := range s.lost {
		if lost {
			all[report] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}
