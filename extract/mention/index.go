package mention

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract/mention/pattern"
)

// index tells which rows of a table can hold at all, without a look at each: by the unit, by the facts that cost nothing to ask, and by the characters that
// the rows may begin with, of a range of text that they ask about or beside the number that their patterns stand around. Rows are bits, 64 a block.
type index[S subject] struct {
	byUnit [][]uint64 // the rows that hold for a unit; nil where no row asks for it
	flags  []flagIndex[S]
	always []uint64 // rows that ask for no certain character
	keys   []key[S]
}

// flagIndex are the rows that a fact rules out.
type flagIndex[S subject] struct {
	name            string
	of              func(S) bool
	ifTrue, ifFalse []uint64
}

// key is a place that rows ask about.
type key[S subject] struct {
	column string
	span   func(S) span
	rows   int        // how many ask about it
	by     [][]uint64 // the rows that may hold where a character stands there, by its letter
}

// The characters beside the number are places too.
const (
	columnBefore = "before #"
	columnBehind = "behind #"
)

// maxBlocks bounds the rows of a table.
const maxBlocks = 4

// maxKeys bounds the ranges that are looked at before the rows are.
const maxKeys = 2

func newIndex[S subject](rows []row[S]) index[S] {
	x := index[S]{keys: keysOf(rows), always: bitsOf(rows)}
	if len(x.always) > maxBlocks {
		panic("mention: a table has too many rows")
	}
	for i := range rows {
		x.addFlags(rows, i)
		column, first := rows[i].first(x.keys)
		if first.Any {
			set(x.always, i)
			continue
		}
		k := &x.keys[slices.IndexFunc(x.keys, func(k key[S]) bool { return k.column == column })]
		for r := range first.Runes {
			l := int(alphabet.add(r))
			for l >= len(k.by) {
				k.by = append(k.by, nil)
			}
			if k.by[l] == nil {
				k.by[l] = bitsOf(rows)
			}
			set(k.by[l], i)
		}
	}
	x.addUnits(rows)
	return x
}

func bitsOf[S subject](rows []row[S]) []uint64 { return make([]uint64, (len(rows)+63)/64) }

func set(bits []uint64, i int) { bits[i/64] |= 1 << (i % 64) }

// addUnits notes the rows that hold for each unit.
func (x *index[S]) addUnits(rows []row[S]) {
	if !slices.ContainsFunc(rows, func(r row[S]) bool { return r.units != nil }) {
		return
	}
	x.byUnit = make([][]uint64, 256)
	for u := range x.byUnit {
		x.byUnit[u] = bitsOf(rows)
		for i := range rows {
			if r := &rows[i]; r.units == nil || r.units[u] != r.butUnits {
				set(x.byUnit[u], i)
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
			x.flags = append(x.flags, flagIndex[S]{name: term.name, of: term.of, ifTrue: bitsOf(rows), ifFalse: bitsOf(rows)})
		}
		if term.not {
			set(x.flags[k].ifTrue, i)
		} else {
			set(x.flags[k].ifFalse, i)
		}
	}
}

// keysOf returns the places that rows ask about: those beside the number, and the ranges that most ask about.
func keysOf[S subject](rows []row[S]) []key[S] {
	var ranges []key[S]
	beside := []key[S]{{column: columnBefore, span: rightBefore[S]}, {column: columnBehind, span: rightBehind[S]}}
	for i := range rows {
		if rows[i].around != nil {
			for k := range beside {
				if !rows[i].beside(beside[k].column).Any {
					beside[k].rows++
				}
			}
		}
		for _, c := range rows[i].conditions {
			if !c.asks() {
				continue
			}
			k := slices.IndexFunc(ranges, func(k key[S]) bool { return k.column == c.column })
			if k < 0 {
				k = len(ranges)
				ranges = append(ranges, key[S]{column: c.column, span: c.span})
			}
			ranges[k].rows++
			break
		}
	}
	slices.SortStableFunc(ranges, func(a, b key[S]) int { return b.rows - a.rows })
	all := append(beside, ranges[:min(len(ranges), maxKeys)]...)
	return slices.DeleteFunc(all, func(k key[S]) bool { return k.rows == 0 })
}

func rightBefore[S subject](s S) span {
	start, _ := s.place()
	return span{start - 1, start}
}

func rightBehind[S subject](s S) span {
	_, end := s.place()
	return span{end, end + 1}
}

// beside returns the characters that may stand on one side of the number.
func (r *row[S]) beside(column string) pattern.First {
	if column == columnBehind {
		return r.around.FirstBehind()
	}
	return r.around.FirstBefore()
}

// asks reports a condition that certain characters must stand in its range.
func (c *spanTerm[S]) asks() bool { return !c.needs().Any }

// first returns the characters one of which must stand at one of the places for the row to hold: beside the number if any, for that is one place only.
func (r *row[S]) first(keys []key[S]) (column string, first pattern.First) {
	column, first = "", pattern.First{Any: true}
	for _, k := range keys {
		if k.column == columnBefore || k.column == columnBehind {
			if r.around == nil {
				continue
			}
			if f := r.beside(k.column); f.Narrower(first) {
				column, first = k.column, f
			}
			continue
		}
		for _, c := range r.conditions {
			if first.Any && c.column == k.column && c.asks() {
				column, first = c.column, c.needs()
			}
		}
	}
	return column, first
}

// may returns the rows that can hold of s, in scratch.
func (x *index[S]) may(s S, scratch []uint64) []uint64 {
	may := append(scratch[:0], x.always...)
	runes := s.words().Runes
	for i := range x.keys {
		k := &x.keys[i]
		in := k.span(s)
		for j := in.from; j < in.to; j++ {
			if j < 0 || j >= len(runes) {
				k.mark('\n', may) // beyond the text stands a line end
			} else {
				k.mark(runes[j], may)
			}
		}
	}
	if !slices.ContainsFunc(may, func(bits uint64) bool { return bits != 0 }) {
		return nil
	}
	if x.byUnit != nil {
		for b, bits := range x.byUnit[s.unitOf()] {
			may[b] &= bits
		}
	}
	for i := range x.flags {
		f := &x.flags[i]
		out := f.ifFalse
		if f.of(s) {
			out = f.ifTrue
		}
		for b, bits := range out {
			may[b] &^= bits
		}
	}
	return may
}

func (k *key[S]) mark(r rune, rows []uint64) {
	if l := int(alphabet.letter(r)); l < len(k.by) {
		for b, bits := range k.by[l] {
			rows[b] |= bits
		}
	}
}

// letters numbers the characters with which rules begin, so that a table has a short list of them. Letter 0 is every other character.
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
	if r < 0 || r >= 1<<16 {
		return 0
	}
	return l.of[r]
}
