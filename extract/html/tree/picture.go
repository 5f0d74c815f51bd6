package tree

import (
	"net/url"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// PictureSource is the address that an img element shows, also one that a script is to load later; empty where it has
// none.
func PictureSource(n *html.Node) string {
	for _, key := range []string{"src", "data-src", "data-original", "oldsrc"} {
		if s := strings.TrimSpace(attribute(n, key)); s != "" && !(key == "src" && strings.HasPrefix(s, "data:image/gif") && len(s) < 200) { // a spacer
			return s
		}
	}
	return ""
}

// Whole returns what makes the addresses that stand in a page whole: after the page's own address and what it says of
// its base. What cannot be the address of a file on the web stays as it is.
func Whole(root *html.Node, address string) func(source string) string {
	base := sync.OnceValue(func() *url.URL { // of many pages nothing is made whole
		own, err := url.Parse(address)
		if err != nil || !own.IsAbs() {
			return nil
		}
		if u, err := own.Parse(firstBase(root)); err == nil {
			return u
		}
		return own
	})
	return func(source string) string {
		if base() == nil {
			return source
		}
		u, err := base().Parse(source)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" {
			return source
		}
		u.Fragment = ""
		return u.String()
	}
}

// firstBase is the address after which a page says that its links are made whole.
func firstBase(n *html.Node) string {
	if n.Type == html.ElementNode && n.DataAtom == atom.Base {
		if href := attribute(n, "href"); href != "" {
			return href
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if href := firstBase(c); href != "" {
			return href
		}
	}
	return ""
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Namespace == "" && a.Key == key {
			return a.Val
		}
	}
	return ""
}
