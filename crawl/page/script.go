package page

import (
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Expr is an address that a script puts together from literals and names: 'index_' + (n - 1) + '.html'. It is read,
// never run.
type Expr struct {
	parts []exprPart
	At    int // where it stands in the scripts
	End   int // and where it ends
}

type exprPart struct {
	literal string // a string, when name is empty
	name    string // a variable, or a property like item.id
	add     int    // what is added to its number
	sums    bool   // it is a number to which something is added
}

const exprTerm = "(?:\"[^\"\\n]{0,300}\"|'[^'\\n]{0,300}'|\\(\\s*(?:parseInt\\(\\s*)?[A-Za-z_$][\\w$.]{0,60}\\s*\\)?\\s*(?:[+-]\\s*\\d+\\s*)?\\)|[A-Za-z_$][\\w$.]{0,60})"

var (
	exprForm     = lazyregexp.New(exprTerm + `(?:\s*\+\s*` + exprTerm + `)+`)
	exprTermForm = lazyregexp.New(exprTerm)
	exprSum      = lazyregexp.New(`^\(\s*(?:parseInt\(\s*)?([A-Za-z_$][\w$.]*)\s*\)?\s*(?:([+-])\s*(\d+)\s*)?\)$`)
	templateForm = lazyregexp.New("`([^`\\n]{1,300})`")
	templateHole = lazyregexp.New(`\$\{\s*(?:parseInt\()?([A-Za-z_$][\w$.]*)\)?\s*(?:([+-])\s*(\d+)\s*)?\}`)
)

// maxExprs bounds the expressions that are read from a page's scripts.
const maxExprs = 400

// Exprs returns the concatenations of strings and names in a script.
func Exprs(script string) []Expr {
	var all []Expr
	for _, at := range exprForm.FindAllStringIndex(script, maxExprs) {
		e := Expr{At: at[0], End: at[1]}
		literal := false
		for _, term := range exprTermForm.FindAllString(script[at[0]:at[1]], 12) {
			switch {
			case term[0] == '"' || term[0] == '\'':
				e.parts = append(e.parts, exprPart{literal: strings.ReplaceAll(term[1:len(term)-1], `\/`, `/`)})
				literal = true
			case term[0] == '(':
				if m := exprSum.FindStringSubmatch(term); m != nil {
					e.parts = append(e.parts, sumPart(m[1], m[2], m[3]))
				}
			default:
				e.parts = append(e.parts, exprPart{name: term})
			}
		}
		if literal {
			all = append(all, e)
		}
	}
	for _, at := range templateForm.FindAllStringSubmatchIndex(script, maxExprs) {
		e := Expr{At: at[0], End: at[1]}
		text, from := script[at[2]:at[3]], 0
		for _, hole := range templateHole.FindAllStringSubmatchIndex(text, 12) {
			m := templateHole.FindStringSubmatch(text[hole[0]:hole[1]])
			e.parts = append(e.parts, exprPart{literal: text[from:hole[0]]}, sumPart(m[1], m[2], m[3]))
			from = hole[1]
		}
		if from > 0 {
			e.parts = append(e.parts, exprPart{literal: text[from:]})
			all = append(all, e)
		}
	}
	return all
}

func sumPart(name, sign, number string) exprPart {
	part := exprPart{name: name}
	if n, err := strconv.Atoi(number); err == nil {
		part.sums, part.add = true, n
		if sign == "-" {
			part.add = -n
		}
	}
	return part
}

// Names returns the names of the expression, in their order.
func (e Expr) Names() []string {
	var names []string
	for _, part := range e.parts {
		if part.name != "" {
			names = append(names, part.name)
		}
	}
	return names
}

// Value puts the expression together; false when a name has no value.
func (e Expr) Value(of func(name string) (string, bool)) (string, bool) {
	var b strings.Builder
	for _, part := range e.parts {
		if part.name == "" {
			b.WriteString(part.literal)
			continue
		}
		v, ok := of(part.name)
		if !ok {
			return "", false
		}
		if part.sums {
			n, err := strconv.Atoi(v)
			if err != nil {
				return "", false
			}
			v = strconv.Itoa(n + part.add)
		}
		b.WriteString(v)
	}
	return b.String(), true
}

// Literal is what the expression begins with, up to its first name.
func (e Expr) Literal() string {
	if len(e.parts) == 0 {
		return ""
	}
	return e.parts[0].literal
}

// maxScript bounds the scripts of a page that are read: what opens its lists stands in the first of them.
const maxScript = 256 << 10

// OwnExprs are the concatenations of strings and names in the page's own scripts.
func (p *Page) OwnExprs() []Expr {
	if p.exprs == nil {
		all := Exprs(p.Script())
		p.exprs = &all
	}
	return *p.exprs
}

// Script is the text of the page's own scripts.
func (p *Page) Script() string {
	if p.script == nil {
		var b strings.Builder
		for _, n := range p.Doc.Find("script:not([src])").Nodes {
			for c := n.FirstChild; c != nil && b.Len() < maxScript; c = c.NextSibling {
				b.WriteString(c.Data[:min(len(c.Data), maxScript)])
				b.WriteByte('\n')
			}
		}
		text := ownAttr.ReplaceAllString(b.String(), "own.$1$2")
		p.script = &text
	}
	return *p.script
}

// ownAttr matches how a handler reads an attribute of the element that was clicked: $(this).data('id'),
// this.dataset.id, this.getAttribute('data-id'). An expression has it as own.id.
var ownAttr = lazyregexp.New(`(?:\$\(\s*this\s*\)\.(?:data|attr)|this\.getAttribute|\w+\.getAttribute)\(\s*["'](?:data-)?([\w-]+)["']\s*\)|(?:this|\w+\.target|el|e)\.dataset\.(\w+)`)

// clicked returns the address that a handler of the page puts together from an element's attributes, for elements
// that carry all that it takes.
func (p *Page) clicked(attrs []html.Attribute) *url.URL {
	if p.handlers == nil {
		handlers := []Expr{}
		for _, e := range p.OwnExprs() {
			for _, name := range e.Names() {
				if strings.HasPrefix(name, "own.") {
					handlers = append(handlers, e)
					break
				}
			}
		}
		p.handlers = &handlers
	}
	for _, e := range *p.handlers {
		text, ok := e.Value(func(name string) (string, bool) {
			own, is := strings.CutPrefix(name, "own.")
			if !is {
				return p.Variable(name)
			}
			for _, a := range attrs {
				if a.Key == "data-"+own || a.Key == own {
					return a.Val, a.Val != ""
				}
			}
			return "", false
		})
		if ok && looksLikeAddress(text) {
			return p.Resolve(text)
		}
	}
	return nil
}

var (
	functionForm = lazyregexp.New(`(?:function\s+([\w$]+)\s*|(?:var|let|const)\s+([\w$]+)\s*=\s*function\s*|([\w$]+)\s*=\s*function\s*)\(([^)]{0,200})\)\s*\{`)
	callForm     = lazyregexp.New(`([A-Za-z_$][\w$]*)\s*\(\s*((?:"[^"]*"|'[^']*'|-?\d+|this)(?:\s*,\s*(?:"[^"]*"|'[^']*'|-?\d+|this|true|false))*)\s*\)`)
	argumentForm = lazyregexp.New(`"[^"]*"|'[^']*'|-?\d+|this|true|false`)
	assignment   = lazyregexp.New(`([A-Za-z_$][\w$.]{0,60})\s*=\s*(?:"([^"\n]{0,500})"|'([^'\n]{0,500})'|(-?\d+))`)
)

// function is one that the page's scripts define.
type function struct {
	params []string
	body   string
	exprs  []Expr // in the body
}

func (p *Page) functions() map[string]function {
	if p.defined == nil {
		p.defined = map[string]function{}
		script := p.Script()
		for _, m := range functionForm.FindAllStringSubmatchIndex(script, 200) {
			name := ""
			for _, g := range []int{2, 4, 6} {
				if m[g] >= 0 {
					name = script[m[g]:m[g+1]]
				}
			}
			f := function{body: block(script[m[1]-1:])}
			f.exprs = Exprs(f.body)
			for param := range strings.SplitSeq(script[m[8]:m[9]], ",") {
				f.params = append(f.params, strings.TrimSpace(param))
			}
			p.defined[name] = f
		}
	}
	return p.defined
}

// block is the text from an opening brace to the one that closes it, at most so much as a function that opens an
// address takes.
func block(source string) string {
	depth := 0
	for i := range min(len(source), 4000) {
		switch source[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return source[:i+1]
			}
		}
	}
	return source[:min(len(source), 4000)]
}

// called returns the address that a call of one of the page's functions with literal arguments leads to: view('17'),
// goPage(3), where the function puts that address together from its arguments.
func (p *Page) called(handler string) *url.URL {
	if len(handler) > 400 {
		return nil
	}
	for _, m := range callForm.FindAllStringSubmatch(handler, 4) {
		f, ok := p.functions()[m[1]]
		if !ok {
			continue
		}
		values := map[string]string{}
		for i, arg := range argumentForm.FindAllString(m[2], len(f.params)) {
			if f.params[i] != "" && arg != "this" {
				values[f.params[i]] = strings.Trim(arg, `"'`)
			}
		}
		for _, e := range f.exprs {
			if !reached(f.body[:e.At], values) {
				continue
			}
			used := false
			text, ok := e.Value(func(name string) (string, bool) {
				if v, ok := values[name]; ok {
					used = true
					return v, true
				}
				return p.Variable(name)
			})
			if ok && used && looksLikeAddress(text) {
				return p.Resolve(text)
			}
		}
	}
	return nil
}

var condition = lazyregexp.New(`if\s*\(\s*(\w+)\s*(={2,3}|!={1,2})\s*["']?([\w-]*)["']?\s*\)\s*\{?[^;{}]*$`)

// reached reports whether what follows in a function's body is not behind a condition that its arguments fail.
func reached(before string, values map[string]string) bool {
	m := condition.FindStringSubmatch(before)
	if m == nil {
		return true
	}
	v, known := values[m[1]]
	return !known || (v == m[3]) == (m[2][0] == '=')
}

