package html

import (
	"net/url"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/gongkai-data/gongkai/extract"
)

// Pictures lists the addresses of the pictures that a page of this package names, whole and each once, in reading order.
func Pictures(d *extract.Document) (addresses []string) {
	known := map[string]bool{}
	eachPicture(d, func(source *string) {
		if u, err := url.Parse(*source); err == nil && (u.Scheme == "http" || u.Scheme == "https") && !known[*source] {
			known[*source] = true
			addresses = append(addresses, *source)
		}
	})
	return addresses
}

// eachPicture visits the sources of the pictures in the open and in cells.
func eachPicture(d *extract.Document, visit func(source *string)) {
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Kind == extract.Image {
			visit(&b.Source)
		}
		if b.Grid == nil {
			continue
		}
		for k := range b.Grid.Cells {
			if c := &b.Grid.Cells[k]; c.Image != "" {
				visit(&c.Image)
			}
		}
	}
}

// wholeSources makes the addresses of a page's pictures whole. What cannot be one stays as it is written.
func wholeSources(root *html.Node, d *extract.Document, address string) {
	whole := Whole(root, address)
	eachPicture(d, func(source *string) { *source = whole(*source) })
}

// Whole returns what makes the addresses that stand in a page whole: after the page's own address and what it says of
// its base. What cannot be the address of a file on the web stays as it is.
func Whole(root *html.Node, address string) func(source string) string {
	base, err := url.Parse(address)
	if err != nil || !base.IsAbs() {
		return func(source string) string { return source }
	}
	if u, err := base.Parse(firstBase(root)); err == nil {
		base = u
	}
	return func(source string) string {
		u, err := base.Parse(source)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" {
			return source
		}
		u.Fragment = ""
		return u.String()
	}
}

// firstBase is the address after which a page says that its links are made whole.
func firstBase(n *html.Node) string {
	if n.Type == html.ElementNode && n.DataAtom == atom.Base && has(n, "href") {
		return attr(n, "href")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if href := firstBase(c); href != "" {
			return href
		}
	}
	return ""
}
