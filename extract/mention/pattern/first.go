package pattern

// First is the set of the characters that a match may begin with; Any where it may begin with anything, or be empty.
type First struct {
	Any   bool
	Runes map[rune]struct{}
}

// Add adds what another set holds.
func (f *First) Add(g First) {
	f.Any = f.Any || g.Any
	for r := range g.Runes {
		f.Runes[r] = struct{}{}
	}
}

// Narrower reports whether f says more than g: one of fewer characters.
func (f First) Narrower(g First) bool { return !f.Any && (g.Any || len(f.Runes) < len(g.Runes)) }

func (f *First) has(r rune) bool {
	_, has := f.Runes[r]
	return has || f.Any
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
	case opText:
		f.Runes[n.text[0]] = struct{}{}
	case opSet:
		f.Any = n.set.but || n.set.han
		for _, r := range n.set.runes() {
			f.Runes[r] = struct{}{}
		}
	case opAlt, opLoop:
		for _, w := range n.ways.all {
			f.Add(firstOf(w, seen))
		}
		if n.op == opLoop {
			f.Add(firstOf(n.next, seen))
		}
	case opNot, opBegin, opEnd:
		return firstOf(n.next, seen)
	default:
		f.Any = true
	}
	return f
}

// needsOf computes characters one of which every match of the way that begins with n holds somewhere, as few as it
// finds; Any where there are none.
func needsOf(n *node, known map[*node]First) First {
	if n == nil {
		return First{Any: true}
	}
	if f, is := known[n]; is {
		return f
	}
	known[n] = First{Any: true} // of a loop that comes back
	own := First{Any: true, Runes: map[rune]struct{}{}}
	switch n.op {
	case opText, opSet:
		own = firstOf(n, map[*node]bool{})
	case opAlt:
		own.Any = false
		for _, w := range n.ways.all {
			own.Add(needsOf(w, known))
		}
	}
	if f := needsOf(n.next, known); f.Narrower(own) {
		own = f
	}
	known[n] = own
	return own
}

// sieve lets some characters through and some others with them.
type sieve [4]uint64

func (s *sieve) add(r rune)      { s[uint32(r)>>6&3] |= 1 << (uint32(r) & 63) }
func (s *sieve) may(r rune) bool { return s[uint32(r)>>6&3]&(1<<(uint32(r)&63)) != 0 }

// ways are several ways on, of which the first that leads anywhere is taken. A nil one ends there and then.
type ways struct {
	all   []*node
	free  []*node // those that may begin with anything
	by    []lead  // those that may begin with a character, by a hash of it
	leads sieve   // for every character that a way may begin with
}

// lead are the ways that may begin with a character, in order.
type lead struct {
	rune rune
	ways []*node
}

// on returns the ways that may begin with r.
func (w *ways) on(r rune) []*node {
	if !w.leads.may(r) {
		return w.free
	}
	mask := rune(len(w.by) - 1)
	for i := r & mask; w.by[i].ways != nil; i = (i + 1) & mask {
		if w.by[i].rune == r {
			return w.by[i].ways
		}
	}
	return w.free
}

// settle notes what the ways of n may begin with.
func (n *node) settle(all []*node) *node {
	firsts, union := make([]First, len(all)), First{Runes: map[rune]struct{}{}}
	n.ways.all = all
	for i, w := range all {
		firsts[i] = firstOf(w, map[*node]bool{})
		if union.Add(firsts[i]); firsts[i].Any {
			n.ways.free = append(n.ways.free, w)
		}
	}
	size := 2
	for size < 2*len(union.Runes)+1 {
		size *= 2
	}
	n.ways.by = make([]lead, size)
	for r := range union.Runes {
		n.ways.leads.add(r)
		l := lead{rune: r}
		for i, w := range all {
			if firsts[i].has(r) {
				l.ways = append(l.ways, w)
			}
		}
		i := int(r) & (size - 1)
		for n.ways.by[i].ways != nil {
			i = (i + 1) & (size - 1)
		}
		n.ways.by[i] = l
	}
	return n
}
