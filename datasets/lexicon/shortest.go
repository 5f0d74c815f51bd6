package lexicon

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// precision makes whole numbers of the lengths of ways, so that sums of them are exact; unknown is that over a character that no word covers.
const (
	precision = 1 << 20
	unknown   = 32 * precision
)

// branch is a node of the tree of words by their characters.
type branch struct {
	on    map[rune]*branch
	class byte  // of the word that ends here, 0 where none does
	cost  int64 // of it
}

// NewShortest cuts as New does, by the shortest way over the words of a dictionary, in a small part of the time and without rubbish: for a dictionary of some
// thousand words gse spends most of its time on memory. A test holds the two together.
func NewShortest(dictionary string) (Cutter, error) {
	root := &branch{on: map[rune]*branch{}}
	total := 0.0
	type entry struct {
		at     *branch
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
		at := root
		for _, r := range f[0] {
			if at.on == nil {
				at.on = map[rune]*branch{}
			}
			if at.on[r] == nil {
				at.on[r] = &branch{}
			}
			at = at.on[r]
		}
		at.class = f[2][0]
		all = append(all, entry{at, weight})
		total += weight
	}
	for _, e := range all {
		e.at.cost = int64(math.Round(precision * math.Log2(total/e.weight)))
	}
	return root.cut, nil
}

// step is the best way to a place: its length, and the last word on it.
type step struct {
	cost  int64
	width int32
	class byte
}

func (root *branch) cut(text []rune, yield func(start, end int, class byte)) {
	var small [128]step
	ways := small[:min(len(text), len(small))]
	if len(text) > len(small) {
		ways = make([]step, len(text))
	}
	base := int64(0)
	for i := range text {
		if i > 0 {
			base = ways[i-1].cost
		}
		root.from(text, i, base, ways)
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
func (root *branch) from(text []rune, i int, base int64, ways []step) {
	known := false // a word of one character begins here
	at := root
	for k := i; k < len(text); k++ {
		r := text[k]
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		if at = at.on[r]; at == nil {
			break
		}
		if at.class != 0 {
			known = known || k == i
			ways[k].improve(base+at.cost, k-i+1, at.class)
		}
	}
	if !known {
		ways[i].improve(base+unknown, 1, 'x')
	}
}

func (s *step) improve(cost int64, width int, class byte) {
	if s.width == 0 || cost < s.cost {
		*s = step{cost: cost, width: int32(width), class: class}
	}
}
