package lexicon

import (
	"math/rand"
	"strings"
	"testing"
)

type word struct {
	start, end int
	class      byte
}

func wordsBy(cut Cutter, text string) (all []word) {
	cut([]rune(text), func(start, end int, class byte) { all = append(all, word{start, end, class}) })
	return all
}

// TestShortestCutsAsGse: both find a shortest way, which crosses as many unknown characters in as few words. Where
// there are several, gse takes one by how its sums are rounded, and the one here is that whose last word is longest.
func TestShortestCutsAsGse(t *testing.T) {
	slow, err := New(Field)
	if err != nil {
		t.Fatal(err)
	}
	fast, err := NewShortest(Field)
	if err != nil {
		t.Fatal(err)
	}
	pieces := []string{"、", "，", "2024", "APP", "某", "々", " ", "“", "”", "镇", "市", "公", "开", "信", "息"}
	for line := range strings.Lines(Field) {
		if f := strings.Fields(line); len(f) == 3 {
			pieces = append(pieces, f[0], string([]rune(f[0])[:1]))
		}
	}
	random := rand.New(rand.NewSource(1))
	for range 3000 {
		var b strings.Builder
		for range 1 + random.Intn(40) {
			b.WriteString(pieces[random.Intn(len(pieces))])
		}
		want, got := wordsBy(slow, b.String()), wordsBy(fast.Cut, b.String())
		if len(want) != len(got) || unknowns(want) != unknowns(got) {
			t.Fatalf("%s\n gse %v\nhere %v", b.String(), want, got)
		}
	}
	if wordsBy(fast.Cut, "") != nil {
		t.Error("words in nothing")
	}
}

func unknowns(all []word) (n int) {
	for _, w := range all {
		if w.class == 'x' {
			n++
		}
	}
	return n
}

// TestShortestBroken: a line that is no entry is an error.
func TestShortestBroken(t *testing.T) {
	for _, d := range []string{"公开 5", "公开 x n", "公开 0 n"} {
		if _, err := NewShortest(d); err == nil {
			t.Errorf("%q was loaded", d)
		}
	}
}
