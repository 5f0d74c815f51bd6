package pattern

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract/text"
)

// set is a set of characters, or of all but these.
type set struct {
	ascii [2]uint64
	more  []rune // the others, in order
	han   bool   // all Chinese characters are in it
	but   bool
}

func (s *set) has(r rune) bool {
	if r >= 0 && r < 0x80 {
		return (s.ascii[r>>6]>>(r&63)&1 != 0) != s.but
	}
	return (s.listed(r) || s.han && text.IsHan(r)) != s.but
}

// few is the number of characters up to which a list is faster looked through than halved.
const few = 8

func (s *set) listed(r rune) bool {
	if len(s.more) > few {
		_, is := slices.BinarySearch(s.more, r)
		return is
	}
	for _, m := range s.more {
		if m == r {
			return true
		}
	}
	return false
}

func setOf(runes []rune, but bool) set {
	s := set{but: but}
	for _, r := range runes {
		if r < 0x80 {
			s.ascii[r>>6] |= 1 << (r & 63)
		} else {
			s.more = append(s.more, r)
		}
	}
	slices.Sort(s.more)
	s.more = slices.Compact(s.more)
	return s
}

// runes lists the characters that the set names.
func (s *set) runes() (all []rune) {
	for r := range rune(0x80) {
		if s.ascii[r>>6]>>(r&63)&1 != 0 {
			all = append(all, r)
		}
	}
	return append(all, s.more...)
}
