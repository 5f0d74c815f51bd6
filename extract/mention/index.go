package mention

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract/mention/pattern"
)

// index tells which rows of a table can hold at all, without a look at each: by the unit, by the facts that cost
// nothing to ask, and by the characters that the rows may begin with, of a range of text that they ask about or beside
// the number that their patterns stand around.
type index[S subject] struct {
	all    rowSet
	byUnit []rowSet // the rows that hold for a unit; nil where no row asks for it
	flags  []flagIndex[S]
	keys   []key[S]
}

// flagIndex are the rows that a fact rules out.
type flagIndex[S subject] struct {
	name            string
	of              func(S) bool
	ifTrue, ifFalse rowSet
}

// key is a place that rows ask about.
type key[S subject] struct {
	column string
	span   func(S) span
	rows   int             // how many ask about it
	needs  []pattern.First // what each row asks for, until it is noted in by
	others rowSet          // the rows that do not
	by     []rowSet        // the rows that may hold where a character stands there, by its letter
}

// The characters beside the number are places too.
const (
	columnBefore = "before #"
	columnBehind = "behind #"
)

// rowSet is a set of the rows of a table, of which there are at most maxRows.
type rowSet [2]uint64

const maxRows = 128

func (s *rowSet) set(i int)             { s[i/64] |= 1 << (i % 64) }
func (s *rowSet) empty() bool           { return s[0]|s[1] == 0 }
func (s *rowSet) add(others *rowSet)    { s[0] |= others[0]; s[1] |= others[1] }
func (s *rowSet) keep(others *rowSet)   { s[0] &= others[0]; s[1] &= others[1] }
func (s *rowSet) remove(others *rowSet) { s[0] &^= others[0]; s[1] &^= others[1] }

// maxKeys bounds the ranges that are looked at before the rows are.
const maxKeys = 2

func newIndex[S subject](rows []row[S]) index[S] {
	if len(rows) > maxRows {
		panic("mention: a table has too many rows")
	}
	x := index[S]{keys: keysOf(rows)}
	for i := range rows {
		x.all.set(i)
		x.addFlags(rows, i)
	}
	for i := range x.keys {
		x.keys[i].note()
	}
	x.addUnits(rows)
	return x
}

// note notes which rows may hold by the characters that stand there.
func (k *key[S]) note() {
	for i, first := range k.needs {
		if first.Any {
			k.others.set(i)
			continue
		}
		for r := range first.Runes {
			l := int(alphabet.add(r))
			for l >= len(k.by) {
				k.by = append(k.by, rowSet{})
			}
			k.by[l].set(i)
		}
	}
	k.needs = nil
}

// addUnits notes the rows that hold for each unit.
func (x *index[S]) addUnits(rows []row[S]) {
	if !slices.ContainsFunc(rows, func(r row[S]) bool { return r.units != nil }) {
		return
	}
	x.byUnit = make([]rowSet, 256)
	for u := range x.byUnit {
		for i := range rows {
			if r := &rows[i]; r.units == nil || r.units[u] != r.butUnits {
				x.byUnit[u].set(i)
			}
		}
	}
}

// addFlags notes what rules row i out.
func (x *index[S]) addFlags(rows []row[S], i int) {
	for _, term := range rows[i].flags {
		k := slices.IndexFunc(x.flags, func(f flagIndex[S]) bool { return f.name == term.name })
		if k < 0 {
			k = len(x.flags)
			x.flags = append(x.flags, flagIndex[S]{name: term.name, of: term.of})
		}
		if term.not {
			x.flags[k].ifTrue.set(i)
		} else {
			x.flags[k].ifFalse.set(i)
		}
	}
}

// keysOf returns the places that rows ask about: those beside the number, and the ranges that most ask about.
func keysOf[S subject](rows []row[S]) []key[S] {
	keys := []key[S]{{column: columnBefore, span: rightBefore[S]}, {column: columnBehind, span: rightBehind[S]}}
	for i := range rows {
		for _, c := range rows[i].conditions {
			if !slices.ContainsFunc(keys, func(k key[S]) bool { return k.column == c.column }) {
				keys = append(keys, key[S]{column: c.column, span: c.span})
			}
		}
	}
	for i := range keys {
		k := &keys[i]
		k.needs = make([]pattern.First, len(rows))
		for r := range rows {
			if k.needs[r] = rows[r].needs(k.column); !k.needs[r].Any {
				k.rows++
			}
		}
	}
	slices.SortStableFunc(keys[2:], func(a, b key[S]) int { return b.rows - a.rows })
	return slices.DeleteFunc(keys[:min(len(keys), 2+maxKeys)], func(k key[S]) bool { return k.rows == 0 })
}

func rightBefore[S subject](s S) span {
	start, _ := s.place()
	return span{start - 1, start}
}

func rightBehind[S subject](s S) span {
	_, end := s.place()
	return span{end, end + 1}
}

// needs returns the characters one of which must stand at a place for the row to hold; Any where it does not ask about
// the place.
func (r *row[S]) needs(column string) pattern.First {
	least := pattern.First{Any: true}
	switch {
	case column == columnBefore && r.around != nil:
		return r.around.FirstBefore()
	case column == columnBehind && r.around != nil:
		return r.around.FirstBehind()
	}
	for i := range r.conditions {
		if c := &r.conditions[i]; c.column == column {
			if f := c.needs(); f.Narrower(least) {
				least = f
			}
		}
	}
	return least
}

// may returns the rows that can hold of s. What rules out most for the least work is asked first.
func (x *index[S]) may(s S) rowSet {
	may := x.all
	if x.byUnit != nil {
		may.keep(&x.byUnit[s.unitOf()])
	}
	runes := s.words().Runes
	for i := range x.keys {
		k := &x.keys[i]
		rows := k.standing(k.span(s), runes)
		if may.keep(&rows); may.empty() {
			return may
		}
	}
	for i := range x.flags {
		f := &x.flags[i]
		if f.of(s) {
			may.remove(&f.ifTrue)
		} else {
			may.remove(&f.ifFalse)
		}
	}
	return may
}

// standing returns the rows that what stands in a range allows.
func (k *key[S]) standing(in span, runes []rune) rowSet {
	rows := k.others
	for j := in.from; j < in.to; j++ {
		r := '\n' // beyond the text stands a line end
		if uint(j) < uint(len(runes)) {
			r = runes[j]
		}
		if l := int(alphabet.letter(r)); l < len(k.by) {
			rows.add(&k.by[l])
		}
	}
	return rows
}

// letters numbers the characters with which rules begin, so that a table has a short list of them. Letter 0 is every
// other character.
type letters struct {
	of [1 << 16]uint16
	n  uint16
}

// alphabet is filled while the grammar is compiled and not changed behind that.
var alphabet letters

func (l *letters) add(r rune) uint16 {
	if r >= 1<<16 {
		panic("mention: a rule begins with a character beyond the basic plane")
	}
	if l.of[r] == 0 {
		l.n++
		l.of[r] = l.n
	}
	return l.of[r]
}

func (l *letters) letter(r rune) uint16 {
	if uint32(r) >= 1<<16 {
		return 0
	}
	return l.of[r]
}
