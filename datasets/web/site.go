package web

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"unicode"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/store"
	"golang.org/x/sync/errgroup"
)

// siteMark is a file that says that a folder is a site written by this package, which the next one may replace.
const siteMark = ".gongkai-site"

// keptBytes is the memory for rows of the tables while a site is written.
const keptBytes = 128 << 20

// SiteSummary counts what a site holds.
type SiteSummary struct {
	Pages int64 `json:"pages"`
	Files int64 `json:"files"`
	Bytes int64 `json:"bytes"`
	// NotShown are the reports whose archived document, or a part of it, cannot be shown or read; their pages say so.
	NotShown []string `json:"not_shown"`
}

// WriteSite writes every page that can be reached from the start pages as files into the folder out, with the files of
// the release below data/. The pages are those of the server; links are relative, so they work from any host and from
// the disk. An existing site is replaced at the end, a folder with anything else in it is an error. progress, if not
// nil, is told of the pages written and of those known so far; it is called from many goroutines.
func WriteSite(ctx context.Context, s *Server, out string, progress func(done, total int)) (SiteSummary, error) {
	var sum SiteSummary
	if err := mayReplace(out); err != nil {
		return sum, fmt.Errorf("writing the site %s: %w", out, err)
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return sum, fmt.Errorf("writing the site %s: %w", out, err)
	}
	building, err := os.MkdirTemp(filepath.Dir(out), "."+filepath.Base(out)+".building-*")
	if err != nil {
		return sum, fmt.Errorf("writing the site %s: %w", out, err)
	}
	defer os.RemoveAll(building) // after the exchange there is nothing left of it
	if err := errors.Join(os.Chmod(building, 0o755), os.WriteFile(filepath.Join(building, siteMark), nil, 0o644)); err != nil {
		return sum, fmt.Errorf("writing the site %s: %w", out, err)
	}
	links, err := newStatic()
	if err != nil {
		return sum, fmt.Errorf("writing the site %s: %w", out, err)
	}
	w := &siteWriter{server: s, root: building, links: links, sum: &sum, progress: progress}
	if err := w.write(ctx); err != nil {
		return sum, fmt.Errorf("writing the site %s: %w", out, err)
	}
	if err := errors.Join(os.RemoveAll(out), os.Rename(building, out)); err != nil {
		return sum, fmt.Errorf("putting the site in its place: %w", err)
	}
	return sum, nil
}

func mayReplace(out string) error {
	entries, err := os.ReadDir(out)
	if errors.Is(err, os.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(out, siteMark)); err != nil {
		return errors.New("the folder holds something that is no site of gongkai")
	}
	return nil
}

type siteWriter struct {
	server   *Server
	root     string
	links    *static
	sum      *SiteSummary
	progress func(done, total int) // may be nil; called from many goroutines
}

func (w *siteWriter) write(ctx context.Context) error {
	release, _, done := w.server.opt.Current.Acquire()
	defer done()
	release.Data.Keep(keptBytes) // pages ask for the rows of one report after another, in two languages
	if err := w.data(release); err != nil {
		return err
	}
	if err := w.names(release); err != nil {
		return err
	}
	for _, lang := range Languages {
		w.links.want("/"+lang+"/", nil)
	}
	if err := w.put("index.html", []byte(startPage(release.Data.Manifest().Sample != nil))); err != nil {
		return err
	}
	ctx = context.WithValue(ctx, staticKey{}, w.links)
	for next := w.links.take(); len(next) > 0; next = w.links.take() {
		work, ctx := errgroup.WithContext(ctx)
		work.SetLimit(runtime.GOMAXPROCS(0))
		for _, address := range next {
			if strings.HasPrefix(address, "/data/") || address == "/assets/names.js" {
				continue // written already
			}
			work.Go(func() error { return w.page(ctx, address) })
		}
		if err := work.Wait(); err != nil {
			return err
		}
	}
	w.sum.NotShown = append([]string{}, w.links.notShown()...)
	return nil
}

// startPage leads to the two languages; it tells of the sample.
func startPage(sampled bool) string {
	mark := ""
	if sampled {
		mark = `<p class="sample">` + words["sample_all"][0] + `</p><p class="sample" lang="en">` + words["sample_all"][1] + `</p>`
	}
	return strings.Replace(startText, "<h1>", mark+"<h1>", 1)
}

const startText = `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>公开年报 Gongkai</title><link rel="stylesheet" href="assets/style.css"></head>` +
	`<body><main><h1>公开年报 Gongkai</h1><p><a href="zh/index.html">中文</a></p><p><a href="en/index.html" lang="en">English</a></p></main></body></html>`

