package html

import (
	"cmp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/gongkai-data/gongkai/extract/celltext"
	"github.com/gongkai-data/gongkai/extract/html/style"
)

// sheets collects the style sheets of a page before anything is looked at: a rule holds for what stands before it too.
func sheets(root *html.Node) *style.Sheets {
	s := &style.Sheets{}
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Style:
			if c := n.FirstChild; c != nil {
				s.Add(c.Data, attr(n, "media"))
			}
		case atom.Link:
			if strings.Contains(strings.ToLower(attr(n, "rel")), "stylesheet") {
				s.External = true
			}
		}
	}
	return s
}

// veils reports whether an element with this look, and all in it, is not to be seen. A cell that shows nothing keeps
// its place.
func veils(n *html.Node, l style.Look) bool {
	return l.Gone || l.Unseen && !isCell(n)
}

func isCell(n *html.Node) bool { return n.DataAtom == atom.Td || n.DataAtom == atom.Th }

// covered returns the children of n in whose place something else is shown: those of an element whose shadow root is
// written in the page and has no slot for them, and those of <details> that nobody has opened.
func covered(n *html.Node) (out []*html.Node) {
	root := shadow(n)
	if !(root != nil && !slotted(root)) && !folded(n) {
		return nil
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c != root && !(folded(n) && c.DataAtom == atom.Summary) {
			out = append(out, c)
		}
	}
	return out
}

// folded reports <details> of which only the summary is shown.
func folded(n *html.Node) bool { return n.DataAtom == atom.Details && !has(n, "open") }

// shadow is the template that holds the shadow root of an element (HTML 4.12.3), nil where there is none.
func shadow(n *html.Node) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Template && has(c, "shadowrootmode") {
			return c
		}
	}
	return nil
}

func slotted(root *html.Node) bool {
	for d := range root.Descendants() {
		if d.DataAtom == atom.Slot {
			return true
		}
	}
	return false
}

// numbered reports an item of a list before which its number is shown.
func (s *surveyed) numbered(item *html.Node) bool {
	for n := item; n != nil; n = n.Parent {
		switch s.looks[n].Marker {
		case style.Bullet:
			return false
		case style.Numbered:
			return true
		}
		switch n.DataAtom {
		case atom.Ol:
			return true
		case atom.Ul, atom.Menu, atom.Dir, atom.Table:
			return false
		}
	}
	return false
}

// bares reports whether something within a hidden element says that it is visible (CSS 2.2, 11.2: visibility is
// inherited, and may be set anew).
func (s *surveyed) bares(n *html.Node) bool {
	for d := range n.Descendants() {
		if s.looks[d].Bared {
			return true
		}
	}
	return false
}

// itemNumber is the number that a list counts before an item, as it is shown; celltext.Object where it is no plain one.
func (s *surveyed) itemNumber(item *html.Node) string {
	list := item.Parent
	if list == nil || list.DataAtom != atom.Ol || has(list, "reversed") || attr(list, "type") != "" && attr(list, "type") != "1" || s.looks[list].Marker == style.Numbered || s.looks[item].Marker == style.Numbered {
		return string(celltext.Object)
	}
	n, err := strconv.Atoi(cmp.Or(attr(list, "start"), "1"))
	for c := list.FirstChild; c != nil && err == nil; c = c.NextSibling {
		if c.DataAtom != atom.Li {
			continue
		}
		if v := attr(c, "value"); v != "" {
			n, err = strconv.Atoi(v)
		}
		if c == item && err == nil {
			return strconv.Itoa(n) + "."
		}
		n++
	}
	return string(celltext.Object)
}

// drawnCell reports an element that style makes the cell of a table without being one; its neighbours stand beside it,
// not below.
func drawnCell(n *html.Node, l style.Look) bool {
	return l.Cell && (n.DataAtom == atom.Div || n.DataAtom == atom.Li || n.DataAtom == atom.Span)
}

// struck reports an element whose text a line runs through, by its tag or its style. What <del> holds is not text of
// the page at all.
func struck(n *html.Node, l style.Look) bool {
	return l.Struck || n.DataAtom == atom.S || n.DataAtom == atom.Strike
}

// raised reports the mark of a note: set higher, lower or smaller than the number before it.
func raised(n *html.Node, l style.Look) bool {
	switch n.DataAtom {
	case atom.Sup, atom.Sub, atom.Small:
		return true
	case atom.A:
		if href := attr(n, "href"); len(href) > 1 && href[0] == '#' {
			return true
		}
	}
	return strings.Contains(attr(n, "class"), "Reference") || l.Raised && !isBlock(n)
}

// active are the words by which scripts mark the one of several panes that they show.
var active = map[string]bool{"active": true, "on": true, "cur": true, "current": true, "show": true, "selected": true, "layui-show": true, "this": true, "is-active": true}

// hiddenPanes returns the children of n that are panes behind tabs: several of one class, of which a script shows the
// one that it marks.
func hiddenPanes(n *html.Node, looks func(*html.Node) style.Look) (out []*html.Node) {
	shown, class := 0, ""
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Div && c.DataAtom != atom.Section {
			continue
		}
		var words, marks []string
		for w := range strings.FieldsSeq(attr(c, "class")) {
			if words = append(words, w); active[w] {
				marks = append(marks, w)
			}
		}
		if len(words) == 0 || class != "" && words[0] != class || looks(c).Shown {
			continue
		}
		if class == "" {
			class = words[0]
		}
		if len(marks) > 0 && len(words) > len(marks) {
			shown++
		} else {
			out = append(out, c)
		}
	}
	if shown != 1 {
		return nil
	}
	return out
}
