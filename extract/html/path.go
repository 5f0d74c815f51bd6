package html

import (
	"strconv"
	"strings"

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

// plainName tells a name that a CSS selector takes without escapes.
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

// hidden tells an element that its own attributes take off the page.
func hidden(n *html.Node) bool {
	for i := range n.Attr {
		switch n.Attr[i].Key {
		case "hidden":
			return n.Attr[i].Val != "until-found"
		case "style":
			s := n.Attr[i].Val
			if len(s) < 10 {
				continue
			}
			if !mayHide(s) {
				continue
			}
			s = strings.ToLower(s)
			for _, d := range strings.Split(s, ";") {
				name, value, _ := strings.Cut(d, ":")
				value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
				switch strings.TrimSpace(name) {
				case "display":
					if value == "none" {
						return true
					}
				case "mso-hide":
					if value == "all" {
						return true
					}
				case "visibility":
					if value == "collapse" || value == "hidden" && n.Data != "td" && n.Data != "th" {
						return true
					}
				}
			}
		}
	}
	return false
}

// mayHide tells a style that has one of the words by which something is hidden: none, hidden, all, collapse. It may err on the side of yes.
func mayHide(style string) bool {
	for i := 0; i+3 < len(style); i++ {
		switch style[i] | 0x20 {
		case 'n':
			if style[i+1]|0x20 == 'o' && style[i+2]|0x20 == 'n' {
				return true
			}
		case 'h':
			if style[i+1]|0x20 == 'i' && style[i+2]|0x20 == 'd' {
				return true
			}
		case 'l':
			if style[i+1]|0x20 == 'l' && style[i+2]|0x20 == 'a' {
				return true
			}
		}
	}
	return false
}
