package mention

import "github.com/gongkai-data/gongkai/extract/mention/pattern"

// index tells which rows of a table can hold at all, by one look at the characters that they may begin with: those of the range of text that the table asks
// most about, or the one before the number that its patterns stand around. Rows are bits, 64 a block.
type index[S subject] struct {
	always []uint64     // rows that ask for no certain character
	by     [][]uint64   // those that may hold where a character stands, by its letter
	key    func(S) span // the range looked at; nil for the character before the number
}

func newIndex[S subject](rows []row[S]) index[S] {
	blocks := (len(rows) + 63) / 64
	x := index[S]{by: [][]uint64{nil}, always: make([]uint64, blocks)}
	column, key := mostAsked(rows)
	x.key = key
	for i := range rows {
		first := rows[i].first(column)
		if first.Any {
			x.always[i/64] |= 1 << (i % 64)
			continue
		}
		for r := range first.Runes {
			l := alphabet.add(r)
			for int(l) >= len(x.by) {
				x.by = append(x.by, nil)
			}
			if x.by[l] == nil {
				x.by[l] = make([]uint64, blocks)
			}
			x.by[l][i/64] |= 1 << (i % 64)
		}
	}
	return x
}

// mostAsked returns the column of ranges that most rows ask about; "" where they have patterns around a number.
func mostAsked[S subject](rows []row[S]) (column string, key func(S) span) {
	times := map[string]int{}
	for i := range rows {
		if rows[i].around != nil {
			return "", nil
		}
		for _, c := range rows[i].conditions {
			if times[c.column]++; times[c.column] > times[column] {
				column, key = c.column, c.span
			}
		}
	}
	return column, key
}

// first returns the characters one of which must stand in the range of the column, or before the number, for the row to hold.
func (r *row[S]) first(column string) pattern.First {
	if r.around != nil {
		return r.around.First()
	}
	for _, c := range r.conditions {
		if c.column == column && !c.not && c.named == nil {
			return c.pattern.First()
		}
	}
	return pattern.First{Any: true}
}

// may returns the rows that can hold of s, in scratch that the next call uses again.
func (x *index[S]) may(s S, scratch []uint64) []uint64 {
	scratch = append(scratch[:0], x.always...)
	mark := func(r rune) {
		if l := alphabet.letter(r); int(l) < len(x.by) {
			for b, bits := range x.by[l] {
				scratch[b] |= bits
			}
		}
	}
	t := s.words()
	if x.key == nil {
		before := '\n'
		if start, _ := s.place(); start > 0 {
			before = t.Runes[start-1]
		}
		mark(before)
		return scratch
	}
	in := x.key(s)
	for _, r := range t.Runes[min(in.from, in.to):in.to] {
		mark(r)
	}
	return scratch
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
