// Package sample holds the bundled sample site: a small static web site of annual reports that `gongkai run` serves on a loopback
// port, crawls for real and builds a dataset from when no seeds are given.
//
// Its places do not exist and its figures are invented, and every page says so (样例); the one exception is a real report, 栖霞市寺口镇 2020,
// given as published. The pages are written by extract/read/testdata/generate/sample_site.py; testdata holds the gold values of each.
package sample

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

//go:embed all:site
var embedded embed.FS

// Files returns the site's files, rooted at the folder that holds index.html.
func Files() fs.FS {
	sub, err := fs.Sub(embedded, "site")
	if err != nil {
		panic(err) // the folder is part of the binary
	}
	return sub
}

// Seeds returns the list pages where a crawl of the site at base (scheme and host, e.g. http://127.0.0.1:8080) begins:
// a list of towns in the TRS manner (index.html, index_1.html) and a district's list in the VSB manner (nb.htm, nb/1.htm; GBK).
func Seeds(base string) []string {
	base = strings.TrimSuffix(base, "/")
	return []string{base + "/zfxxgk/nb/index.html", base + "/fa/nb.htm"}
}

// Handler serves the site; a folder's address gives its index.html. Answers carry a strong ETag, so that a second crawl can ask for
// changes only. Pages in GBK are sent without a charset in the header, as such sites do.
func Handler() http.Handler {
	files := Files()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		if name == "" || strings.HasSuffix(r.URL.Path, "/") {
			name = path.Join(name, "index.html")
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		sum := sha256.Sum256(body)
		w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
		w.Header().Set("Content-Type", mediaType(name))
		http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
	})
}

// Origin says what a document is to the sample.
type Origin int

// Origins of a document.
const (
	Foreign  Origin = iota // none of the sample's
	Invented               // its places and figures are invented
	Real                   // a real report that the sample gives as published
)

// realFile is the one real report of the site.
const realFile = "zfxxgk/nb/202101/sikou-2020.txt"

// origins are those of the files of the site, by the hexadecimal SHA-256 of their bytes.
var origins = sync.OnceValue(func() map[string]Origin {
	files := Files()
	out := map[string]Origin{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(body)
		out[hex.EncodeToString(sum[:])] = Invented
		if name == realFile {
			out[hex.EncodeToString(sum[:])] = Real
		}
		return nil
	})
	if err != nil {
		panic(err) // the files are part of the binary
	}
	return out
})

// OriginOf tells by the hexadecimal SHA-256 of a document's bytes whether it is one of the sample's, wherever it was found.
func OriginOf(digest string) Origin { return origins()[digest] }

// mediaType tells the Content-Type of a file of the site.
func mediaType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".htm": // the district's pages are GBK and say so in the page only
		return "text/html"
	case ".docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	default:
		if t := mime.TypeByExtension(ext); t != "" {
			return t
		}
		return "application/octet-stream"
	}
}
