package html

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// files are the endings of the formats in which reports are published as files.
var files = map[string]bool{
	".pdf": true, ".ofd": true, ".ceb": true, ".wps": true, ".wpt": true, ".doc": true, ".docx": true, ".docm": true, ".rtf": true, ".odt": true, ".txt": true,
	".xls": true, ".xlsx": true, ".et": true, ".ppt": true, ".pptx": true, ".dps": true, ".zip": true, ".rar": true, ".7z": true,
}

var (
	quoted     = lazyregexp.New(`["']([^"'<>\\\s]{3,400})["']`)
	redirected = lazyregexp.New(`(?:location(?:\.href)?\s*=|location\.(?:replace|assign)\s*\()\s*["']([^"'<>\s]+)["']`)
	loaded     = lazyregexp.New(`(?:\bfetch|\.get|\.post|\.load|\.getJSON|\.ajax|\.open|axios)\s*\(\s*(?:["'](?:GET|POST)["']\s*,\s*)?["']([^"'<>\s]+)["']|\burl\s*:\s*["']([^"'<>\s]+)["']`)
	refreshed  = lazyregexp.New(`(?i)^\s*\d*\s*[;,]\s*(?:url\s*=)?\s*["']?([^"'\s]+)`)
	ofReport   = lazyregexp.New(`年报|年度报告|信息公开|政务公开|公开.{0,8}报告`)
	viewer     = lazyregexp.New(`(?i)view|pdf\.?js|preview|reader|generic/web`)
)

// maxScript bounds the script text in which addresses are looked for, in bytes; maxAddresses is how many a page may
// lead to.
const (
	maxScript    = 256 << 10
	maxAddresses = 20
)

// ways are the addresses that a page leads to, by how it does.
type ways struct {
	base                            *url.URL
	named, files, frames, elsewhere []string // files by a name of a report, other files, pages in frames, pages that take this one's place
	loaded                          []string // what scripts load
	scripts                         bool
	script                          int // bytes of scripts read
}

// elsewhere lists the addresses that a page without a report leads to, the surest kind alone: files by the name of a
// report, files, pages that take its place, frames, what scripts load. script reports that scripts may fill the page.
func elsewhere(root *html.Node, address string) (addresses []string, script bool) {
	w := &ways{}
	if u, err := url.Parse(address); err == nil && (u.IsAbs() || u.Path != "") {
		w.base = u
	}
	w.visit(root)
	for _, found := range [][]string{w.named, w.files, w.elsewhere, w.frames, w.loaded} {
		if len(found) > 0 {
			return found[:min(len(found), maxAddresses)], w.scripts
		}
	}
	return nil, w.scripts
}

