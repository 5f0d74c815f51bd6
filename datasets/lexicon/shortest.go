package lexicon

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// precision makes whole numbers of the lengths of ways, so that sums of them are exact; unknown is that over a
// character that no word covers.
const (
	precision = 1 << 20
	unknown   = 32 * precision
)

// Shortest cuts as New does, by the shortest way over the words of a dictionary, in a small part of the time and
// without rubbish: for a dictionary of some thousand words gse spends most of its time on memory. A test holds the two
// together. It may be used from many goroutines.
type Shortest struct {
	first    []uint16 // by character, the branch of the words that begin with it; 0 where none does
	branches []branch
}

// branch is a node of the tree of words by their characters.
type branch struct {
	on    []step
	class byte  // of the word that ends here, 0 where none does
	cost  int64 // of it
}

// step leads to a branch by a character.
type step struct {
	rune rune
	to   uint16
}

// NewShortest loads a dictionary of lines "word weight class".
func NewShortest(dictionary string) (*Shortest, error) {
	s := &Shortest{first: make([]uint16, 1<<16), branches: make([]branch, 1)}
	total := 0.0
	type entry struct {
		at     uint16
		weight float64
	}
	var all []entry
	for line := range strings.Lines(dictionary) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if len(f) != 3 {
			return nil, fmt.Errorf("loading a dictionary: %q is no word, weight and class", line)
		}
		weight, err := strconv.ParseFloat(f[1], 64)
		if err != nil || weight <= 0 {
			return nil, fmt.Errorf("loading a dictionary: %q has no weight", line)
		}
		at, err := s.add([]rune(f[0]))
		if err != nil {
			return nil, fmt.Errorf("loading a dictionary: %w", err)
		}
		s.branches[at].class = f[2][0]
		all = append(all, entry{at, weight})
		total += weight
	}
	for _, e := range all {
		s.branches[e.at].cost = int64(math.Round(precision * math.Log2(total/e.weight)))
	}
	return s, nil
}

// add returns the branch at which a word ends.
func (s *Shortest) add(word []rune) (uint16, error) {
	at := uint16(0)
	for i, r := range word {
		to := s.after(at, r)
		if to == 0 {
			if len(s.branches) == 1<<16 || r >= 1<<16 {
				return 0, fmt.Errorf("there is no room for %q", string(word))
			}
			to = uint16(len(s.branches))
			s.branches = append(s.branches, branch{})
			if i == 0 {
				s.first[r] = to
			} else {
				s.branches[at].on = append(s.branches[at].on, step{r, to})
			}
		}
		at = to
	}
	return at, nil
}

// after returns where a character leads from a branch, 0 where it leads nowhere; branch 0 is the root.
func (s *Shortest) after(at uint16, r rune) uint16 {
	if at == 0 {
		if r < 1<<16 {
			return s.first[r]
		}
		return 0
	}
	for _, on := range s.branches[at].on {
		if on.rune == r {
			return on.to
		}
	}
	return 0
}

// way is the best way to a place: its length, and the last word on it.
type way struct {
	cost  int64
	width int32
	class byte
}

// Cut is a Cutter.
func (s *Shortest) Cut(text []rune, yield func(start, end int, class byte)) {
	var small [128]way
	ways := small[:min(len(text), len(small))]
	if len(text) > len(small) {
		ways = make([]way, len(text))
	}
	base := int64(0)
	for i := range text {
		if i > 0 {
			base = ways[i-1].cost
		}
		s.from(text, i, base, ways)
	}
	// The words are found from the end; their widths are turned round so that they are told from the begin.
	for i := len(text) - 1; i >= 0; {
		w := ways[i]
		i -= int(w.width)
		ways[i+1].cost, ways[i+1].width, ways[i+1].class = 0, w.width, w.class
	}
	for i := 0; i < len(text); {
		w := ways[i]
		yield(i, i+int(w.width), w.class)
		i += int(w.width)
	}
}

// from improves the ways to the ends of the words that begin at i.
func (s *Shortest) from(text []rune, i int, base int64, ways []way) {
	known := false // a word of one character begins here
	at := uint16(0)
	for k := i; k < len(text); k++ {
		r := text[k]
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		if at = s.after(at, r); at == 0 {
			break
		}
		if b := &s.branches[at]; b.class != 0 {
			known = known || k == i
			ways[k].improve(base+b.cost, k-i+1, b.class)
		}
	}
	if !known {
		ways[i].improve(base+unknown, 1, 'x')
	}
}

func (w *way) improve(cost int64, width int, class byte) {
	if w.width == 0 || cost < w.cost {
		*w = way{cost: cost, width: int32(width), class: class}
	}
}
