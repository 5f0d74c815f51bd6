package mention

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract/mention/pattern"
	"github.com/gongkai-data/gongkai/extract/text"
)

// view is a text folded for matching: full-width forms to ASCII, traditional characters of the field to simplified
// ones, spaces inside phrases and pinyin glosses dropped. Every folded rune knows where it stands in the source, so
// that offsets and labels are those of the text as published.
type view struct {
	src []rune  // the text as published
	run []rune  // the folded text
	at  []int32 // at[i] is the index in src of run[i]; at[len(run)] is len(src)
	of  *string // the year reported on, once looked for
	// source is src as bytes and bytes[i] the offset in it of src[i], so that sentences share the memory of the text.
	source string
	bytes  []uint32
	// ends[i] counts the sentence ends before run[i], so that a look-back over many counts need not read the text
	// between.
	ends []uint32
	// text is the folded text cut into words.
	text  pattern.Text
	rules *tables
	trace func(rule string) // where a test asks which rules decided
	scratch
}

// scratch is memory that a view uses again, for the next thing looked at and for the next text.
type scratch struct {
	alone    subjectOf
	subject  subjectOf
	number   number
	edge     edge
	scope    scope
	negation negation
	reading  count // of countAt
	cutWords []token
	drop     []bool // of joinLines
	ascii    []byte // of digitsOf
	trapped  []bool
	counts   []count
	percents []percent
	drafts   []draft
}

// views are those that are not in use.
var views = sync.Pool{New: func() any { return &view{} }}

// maxKept is the longest text whose memory is kept for the next, in characters.
const maxKept = 1 << 18

// open makes v a view of a text. Nothing that is read from it may refer to its memory, but for the text itself.
func (v *view) open(text string) {
	if !v.decode(text) {
		text = string([]rune(text))
		v.decode(text)
	}
	v.source, v.rules, v.of = text, loaded(), nil
	n := len(v.src)
	v.run, v.at = slices.Grow(v.run[:0], n), slices.Grow(v.at[:0], n+1)
	v.text = pattern.Text{Class: v.text.Class[:0], Width: v.text.Width[:0]}
	v.fold()
	v.text.Runes = v.run
}

// decode fills src and bytes, and reports whether the text is valid. Most characters are Chinese, which are written in
// three bytes.
func (v *view) decode(text string) bool {
	v.src, v.bytes = slices.Grow(v.src[:0], len(text)/3+1), slices.Grow(v.bytes[:0], len(text)/3+2)
	for i := 0; i < len(text); {
		r, width := rune(text[i]), 1
		switch {
		case r > 0xe0 && r < 0xed && i+2 < len(text) && text[i+1]&0xc0 == 0x80 && text[i+2]&0xc0 == 0x80:
			r, width = r&0xf<<12|rune(text[i+1])&0x3f<<6|rune(text[i+2])&0x3f, 3
		case r >= utf8.RuneSelf:
			if r, width = utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && width == 1 {
				return false
			}
		}
		v.src, v.bytes = append(v.src, r), append(v.bytes, uint32(i))
		i += width
	}
	v.bytes = append(v.bytes, uint32(len(text)))
	return true
}

// close lets go of the text.
func (v *view) close() {
	if cap(v.src) > maxKept {
		*v = view{}
		return
	}
	v.source, v.trace = "", nil
}

// cleared returns n zero values, in the memory of list where it is enough.
func cleared[T any](list []T, n int) []T {
	list = slices.Grow(list[:0], n)[:n]
	clear(list)
	return list
}

// countEnds fills ends. The text must not change behind it.
func (v *view) countEnds() {
	v.ends = cleared(v.ends, len(v.run)+1)
	for i, r := range v.run {
		v.ends[i+1] = v.ends[i]
		if isFullStop(r) && r != ';' {
			v.ends[i+1]++
		}
	}
}

// fold fills run and at from src.
func (v *view) fold() {
	src, plain := v.src, plainHan()
	torn := false // the line at hand is a number torn out of its sentence
	for i := 0; i < len(src); i++ {
		r := src[i]
		if r >= hanFirst && r < hanEnd && plain[(r-hanFirst)/64]>>(r%64)&1 != 0 {
			v.run, v.at = append(v.run, r), append(v.at, int32(i))
			continue
		}
		r = fold(r)
		switch {
		case r == 0:
			continue
		case r == '\n' && (torn || isHan(v.last()) && tornOut(src, i+1)):
			torn = !torn
			continue
		case r == '[' && i+1 < len(src) && src[i+1] == '^':
			if end := markEnd(src, i); end > 0 {
				i = end
				continue
			}
		case r == '(':
			if end := glossEnd(src, i); end > 0 {
				i = end
				continue
			}
		case r == ' ':
			end := spacesEnd(src, i)
			if !isWord(v.last()) || end == len(src) || !isWord(fold(src[end])) {
				i = end - 1
				continue
			}
			v.run, v.at = append(v.run, ' '), append(v.at, int32(i))
			i = end - 1
			continue
		case r == '?' && v.last() >= 0x2e80 && i+1 < len(src) && isDigit(fold(src[i+1])):
			continue // a no-break space that an exporter turned into a question mark: 信息?10条
		}
		v.run = append(v.run, r)
		v.at = append(v.at, int32(i))
	}
	v.at = append(v.at, int32(len(src)))
}

