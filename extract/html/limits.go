package html

import (
	"bytes"
	"fmt"

	"golang.org/x/net/html"
)

// Limits on the tree that one page may become; the largest report page known has under 50,000 tags.
const (
	maxText   = 16 << 20 // bytes of a page that are read; attributes alone could take ten times that in memory
	maxTags   = 400_000
	maxCopies = 2_000_000 // formatting elements that the parser would open again in every paragraph
	maxTables = 120       // that shallow leaves within each other
)

// formatting tags stay open over paragraphs until they are closed: the parser copies the open ones into each new block, so a few hundred
// unclosed ones make a page of any size explode.
var formatting = map[string]bool{
	"a": true, "b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "nobr": true, "s": true, "small": true,
	"strike": true, "strong": true, "tt": true, "u": true,
}

// weigh counts tags and estimates the copies of formatting elements, and cuts the text after maxText bytes and maxTags tags.
func weigh(text []byte) (kept []byte, copies int, cut string) {
	if len(text) > maxText {
		text = bytes.ToValidUTF8(text[:maxText], nil)
		cut = fmt.Sprintf("only the first %d bytes of the page were read", maxText)
	}
	tags, open := 0, 0
	for i := 0; ; {
		k := bytes.IndexByte(text[i:], '<')
		if k < 0 || i+k+1 >= len(text) {
			return text, copies, cut
		}
		i += k + 1
		closing := text[i] == '/'
		if closing {
			i++
		}
		var name [8]byte
		n := 0
		for n < len(name) && i+n < len(text) {
			c := text[i+n] | 0x20
			if c < 'a' || c > 'z' {
				break
			}
			name[n] = c
			n++
		}
		if n == 0 {
			continue
		}
		if tags++; tags > maxTags {
			return text[:i-1], copies, fmt.Sprintf("only the first %d tags of the page were read", maxTags)
		}
		switch {
		case !formatting[string(name[:n])]:
			if !closing {
				copies += open
			}
		case closing:
			open = max(open-1, 0)
		default:
			open = min(open+1, 512)
		}
	}
}

// structural tags are all that shallow leaves. The parser closes each of them by itself before the next of its kind, so only tables nest.
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
