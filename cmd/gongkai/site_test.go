package main

import (
	"bytes"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// The static site of the sample: every link leads to a file and every anchor to an element, also those from a number to
// its cell in the archived document, and nothing needs a server.
func TestStaticSite(t *testing.T) {
	inSample(t)
	code, out, errOut := gongkai(t, "site", "--out", "public")
	if code != exitDone || !strings.Contains(out, "pages") || strings.Contains(errOut, "{") {
		t.Fatalf("site: exit %d: %s%s", code, out, errOut)
	}
	site := os.DirFS("public")
	names := map[string]map[string]bool{} // by page
	links := map[string][]string{}
	var bytesOf, pages int64
	err := fs.WalkDir(site, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(site, name)
		bytesOf += int64(len(body))
		if err == nil && path.Ext(name) == ".html" && !strings.HasPrefix(name, "original/") && !strings.HasPrefix(name, "data/") {
			pages++
			names[name], links[name], err = anchorsAndLinks(body)
		} else {
			names[name] = nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	cells := 0
	for page, hrefs := range links {
		for _, href := range hrefs {
			u, err := url.Parse(href)
			if err != nil || strings.HasPrefix(u.Path, "/") {
				t.Fatalf("%s links to %q", page, href)
			}
			to := page
			if u.Path != "" {
				to = path.Join(path.Dir(page), u.Path)
			}
			anchors, exists := names[to]
			if !exists || u.Fragment != "" && !anchors[u.Fragment] {
				t.Errorf("%s links to %q, which is not there", page, href)
			} else if strings.HasPrefix(to, "copy/") && u.Fragment != "" {
				cells++
			}
		}
	}
	if cells < 4000 || pages < 550 || pages > 2000 || bytesOf > 12<<20 {
		t.Errorf("%d links to cells, %d pages, %d MB", cells, pages, bytesOf>>20)
	}
	if body, err := os.ReadFile(filepath.Join("public", "zh", "place", "370686107000.html")); err != nil || !bytes.Contains(body, []byte("栖霞市寺口镇")) {
		t.Errorf("the site lacks a place: %v", err)
	}
}

// anchorsAndLinks are the names of the elements of a page and the addresses within the site that it refers to.
func anchorsAndLinks(body []byte) (map[string]bool, []string, error) {
	doc, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	names, links := map[string]bool{}, []string{}
	for n := range doc.Descendants() {
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				names[a.Val] = true
			case (a.Key == "href" || a.Key == "src") && !strings.Contains(strings.SplitN(a.Val, "/", 2)[0], ":"):
				links = append(links, a.Val)
			}
		}
	}
	return names, links, nil
}
