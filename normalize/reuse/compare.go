package reuse

// passage is a common run: symbols from to to of one text, and where it begins in the other.
type passage struct {
	from, to int
	other    int   // symbol
	start    int32 // character
}

// subject is a text that others are compared with.
type subject struct {
	*Text
	free []bool  // the symbols that are no boilerplate
	sum  []int32 // published characters of free symbols before each
	at   map[uint64][]int32
}

// newSubject prepares a text.
func newSubject(t *Text, common *Table) *subject {
	s := &subject{Text: t, free: make([]bool, len(t.Symbols)), sum: make([]int32, len(t.Symbols)+1), at: map[uint64][]int32{}}
	for i := range s.free {
		s.free[i] = true
	}
	for _, part := range t.Sections {
		t.hashes(part, func(h uint64, at int) {
			if common.holds(h) {
				clear(s.free[at : at+K])
			}
		})
	}
	for i, free := range s.free {
		if s.sum[i+1] = s.sum[i]; free {
			s.sum[i+1] += t.lengths[i]
		}
	}
	for _, p := range t.prints() {
		if list := s.at[p.hash]; !common.holds(p.hash) && len(list) < repeats {
			s.at[p.hash] = append(list, p.at)
		}
	}
	return s
}

// freeCharacters counts the published characters of symbols from to to that are no boilerplate.
func (s *subject) freeCharacters(from, to int) int32 { return s.sum[to] - s.sum[from] }

// passages returns the runs of Least characters or more (see there) that stand in the other text as well, each as long
// as it can be. A run that the other holds twice is there twice.
func (s *subject) passages(other *Text, prints []print) []passage {
	var out []passage
	done := map[int][2]int{} // symbols of s that are looked into already, by the distance of the two places
	for _, p := range prints {
		for _, at := range s.at[p.hash] {
			a, b := int(at), int(p.at)
			if d, seen := done[b-a]; seen && a >= d[0] && a < d[1] {
				continue
			}
			run := s.extend(other, a, b)
			if run.to == run.from {
				continue // two texts of one hash
			}
			done[b-a] = [2]int{run.from, run.to}
			if s.characters(run.from, run.to) >= Least && s.freeCharacters(run.from, run.to) >= Sure {
				out = append(out, run)
			}
		}
	}
	return out
}

// extend returns the longest common run about two places, within their sections.
func (s *subject) extend(other *Text, a, b int) passage {
	mine, theirs := s.sectionAt(a), other.sectionAt(b)
	from, to := a, a
	for to < mine.To && b+to-a < theirs.To && s.Symbols[to] == other.Symbols[b+to-a] {
		to++
	}
	if to-from < K {
		return passage{}
	}
	for from > mine.From && b-(a-from) > theirs.From && s.Symbols[from-1] == other.Symbols[b-(a-from)-1] {
		from--
	}
	begin := b - (a - from)
	return passage{from, to, begin, other.starts[begin]}
}

// sectionAt returns the section that a symbol stands in.
func (t *Text) sectionAt(at int) Section {
	for _, s := range t.Sections {
		if at < s.To {
			return s
		}
	}
	return Section{}
}