// tornOut reports that the line of src at i is a number alone that belongs into the sentence around it: 公开信息⏎5928⏎条，….
func tornOut(src []rune, i int) bool {
	j := i
	for j < len(src) && j < i+12 && (isDigit(fold(src[j])) || fold(src[j]) == '.' || fold(src[j]) == '%' || fold(src[j]) == ' ') {
		j++
	}
	if j == i || j+1 >= len(src) || fold(src[j]) != '\n' {
		return false
	}
	for j++; j < len(src) && fold(src[j]) == ' '; j++ {
	}
	return j+1 < len(src) && (fold(src[j]) == ',' || fold(src[j]) == '。' || strings.ContainsRune("条件次篇份期", fold(src[j])) && isStop(fold(src[j+1])) && fold(src[j+1]) != '\n')
}

// fold maps one rune; 0 means that it is to be dropped.
func fold(r rune) rune {
	switch {
	case r < 0x80:
		if r == '\t' || r == '\r' || r == '\v' || r == '\f' {
			return ' '
		}
		return r
	case r >= 0xff01 && r <= 0xff5e:
		return text.Halfwidth(r)
	case r == 0x3000 || r == 0xa0 || r >= 0x2000 && r <= 0x200a || r == 0x202f:
		return ' '
	case text.Harmless(r):
		return 0
	case r == '—' || r == '–' || r == '―' || r == '－' || r == '～' || r == '〜':
		return '~' // range signs
	case r == '〈' || r == '〖':
		return '《'
	case r == '〉' || r == '〗':
		return '》'
	case r == '﹪' || r == '％':
		return '%'
	case r == '｡':
		return '。'
	}
	if r == '覆' { // 答覆, 覆议
		return '复'
	}
	return text.Simplified(r)
}

// plainHan are the Chinese characters that fold leaves alone, as bits.
var plainHan = sync.OnceValue(func() *[(hanEnd - hanFirst) / 64]uint64 {
	bits := new([(hanEnd - hanFirst) / 64]uint64)
	for r := rune(hanFirst); r < hanEnd; r++ {
		if fold(r) == r {
			bits[(r-hanFirst)/64] |= 1 << (r % 64)
		}
	}
	return bits
})

// The Chinese characters of the basic plane that are in use.
const hanFirst, hanEnd = 0x4e00, 0xa000

func (v *view) last() rune {
	if len(v.run) == 0 {
		return '\n'
	}
	return v.run[len(v.run)-1]
}

// spacesEnd returns where the spaces and invisible characters at src[i] end. Spaces part two words in ASCII; beside a
// Chinese character they mean nothing.
func spacesEnd(src []rune, i int) int {
	for i++; i < len(src) && (fold(src[i]) == ' ' || fold(src[i]) == 0); i++ {
	}
	return i
}

// glossEnd returns the index of the bracket that closes a pinyin gloss opening at src[i], as mirrors in traditional
// script print it: 報(bào)告. 0 when it is none.
func glossEnd(src []rune, i int) int {
	if i == 0 || src[i-1] < 0x2e80 {
		return 0
	}
	for j := i + 1; j < len(src) && j < i+9; j++ {
		switch r := src[j]; {
		case r == ')' || r == '）':
			if j > i+1 {
				return j
			}
			return 0
		case text.GlossLetter(r):
		default:
			return 0
		}
	}
	return 0
}

// markEnd returns the index of the bracket that ends a note's mark opening at src[i]: 1510[^2]件. 0 when it is none.
func markEnd(src []rune, i int) int {
	for j := i + 2; j < len(src) && j < i+9; j++ {
		if src[j] == ']' {
			return j
		}
	}
	return 0
}

var unbroken = strings.NewReplacer("\r", "", "\n", "", "\t", "")

// original returns the published text of the folded range [from, to), without spaces at its ends and line breaks
// inside.
func (v *view) original(from, to int) string {
	if from >= to {
		return ""
	}
	s := strings.TrimSpace(v.source[v.bytes[v.at[from]]:v.bytes[v.at[to-1]+1]])
	if strings.IndexByte(s, '\n') >= 0 || strings.IndexByte(s, '\r') >= 0 || strings.IndexByte(s, '\t') >= 0 {
		s = unbroken.Replace(s)
	}
	return s
}

// has reports whether the folded text at position i starts with word.
func (v *view) has(i int, word string) bool {
	for _, r := range word {
		if i < 0 || i >= len(v.run) || v.run[i] != r {
			return false
		}
		i++
	}
	return true
}

// endsIn reports whether word stands right before position i.
func (v *view) endsIn(i int, word string) bool {
	return v.has(i-utf8.RuneCountInString(word), word)
}

// rune returns the folded rune at i, or a line end outside the text.
func (v *view) rune(i int) rune {
	if i < 0 || i >= len(v.run) {
		return '\n'
	}
	return v.run[i]
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
func isWord(r rune) bool  { return isDigit(r) || isLatin(r) }

// marred reports what stands in the place of a lost character or changes the one before it: a number beside it may be
// another.
func marred(r rune) bool {
	if r >= ' ' && r < 0x7f || isHan(r) || r == '\n' {
		return false
	}
	return text.Damage(r) || r == unicode.ReplacementChar || r == 0xfffc || unicode.Is(unicode.Co, r) || unicode.Is(unicode.M, r)
}

func isHan(r rune) bool { return text.IsHan(r) }

// isStop reports a mark that ends a clause.
func isStop(r rune) bool { return isFullStop(r) || r == ',' || r == ':' || r == '、' }

// isFullStop reports a mark that ends a sentence or a member of a list of sentences.
func isFullStop(r rune) bool {
	return r == '。' || r == '\n' || r == ';' || r == '!' || r == '?'
}
