package html

import (
	"strconv"

	"golang.org/x/net/html"
)

// step appends the CSS step for an element that is the k-th (from 1) element child of its parent.
func step(path []byte, n *html.Node, k int) []byte {
	if len(path) > 0 {
		path = append(path, " > "...)
	}
	if plainName(n.Data) {
		path = append(path, n.Data...)
	} else {
		path = append(path, '*') // o:p and the like would need escapes
	}
	if n.Parent == nil || n.Parent.Type == html.DocumentNode {
		return path
	}
	path = append(path, ":nth-child("...)
	path = strconv.AppendInt(path, int64(k), 10)
	return append(path, ')')
}

// rootPath is the CSS path of n from the root of the page, or from its nearest ancestor whose id is unique in the page.
func rootPath(n *html.Node, ids map[string]int) []byte {
	var chain []*html.Node
	var path []byte
	for ; n != nil && n.Type == html.ElementNode; n = n.Parent {
		if id := attr(n, "id"); plainName(id) && ids[id] == 1 {
			path = append(path, '#')
			path = append(path, id...)
			break
		}
		chain = append(chain, n)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		k := 1
		for s := chain[i].PrevSibling; s != nil; s = s.PrevSibling {
			if s.Type == html.ElementNode {
				k++
			}
		}
		path = step(path, chain[i], k)
	}
	return path
}

// plainName reports a name that a CSS selector takes without escapes.
func plainName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
		case i > 0 && (c >= '0' && c <= '9' || c == '-'):
		default:
			return false
		}
	}
	return s != ""
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}
