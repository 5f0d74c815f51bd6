package style

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// Look is how an element shows.
type Look struct {
	Gone      bool    // display: none; it takes no place
	Unseen    bool    // it keeps its place and shows nothing: invisible, transparent, of no size, out of the window
	Faint     bool    // its colour may be that of the ground
	Struck    bool    // a line runs through it
	Raised    bool    // it stands above or below the line
	Apart     bool    // it is drawn apart from its neighbours, or over them
	Cell      bool    // it is drawn as the cell of a table
	Generated bool    // the style puts text of its own before or behind it
	Turned    bool    // its characters are shown in the reverse order
	Shown     bool    // its display is set, and not to none
	Bared     bool    // it says that it is visible, which holds within what is hidden by visibility
	Unknown   bool    // a class or id of it may be styled by a sheet that is not known
	Size      float64 // of its letters in CSS pixels; 0 where it has that of its parent
}

// declared are the declarations of a rule or an attribute that matter here, in order.
type declared []declaration

type declaration struct {
	name, value string
	important   bool
}

// used are the properties that matter here.
var used = map[string]bool{"display": true, "visibility": true, "mso-hide": true, "opacity": true, "font-size": true, "font": true, "vertical-align": true, "position": true,
	"top": true, "bottom": true, "left": true, "right": true, "text-indent": true, "width": true, "height": true, "max-width": true, "max-height": true, "overflow": true,
	"clip": true, "clip-path": true, "color": true, "text-decoration": true, "text-decoration-line": true, "float": true, "margin": true, "margin-left": true,
	"margin-right": true, "padding": true, "padding-left": true, "padding-right": true, "content": true, "unicode-bidi": true, "direction": true,
	"transform": true, "-webkit-text-fill-color": true, "mso-text-raise": true,
	"content-visibility": true, "zoom": true, "filter": true, "flex-direction": true, "text-shadow": true,
	"background-clip": true, "-webkit-background-clip": true, "background": true, "background-color": true}

func (d declared) with(name, value string) declared {
	if name = strings.ToLower(strings.TrimSpace(unescaped(name))); !used[name] {
		return d
	}
	value = strings.ToLower(strings.TrimSpace(unescaped(value)))
	bare, important := strings.CutSuffix(strings.ReplaceAll(value, "! important", "!important"), "!important")
	return append(d, declaration{name, strings.TrimSpace(bare), important})
}

var escape = regexp.MustCompile(`\\[0-9a-fA-F]{1,6}\s?|\\[^0-9a-fA-F\n]`)

// unescaped is an identifier with its escapes as the characters that they stand for (CSS Syntax 4.3.7). Text in quotes keeps them: it is content.
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
var comment = regexp.MustCompile(`(?s)/\*.*?\*/`)

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

// Of says how an element shows whose parent has letters of the size em.
func (s *Sheets) Of(n *html.Node, em float64) (l Look) {
	var style string
	for _, a := range n.Attr {
		switch a.Key {
		case "style":
			style = a.Val
		case "hidden":
			l.Gone = a.Val != "until-found"
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				l.Unknown = l.Unknown || s.External && !s.known["."+class]
			}
		case "id":
			l.Unknown = l.Unknown || s.External && a.Val != "" && !s.known["#"+a.Val] && n.Data == "span"
		}
	}
	if style == "" && s.count == 0 {
		return l
	}
	c := cascade{}
	generated := cascade{}
	s.matching(n, func(r *rule) {
		if r.pseudo {
			generated.take(r.declared, weight(r))
		} else {
			c.take(r.declared, weight(r))
		}
	})
	if style != "" {
		c.take(s.attribute(style), 1<<40)
	}
	if len(c) > 0 {
		c.look(&l, n, em)
	}
	if content := generated["content"].value; content != "" && generated["display"].value != "none" {
		l.Generated = strings.ContainsAny(content, "0123456789(\\")
	}
	return l
}

// cascade holds the declaration that wins for each property.
type cascade map[string]winner

type winner struct {
	value string
	prio  int64
}

