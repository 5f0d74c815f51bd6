package html

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What a script writes is not in the page as it came over the wire: an empty element that one fills is no blank, and a
// number that one counts up or replaces is not the one that a reader sees.

// bindings are the attributes by which frameworks fill an element.
var bindings = []string{"v-text", "v-html", "v-model", "ng-bind", "ng-bind-html", "ng-model", "x-text", "x-html", "data-bind", "wire:model", ":text", "th:text", "bind"}

// figures are the data attributes that hold the number which a script is to show; layouts those that editors and tables
// write for themselves.
var (
	figures = []string{"n", "num", "number", "count", "value", "val", "to", "target", "end", "final", "stop", "total", "figure"}
	layouts = []string{"row", "col", "cell", "width", "height", "size", "index", "idx", "id", "order", "sort", "level", "page", "font", "line", "style", "span", "mce", "sheets", "ccp", "pos", "v-", "key"}
)

// mostScript is as much of the scripts of a page as is searched for the ids that they fill.
const mostScript = 1 << 20

// noteScript keeps the text of a script in the page.
func (s *surveyed) noteScript(n *html.Node) {
	if c := n.FirstChild; c != nil && s.scripts.Len() < mostScript {
		s.scripts.WriteString(c.Data[:min(len(c.Data), mostScript)])
	}
}

// scripted reports whether a script writes what an element shows, or writes over it.
func (s *surveyed) scripted(n *html.Node) bool {
	if n.DataAtom == 0 && strings.Contains(n.Data, "-") && holdsNothing(n) {
		return true // <count-up>
	}
	for _, a := range n.Attr {
		name, isData := strings.CutPrefix(a.Key, "data-")
		switch {
		case slices.Contains(bindings, a.Key):
			return true
		case a.Key == "id" && a.Val != "":
			if s.filledByID(a.Val) {
				return true
			}
		case !isData || !isFigure(a.Val):
		case holdsNothing(n):
			if !slices.ContainsFunc(layouts, func(l string) bool { return strings.Contains(name, l) }) {
				return true
			}
		case slices.Contains(figures, name):
			if text := innerText(n); isFigure(text) && text != strings.Trim(a.Val, " ") {
				return true
			}
		}
	}
	return false
}

// holdsNothing reports an element without children, or with white space for its only one.
func holdsNothing(n *html.Node) bool {
	c := n.FirstChild
	return c == nil || c == n.LastChild && c.Type == html.TextNode && strings.TrimSpace(c.Data) == ""
}

// longestID bounds the words of a script that may be the id of an element.
const longestID = 64

// filledByID reports whether a script of the page names an element by its id.
func (s *surveyed) filledByID(id string) bool {
	if s.quoted == nil {
		s.quoted = map[string]bool{}
		for word := range strings.FieldsFuncSeq(s.scripts.String(), func(r rune) bool { return strings.ContainsRune("\"'`", r) }) {
			if len(word) <= longestID {
				s.quoted[strings.TrimPrefix(word, "#")] = true
			}
		}
	}
	return s.quoted[id]
}

// isFigure reports whether an attribute holds a number and nothing else.
func isFigure(s string) bool {
	return s != "" && strings.Trim(s, "0123456789.,") == "" && strings.ContainsAny(s, "0123456789")
}

// fillable reports whether an element is one that scripts write numbers into.
func fillable(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Td, atom.Th, atom.Span, atom.B, atom.Strong, atom.Em, atom.I, atom.P, atom.Div, atom.Font, atom.Label, atom.Output, atom.A, 0:
		return true
	}
	return false
}
