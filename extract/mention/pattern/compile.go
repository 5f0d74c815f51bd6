package pattern

import (
	"fmt"
	"slices"
	"strings"
)

// link turns items into nodes that are read in the direction dir and go on with next.
func link(way []item, dir int, next *node) *node {
	if dir < 0 {
		way = slices.Clone(way)
		slices.Reverse(way)
	}
	for i := len(way) - 1; i >= 0; i-- {
		next = way[i].link(dir, next)
	}
	return next
}

func (it *item) link(dir int, next *node) *node {
	switch it.times {
	case '?':
		once := *it
		once.times = 0
		return (&node{op: opAlt}).settle([]*node{once.link(dir, next), next})
	case '*':
		loop := &node{op: opLoop, next: next}
		round := *it
		round.times = 0
		return loop.settle([]*node{round.link(dir, loop)})
	}
	var ways []*node
	switch it.node.op {
	case opAlt:
		for _, w := range it.ways {
			ways = append(ways, link(w, dir, next))
		}
		return (&node{op: opAlt}).settle(ways)
	case opNot:
		for _, w := range it.ways {
			ways = append(ways, link(w, dir, nil))
		}
		return (&node{op: opNot, next: next}).settle(ways)
	}
	n := it.node
	n.next = next
	if n.op == opText && next != nil && next.op == opText {
		n.text = slices.Concat(n.text, next.text)
		n.next = next.next
	}
	return &n
}

// Pattern is looked for in a range of a text.
type Pattern struct {
	root  *node
	needs First
	sieve sieve // of needs
	begin bool  // it stands at the begin of what is looked at only
}

// New compiles a pattern that is looked for.
func New(s string, lists Lists) (*Pattern, error) {
	root, err := compile(s, 1, lists)
	if err != nil {
		return nil, err
	}
	p := &Pattern{root: root, needs: needsOf(root, map[*node]First{})}
	for r := range p.needs.Runes {
		p.sieve.add(r)
	}
	p.begin = !slices.ContainsFunc(root.ways.all, func(w *node) bool { return w == nil || w.op != opBegin })
	return p, nil
}

func compile(s string, dir int, lists Lists) (*node, error) {
	ways, err := parse(s, lists)
	if err != nil {
		return nil, err
	}
	var nodes []*node
	for _, w := range ways {
		nodes = append(nodes, link(w, dir, nil))
	}
	return (&node{op: opAlt}).settle(nodes), nil
}

// Needs returns characters one of which stands in every match.
func (p *Pattern) Needs() First { return p.needs }

// Find returns the first match in [from, to).
func (p *Pattern) Find(t *Text, from, to int) (start, end int, ok bool) {
	lo := from
	w := &p.root.ways
	if w.free != nil && !p.may(t, from, to) {
		return 0, 0, false
	}
	if p.begin {
		end := p.At(t, from, from, to)
		return from, max(end, from), end >= 0
	}
	if w.free == nil { // most ranges hold nothing that a match may begin with
		for from < to && !w.leads.may(t.Runes[from]) {
			from++
		}
		if from == to {
			return 0, 0, false
		}
	}
	return p.find(t, lo, from, to)
}

// find looks for a match that begins in [from, to] of [lo, to).
func (p *Pattern) find(t *Text, lo, from, to int) (start, end int, ok bool) {
	m := matcher{t: t, runes: t.Runes, lo: lo, hi: to, dir: 1}
	w := &p.root.ways
	for i := from; i < to; i++ {
		if w.free == nil && !w.leads.may(t.Runes[i]) {
			continue
		}
		if end := m.first(p.root, i); end >= 0 {
			return i, end, true
		}
	}
	if w.free != nil {
		if end := m.first(p.root, to); end >= 0 {
			return to, end, true
		}
	}
	return 0, 0, false
}

// may reports whether what every match holds stands in [from, to).
func (p *Pattern) may(t *Text, from, to int) bool {
	for i := from; i < to && !p.needs.Any; i++ {
		if p.sieve.may(t.Runes[i]) {
			return true
		}
	}
	return p.needs.Any
}

// In reports whether the pattern stands in [from, to).
func (p *Pattern) In(t *Text, from, to int) bool {
	_, _, ok := p.Find(t, from, to)
	return ok
}

// At returns the end of the match that begins at i of [from, to), or -1.
func (p *Pattern) At(t *Text, i, from, to int) int {
	m := matcher{t: t, runes: t.Runes, lo: from, hi: to, dir: 1}
	return m.first(p.root, i)
}

// Around is a pattern that stands around a number: what is before # is read backwards from its begin, what is behind #
// forwards from its end.
type Around struct {
	before, behind *node
	left, right    bool // there is something on that side
}

// NewAround compiles a pattern with a #.
func NewAround(s string, lists Lists) (*Around, error) {
	left, right, is := strings.Cut(s, "#")
	if !is {
		return nil, fmt.Errorf("pattern %q has no #", s)
	}
	a := &Around{left: left != "", right: right != ""}
	for _, side := range []struct {
		s   string
		dir int
		to  **node
	}{{left, -1, &a.before}, {right, 1, &a.behind}} {
		if side.s == "" {
			continue
		}
		n, err := compile(side.s, side.dir, lists)
		if err != nil {
			return nil, err
		}
		*side.to = n
	}
	return a, nil
}

// FirstBefore returns the characters that may stand right before the number.
func (a *Around) FirstBefore() First { return firstOf(a.before, map[*node]bool{}) }

// FirstBehind returns the characters that may stand right behind the number.
func (a *Around) FirstBehind() First { return firstOf(a.behind, map[*node]bool{}) }

// Match reports whether the pattern stands around [start, end), and the range that it covers.
func (a *Around) Match(t *Text, start, end int) (from, to int, ok bool) {
	from, to = start, end
	if a.right {
		m := matcher{t: t, runes: t.Runes, lo: 0, hi: len(t.Runes), dir: 1, open: true}
		if to = m.run(a.behind, end); to < 0 {
			return 0, 0, false
		}
	}
	if a.left {
		m := matcher{t: t, runes: t.Runes, lo: 0, hi: len(t.Runes), dir: -1, open: true}
		if from = m.run(a.before, start); from < 0 {
			return 0, 0, false
		}
	}
	return from, to, true
}
