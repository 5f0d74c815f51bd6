package html

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// menu counts what tells a list of links, to the columns of a site or to the reports of other years, from a text with
// links in it.
type menu struct {
	links   int // to other pages
	inside  int // bytes of text in links
	outside int
	long    bool // one link holds more than a title: an anchor that was left open
}

const (
	fewLinks    = 3
	longestLink = 100 * 3 // bytes
)

func (m *menu) take(in menu) {
	m.links += in.links
	m.inside += in.inside
	m.outside += in.outside
	m.long = m.long || in.long
}

// count makes one link of what was taken.
func (m *menu) count() {
	m.links++
	m.long = m.long || m.inside > longestLink
}

// is reports whether an element is a list of links: dates may stand beside them, and no more.
func (m *menu) is(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Ul, atom.Ol, atom.Dl, atom.Div, atom.Aside, atom.Header, atom.Footer, atom.Section:
		return m.links >= fewLinks && !m.long && m.outside <= m.inside/2
	}
	return false
}