// page writes the file of one address.
func (w *siteWriter) page(ctx context.Context, address string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://site.invalid"+address, nil)
	if err != nil {
		return fmt.Errorf("the page %s: %w", address, err)
	}
	rec := &recorder{header: http.Header{}, status: http.StatusOK}
	if err := w.answer(rec, req); err != nil {
		return fmt.Errorf("the page %s: %w", address, err)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if rec.status != http.StatusOK {
		return fmt.Errorf("the page %s answers %d: %s", address, rec.status, strings.TrimSpace(firstLine(rec.body.String())))
	}
	atomic.AddInt64(&w.sum.Pages, 1)
	w.links.mu.Lock()
	name := w.links.files[address]
	w.links.mu.Unlock()
	body := rec.body.Bytes()
	if inner, zipped := strings.CutSuffix(name, zipEnding); zipped {
		if body, err = zipOf(path.Base(inner), body); err != nil {
			return fmt.Errorf("the file %s: %w", name, err)
		}
	}
	if strings.HasSuffix(name, ".html") && !strings.HasPrefix(name, "copy/") && !strings.HasPrefix(name, "original/") {
		body = []byte(unquoted(optionalEnds.Replace(rec.body.String())))
	}
	if err := w.put(name, body); err != nil {
		return err
	}
	if w.progress != nil {
		w.progress(int(atomic.LoadInt64(&w.sum.Pages)), w.links.known())
	}
	return nil
}

// zipOf is a zip file with one file in it, of no time.
func zipOf(name string, body []byte) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err == nil {
		_, err = w.Write(body)
	}
	err = errors.Join(err, z.Close())
	return b.Bytes(), err
}

// optionalEnds takes out the end tags that HTML does without: a tenth of pages that are mostly tables.
var optionalEnds = strings.NewReplacer("</td>", "", "</tr>", "", "</th>", "", "</li>", "", "</dt>", "", "</dd>", "", "</option>", "")

// unquoted takes the quotes from attributes that need none. Nothing else of a page holds them: in its text they are
// escaped.
func unquoted(page string) string {
	var b strings.Builder
	b.Grow(len(page))
	for {
		at := strings.Index(page, `="`) + 1
		if at == 0 {
			b.WriteString(page)
			return b.String()
		}
		b.WriteString(page[:at])
		page = page[at+1:]
		n := strings.IndexFunc(page, func(c rune) bool {
			return c > unicode.MaxASCII || !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("-_./#%:?&;+~,", c)
		})
		if n > 0 && page[n] == '"' {
			b.WriteString(page[:n])
			page = page[n+1:]
		} else {
			b.WriteByte('"')
		}
	}
}

// answer lets the server answer a request; one that it breaks off is an error.
func (w *siteWriter) answer(rec *recorder, req *http.Request) (err error) {
	defer func() {
		if p := recover(); p == http.ErrAbortHandler {
			err = http.ErrAbortHandler
		} else if p != nil {
			panic(p)
		}
	}()
	w.server.ServeHTTP(rec, req)
	return nil
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

func (w *siteWriter) put(name string, body []byte) error {
	full := filepath.Join(w.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	atomic.AddInt64(&w.sum.Files, 1)
	atomic.AddInt64(&w.sum.Bytes, int64(len(body)))
	return os.WriteFile(full, body, 0o644)
}

// data copies the files of the release.
func (w *siteWriter) data(release *query.Release) error {
	m := release.Data.Manifest()
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := w.put("data/"+store.ManifestFile, text); err != nil {
		return err
	}
	for _, f := range m.Files {
		body, size, err := release.Data.Open(f.Path)
		if err != nil {
			return err
		}
		full := filepath.Join(w.root, "data", filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		to, err := os.Create(full)
		if err != nil {
			return err
		}
		n, err := io.Copy(to, io.NewSectionReader(body, 0, size))
		if err := errors.Join(err, to.Close()); err != nil {
			return fmt.Errorf("copying %s: %w", f.Path, err)
		}
		w.sum.Files++
		w.sum.Bytes += n
	}
	return nil
}

// names writes what the search of a static site looks through: name, pinyin initials, ID and pinyin of every issuer.
func (w *siteWriter) names(release *query.Release) error {
	var lines [][4]string
	for _, is := range release.Issuers() {
		lines = append(lines, [4]string{is.Name, release.Initials(is), is.ID, release.Spelling(is)})
	}
	text, err := json.Marshal(lines)
	if err != nil {
		return err
	}
	return w.put("assets/names.js", append(append([]byte("window.gongkaiNames="), text...), ";\n"...))
}

// recorder takes an answer of the server.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }
