// Package style says how the style sheets and attributes of a page show its elements to a person at a desk: what is
// hidden, raised, struck or set apart. It knows the sheets in the page itself; one in a file of its own is only known
// to be there.
package style

import (
	"strings"

	"github.com/andybalholm/cascadia"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
	"golang.org/x/net/html"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Bounds on the work for one page. Ordinary pages have under 2,000 rules and match under 100,000 times.
const (
	maxRules   = 20_000
	maxMatches = 4_000_000
)

// Sheets are the style sheets of one page.
type Sheets struct {
	External bool // a sheet in a file of its own belongs to the page
	Cut      bool // there were more rules, or elements to match, than the bounds allow

	rules   map[string][]*rule // by what their last compound asks for: "#id", ".class", "tag" or "*"
	count   int
	known   map[string]bool // classes and ids that a rule names
	matches int
	inline  map[string]declared
	looks   map[string]Look // by the declarations that an element has

	// Of the element that is being looked at.
	on, before, letter []*rule
	words              declared // its attributes that stand for declarations
	buffer             []byte
}

// rule is one selector with the declarations that matter here.
type rule struct {
	sel      cascadia.Sel
	steps    int  // combinators
	part     part // of the element
	order    int
	declared declared
}

// part is what a rule styles.
type part uint8

const (
	whole  part = iota // the element
	before             // what it puts before or behind it
	letter             // its first letter or line
)

// parts are the pseudo-elements that may change what a cell shows.
var parts = []struct {
	name string
	part part
}{{"::before", before}, {"::after", before}, {":before", before}, {":after", before}, {"::marker", before},
	{"::first-letter", letter}, {":first-letter", letter}, {"::first-line", letter}, {":first-line", letter}}

// Add takes the text of a <style> element; media is its attribute.
func (s *Sheets) Add(text, media string) {
	if !onScreen(media) {
		return
	}
	p := css.NewParser(parse.NewInputString(text), false)
	var selectors []string
	var decl declared
	var off []bool // for each open at-rule, whether what stands in it does not hold
	skip := func() bool {
		for _, o := range off {
			if o {
				return true
			}
		}
		return false
	}
	for {
		kind, _, data := p.Next()
		switch kind {
		case css.ErrorGrammar:
			if p.HasParseError() {
				continue // one broken declaration
			}
			return
		case css.AtRuleGrammar:
			s.External = s.External || strings.EqualFold(string(data), "@import")
		case css.BeginAtRuleGrammar:
			off = append(off, !holds(strings.ToLower(string(data)), joined(p.Values())))
		case css.EndAtRuleGrammar:
			off = off[:max(len(off)-1, 0)]
		case css.QualifiedRuleGrammar:
			selectors = append(selectors, joined(p.Values()))
		case css.BeginRulesetGrammar:
			selectors, decl = append(selectors, joined(p.Values())), nil
		case css.DeclarationGrammar:
			value := joined(p.Values())
			decl = decl.with(string(data), value)
		case css.EndRulesetGrammar:
			if !skip() {
				for _, list := range selectors {
					for _, sel := range split(list) {
						s.add(strings.TrimSpace(sel), decl)
					}
				}
			}
			selectors, decl = nil, nil
		}
	}
}

// split cuts a list of selectors at its commas, but for those in brackets.
func split(list string) (out []string) {
	depth, from := 0, 0
	for i := 0; i < len(list); i++ {
		switch list[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth == 0 {
				out = append(out, list[from:i])
				from = i + 1
			}
		}
	}
	return append(out, list[from:])
}

func joined(tokens []css.Token) string {
	var b strings.Builder
	for _, t := range tokens {
		b.Write(t.Data)
	}
	return b.String()
}

// passing are states that an element is in only while somebody touches it.
var passing = []string{":hover", ":focus", ":active", ":target", ":visited", ":checked"}

func (s *Sheets) add(selector string, d declared) {
	if s.count >= maxRules {
		s.Cut = true
		return
	}
	if s.known == nil {
		s.known, s.rules = map[string]bool{}, map[string][]*rule{}
	}
	for _, name := range names(selector) {
		s.known[name] = true
	}
	if len(d) == 0 {
		return
	}
	for _, state := range passing {
		if strings.Contains(selector, state) {
			return
		}
	}
	r := &rule{declared: d, order: s.count}
	for _, p := range parts {
		if bare, found := strings.CutSuffix(selector, p.name); found {
			if selector, r.part = bare, p.part; selector == "" {
				selector = "*"
			}
			break
		}
	}
	sel, err := cascadia.Parse(selector)
	s.count++ // of one that cannot be read too: written out, a selector doubles with each :is()
	if err != nil {
		for _, one := range alternatives(selector) {
			s.add(one, d)
		}
		return
	}
	r.sel = sel
	r.steps = len(strings.FieldsFunc(selector, func(c rune) bool { return strings.ContainsRune(" >+~", c) })) - 1
	k := key(selector)
	s.rules[k] = append(s.rules[k], r)
}

// anyOf are the functions of a selector that stand for any of those in their brackets (Selectors Level 4, 4.2 and 4.4).
var anyOf = lazyregexp.New(`:(?:is|where|-webkit-any|-moz-any)\(([^()]*)\)`)

// alternatives writes a selector with :is() or :where() as those that it stands for.
func alternatives(selector string) (out []string) {
	at := anyOf.FindStringSubmatchIndex(selector)
	if at == nil {
		return nil
	}
	for _, one := range split(selector[at[2]:at[3]]) {
		if one = strings.TrimSpace(one); one != "" {
			out = append(out, selector[:at[0]]+one+selector[at[1]:])
		}
	}
	return out
}

// names lists the classes and ids of a selector with their marks.
func names(selector string) (out []string) {
	for i := 0; i < len(selector); i++ {
		if selector[i] != '.' && selector[i] != '#' {
			continue
		}
		j := i + 1
		for j < len(selector) && !strings.ContainsRune(".#:[>+~ ,)(", rune(selector[j])) {
			j++
		}
		out = append(out, selector[i:j])
		i = j - 1
	}
	return out
}

// key is what an element must have to be selected: an id, a class or a tag of the last compound of the selector.
func key(selector string) string {
	last := selector
	if i := strings.LastIndexAny(selector, " >+~"); i >= 0 && !strings.ContainsAny(selector, "[(") {
		last = selector[i+1:]
	} else if strings.ContainsAny(selector, "[(") {
		return "*"
	}
	if n := names(last); len(n) > 0 {
		for _, name := range n {
			if name[0] == '#' {
				return name
			}
		}
		return n[0]
	}
	tag, _, _ := strings.Cut(last, ":")
	if tag == "" {
		return "*"
	}
	return strings.ToLower(tag)
}

// cost estimates the elements that one match looks at: each step but the first may try all ancestors again.
func cost(r *rule, n *html.Node) int {
	if r.steps < 2 {
		return 1
	}
	depth, out := 0, 1
	for p := n.Parent; p != nil; p = p.Parent {
		depth++
	}
	for range r.steps - 1 {
		if out *= depth; out > maxMatches {
			break
		}
	}
	return max(out, 1)
}

// matching calls f with each rule that selects the element.
func (s *Sheets) matching(n *html.Node, f func(*rule)) {
	try := func(k string) {
		for _, r := range s.rules[k] {
			if s.matches += cost(r, n); s.matches > maxMatches {
				s.Cut = true
				return
			}
			if r.sel.Match(n) {
				f(r)
			}
		}
	}
	try("*")
	try(n.Data)
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			try("#" + a.Val)
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				try("." + class)
			}
		}
	}
}