// weight orders rules by what they ask for, then by where they stand.
func weight(r *rule) int64 {
	sp := r.sel.Specificity()
	return (int64(min(sp[0], 255))<<16|int64(min(sp[1], 255))<<8|int64(min(sp[2], 255)))<<15 + int64(r.order)
}

func (c cascade) take(d declared, prio int64) {
	for _, x := range d {
		p := prio
		if x.important {
			p += 1 << 44
		}
		if w, ok := c[x.name]; !ok || p >= w.prio {
			c[x.name] = winner{x.value, p}
		}
	}
}

func (c cascade) of(name string) string { return c[name].value }

func (c cascade) look(l *Look, n *html.Node, em float64) {
	if d := c.of("display"); d != "" {
		l.Gone, l.Shown = d == "none", d != "none"
		l.Cell = d == "table-cell"
		l.Apart = strings.HasPrefix(d, "block") || strings.HasPrefix(d, "flex") || strings.HasPrefix(d, "table") || strings.HasPrefix(d, "inline-") || d == "grid"
	}
	l.Gone = l.Gone || c.of("mso-hide") == "all"
	if e := c.size(em); e > 0 && e != em {
		l.Size = e
	}
	for _, name := range []string{"display", "visibility", "opacity", "font-size", "font"} {
		l.Unknown = l.Unknown || strings.Contains(c.of(name), "var(") // it may be gone
	}
	l.Bared = c.of("visibility") == "visible"
	l.Unseen = c.unseen()
	if !l.Unseen && c.empty() {
		if inline[n.Data] && c.of("display") == "" && c.of("float") == "" && c.of("position") == "" {
			l.Apart = true // the size does not hold for it, yet its author meant it to be gone
		} else {
			l.Unseen = true
		}
	}
	colour := c.of("color")
	l.Faint = white.MatchString(colour) || clear.MatchString(colour) || c.of("-webkit-text-fill-color") == "transparent" || colour != "" && (colour == c.of("background") || colour == c.of("background-color"))
	l.Struck = strings.Contains(c.of("text-decoration")+c.of("text-decoration-line"), "line-through")
	l.Raised = c.raised(em)
	l.Apart = l.Apart || c.apart()
	l.Turned = strings.Contains(c.of("unicode-bidi"), "override") || strings.Contains(c.of("transform"), "scalex(-") || strings.Contains(c.of("transform"), "rotate") ||
		strings.HasSuffix(c.of("flex-direction"), "-reverse")
}

var white = regexp.MustCompile(`^(?:white|#fff(?:fff)?|rgba?\(\s*255\s*,\s*255\s*,\s*255\b.*)$`)

// clear is a colour that shows nothing (CSS Color 4): with an alpha of zero.
var clear = regexp.MustCompile(`^(?:transparent|#[0-9a-f]{3}0|#[0-9a-f]{6}00|(?:rgb|hsl)a?\([^,()/]*,[^,()/]*,[^,()/]*,\s*0(?:\.0*)?%?\s*\)|(?:rgb|hsl)a?\([^()]*/\s*0(?:\.0*)?%?\s*\))$`)

// noSize is the shorthand of a font without a size.
var noSize = regexp.MustCompile(`(?:^|\s)0+(?:\.0*)?(?:px|pt|em|rem|%)?(?:\s*/|\s)`)

// share reads a number from 0 to 1 or a percentage.
func share(text string) (float64, bool) {
	number, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	n, err := strconv.ParseFloat(number, 64)
	if percent {
		n /= 100
	}
	return n, err == nil
}

