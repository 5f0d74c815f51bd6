package mention

import (
	"sync"

	"github.com/gongkai-data/gongkai/datasets/lexicon"
)

// token is one word of a phrase. Class is that of the dictionary; 'x' is a character it does not know.
type token struct {
	start, end int // folded runes, relative to the phrase
	class      byte
}

// segmenter cuts a phrase without numbers into words.
type segmenter func(phrase []rune) []token

var defaultSegmenter = sync.OnceValue(func() segmenter {
	s, err := newSegmenter(lexicon.Field)
	if err != nil {
		panic("mention: the embedded dictionary does not load: " + err.Error())
	}
	return s
})

// newSegmenter cuts by a dictionary of lines "word weight class". Words outside the field only have to be kept whole, not known, so that of the
// field is enough. The segmenter may be used by several goroutines at once.
func newSegmenter(dictionary string) (segmenter, error) {
	cut, err := lexicon.New(dictionary)
	if err != nil {
		return nil, err
	}
	return func(phrase []rune) []token {
		tokens := make([]token, 0, len(phrase))
		cut(phrase, func(start, end int, class byte) { tokens = append(tokens, token{start: start, end: end, class: class}) })
		return tokens
	}, nil
}
