// Package tree parses pages within limits on time and memory, for the reader of reports and for the crawler alike.
package tree

import (
	"bytes"
	"fmt"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits on the tree that one page may become; the largest report page known has under 50,000 tags.
const (
	MaxText = 16 << 20 // bytes of a page that are read; attributes alone could take ten times that in memory
	MaxTags = 400_000

	maxAttributes = 1_000_000 // of all tags
	maxOfOne      = 256       // attributes of one tag
	maxCopies     = 2_000_000 // formatting elements that the parser would open again in every paragraph
	maxTables     = 120       // that shallow leaves within each other
)

// formatting tags stay open over paragraphs until they are closed: the parser copies the open ones into each new block,
// so a few hundred unclosed ones make a page of any size explode.
var formatting = map[string]bool{
	"a": true, "b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "nobr": true, "s": true, "small": true,
	"strike": true, "strong": true, "tt": true, "u": true,
}

// raw are the elements whose content holds no tags, whatever it looks like.
var raw = map[string]bool{"script": true, "style": true, "textarea": true, "title": true, "xmp": true, "noscript": true, "iframe": true, "noframes": true}

// weighing is what a look over the tags of a page finds before it is parsed.
type weighing struct {
	kept   []byte // the text as far as it is read
	copies int    // formatting elements that the parser would open again
	cut    string // what a limit changed, if it did

	open, tags, attributes int
}

// weigh counts tags and attributes and estimates the copies of formatting elements; it cuts the text where a limit ends
// it, and the attributes of a tag that has more than any real one.
func weigh(text []byte) weighing {
	var w weighing
	if len(text) > MaxText {
		text = bytes.ToValidUTF8(text[:MaxText], nil)
		w.cut = fmt.Sprintf("only the first %d bytes of the page were read", MaxText)
	}
	from := 0 // of what is not yet kept
	for i := 0; ; {
		k := bytes.IndexByte(text[i:], '<')
		if k < 0 || i+k+1 >= len(text) {
			return w.keep(text[from:])
		}
		start := i + k
		i = start + 1
		closing := text[i] == '/'
		if closing {
			i++
		}
		name := tagName(text[i:])
		if name == "" {
			continue
		}
		if w.tags++; w.tags > MaxTags {
			w.cut = fmt.Sprintf("only the first %d tags of the page were read", MaxTags)
			return w.keep(text[from:start])
		}
		if w.attributes > maxAttributes {
			w.cut = fmt.Sprintf("only the first %d attributes of the page were read", maxAttributes)
			return w.keep(text[from:start])
		}
		w.count(name, closing)
		end, most, n := attributes(text[i+len(name):])
		w.attributes += min(n, maxOfOne)
		if n > maxOfOne {
			if w.kept == nil {
				w.kept = make([]byte, 0, len(text))
			}
			w.kept = append(w.kept, text[from:i+len(name)+most]...)
			from = i + len(name) + end
			w.cut = fmt.Sprintf("only the first %d attributes of a tag were read", maxOfOne)
		}
		i += len(name) + end
		if raw[name] && !closing {
			i += contentEnd(text[i:], name)
		}
	}
}

// keep ends the text with its last piece.
func (w *weighing) keep(last []byte) weighing {
	if w.kept == nil {
		w.kept = last
	} else {
		w.kept = append(w.kept, last...)
	}
	return *w
}

// count follows the formatting elements that are open.
func (w *weighing) count(name string, closing bool) {
	switch {
	case !formatting[name]:
		if !closing {
			w.copies += w.open
		}
	case closing:
		w.open = max(w.open-1, 0)
	default:
		w.open = min(w.open+1, 512)
	}
}

func tagName(text []byte) string {
	var name [12]byte
	n := 0
	for n < len(name) && n < len(text) {
		c := text[n] | 0x20
		if (c < 'a' || c > 'z') && (n == 0 || text[n] < '0' || text[n] > '9') {
			break
		}
		name[n] = c
		n++
	}
	return atom.String(name[:n]) // makes no new string of a name that HTML has
}

// attributes returns the length of the rest of a tag up to its >, where its attribute number maxOfOne ends, and how
// many it has.
func attributes(text []byte) (end, most, n int) {
	quote, inside := byte(0), false // inside an attribute
	for i, c := range text {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && i > 0 && text[i-1] == '=':
			quote = c
		case c == '>':
			return i, most, n
		case c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '/':
			if inside && n == maxOfOne && most == 0 {
				most = i
			}
			inside = false
		case !inside:
			inside = true
			n++
		}
	}
	return len(text), most, n
}

// contentEnd returns where the content of a raw element ends: at its end tag, or with the text.
func contentEnd(text []byte, name string) int {
	for i := 0; ; {
		k := bytes.Index(text[i:], []byte("</"))
		if k < 0 {
			return len(text)
		}
		i += k + 2
		if tagName(text[i:]) == name {
			return i - 2
		}
	}
}

// structural tags are all that shallow leaves. The parser closes each of them by itself before the next of its kind, so
// only tables nest.
var structural = map[string]bool{
	"html": true, "head": true, "title": true, "meta": true, "body": true, "script": true, "style": true, "noscript": true,
	"p": true, "br": true, "hr": true, "img": true, "input": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
	"table": true, "caption": true, "thead": true, "tbody": true, "tfoot": true, "tr": true, "td": true, "th": true,
}

// shallow rewrites a page to its text, line ends and tables, so that one with endless nesting can still be read.
func shallow(text []byte) []byte {
	z := html.NewTokenizer(bytes.NewReader(text))
	out := make([]byte, 0, len(text))
	tables := 0
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return out
		case html.CommentToken, html.DoctypeToken:
			continue
		case html.TextToken:
			out = append(out, z.Raw()...)
			continue
		}
		raw := z.Raw()
		b, _ := z.TagName()
		name := string(b)
		switch {
		case name == "a": // the parser closes one before the next
		case formatting[name] || name == "span":
			continue
		case !structural[name]:
			if !bytes.HasSuffix(out, []byte("<br>")) {
				out = append(out, "<br>"...)
			}
			continue
		case name == "table" && kind == html.StartTagToken:
			tables++
		case name == "table" && kind == html.EndTagToken:
			tables--
		}
		if tables > maxTables || tables == maxTables && name == "table" && kind == html.EndTagToken {
			out = append(out, "<br>"...)
			continue
		}
		out = append(out, raw...)
	}
}
