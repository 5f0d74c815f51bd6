package lexicon

import (
	"iter"
	"strings"
	"sync"
	"unicode"
)

var stopped = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for _, w := range strings.Fields(stop) {
		words[w] = true
	}
	return words
})

// longest is the number of characters that are cut at a time, so that memory stays bounded on a line without end.
const longest = 4096

// Words cuts a text into its words, in order and as written, without stop words, spaces and punctuation. A word does
// not reach over a line end.
func Words(text string) []string {
	words := []string{}
	stopped := stopped()
	for piece := range pieces(text) {
		if w := string(piece); isWord(piece[0]) && !stopped[w] {
			words = append(words, w)
		}
	}
	return words
}

// pieces cuts a text into Chinese words, runs of other letters and digits, and single other characters; none is empty.
func pieces(text string) iter.Seq[[]rune] {
	cut := prose()
	return func(yield func([]rune) bool) {
		runes := []rune(text)
		for len(runes) > 0 {
			kind, n := kindOf(runes[0]), 1
			for kind != other && n < min(len(runes), longest) && kindOf(runes[n]) == kind {
				n++
			}
			run := runes[:n]
			runes = runes[n:]
			if kind != han {
				if !yield(run) {
					return
				}
				continue
			}
			more := true
			cut(run, func(start, end int, _ byte) { more = more && yield(run[start:end]) })
			if !more {
				return
			}
		}
	}
}

// What a character is part of.
const (
	other = iota // itself alone: punctuation, a space, a sign
	han          // Chinese
	latin        // a word in letters, or a number
)

func kindOf(r rune) int {
	switch {
	case unicode.Is(unicode.Han, r):
		return han
	case isWord(r):
		return latin
	}
	return other
}

// isWord reports whether a character stands in words or numbers.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// Tokens cuts a text into its words, runs of letters and digits, and single other characters. Together they are the
// text.
func Tokens(text string) []string {
	var out []string
	for piece := range pieces(text) {
		out = append(out, string(piece))
	}
	return out
}
