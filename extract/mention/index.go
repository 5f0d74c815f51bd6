package mention

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract/mention/pattern"
)

// index tells which rows of a table can hold at all, by one look at the characters that they may begin with: those of a range of text that they ask about,
// or the one before the number that their patterns stand around. Rows are bits, 64 a block.
type index[S subject] struct {
	always []uint64 // rows that ask for no certain character
	keys   []key[S]
}

// key is a range of text that rows ask about.
type key[S subject] struct {
	column string
	span   func(S) span // nil for the character before the number
	rows   int          // how many ask about it
	by     [][]uint64   // the rows that may hold where a character stands in it, by its letter
}

// maxKeys bounds the ranges that are looked at before the rows are.
const maxKeys = 2

func newIndex[S subject](rows []row[S]) index[S] {
	blocks := (len(rows) + 63) / 64
	x := index[S]{keys: keysOf(rows), always: make([]uint64, blocks)}
	for i := range rows {
		column, first := rows[i].first(x.keys)
		if first.Any {
			x.always[i/64] |= 1 << (i % 64)
			continue
		}
		k := &x.keys[slices.IndexFunc(x.keys, func(k key[S]) bool { return k.column == column })]
		for r := range first.Runes {
			l := int(alphabet.add(r))
			for l >= len(k.by) {
				k.by = append(k.by, nil)
			}
			if k.by[l] == nil {
				k.by[l] = make([]uint64, blocks)
			}
			k.by[l][i/64] |= 1 << (i % 64)
		}
	}
	return x
}

// keysOf returns the ranges that most rows ask about.
func keysOf[S subject](rows []row[S]) (all []key[S]) {
	ask := func(column string, span func(S) span) {
		i := slices.IndexFunc(all, func(k key[S]) bool { return k.column == column })
		if i < 0 {
			i = len(all)
			all = append(all, key[S]{column: column, span: span})
		}
		all[i].rows++
	}
	for i := range rows {
		if rows[i].around != nil {
			ask("", nil)
		}
		for _, c := range rows[i].conditions {
			if c.asks() {
				ask(c.column, c.span)
				break
			}
		}
	}
	slices.SortStableFunc(all, func(a, b key[S]) int { return b.rows - a.rows })
	return all[:min(len(all), maxKeys)]
}

// asks reports a condition that certain characters must stand in its range.
func (c *spanTerm[S]) asks() bool { return !c.not && c.named == nil && !c.pattern.First().Any }

// first returns the characters one of which must stand in the range of one of the keys for the row to hold.
func (r *row[S]) first(keys []key[S]) (column string, first pattern.First) {
	for _, k := range keys {
		if k.column == "" && r.around != nil && !r.around.First().Any {
			return "", r.around.First()
		}
		for _, c := range r.conditions {
			if c.column == k.column && c.asks() {
				return c.column, c.pattern.First()
			}
		}
	}
	return "", pattern.First{Any: true}
}

// may returns the rows that can hold of s, in scratch.
func (x *index[S]) may(s S, scratch []uint64) []uint64 {
	scratch = append(scratch[:0], x.always...)
	runes := s.words().Runes
	for i := range x.keys {
		k := &x.keys[i]
		in := span{}
		if k.span != nil {
			in = k.span(s)
		} else if start, _ := s.place(); start > 0 {
			in = span{start - 1, start}
		} else {
			k.mark('\n', scratch)
		}
		for j := in.from; j < in.to; j++ {
			k.mark(runes[j], scratch)
		}
	}
	return scratch
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
