// Package pattern matches short patterns against a text that is cut into words. Patterns are written in the tables of
// datasets/grammar, whose README describes them for those who write rules:
//
//	信息       these characters
//	(a|b)      one of these; (a|b)? or none, (a|b)* any number of them; a? and [..]? the same for one character
//	[件条]     one of these characters, [^件条] one other than these; \d is a digit, \w a digit or letter, \h a Chinese character
//	<nx>       a word of one of these classes of the dictionary; <n1> one of a single character, <1> one of any class
//	..8        up to eight characters without a comma or a mark that ends a sentence
//	~8         the same without any mark or bracket
//	@name      one of the words of a list
//	!(a|b)     none of these stands here
//	^ $        the begin and the end: of the text looked at, or of a clause where the pattern stands around a number
//	#          the number (or word) that the pattern stands around; only in patterns made by Around
//	\x         the character x itself
//
// A pattern is compiled once into a graph of nodes. How long a match may become is bounded by the pattern, so that work
// is linear in the text.
package pattern

// Text is what patterns are matched against: characters, and the words that they are cut into where they are.
type Text struct {
	Runes []rune
	Class []byte  // the class of the word that begins at a character, 0 where none begins
	Width []uint8 // the number of its characters
}

// Stop reports a mark that ends a clause.
func Stop(r rune) bool {
	switch r {
	case '。', '\n', ';', '!', '?', ',', ':', '、':
		return true
	}
	return false
}

type op uint8

const (
	opText  op = iota // these characters
	opSet             // one character of a set
	opWord            // a word of a class
	opAlt             // one of several ways on
	opLoop            // any number of rounds
	opGap             // up to n characters without a stop
	opNot             // none of several stands here
	opBegin           // ^
	opEnd             // $
)

// node is one step of a pattern. next is nil behind the last one.
type node struct {
	op      op
	single  bool // of opWord: of one character
	strict  bool // of opGap: no mark at all
	n       uint8
	next    *node
	text    []rune // of opText, in the direction in which it is read
	ways    ways   // of opAlt, opLoop and opNot
	set     set
	classes classes // of opWord
}

// classes is a set of classes of words.
type classes [2]uint64

func (c *classes) add(class rune)      { c[class>>6&1] |= 1 << (class & 63) }
func (c *classes) has(class byte) bool { return class < 128 && c[class>>6]>>(class&63)&1 != 0 }

// matcher runs the nodes of one pattern. It reads forwards (dir 1) or backwards (dir -1) and never beyond [lo, hi).
type matcher struct {
	t      *Text
	runes  []rune // of t
	lo, hi int
	dir    int
	open   bool // lo and hi are no bounds of what is looked at: ^ and $ look for marks
}

// run returns where a match that begins at i ends, or -1.
func (m *matcher) run(n *node, i int) int {
	for n != nil {
		switch n.op {
		case opText:
			if i = m.text(n.text, i); i < 0 {
				return -1
			}
		case opSet:
			r, ok := m.at(i)
			if !ok || !n.set.has(r) {
				return -1
			}
			i += m.dir
		case opWord:
			w := m.word(n, i)
			if w == 0 {
				return -1
			}
			i += m.dir * w
		case opAlt:
			return m.first(n, i)
		case opLoop:
			if end := m.first(n, i); end >= 0 {
				return end
			}
		case opGap:
			return m.gap(n, i)
		case opNot:
			if m.first(n, i) >= 0 {
				return -1
			}
		case opBegin:
			if !m.atEdge(i, -1) {
				return -1
			}
		case opEnd:
			if !m.atEdge(i, 1) {
				return -1
			}
		}
		n = n.next
	}
	return i
}

// text returns where a text that begins at i ends, or -1.
func (m *matcher) text(text []rune, i int) int {
	end := i + m.dir*len(text)
	if min(i, end) < m.lo || max(i, end) > m.hi {
		return -1
	}
	if m.dir < 0 {
		for k, r := range text {
			if m.runes[i-1-k] != r {
				return -1
			}
		}
		return end
	}
	for k, r := range m.runes[i:end] {
		if text[k] != r {
			return -1
		}
	}
	return end
}

// first returns where the first of the ways of n that leads on from i ends, or -1.
func (m *matcher) first(n *node, i int) int {
	r, ok := m.at(i)
	on := n.ways.free
	if ok {
		on = n.ways.on(r)
	}
	for _, w := range on {
		if w == nil {
			return i
		}
		if end := m.run(w, i); end >= 0 {
			return end
		}
	}
	return -1
}

// at returns the character that stands next in the direction of the matcher.
func (m *matcher) at(i int) (rune, bool) {
	if m.dir < 0 {
		i--
	}
	if i < m.lo || i >= m.hi {
		return '\n', m.open && (i < 0 || i >= len(m.runes)) // beyond the text stands a line end
	}
	return m.runes[i], true
}

// word returns the width of the word that stands next and is of a class of n, 0 where none is.
func (m *matcher) word(n *node, i int) int {
	from := i
	if m.dir < 0 {
		for from--; from >= m.lo && i-from < 32 && int(m.t.Width[from]) != i-from; from-- {
		}
		if i-from == 32 {
			return 0
		}
	}
	if from < m.lo || from >= m.hi {
		return 0
	}
	w := int(m.t.Width[from])
	if w == 0 || from+w > m.hi || n.single && w != 1 || !n.classes.has(m.t.Class[from]) {
		return 0
	}
	return w
}

// gapEnds reports a mark that a gap does not pass over.
func (n *node) gapEnds(r rune) bool {
	if r == '、' || r == ':' || r == '(' || r == ')' {
		return n.strict
	}
	return Stop(r)
}

// gap tries what follows behind none, one, … of the characters that it may pass over.
func (m *matcher) gap(n *node, i int) int {
	for k := 0; ; k++ {
		r, ok := m.at(i)
		if n.next == nil || n.next.op != opAlt || n.next.ways.free != nil || ok && n.next.ways.leads.may(r) {
			if end := m.run(n.next, i); end >= 0 || n.next == nil {
				return max(end, i)
			}
		}
		if k == int(n.n) || !ok || n.gapEnds(r) {
			return -1
		}
		i += m.dir
	}
}

// atEdge reports that i is the begin (side -1) or the end (side 1) of what is looked at.
func (m *matcher) atEdge(i, side int) bool {
	if !m.open {
		return side < 0 && i == m.lo || side > 0 && i == m.hi
	}
	k := i
	if side < 0 {
		k--
	}
	if k < 0 || k >= len(m.runes) {
		return true
	}
	r := m.runes[k]
	return Stop(r) || r == '(' || r == ')' || side < 0 && r == '%'
}