// Variable returns the string or number that the page's scripts give a name first, literally.
func (p *Page) Variable(name string) (string, bool) {
	if p.variables == nil {
		p.variables = map[string]string{}
		for _, m := range assignment.FindAllStringSubmatch(p.Script(), maxAssignments) {
			if _, known := p.variables[m[1]]; !known {
				p.variables[m[1]] = m[2] + m[3] + m[4]
			}
		}
	}
	v, ok := p.variables[name]
	return v, ok
}

// maxAssignments bounds the variables that are read from a page's scripts.
const maxAssignments = 5000

var assetExt = lazyregexp.New(`(?i)\.(?:css|js|jpe?g|png|gif|bmp|svg|ico|webp|mp4|mp3|woff2?|ttf|swf)(?:[?#]|$)`)

var addressForm = lazyregexp.New(`(?i)^(?:https?://|\.{0,2}/)[^\s"'<>]*$|^[^\s"'<>:]+\.(?:s?html?|jspx?|aspx?|php|do|action|json|xml|pdf|docx?|wps|xlsx?|ofd|zip|rar)(?:[?#][^\s"'<>]*)?$|^\?[\w.]+=[^\s"'<>]*$`)

// looksLikeAddress reports whether a string can only be meant as the address of a page or file.
func looksLikeAddress(s string) bool {
	return len(s) > 1 && len(s) < 500 && addressForm.MatchString(s) && !assetExt.MatchString(s) && s != "//"
}

// LooksLikeAddress is for readers of scripts and answers.
func LooksLikeAddress(s string) bool { return looksLikeAddress(strings.TrimSpace(s)) }
