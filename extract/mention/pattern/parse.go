package pattern

import (
	"fmt"
	"strings"
)

// Lists returns the words of a list, each a pattern, or ok false where there is no such list.
type Lists func(name string) (words []string, ok bool)

// item is one piece of a parsed pattern, before it is linked in the direction that it is read in.
type item struct {
	node  node
	ways  [][]item // of a group
	times byte     // '?', '*' or 0
}

type parser struct {
	in    []rune
	at    int
	lists Lists
}

// parse reads a whole pattern as one of several ways.
func parse(s string, lists Lists) ([][]item, error) {
	p := &parser{in: []rune(s), lists: lists}
	ways, err := p.ways()
	if err == nil && p.at < len(p.in) {
		err = fmt.Errorf("unexpected %q", p.in[p.at])
	}
	if err != nil {
		return nil, fmt.Errorf("pattern %s: %w", s, err)
	}
	return ways, nil
}

func (p *parser) ways() (ways [][]item, err error) {
	var way []item
	for p.at < len(p.in) && p.in[p.at] != ')' {
		if p.in[p.at] == '|' {
			p.at++
			ways, way = append(ways, way), nil
			continue
		}
		it, err := p.item()
		if err != nil {
			return nil, err
		}
		if p.at < len(p.in) && (p.in[p.at] == '?' || p.in[p.at] == '*') {
			it.times = byte(p.in[p.at])
			p.at++
		}
		way = append(way, it)
	}
	return append(ways, way), nil
}

func (p *parser) item() (item, error) {
	r := p.in[p.at]
	p.at++
	switch r {
	case '(':
		return p.group(opAlt)
	case '!':
		if p.at < len(p.in) && p.in[p.at] == '(' {
			p.at++
			return p.group(opNot)
		}
	case '[':
		return p.chars()
	case '<':
		return p.class()
	case '@':
		return p.list()
	case '^':
		return item{node: node{op: opBegin}}, nil
	case '$':
		return item{node: node{op: opEnd}}, nil
	case '.':
		if p.at < len(p.in) && p.in[p.at] == '.' {
			p.at++
			return p.gap(false)
		}
	case '~':
		if p.at < len(p.in) && p.in[p.at] >= '1' && p.in[p.at] <= '9' {
			return p.gap(true)
		}
	case '\\':
		return p.escaped()
	}
	return literal(r), nil
}

// literal is a character that stands for itself. A line end is also what stands beyond the text, so it is looked for
// like a set.
func literal(r rune) item {
	if r == '\n' {
		return item{node: node{op: opSet, set: setOf([]rune{r}, false)}}
	}
	return item{node: node{op: opText, text: []rune{r}}}
}

func (p *parser) group(kind op) (item, error) {
	ways, err := p.ways()
	if err != nil {
		return item{}, err
	}
	if p.at == len(p.in) {
		return item{}, fmt.Errorf("a bracket is not closed")
	}
	p.at++
	return item{node: node{op: kind}, ways: ways}, nil
}

const digits = "0123456789"

func (p *parser) escaped() (item, error) {
	if p.at == len(p.in) {
		return item{}, fmt.Errorf(`\ ends it`)
	}
	r := p.in[p.at]
	p.at++
	switch r {
	case 'd':
		return item{node: node{op: opSet, set: setOf([]rune(digits), false)}}, nil
	case 'h':
		return item{node: node{op: opSet, set: set{han: true}}}, nil
	case 'w':
		return item{node: node{op: opSet, set: setOf([]rune(digits+"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"), false)}}, nil
	case 'n':
		r = '\n'
	}
	return literal(r), nil
}

func (p *parser) chars() (item, error) {
	but := p.at < len(p.in) && p.in[p.at] == '^'
	if but {
		p.at++
	}
	var all []rune
	han := false
	for ; p.at < len(p.in) && p.in[p.at] != ']'; p.at++ {
		r := p.in[p.at]
		if r == '\\' && p.at+1 < len(p.in) {
			p.at++
			switch r = p.in[p.at]; r {
			case 'd':
				all = append(all, []rune(digits)...)
				continue
			case 'h':
				han = true
				continue
			case 'n':
				r = '\n'
			}
		}
		all = append(all, r)
	}
	if p.at == len(p.in) || len(all) == 0 && !han {
		return item{}, fmt.Errorf("[ is empty or not closed")
	}
	p.at++
	s := setOf(all, but)
	s.han = han
	return item{node: node{op: opSet, set: s}}, nil
}

func (p *parser) class() (item, error) {
	n := node{op: opWord}
	named := false
	for ; p.at < len(p.in) && p.in[p.at] != '>'; p.at++ {
		switch r := p.in[p.at]; {
		case r == '1':
			n.single = true
		case r >= 'a' && r <= 'z':
			n.classes.add(r)
			named = true
		default:
			return item{}, fmt.Errorf("%q is no class", r)
		}
	}
	if p.at == len(p.in) {
		return item{}, fmt.Errorf("< is not closed")
	}
	for r := 'a'; !named && r <= 'z'; r++ {
		n.classes.add(r)
	}
	p.at++
	return item{node: n}, nil
}

func (p *parser) gap(strict bool) (item, error) {
	n := 0
	for p.at < len(p.in) && p.in[p.at] >= '0' && p.in[p.at] <= '9' {
		n = n*10 + int(p.in[p.at]-'0')
		p.at++
	}
	if n == 0 || n > 60 {
		return item{}, fmt.Errorf("a gap wants a number up to 60")
	}
	return item{node: node{op: opGap, n: uint8(n), strict: strict}}, nil
}

func (p *parser) list() (item, error) {
	from := p.at
	for p.at < len(p.in) && (p.in[p.at] >= 'a' && p.in[p.at] <= 'z' || p.in[p.at] == '_') {
		p.at++
	}
	name := string(p.in[from:p.at])
	words, ok := p.lists(name)
	if !ok {
		return item{}, fmt.Errorf("no list is called %q", name)
	}
	ways, err := parse(strings.Join(words, "|"), p.lists)
	if err != nil {
		return item{}, fmt.Errorf("list %s: %w", name, err)
	}
	return item{node: node{op: opAlt}, ways: ways}, nil
}
