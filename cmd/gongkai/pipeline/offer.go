package pipeline

import (
	"cmp"
	"context"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/normalize"
	"github.com/gongkai-data/gongkai/store"
)

// asides are what captures tell of documents that have no row of their own in reports, and of files that such a page
// offers.
type asides struct {
	others map[content]bool   // no reports, or pages that only offer one
	pages  map[content]string // of a file: the address of the page that offers it
}

// setAside takes from docs what is no report, and pages that only offer one which stands in docs as a file.
func setAside(docs []document) ([]document, asides) {
	out := asides{others: map[content]bool{}, pages: map[content]string{}}
	files := map[string][]int{}
	for i, d := range docs {
		if !d.other && len(d.leads) == 0 {
			for _, address := range []*string{&d.capture.URL, d.capture.FinalURL} {
				if address != nil {
					files[sameAddress(*address)] = append(files[sameAddress(*address)], i)
				}
			}
		}
	}
	for i := range docs {
		for _, to := range docs[i].leads {
			file, ok := offered(docs, docs[i], to, files)
			if !ok {
				continue
			}
			docs[i].other = true
			docs[file].page = docs[i].key
			docs[file].companions = slices.Concat(docs[file].companions, docs[i].companions)
			if docs[file].unread {
				docs[file].issuer = docs[i].issuer // the file itself does not say whose it is
			}
			out.pages[docs[file].content()] = cmp.Or(out.pages[docs[file].content()], docs[i].capture.URL)
		}
	}
	kept := docs[:0]
	for _, d := range docs {
		if d.other {
			out.others[d.content()] = true
		} else {
			kept = append(kept, d)
		}
	}
	return kept, out
}

// offered finds the file that a page leads to. Imports are known by the names of their files only, without folders, and
// many files are called alike: there the file must not say that it is another body's or another year's, and must be the
// only one of that name that may be meant.
func offered(docs []document, page document, to string, files map[string][]int) (file int, ok bool) {
	found := files[sameAddress(to)]
	byName := len(found) == 0
	if byName {
		found = files[sameAddress(beside(page.capture.URL, to))]
	}
	if byName || strings.HasPrefix(page.capture.URL, store.ImportScheme) {
		found = slices.DeleteFunc(slices.Clone(found), func(i int) bool { return otherReport(page, docs[i]) })
		if len(found) != 1 {
			return 0, false
		}
	}
	if len(found) == 0 {
		return 0, false
	}
	return found[len(found)-1], true
}

// otherReport reports whether a file that was read says that it is of another year, or of another body, than a page.
func otherReport(page, file document) bool {
	if file.unread {
		return false
	}
	a, b := page.issuer.DivisionCode, file.issuer.DivisionCode
	return page.year != 0 && file.year != 0 && page.year != file.year || a != nil && b != nil && *a != *b
}

// sameAddress writes an address so that two ways to write one are equal: without scheme of the web and fragment,
// escapes undone.
func sameAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	if u.Opaque != "" {
		name, err := url.PathUnescape(u.Opaque)
		if err != nil {
			name = u.Opaque
		}
		return u.Scheme + ":" + name
	}
	scheme := u.Scheme
	if scheme == "https" {
		scheme = "http"
	}
	return scheme + "://" + strings.ToLower(u.Host) + u.Path + "?" + u.RawQuery
}

// beside is the address of a file by the name of another address, in the folder of a page that was imported; empty for
// a page of the web. Whoever saves a page and its file puts them side by side, whatever the page's link says.
func beside(page, address string) string {
	u, err := url.Parse(page)
	to, fault := url.Parse(address)
	if err != nil || fault != nil || u.Scheme != "file" && u.Opaque == "" {
		return ""
	}
	name := path.Base(cmp.Or(to.Path, to.Opaque))
	if u.Opaque != "" {
		return u.Scheme + ":" + name
	}
	u.Path = path.Join(path.Dir(u.Path), name)
	return u.String()
}

// ofPage gives the reading of a file that could not be read the title, year and name that the page says which offers
// it.
func ofPage(ctx context.Context, kept *cache, d document, reading *normalize.Reading) error {
	if !d.unread || d.page == "" {
		return nil
	}
	page, err := kept.head(ctx, d.page)
	if err != nil || page == nil {
		return err
	}
	reading.Title, reading.Parsed = page.Title, page.Parsed
	return nil
}
