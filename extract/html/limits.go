package html

import (
	"bytes"
	"fmt"

	"golang.org/x/net/html"
)

// Limits on the tree that one page may become; the largest report page known has under 50,000 tags.
const (
	maxTags   = 1_000_000
	maxCopies = 2_000_000 // formatting elements that the parser would open again in every paragraph
	maxDepth  = 256       // of the tree that shallow leaves
)

// formatting tags stay open over paragraphs until they are closed: the parser copies the open ones into each new block, so a few hundred
// unclosed ones make a page of any size explode.
var formatting = map[string]bool{
	"a": true, "b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "nobr": true, "s": true, "small": true,
	"strike": true, "strong": true, "tt": true, "u": true,
}

// weigh counts tags and estimates the copies of formatting elements, and cuts the text after maxTags tags.
func weigh(text []byte) (kept []byte, copies int, cut string) {
	tags, open := 0, 0
	for i := 0; ; {
		k := bytes.IndexByte(text[i:], '<')
		if k < 0 || i+k+1 >= len(text) {
			return text, copies, ""
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

// shallow rewrites a page without formatting tags and without the tags below maxDepth, so that its text and tables can still be read.
func shallow(text []byte) []byte {
	z := html.NewTokenizer(bytes.NewReader(text))
	out := make([]byte, 0, len(text))
	var open []string
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken:
			raw := z.Raw()
			b, _ := z.TagName()
			name := string(b)
			if formatting[name] || name == "span" || len(open) >= maxDepth {
				continue
			}
			if !void[name] {
				open = append(open, name)
			}
			out = append(out, raw...)
		case html.EndTagToken:
			raw := z.Raw()
			b, _ := z.TagName()
			name := string(b)
			for k := len(open) - 1; k >= max(len(open)-8, 0); k-- { // a wrong end tag closes at most a few levels
				if open[k] == name {
					open = open[:k]
					out = append(out, raw...)
					break
				}
			}
		case html.CommentToken:
		default:
			out = append(out, z.Raw()...)
		}
	}
}

var void = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true, "link": true, "meta": true,
	"param": true, "source": true, "track": true, "wbr": true,
}
