// Package sim is a small web for tests: invented sites of every family that the crawler reads, with the faults that
// real sites have, and with a known set of reports. All sites answer on one loopback port; Dial leads their names
// there.
package sim

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"
)

// Web is the running web.
type Web struct {
	Seeds []string          // home pages and columns to start from
	Truth []Truth           // every report that a crawler must find, by address
	Lost  []Truth           // reports that the sites hold and that no crawler can find without a browser or a person: nobody may say that they do not exist
	Names map[string]string // the body of a seed, where the site is one body's alone
	Most  map[string]int    // requests that a site may take, by host

	server *httptest.Server
	sites  map[string]*site
	dead   map[string]bool

	mu       sync.Mutex
	requests []Request
	version  map[string]int // of a report's text, by address: raised when the publisher corrects it
}

// AskedTwice reports whether a host has a crawler send a request again: it breaks connections, asks for patience or for
// its cookie.
func AskedTwice(host string) bool {
	first, _, _ := strings.Cut(host, ".")
	return first == "flaky" || first == "cookie" || first == "refresh" || first == "patience"
}

// Truth is one report.
type Truth struct {
	URL    string
	Issuer string
	Year   int
	Kind   string // page, document
}

// Request is one request that arrived.
type Request struct {
	Host   string
	At     time.Time
	Method string
	URL    string
	Status int
	Agent  string
}

// site is one host.
type site struct {
	web  *Web
	host string
	mux  *http.ServeMux
}

// New starts the web. Close ends it.
func New() *Web {
	w := &Web{sites: map[string]*site{}, dead: map[string]bool{}, version: map[string]int{}, Names: map[string]string{}, Most: map[string]int{}}
	for _, add := range []func(*Web){addTRS, addJpageGroup, addJpageRecord, addXxgk, addAnnual, addJpaas, addTrueCMS, addVSB, addWebPlus, addUCAP, addUCAPStatic,
		addGkmlpt, addEpoint, addEpointOld, addStatic, addTowns, addFlaky, addForbidding, addChallenging, addDead} {
		add(w)
	}
	for _, add := range slices.Concat(pagingSites, waySites, hardSites) {
		add(w)
	}
	sort.Slice(w.Truth, func(i, j int) bool { return w.Truth[i].URL < w.Truth[j].URL })
	w.server = httptest.NewServer(http.HandlerFunc(w.serve))
	return w
}

// Close stops the web.
func (w *Web) Close() {
	w.server.CloseClientConnections()
	w.server.Close()
}

// Address is the loopback address that all sites answer on.
func (w *Web) Address() string { return w.server.Listener.Addr().String() }

// Dial maps the host:port of an invented site to the loopback server.
func (w *Web) Dial(hostPort string) string { return DialTo(w.Address(), hostPort) }

// DialTo is Dial for another process: address is that of the server. Hosts whose name starts with dead. lead to a port
// that nobody listens on.
func DialTo(address, hostPort string) string {
	host, port, err := net.SplitHostPort(hostPort)
	if err != nil || strings.HasPrefix(host, "dead.") || port != "80" {
		return "127.0.0.1:1"
	}
	return address
}

func (w *Web) site(host string) *site {
	s := &site{web: w, host: host, mux: http.NewServeMux()}
	w.sites[host] = s
	return s
}

func (w *Web) serve(rw http.ResponseWriter, r *http.Request) {
	at := time.Now()
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	rec := &statusWriter{ResponseWriter: rw, status: http.StatusOK}
	defer func() {
		w.mu.Lock()
		w.requests = append(w.requests, Request{strings.TrimPrefix(host, "www."), at, r.Method, "http://" + r.Host + r.URL.RequestURI(), rec.status, r.UserAgent()})
		w.mu.Unlock()
	}()
	if s := w.sites[host]; s != nil {
		s.mux.ServeHTTP(rec, r)
		return
	}
	http.NotFound(rec, r)
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets handlers hijack and flush.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Requests returns what arrived so far, in order of arrival.
func (w *Web) Requests() []Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := append([]Request(nil), w.requests...)
	sort.Slice(out, func(i, j int) bool { return out[i].At.Before(out[j].At) })
	return out
}

// Asked is the number of requests that arrived so far.
func (w *Web) Asked() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.requests)
}

// Forget empties the list of requests.
func (w *Web) Forget() {
	w.mu.Lock()
	w.requests = nil
	w.mu.Unlock()
}

// Correct changes the text of a report, as a publisher does who finds an error.
func (w *Web) Correct(address string) {
	w.mu.Lock()
	w.version[address]++
	w.mu.Unlock()
}

func (w *Web) versionOf(address string) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.version[address]
}

func (s *site) url(path string) string { return "http://" + s.host + path }

// seed makes a path of the site a starting point.
func (s *site) seed(path string) { s.web.Seeds = append(s.web.Seeds, s.url(path)) }

// html serves a page.
func (s *site) html(pattern, body string) {
	s.mux.HandleFunc(pattern, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, body)
	})
}

// report serves a report and adds it to the truth. The page has a Last-Modified that follows its version, where
// validate is set.
func (s *site) report(path, issuer string, year int, validate bool) {
	address := s.url(path)
	s.web.Truth = append(s.web.Truth, Truth{address, issuer, year, "page"})
	base, _, _ := strings.Cut(path, "?")
	if base != path {
		return // the site's own handler of base serves it
	}
	s.mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
		version := s.web.versionOf(address)
		tag := fmt.Sprintf(`"v%d"`, version)
		if validate {
			w.Header().Set("ETag", tag)
			if r.Header.Get("If-None-Match") == tag {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, ReportPage(issuer, year, version))
	})
}

// pdf serves a document and adds it to the truth.
func (s *site) pdf(path, issuer string, year int, referer bool) {
	address := s.url(path)
	s.web.Truth = append(s.web.Truth, Truth{address, issuer, year, "document"})
	u, err := url.Parse(address)
	if err != nil {
		panic(err) // a fixed address of this package
	}
	s.mux.HandleFunc("GET "+u.Path, func(w http.ResponseWriter, r *http.Request) {
		if referer && r.Referer() == "" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, "<html><title>提示</title><body>请从文章页下载附件</body></html>")
			return
		}
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Write(Document(issuer, year))
	})
}
