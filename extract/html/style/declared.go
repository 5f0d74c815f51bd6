package style

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// declared are the declarations of a rule or an attribute that matter here, in order.
type declared []declaration

type declaration struct {
	name, value string
	important   bool
}

func (d declared) with(name, value string) declared {
	if name = strings.ToLower(strings.TrimSpace(unescaped(name))); !used[name] {
		return d
	}
	value = strings.ToLower(strings.TrimSpace(unescaped(value)))
	bare, important := strings.CutSuffix(strings.ReplaceAll(value, "! important", "!important"), "!important")
	return append(d, declaration{name, strings.TrimSpace(bare), important})
}

var escape = lazyregexp.New(`\\[0-9a-fA-F]{1,6}\s?|\\[^0-9a-fA-F\n]`)

// unescaped is an identifier with its escapes as the characters that they stand for (CSS Syntax 4.3.7). Text in quotes
// keeps them: it is content.
func unescaped(text string) string {
	if !strings.Contains(text, `\`) || strings.ContainsAny(text, `"'`) {
		return text
	}
	return escape.ReplaceAllStringFunc(text, func(e string) string {
		n, err := strconv.ParseUint(strings.TrimSpace(e[1:]), 16, 32)
		if err != nil {
			return e[1:]
		}
		return string(rune(n))
	})
}

// comment is one in a style attribute; those of a style sheet its parser leaves out.
var comment = lazyregexp.New(`(?s)/\*.*?\*/`)

// attribute reads a style attribute. Pages repeat the same one thousands of times.
func (s *Sheets) attribute(text string) declared {
	if d, ok := s.inline[text]; ok {
		return d
	}
	var d declared
	for part := range strings.SplitSeq(comment.ReplaceAllString(text, " "), ";") {
		if name, value, found := strings.Cut(part, ":"); found {
			d = d.with(name, value)
		}
	}
	if s.inline == nil {
		s.inline = map[string]declared{}
	}
	if len(s.inline) < 4096 {
		s.inline[text] = d
	}
	return d
}

// presented is the declaration that an attribute of older pages stands for (HTML 15.3); its name is empty where it is
// none.
func presented(tag string, a html.Attribute) (d declaration) {
	switch {
	case a.Key == "bgcolor":
		return declaration{name: "background-color", value: strings.ToLower(a.Val)}
	case a.Key == "background":
		return declaration{name: "background-image", value: "url(" + a.Val + ")"}
	case a.Key == "color" && tag == "font", a.Key == "text" && tag == "body":
		return declaration{name: "color", value: strings.ToLower(a.Val)}
	case a.Key == "type" && (tag == "ol" || tag == "ul" || tag == "li"):
		return declaration{name: "list-style-type", value: a.Val}
	}
	return d
}
