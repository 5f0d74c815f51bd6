package mention

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/go-ego/gse"
)

// words.txt is the domain dictionary: word, weight, class. Classes: t time, s the body that reports, d adverb or quantifier,
// m list marker, v verb, p what begins another phrase, n noun of the field.
//
//go:embed words.txt
var words string

// token is one word of a phrase. Class is that of the dictionary; 'x' is a character it does not know.
type token struct {
	start, end int // folded runes, relative to the phrase
	class      byte
}

// segmenter cuts a phrase without numbers into words.
//
// It is a function and not an interface on purpose: a type that meets an interface keeps all its methods in the binary once anything in the program
// looks methods up by name (text/template does, so every cobra command does), and one method of gse.Segmenter refers to 33 MB of dictionaries.
type segmenter func(phrase []rune) []token

var defaultSegmenter = sync.OnceValue(func() segmenter {
	s, err := newSegmenter(words)
	if err != nil {
		panic("mention: the embedded dictionary does not load: " + err.Error())
	}
	return s
})

// newSegmenter loads a dictionary of lines "word weight class" into go-ego/gse. Its own dictionary takes 1.7 s and 128 MB to load, this one 2 ms,
// and words outside the field only have to be kept whole, not known. The segmenter may be used by several goroutines at once.
func newSegmenter(dictionary string) (segmenter, error) {
	seg := &gse.Segmenter{NotLoadHMM: true, AlphaNum: true}
	if err := seg.LoadDictStr(strings.TrimSpace(dictionary)); err != nil {
		return nil, err
	}
	return func(phrase []rune) []token {
		text := []byte(string(phrase))
		segments := seg.ModeSegment(text)
		tokens := make([]token, 0, len(segments))
		at := 0
		for i := range segments {
			n := utf8.RuneCount(text[segments[i].Start():segments[i].End()])
			class := byte('x')
			if pos := segments[i].Token().Pos(); pos != "" {
				class = pos[0]
			}
			tokens = append(tokens, token{start: at, end: at + n, class: class})
			at += n
		}
		return tokens
	}, nil
}
