package mention

import (
	"sync"

	"github.com/gongkai-data/gongkai/datasets/lexicon"
)

// token is one word of a phrase, in folded characters of the text. Class is that of the dictionary; 'x' is a character
// it does not know.
type token struct {
	start, end int
	class      byte
}

// segmenter cuts a phrase without numbers into words, whose positions are those in the phrase, and appends them to a
// list.
type segmenter func(words []token, phrase []rune) []token

var defaultSegmenter = sync.OnceValue(func() segmenter {
	s, err := newSegmenter(lexicon.Field)
	if err != nil {
		panic("mention: the embedded dictionary does not load: " + err.Error())
	}
	return s
})

// newSegmenter cuts by a dictionary of lines "word weight class". Words outside the field only have to be kept whole,
// not known, so that of the field is enough. The segmenter may be used by several goroutines at once.
func newSegmenter(dictionary string) (segmenter, error) {
	shortest, err := lexicon.NewShortest(dictionary)
	if err != nil {
		return nil, err
	}
	return func(words []token, phrase []rune) []token {
		shortest.Cut(phrase, func(start, end int, class byte) { words = append(words, token{start: start, end: end, class: class}) })
		return words
	}, nil
}

// maxBehind bounds the text behind a count in which its label is looked for, in characters.
const maxBehind = 40

// cut segments the text around the counts: what stands before each in its sentence as far as maxPhrase, and maxBehind
// behind it. Each character is cut once.
func (v *view) cut(seg segmenter, counts []count) {
	v.text.Runes = v.run
	v.text.Class = cleared(v.text.Class, len(v.run))
	v.text.Width = cleared(v.text.Width, len(v.run))
	for k := 0; k <= len(counts); k++ {
		from, to := 0, len(v.run)
		left, right := 0, len(v.run)
		if k > 0 {
			from = counts[k-1].end
			left = v.goesTo(from, min(from+maxBehind, len(v.run)), 1)
		}
		if k < len(counts) {
			to = counts[k].start
			right = v.goesTo(to, max(to-maxPhrase, from), -1)
		}
		if k > 0 && k < len(counts) && left >= right {
			v.cutRange(seg, from, to)
			continue
		}
		if k > 0 {
			v.cutRange(seg, from, left)
		}
		if k < len(counts) {
			v.cutRange(seg, right, to)
		}
	}
}

// goesTo walks from i as far as end and stops where the sentence does.
func (v *view) goesTo(i, end, step int) int {
	for ; i != end; i += step {
		if r := v.rune(min(i, i+step)); step < 0 && isFullStop(r) || step > 0 && isFullStop(v.rune(i)) {
			break
		}
	}
	return i
}

func (v *view) cutRange(seg segmenter, from, to int) {
	if from >= to {
		return
	}
	v.cutWords = seg(v.cutWords[:0], v.run[from:to])
	for _, t := range v.cutWords {
		v.text.Class[from+t.start] = t.class
		v.text.Width[from+t.start] = uint8(min(t.end-t.start, 255))
	}
}

// tokens appends the words of a range to buf. A character of a word that begins before the range, or that no word was
// made of, stands alone.
func (v *view) tokens(buf []token, s span) []token {
	for i := s.from; i < s.to; {
		t := token{start: i, end: i + max(1, int(v.text.Width[i])), class: 'x'}
		if v.text.Width[i] > 0 {
			t.class = v.text.Class[i]
		}
		t.end = min(t.end, s.to)
		buf = append(buf, t)
		i = t.end
	}
	return buf
}