// unseen tells what keeps its place, or stands out of the window, and shows nothing.
func (c cascade) unseen() bool {
	if v := c.of("visibility"); v == "hidden" || v == "collapse" {
		return true
	}
	if o, ok := share(c.of("opacity")); ok && o < 0.05 {
		return true
	}
	if f := c.of("font-size"); f != "" && f[0] == '0' {
		if n, ok := pixels(f, 16); ok && n == 0 {
			return true
		}
	} else if strings.HasPrefix(f, "calc(") && !strings.ContainsAny(f, "123456789") {
		return true
	}
	if c.of("font-size") == "" && noSize.MatchString(c.of("font")) {
		return true
	}
	if strings.Contains(c.of("transform"), "scale(0") && !strings.Contains(c.of("transform"), "scale(0.") || c.of("content-visibility") == "hidden" {
		return true
	}
	if strings.HasPrefix(c.of("filter"), "opacity(0") && !strings.ContainsAny(c.of("filter"), "123456789") {
		return true
	}
	if strings.HasPrefix(c.of("clip-path"), "circle(0") && !strings.HasPrefix(c.of("clip-path"), "circle(0.") {
		return true
	}
	if z, ok := pixels(c.of("zoom"), 1); ok && z == 0 && c.of("zoom") != "" {
		return true
	}
	if clear.MatchString(c.of("color")) && !c.painted() {
		return true
	}
	if clip := c.of("clip-path"); strings.Contains(clip, "inset(50%") || strings.Contains(clip, "inset(100%") {
		return true
	}
	placed := c.of("position") == "absolute" || c.of("position") == "fixed"
	if placed && (strings.Contains(c.of("clip"), "rect(0") || strings.Contains(c.of("clip"), "rect(1px")) {
		return true
	}
	far := func(name string) bool { n, ok := pixels(c.of(name), 16); return ok && n <= -500 }
	return (placed || c.of("position") == "relative") && (far("left") || far("top")) || far("text-indent") || far("margin-left")
}

// painted reports letters that show although they have no colour: by their shadow, or as holes to the ground of their element.
func (c cascade) painted() bool {
	return c.of("text-shadow") != "" || c.of("background-clip") == "text" || c.of("-webkit-background-clip") == "text"
}

// inline are elements without a width and a height.
var inline = map[string]bool{"span": true, "font": true, "b": true, "i": true, "em": true, "strong": true, "a": true, "u": true, "label": true}

// empty tells what has no room for its text.
func (c cascade) empty() bool {
	clipped := strings.HasPrefix(c.of("overflow"), "hidden") || strings.HasPrefix(c.of("overflow"), "clip")
	for _, side := range []string{"width", "height", "max-width", "max-height"} {
		if n, ok := pixels(c.of(side), 16); ok && n <= 1 && c.of(side) != "" && !strings.HasSuffix(c.of(side), "%") && (clipped || n == 0 && c.of("position") == "absolute") {
			return true
		}
	}
	return false
}

// raised tells what stands above or below the line.
func (c cascade) raised(em float64) bool {
	switch v := c.of("vertical-align"); v {
	case "super", "sub", "text-top", "text-bottom":
		return true
	default:
		if n, ok := pixels(v, em); ok && v != "" && (n >= em/6 || n <= -em/6) {
			return true
		}
	}
	if n, ok := pixels(c.of("mso-text-raise"), em); ok && (n >= 2 || n <= -2) {
		return true
	}
	if c.of("position") == "relative" {
		for _, side := range []string{"top", "bottom"} {
			if n, ok := pixels(c.of(side), em); ok && c.of(side) != "" && (n >= em/6 || n <= -em/6) && n > -500 {
				return true
			}
		}
	}
	return false
}

func (c cascade) apart() bool {
	if f := c.of("float"); f == "left" || f == "right" {
		return true
	}
	if p := c.of("position"); p == "absolute" || p == "fixed" {
		return true
	}
	for _, name := range []string{"margin", "margin-left", "margin-right", "padding", "padding-left", "padding-right"} {
		if strings.ContainsAny(c.of(name), "123456789") {
			return true
		}
	}
	return false
}

// sizes are the keywords of font-size, in CSS pixels.
var sizes = map[string]float64{"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32}

var fontSize = regexp.MustCompile(`(?:^|\s)([\d.]+(?:px|pt|em|rem|%))`)

func (c cascade) size(em float64) float64 {
	v := c.of("font-size")
	if v == "" {
		if m := fontSize.FindStringSubmatch(c.of("font")); m != nil {
			v = m[1]
		}
	}
	switch v {
	case "":
		return 0
	case "smaller":
		return em / 1.2
	case "larger":
		return em * 1.2
	}
	if n, ok := sizes[v]; ok {
		return n
	}
	n, ok := pixels(v, em)
	if !ok {
		return 0
	}
	return n
}
