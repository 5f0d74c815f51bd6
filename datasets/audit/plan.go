package audit

import (
	"cmp"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

// plan says which units of each stratum are drawn.
type plan struct {
	kept   int // dimensions that make the strata
	sizes  map[string]int
	chosen map[string]map[int]bool // positions within the stratum
	next   map[string]int
}

// atLeast is the number of units that each stratum gets where it has them: with two its spread can be estimated.
const atLeast = 2

func (s stratum) name(kept int) string { return strings.Join(s[:kept], " · ") }

// newPlan makes the strata as fine as the sample allows, shares the sample out in proportion to their sizes, with at
// least two of each, and draws the positions.
func newPlan(sizes map[stratum]int, opt Options) *plan {
	p := &plan{next: map[string]int{}, chosen: map[string]map[int]bool{}}
	for p.kept = len(dimensions); ; p.kept-- {
		p.sizes = map[string]int{}
		for s, n := range sizes {
			p.sizes[s.name(p.kept)] += n
		}
		if p.kept == 1 || 2*atLeast*len(p.sizes) <= opt.Sample { // half of the sample at the most goes to small strata
			break
		}
	}
	for name, n := range share(p.sizes, opt.Sample) {
		h := fnv.New64a()
		_, _ = h.Write([]byte(name)) // to memory
		p.chosen[name] = draw(rand.New(rand.NewPCG(opt.Seed, h.Sum64())), p.sizes[name], n)
	}
	return p
}

// take reports whether the next unit of a stratum is drawn, with the name and the size of the stratum.
func (p *plan) take(s stratum) (name string, size int, ok bool) {
	name = s.name(p.kept)
	i := p.next[name]
	p.next[name]++
	return name, p.sizes[name], p.chosen[name][i]
}

// share shares n out among strata: at least two each, or all of a smaller one, and the rest in proportion to what each
// lacks of its part of n, by the largest remainder. The shares add up to n, or to all there is.
func share(sizes map[string]int, n int) map[string]int {
	names := slices.Sorted(maps.Keys(sizes))
	out, all := map[string]int{}, 0
	for _, size := range sizes {
		all += size
	}
	n = min(n, all)
	left := n
	for _, name := range names {
		out[name] = min(atLeast, sizes[name], left)
		left -= out[name]
	}
	for left > 0 { // who lacks most of its part comes first
		lack := func(name string) float64 {
			if out[name] >= sizes[name] {
				return -1e18
			}
			return float64(n)*float64(sizes[name])/float64(all) - float64(out[name])
		}
		best := slices.MaxFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(lack(a), lack(b)), cmp.Compare(b, a)) })
		out[best]++
		left--
	}
	return out
}

// draw draws k of the positions 0 to n-1 by Floyd's method.
func draw(r *rand.Rand, n, k int) map[int]bool {
	out := make(map[int]bool, k)
	for j := n - k; j < n; j++ {
		if i := r.IntN(j + 1); out[i] {
			out[j] = true
		} else {
			out[i] = true
		}
	}
	return out
}
