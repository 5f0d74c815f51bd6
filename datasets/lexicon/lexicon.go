// Package lexicon cuts Chinese text into words: the dictionaries are data, the cutting is go-ego/gse's.
//
// field.txt holds the words of annual open-government reports, each with a weight and a class: t time, s the body that
// reports, d adverb or quantifier, m list marker, v verb, p what begins another phrase, n noun of the field. prose.txt
// holds more of their words, without a class; common.txt.zst (zstd) the common words of the language, stop.txt the words that say
// nothing of what a text is about. It is a leaf: it imports nothing of ours.
package lexicon

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/go-ego/gse"
	"github.com/klauspost/compress/zstd"
)

// Field is the dictionary of the field: lines "word weight class".
//
//go:embed field.txt
var Field string

//go:embed prose.txt
var proseWords string

//go:embed common.txt.zst
var commonPacked []byte

// Common is the dictionary of common words, the most frequent first: lines "word frequency class".
var Common = sync.OnceValue(func() string {
	words, err := zstd.DecodeTo(nil, commonPacked)
	if err != nil { // it is a part of the program, and a test reads it
		panic("lexicon: unpacking the embedded common words: " + err.Error())
	}
	return string(words)
})

//go:embed stop.txt
var stop string

// Cutter cuts a text into words and yields each in turn: its first rune, the rune after its last, and its class ('x'
// where the dictionary does not know it; such a word is one character, or a run of letters or digits). It may be used
// from many goroutines.
//
// It is a function and not an interface on purpose: a type that meets an interface keeps all its methods in the binary
// once anything in the program looks methods up by name (text/template does, so every cobra command does), and one
// method of gse.Segmenter refers to 33 MB of dictionaries.
type Cutter func(text []rune, yield func(start, end int, class byte))

// New loads a dictionary of lines "word weight class" into go-ego/gse. Its own dictionary takes 1.7 s and 128 MB to
// load, that of the field 2 ms, and it with the common words some 100 ms.
func New(dictionary string) (Cutter, error) {
	seg := &gse.Segmenter{NotLoadHMM: true, AlphaNum: true}
	if err := seg.LoadDictStr(strings.TrimSpace(dictionary)); err != nil {
		return nil, fmt.Errorf("loading a dictionary: %w", err)
	}
	return func(runes []rune, yield func(start, end int, class byte)) {
		text := []byte(string(runes))
		at := 0
		for _, s := range seg.ModeSegment(text) {
			n := utf8.RuneCount(text[s.Start():s.End()])
			class := byte('x')
			if pos := s.Token().Pos(); pos != "" {
				class = pos[0]
			}
			yield(at, at+n, class)
			at += n
		}
	}, nil
}

// fieldWeight puts the words of the field above common ones where the two cut a text differently.
const fieldWeight = "20000"

// prose cuts running text, by the words of the field and the common ones.
var prose = sync.OnceValue(func() Cutter {
	var d strings.Builder
	known := map[string]bool{}
	for line := range strings.Lines(Field + proseWords) {
		if f := strings.Fields(line); len(f) > 0 && !known[f[0]] {
			known[f[0]] = true
			d.WriteString(f[0] + " " + fieldWeight + " n\n")
		}
	}
	for line := range strings.Lines(Common()) {
		if word, _, _ := strings.Cut(line, " "); !known[word] {
			d.WriteString(line)
		}
	}
	cut, err := New(d.String())
	if err != nil {
		panic("lexicon: the embedded dictionaries do not load: " + err.Error())
	}
	return cut
})
