package geometry

import (
	"math/rand/v2"
	"testing"
)

// Whether a text was printed near a place is answered as a plain set of places would.
func TestPrintedNear(t *testing.T) {
	type place struct {
		text string
		x, y int
	}
	random := rand.New(rand.NewPCG(1, 2))
	seen, plain := printings{}, map[place]bool{}
	for range 4000 {
		p := place{string(rune('0' + random.IntN(3))), random.IntN(60) - 30, random.IntN(60) - 30}
		want := false
		for n := range 9 {
			want = want || plain[place{p.text, p.x - 1 + n/3, p.y - 1 + n%3}]
		}
		if got := seen.near(p.text, p.x, p.y); got != want {
			t.Fatalf("near %v: %v, want %v", p, got, want)
		}
		if !want {
			seen.add(p.text, p.x, p.y)
			plain[p] = true
		}
	}
}
