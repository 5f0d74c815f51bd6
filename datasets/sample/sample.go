// Package sample holds the bundled sample site: a small web site of annual reports that `gongkai run` serves on a
// loopback port, crawls for real and builds a dataset from when no seeds are given.
//
// It is one invented county (蘅平县: fourteen townships, the government, two departments, five years) with neighbours in
// another county and a district. Its places do not exist and its figures are invented, and every page says so (样例); the
// one exception is a real report, 栖霞市寺口镇 2020, given as published, the first of the site. Most documents are written by
// this package from three tables (bodies.csv, reports.csv, prose.csv) and the forms of the code book; those below site
// are kept as files, and testdata holds the gold values of the invented ones among them.
//
// What there is to see: two towns that copy from each other (棣堡乡, 菁岭镇) and one that repeats itself (岫屯镇); a report
// published again with another number (霏坪镇 2022); a flood of requests (峤集镇 2022); sums that do not hold (霏坪镇 2021, 潆墟街道
// 2022, 棣埠镇 2023, 荇塘镇 2022, 旻坪镇 2022); blanks (岫桥乡 2023) and dashes (苓川镇 2020), which are no zeros; reports that are
// missing; a correction (corrections.csv).
package sample

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"maps"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

//go:embed all:site
var embedded embed.FS

// files are the documents of the site by path.
var files = sync.OnceValue(func() map[string][]byte {
	out := map[string][]byte{}
	err := fs.WalkDir(embedded, "site", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out[strings.TrimPrefix(name, "site/")], err = embedded.ReadFile(name)
		}
		return err
	})
	if err != nil {
		panic(err) // the files are part of the binary
	}
	for _, r := range Reports() {
		out[r.Path] = r.document()
	}
	maps.Copy(out, lists(Reports()))
	return out
})

// Reports are the reports that the package writes, in the order of reports.csv. Do not change them.
var Reports = sync.OnceValue(county)

// File is a file of the site; nil where there is none.
func File(name string) []byte { return files()[name] }

// Seed is a list page where a crawl of the site begins, with what a seed file would say of it.
type Seed struct {
	Site, Name, DivisionCode string
	FirstYear, LastYear      int
}

// Seeds returns the list pages where a crawl of the site at base (scheme and host, e.g. http://127.0.0.1:8080) begins:
// the list that the real report is on and the county's, in the TRS manner (index.html, index_1.html), and those of its
// neighbours in the VSB manner (nb.htm, nb/1.htm; GBK).
func Seeds(base string) []Seed {
	base = strings.TrimSuffix(base, "/")
	return []Seed{
		{base + "/zfxxgk/nb/index.html", "", "", 2018, 2021},
		{base + "/hp/nb/index.html", "蘅平县人民政府", "990121000000", 2019, 2023},
		{base + "/mz/nb.htm", "旻州县人民政府", "990122000000", 2019, 2023},
		{base + "/fa/nb.htm", "霏安区人民政府", "990101000000", 2021, 2023},
		{base + "/jd/nb/index.html", "", "", 2019, 2023},
	}
}

// Handler serves the site; a folder's address gives its index.html. Answers carry a strong ETag, so that a second crawl
// can ask for changes only. Pages in GBK are sent without a charset in the header, as such sites do.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		if name == "" || strings.HasSuffix(r.URL.Path, "/") {
			name = path.Join(name, "index.html")
		}
		body := File(name)
		if body == nil {
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

// digests are the lines of sha256sum of the files of the site: every command that reads a document asks whether it is
// one of them, and writing all of them for that takes longer than reading it.
//
//go:embed digests.txt
var digests string

// origins are those of the files of the site, by the hexadecimal SHA-256 of their bytes.
var origins = sync.OnceValue(func() map[string]Origin {
	out := map[string]Origin{}
	for line := range strings.Lines(digests) {
		digest, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		out[digest] = Invented
		if name == realFile {
			out[digest] = Real
		}
	}
	return out
})

// Digest is the hexadecimal SHA-256 of a document.
func Digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// OriginOf finds by the hexadecimal SHA-256 of a document's bytes whether it is one of the sample's, wherever it was
// found.
func OriginOf(digest string) Origin { return origins()[digest] }

// mediaType is the Content-Type of a file of the site.
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
