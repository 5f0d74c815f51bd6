package doc

import (
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/gongkai-data/gongkai/extract/word"
)

// formats names number formats (MSONFC, [MS-OSHARED] 2.2.1.3) as OOXML does; those that are not here print a number
// that is not known.
var formats = map[byte]string{0: "decimal", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth",
	18: "decimalEnclosedCircle", 23: "bullet", 28: "decimalEnclosedCircleChinese", 33: "taiwaneseCountingThousand", 35: "taiwaneseCountingThousand",
	37: "chineseCounting", 39: "chineseCountingThousand", 255: "none"}

// numbering reads the lists (PlfLst, [MS-DOC] 2.9.192) and the numbers by which paragraphs refer to them (PlfLfo,
// 2.9.187). A table of lists that is cut leaves paragraphs without their numbers.
func (f *file) numbering() *word.Numbering {
	n := &word.Numbering{Levels: map[string][]word.Level{}}
	lists := f.lists()
	b := f.pair(pairLfo)
	count := int(u32(b, 0))
	for i := 0; i < count && 4+16*(i+1) <= len(b); i++ {
		n.Levels[strconv.Itoa(i+1)] = lists[u32(b, 4+16*i)]
	}
	return n
}

// lists reads the levels of each list by its id. They stand behind the array that the header's length counts.
func (f *file) lists() map[uint32][]word.Level {
	const entry = 28 // bytes of LSTF
	out := map[uint32][]word.Level{}
	at := fibPairs + 8*pairLists
	if at+8 > len(f.streams.main) {
		return out
	}
	from, size := int(u32(f.streams.main, at)), int(u32(f.streams.main, at+4))
	if size < 2 || from < 0 || from+size > len(f.table) {
		return out
	}
	array, rest := f.table[from:from+size], f.table[from+size:]
	for i := 0; i < int(u16(array, 0)) && 2+entry*(i+1) <= len(array); i++ {
		id, simple := u32(array, 2+entry*i), array[2+entry*i+26]&1 != 0
		levels := word.MaxLevels
		if simple {
			levels = 1
		}
		for range levels {
			level, n := listLevel(rest)
			if n == 0 {
				return out
			}
			out[id] = append(out[id], level)
			rest = rest[n:]
		}
	}
	return out
}

// listLevel reads a LVL (2.9.150) and returns its length, 0 for one that is cut.
func listLevel(b []byte) (l word.Level, n int) {
	const fixed = 28
	if len(b) < fixed {
		return l, 0
	}
	l.Start, l.Format = int(int32(u32(b, 0))), formats[b[4]]
	if l.Format == "" {
		l.Format = strconv.Itoa(int(b[4]))
	}
	n = fixed + int(b[24]) + int(b[25])
	if n+2 > len(b) {
		return l, 0
	}
	characters := int(u16(b, n))
	n += 2
	if n+2*characters > len(b) {
		return l, 0
	}
	var text strings.Builder
	for i := range characters {
		u := u16(b, n+2*i)
		if u < word.MaxLevels {
			text.WriteString("%" + strconv.Itoa(int(u)+1))
			continue
		}
		text.WriteString(string(utf16.Decode([]uint16{u})))
	}
	l.Text = text.String()
	return l, n + 2*characters
}
