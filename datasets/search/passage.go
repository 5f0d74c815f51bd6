package search

import (
	"slices"
	"unicode"

	"github.com/gongkai-data/gongkai/datasets/lexicon"
)

// Characters of a passage before the first word and altogether.
const (
	before = 24
	long   = 96
)

// passage cuts out of a section what stands around the first of the words, and says where words stand in it. Where they
// stand in the heading only, the passage is the heading.
func passage(heading, text string, words []string) (string, [][2]int) {
	for _, from := range []string{text, heading} {
		if marks := places(from, words); len(marks) > 0 {
			return around([]rune(from), marks)
		}
	}
	out, _ := around([]rune(text), [][2]int{{0, 0}})
	return out, [][2]int{}
}

// around cuts a text about its first mark.
func around(runes []rune, marks [][2]int) (string, [][2]int) {
	from := max(0, marks[0][0]-before)
	to := min(len(runes), max(from+long, marks[0][1]))
	from = max(0, min(from, to-long))
	out := slices.Clone(runes[from:to])
	for i, r := range out {
		if unicode.IsSpace(r) {
			out[i] = ' '
		}
	}
	shift := 0
	if from > 0 {
		out, shift = append([]rune("…"), out...), 1
	}
	if to < len(runes) {
		out = append(out, '…')
	}
	inside := [][2]int{}
	for _, m := range marks {
		if m[1] <= to {
			inside = append(inside, [2]int{m[0] - from + shift, m[1] - from + shift})
		}
	}
	return string(out), inside
}

// places finds the words in a text, folded and without its spaces: from, to in characters, in order and apart.
func places(text string, words []string) [][2]int {
	var folded []rune
	var at []int
	for i, r := range []rune(lexicon.Fold(text)) {
		if r == '\n' || !unicode.IsSpace(r) {
			folded, at = append(folded, r), append(at, i)
		}
	}
	var marks [][2]int
	for _, w := range words {
		word := []rune(lexicon.Fold(w))
		for i := 0; i+len(word) <= len(folded); i++ {
			if slices.Equal(folded[i:i+len(word)], word) {
				marks = append(marks, [2]int{at[i], at[i+len(word)-1] + 1})
				i += len(word) - 1
			}
		}
	}
	slices.SortFunc(marks, func(a, b [2]int) int { return a[0] - b[0] })
	apart := marks[:0]
	for _, m := range marks {
		if n := len(apart); n > 0 && m[0] < apart[n-1][1] {
			apart[n-1][1] = max(apart[n-1][1], m[1])
			continue
		}
		apart = append(apart, m)
	}
	return apart
}
