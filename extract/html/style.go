package html

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// rules are the classes and ids that a page's own style sheets hide: only plain selectors (.name, td.name, #name) outside of media queries,
// and none that another rule shows again. Style sheets in files of their own are not known here.
type rules struct {
	hidden map[string]bool // ".name" and "#name"
}

var (
	styleRule = regexp.MustCompile(`([^{}]*)\{([^{}]*)\}`)
	plainRule = regexp.MustCompile(`^[a-zA-Z]*([.#][a-zA-Z_][\w-]*)$`)
	display   = regexp.MustCompile(`(?i)(?:^|[;\s])display\s*:\s*([a-z-]+)`)
)

// add takes the rules of one <style> element.
func (r *rules) add(sheet string) {
	if !strings.Contains(sheet, "none") {
		return
	}
	if i := strings.Index(sheet, "@media"); i >= 0 {
		sheet = sheet[:i]
	}
	for _, m := range styleRule.FindAllStringSubmatch(sheet, -1) {
		d := display.FindStringSubmatch(m[2])
		if d == nil {
			continue
		}
		for selector := range strings.SplitSeq(m[1], ",") {
			s := plainRule.FindStringSubmatch(strings.TrimSpace(selector))
			if s == nil {
				continue
			}
			if r.hidden == nil {
				r.hidden = map[string]bool{}
			}
			r.hidden[s[1]] = strings.EqualFold(d[1], "none")
		}
	}
}

// hide tells an element of a table, or text, that a rule hides. Larger blocks are left: scripts show them.
func (r *rules) hide(n *html.Node) bool {
	if len(r.hidden) == 0 {
		return false
	}
	switch n.DataAtom {
	case atom.Td, atom.Th, atom.Tr, atom.Span, atom.P, atom.Font, atom.B, atom.I, atom.Em, atom.Strong:
	default:
		return false
	}
	if strings.Contains(strings.ReplaceAll(attr(n, "style"), " ", ""), "display:") {
		return false // its own style has the last word
	}
	if id := attr(n, "id"); id != "" && r.hidden["#"+id] {
		return true
	}
	for class := range strings.FieldsSeq(attr(n, "class")) {
		if r.hidden["."+class] {
			return true
		}
	}
	return false
}

// drawnCell tells an element that style makes the cell of a table without being one; its neighbours stand beside it, not below.
func drawnCell(n *html.Node) bool {
	if n.DataAtom != atom.Div && n.DataAtom != atom.Li && n.DataAtom != atom.Span {
		return false
	}
	style := attr(n, "style")
	return strings.Contains(style, "table-cell") && strings.Contains(strings.ReplaceAll(style, " ", ""), "display:table-cell")
}

// struck tells an element whose text a line runs through, by its tag or its style. What <del> holds is not text of the page at all.
func struck(n *html.Node) bool {
	return n.DataAtom == atom.S || n.DataAtom == atom.Strike || strings.Contains(strings.ToLower(attr(n, "style")), "line-through")
}

// unseen is what makes text invisible while it keeps its place.
var unseen = regexp.MustCompile(`(?i)(?:opacity|font-size)\s*:\s*0(?:\.0*)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)|(?:^|[;\s])(?:width|height)\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$)|(?:^|[;\s])color\s*:\s*(?:white|#fff(?:fff)?)\b|(?:left|text-indent|top)\s*:\s*-\d{3,}`)

// faint tells an element that style may have made invisible.
func faint(n *html.Node) bool {
	style := attr(n, "style")
	return style != "" && unseen.MatchString(style)
}

// box is what sets an inline element apart from its neighbours as a cell of its own would.
var box = regexp.MustCompile(`(?i)display\s*:\s*(?:inline-)?(?:block|flex|table)|float\s*:\s*(?:left|right)|(?:margin|padding)(?:-left|-right)?\s*:[^;]*[1-9]`)

// boxed tells an inline element that is drawn apart from its neighbours.
func boxed(n *html.Node) bool {
	style := attr(n, "style")
	return style != "" && !isBlock(n) && box.MatchString(style)
}

// raised tells the mark of a note: set higher, lower or smaller than the number before it.
func raised(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Sup, atom.Sub, atom.Small:
		return true
	case atom.A:
		if href := attr(n, "href"); strings.HasPrefix(href, "#_ftn") || strings.HasPrefix(href, "#_edn") {
			return true
		}
	}
	return strings.Contains(attr(n, "class"), "Reference") || strings.Contains(strings.ReplaceAll(attr(n, "style"), " ", ""), "vertical-align:su")
}
