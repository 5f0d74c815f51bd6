package html

import (
	"bytes"
	"slices"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// ending is how the source of a page ends.
type ending struct {
	cut  string // why it ends before the page does; empty: nothing shows that
	cell bool   // within a cell of a table
	line bool   // behind text that no tag closes
}

// rawText elements hold text in which a tag is none until their own end tag.
var rawText = map[string]bool{"script": true, "style": true, "textarea": true, "title": true, "xmp": true, "iframe": true, "noframes": true, "noembed": true}

// closed elements stand around blocks and may not be left open in a valid page; the end tags of p, li, tr, td, body and
// the like may be left out.
var closed = map[string]bool{
	"div": true, "section": true, "article": true, "main": true, "center": true, "form": true, "ul": true, "ol": true, "dl": true, "blockquote": true, "pre": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "header": true, "footer": true, "aside": true, "nav": true, "fieldset": true,
}

// inlineTags do not end a line of text.
var inlineTags = map[string]bool{
	"span": true, "font": true, "b": true, "strong": true, "i": true, "em": true, "u": true, "a": true, "sup": true, "sub": true, "s": true, "o:p": true, "small": true, "big": true,
}

// openTable is a table whose end tag has not come.
type openTable struct {
	cell  bool // a cell of it is open
	outer bool // a table within it has ended: it lays out the page
}

// endOf scans the source of a page for what is open at its end, as the tree no longer shows it: the parser closes
// everything.
func endOf(text []byte) (e ending) {
	var tables []openTable
	open, ended := map[string]int{}, false // a page may have its end tags and be cut within: by the field that held its text
	line, stop := 0, len(text)             // where the text of the line began that is open, and where text ends
scan:
	for i := 0; ; {
		k := bytes.IndexByte(text[i:], '<')
		if k < 0 {
			break
		}
		i += k
		if bytes.HasPrefix(text[i:], []byte("<!--")) {
			end := bytes.Index(text[i:], []byte("-->"))
			if end < 0 {
				e.cut, stop = "the page ends within a comment", i
				break scan
			}
			i += end + 3
			continue
		}
		name, closing := tagName(text[i:])
		if name == "" && !closing && !bytes.HasPrefix(text[i:], []byte("<!")) && !bytes.HasPrefix(text[i:], []byte("<?")) {
			if i++; i == len(text) {
				e.cut, e.line = "the page ends within a tag", true
			}
			continue
		}
		end := tagEnd(text[i:])
		if end < 0 {
			e.cut, stop = "the page ends within a tag", i
			break scan
		}
		i += end
		if !inlineTags[name] {
			line = i
		}
		if rawText[name] && !closing {
			end := rawEnd(text[i:], name)
			if end < 0 {
				e.cut, stop = "the page ends within a "+name+" element", i
				break scan
			}
			i += end
			continue
		}
		top := len(tables) - 1
		switch {
		case name == "table" && !closing:
			if top >= 0 && !tables[top].cell {
				tables = tables[:top] // a table right in a table ends it
			}
			tables = append(tables, openTable{})
		case name == "table" && top >= 0:
			if tables = tables[:top]; top > 0 {
				tables[top-1].outer = true
			}
		case (name == "td" || name == "th" || name == "caption") && top >= 0:
			tables[top].cell = !closing
		case (name == "tr" || name == "tbody" || name == "thead" || name == "tfoot") && top >= 0:
			tables[top].cell = false
		case name == "body" || name == "html":
			ended = ended || closing
		case closed[name] && closing:
			open[name] = max(open[name]-1, 0)
		case closed[name]:
			open[name]++
		}
	}
	e.line = e.line || len(bytes.TrimSpace(text[line:max(line, stop)])) > 0
	inner := slices.IndexFunc(tables, func(t openTable) bool { return !t.outer })
	switch {
	case len(tables) > 0 && (!ended || inner >= 0):
		e.cell = tables[len(tables)-1].cell
		e.cut = "the page ends within a table"
	case ended || e.cut != "":
	default:
		for name, n := range open {
			if n > 0 && (e.cut == "" || name < e.cut) {
				e.cut = name
			}
		}
		if e.cut != "" {
			e.cut = "the page ends within a " + e.cut + " element, without the end tags of a page"
		}
	}
	return e
}

// tagName is the lower-case name of the tag that opens s, and whether it is an end tag; empty where s opens with no
// tag.
func tagName(s []byte) (name string, closing bool) {
	s = s[1:]
	if len(s) > 0 && s[0] == '/' {
		closing, s = true, s[1:]
	}
	n := 0
	for n < len(s) && n < 12 && s[n] > ' ' && s[n] != '>' && s[n] != '/' {
		n++
	}
	if n == 0 || s[0]|0x20 < 'a' || s[0]|0x20 > 'z' {
		return "", closing
	}
	var low [12]byte
	for i, c := range s[:n] {
		if low[i] = c; c >= 'A' && c <= 'Z' {
			low[i] = c | 0x20
		}
	}
	return atom.String(low[:n]), closing // makes no new string of a name that HTML has
}

// tagEnd is the index behind the tag that opens s, -1 where s ends within it. What quotes hold does not end it.
func tagEnd(s []byte) int {
	quote := byte(0)
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && valueBegins(s[:i]):
			quote = c
		case c == '>':
			return i + 1
		}
	}
	return -1
}

// valueBegins reports whether an attribute's value begins behind s: a quote elsewhere is a character like others.
func valueBegins(s []byte) bool {
	s = bytes.TrimRight(s, " \t\r\n\f")
	return len(s) > 0 && s[len(s)-1] == '='
}

// rawEnd is the index of the end tag that closes a raw text element, -1 where there is none.
func rawEnd(s []byte, name string) int {
	for i := 0; ; {
		k := bytes.Index(s[i:], []byte("</"))
		if k < 0 {
			return -1
		}
		i += k
		if n, _ := tagName(s[i:]); n == name {
			return i
		}
		i += 2
	}
}

// lastCell is the last cell of the page that begins, nil where the page has none.
func lastCell(n *html.Node) *html.Node {
	for c := n.LastChild; c != nil; c = c.PrevSibling {
		if found := lastCell(c); found != nil {
			return found
		}
	}
	if n.DataAtom == atom.Td || n.DataAtom == atom.Th {
		return n
	}
	return nil
}