func (w *ways) visit(n *html.Node) {
	if n.Type == html.ElementNode {
		w.element(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.visit(c)
	}
}

func (w *ways) element(n *html.Node) {
	for _, a := range n.Attr {
		if strings.HasPrefix(a.Key, "data-") && isFile(a.Val) {
			w.file(a.Val, "")
		} else if strings.HasPrefix(a.Key, "on") {
			w.scripted(a.Val)
		}
	}
	switch n.DataAtom {
	case atom.Base:
		if u := w.resolve(attr(n, "href")); u != "" {
			if base, err := url.Parse(u); err == nil {
				w.base = base
			}
		}
	case atom.A, atom.Area:
		w.link(n)
	case atom.Iframe, atom.Frame, atom.Embed:
		w.frame(attr(n, "src"))
	case atom.Object:
		w.frame(attr(n, "data"))
	case atom.Param:
		if v := attr(n, "value"); isFile(v) {
			w.file(v, "")
		}
	case atom.Meta:
		if m := refreshed.FindStringSubmatch(attr(n, "content")); m != nil && strings.EqualFold(strings.TrimSpace(attr(n, "http-equiv")), "refresh") {
			w.place(m[1])
		}
	case atom.Script:
		w.scripts = true
		if c := n.FirstChild; c != nil && w.script < maxScript {
			w.script += len(c.Data)
			w.scripted(c.Data[:min(len(c.Data), maxScript)])
		}
	}
}

// link takes an address that is a file's by its ending or by what the page calls it.
func (w *ways) link(n *html.Node) {
	href, text := strings.TrimSpace(attr(n, "href")), innerText(n)
	if strings.HasPrefix(strings.ToLower(href), "javascript:") {
		w.scripted(href)
		return
	}
	if href != "" && !strings.HasPrefix(href, "#") && (isFile(href) || isFile(text) || isFile(attr(n, "title")) || isFile(attr(n, "download"))) {
		w.file(href, text+attr(n, "title")+attr(n, "download"))
	}
}

func (w *ways) frame(src string) {
	if u, err := url.Parse(src); err != nil || u.Path == "" || u.Scheme == "about" || u.Scheme == "javascript" || u.Scheme == "data" {
		return
	}
	if isFile(src) {
		w.file(src, "年报") // it stands in the page itself
		return
	}
	w.add(&w.frames, src)
}

// scripted takes the addresses that stand in a script.
func (w *ways) scripted(code string) {
	for _, m := range quoted.FindAllStringSubmatch(code, -1) {
		if isFile(m[1]) {
			w.file(m[1], "")
		}
	}
	for _, m := range redirected.FindAllStringSubmatch(code, -1) {
		w.place(m[1])
	}
	for _, m := range loaded.FindAllStringSubmatch(code, -1) {
		w.add(&w.loaded, m[1]+m[2])
	}
}

func (w *ways) place(ref string) {
	if isFile(ref) {
		w.file(ref, "年报")
		return
	}
	w.add(&w.elsewhere, ref)
}

// file takes a file's address; one that a viewer shows is that in the viewer's query.
func (w *ways) file(ref, name string) {
	address := ref
	if u, err := url.Parse(ref); err == nil && !files[extension(u.Path)] && viewer.MatchString(u.Path) {
		if inner := fileIn(u); inner != "" {
			address = inner
			if in, err := url.Parse(inner); err == nil {
				address = u.ResolveReference(in).String() // a viewer reads it from its own place
			}
		}
	}
	plain, err := url.PathUnescape(address)
	if err != nil {
		plain = address
	}
	if ofReport.MatchString(name) || ofReport.MatchString(plain) {
		w.add(&w.named, address)
		return
	}
	w.add(&w.files, address)
}

func (w *ways) add(list *[]string, ref string) {
	if address := w.resolve(ref); address != "" && !slices.Contains(*list, address) {
		*list = append(*list, address)
	}
}

// resolve makes an address whole after the page's own. One that cannot be made whole stays as written; beside an import
// without an address of its own stands the file by its name.
func (w *ways) resolve(ref string) string {
	ref = strings.TrimSpace(ref)
	u, err := url.Parse(ref)
	if err != nil || w.base == nil {
		return ref
	}
	u.Fragment = ""
	if w.base.Opaque != "" {
		if u.IsAbs() || u.Host != "" {
			return u.String()
		}
		return w.base.Scheme + ":" + path.Base(u.Path)
	}
	return w.base.ResolveReference(u).String()
}

func extension(p string) string { return strings.ToLower(path.Ext(strings.TrimSpace(p))) }

// isFile reports whether an address or a name is that of a file: by its path, or by what its query or fragment names.
func isFile(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) < 4 || len(s) > 2000 || !strings.Contains(s, ".") {
		return false
	}
	if files[extension(s)] {
		return true
	}
	u, err := url.Parse(s)
	return err == nil && (files[extension(u.Path)] || fileIn(u) != "")
}

// fileIn is the file that the query or the fragment of an address names: viewer.html?file=/upload/2023nb.pdf.
func fileIn(u *url.URL) string {
	for _, part := range []string{u.RawQuery, u.Fragment} {
		for pair := range strings.SplitSeq(part, "&") {
			_, v, _ := strings.Cut(pair, "=")
			if plain, err := url.QueryUnescape(v); err == nil {
				v = plain
			}
			if p, _, _ := strings.Cut(v, "?"); files[extension(p)] {
				return v
			}
		}
	}
	return ""
}
