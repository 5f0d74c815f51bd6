package pattern

import "github.com/gongkai-data/gongkai/extract/text"

// set is a set of characters, or of all but these.
type set struct {
	one  rune // where it holds one character only
	more map[rune]struct{}
	han  bool // all Chinese characters are in it
	but  bool
}

func (s *set) has(r rune) bool {
	if s.more == nil {
		return (s.one != 0 && r == s.one || s.han && text.IsHan(r)) != s.but
	}
	_, in := s.more[r]
	return (in || s.han && text.IsHan(r)) != s.but
}

func setOf(runes []rune, but bool) set {
	s := set{but: but}
	if len(runes) <= 1 {
		for _, r := range runes {
			s.one = r
		}
		return s
	}
	s.more = make(map[rune]struct{}, len(runes))
	for _, r := range runes {
		s.more[r] = struct{}{}
	}
	return s
}

// leads are the characters that something may begin with, as a sieve: it lets all of them through and some others.
type leads struct {
	any   bool
	sieve [4]uint64
}

func (l *leads) may(r rune) bool { return l.sieve[r>>6&3]>>(r&63)&1 != 0 }

func leadsOf(f First) leads {
	l := leads{any: f.Any}
	for r := range f.Runes {
		l.sieve[r>>6&3] |= 1 << (r & 63)
	}
	return l
}

// settle notes what the ways of n may begin with.
func (n *node) settle(ways []*node) *node {
	all := First{Runes: map[rune]struct{}{}}
	for _, w := range ways {
		f := firstOf(w, map[*node]bool{})
		all.add(f)
		lead := rune(0)
		if !f.Any && len(f.Runes) == 1 {
			for r := range f.Runes {
				lead = r
			}
		}
		n.ways = append(n.ways, way{node: w, lead: lead})
	}
	n.leads = leadsOf(all)
	return n
}

// First is the set of the characters that a match may begin with; Any where it may begin with anything, or be empty.
type First struct {
	Any   bool
	Runes map[rune]struct{}
}

func (f *First) add(g First) {
	f.Any = f.Any || g.Any
	for r := range g.Runes {
		f.Runes[r] = struct{}{}
	}
}

// firstOf computes the first set of the way that begins with n.
func firstOf(n *node, seen map[*node]bool) First {
	f := First{Runes: map[rune]struct{}{}}
	if n == nil || seen[n] {
		f.Any = n == nil
		return f
	}
	seen[n] = true
	defer delete(seen, n)
	switch n.op {
	case opSet:
		if n.set.but || n.set.han {
			f.Any = true
		} else if n.set.more == nil {
			f.Runes[n.set.one] = struct{}{}
		}
		for r := range n.set.more {
			f.Runes[r] = struct{}{}
		}
	case opAlt, opLoop:
		for _, w := range n.ways {
			f.add(firstOf(w.node, seen))
		}
		if n.op == opLoop {
			f.add(firstOf(n.next, seen))
		}
	case opNot, opBegin, opEnd:
		return firstOf(n.next, seen)
	default:
		f.Any = true
	}
	return f
}
