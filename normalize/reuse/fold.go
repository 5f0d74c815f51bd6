package reuse

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/gazetteer"
	"github.com/gongkai-data/gongkai/datasets/lexicon"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// What stands for a number and for a place.
const (
	number rune = '0'
	place  rune = '@'
)

// Text is the folded text of a report. Symbols, starts and lengths run in step.
type Text struct {
	Symbols  []rune
	starts   []int32 // first character of each symbol in the report's text
	lengths  []int32 // its characters there
	Sections []Section
}

// Section is a part of a text that no passage reaches over: symbols From to To.
type Section struct {
	Number   *int32
	From, To int
}

// characters counts the published characters of symbols from to to, those that were left out between them included.
func (t *Text) characters(from, to int) int32 {
	return t.starts[to-1] + t.lengths[to-1] - t.starts[from]
}

// Folder folds texts. It may be used from many goroutines.
type Folder struct {
	names         map[uint64][][]rune // by their first two characters, the longest first
	first, second runeSet             // characters that stand so in names: most texts are done with at a glance
}

// runeSet is a set of characters of the basic plane, and of all others together.
type runeSet [1<<16/64 + 1]uint64

func (s *runeSet) add(r rune) { s[min(uint32(r), 1<<16)/64] |= 1 << (min(uint32(r), 1<<16) % 64) }
func (s *runeSet) has(r rune) bool {
	return s[min(uint32(r), 1<<16)/64]&(1<<(min(uint32(r), 1<<16)%64)) != 0
}

func pair(a, b rune) uint64 { return uint64(a)<<32 | uint64(b) }

// NewFolder returns a Folder that knows the names of the gazetteer and of the bodies given, as reports write them.
func NewFolder(bodies []string) *Folder {
	f := &Folder{names: map[uint64][][]rune{}}
	seen := map[string]bool{}
	add := func(name string) {
		if r := []rune(name); len(r) >= 2 && !seen[name] && !noName[name] {
			seen[name] = true
			at := pair(r[0], r[1])
			f.first.add(r[0])
			f.second.add(r[1])
			f.names[at] = append(f.names[at], r)
		}
	}
	gazetteer.EveryName(func(n gazetteer.Name) { add(n.Text) })
	for _, b := range bodies {
		for _, name := range placesOf(b) {
			add(name)
		}
	}
	for _, list := range f.names {
		sortByLength(list)
	}
	return f
}

// noName are names of divisions that are words of the language.
var noName = map[string]bool{"城区": true, "郊区": true, "矿区": true, "市区": true, "市辖区": true}

// placeEndings end the names of divisions.
var placeEndings = []string{"街道", "镇", "乡", "县", "区", "市", "旗", "州", "省"}

// placesOf returns the names of a place that the name of a body without a division holds: with what it is, and without
// (霏安区, 霏安).
func placesOf(body string) []string {
	for _, office := range []string{"人民政府办公室", "人民政府", "办事处"} {
		body = strings.TrimSuffix(body, office)
	}
	for _, e := range placeEndings {
		stem, is := strings.CutSuffix(body, e)
		if n := utf8.RuneCountInString(stem); is && n >= 1 && n <= 12 {
			if n == 1 {
				return []string{body}
			}
			return []string{body, stem}
		}
	}
	return nil
}

func sortByLength(list [][]rune) {
	for i := range list {
		for j := i; j > 0 && longer(list[j], list[j-1]); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// longer orders names; those of one length by their characters, so that the order is always the same.
func longer(a, b []rune) bool {
	if len(a) != len(b) {
		return len(a) > len(b)
	}
	return string(a) < string(b)
}

// nameAt returns the length of the longest name of a place that begins the text; 0 where none does.
func (f *Folder) nameAt(text []rune) int {
	if len(text) < 2 || !f.first.has(text[0]) || !f.second.has(text[1]) {
		return 0
	}
next:
	for _, name := range f.names[pair(text[0], text[1])] {
		if len(name) > len(text) {
			continue
		}
		for i, r := range name {
			if text[i] != r {
				continue next
			}
		}
		return len(name)
	}
	return 0
}

// Join returns the text of a report: that of its sections, in order, joined by line ends. Offsets count its characters.
func Join(sections []schema.Text) string {
	texts := make([]string, len(sections))
	for i := range sections {
		texts[i] = sections[i].Text
	}
	return strings.Join(texts, "\n")
}

// Fold folds the sections of a report's text.
func (f *Folder) Fold(sections []schema.Text) *Text {
	t := &Text{}
	at := int32(0)
	for i := range sections {
		from := len(t.Symbols)
		at = f.fold(t, []rune(sections[i].Text), at) + 1
		t.Sections = append(t.Sections, Section{sections[i].Section, from, len(t.Symbols)})
	}
	return t
}

// fold appends the symbols of a section that begins at a character of the report, and returns the character behind it.
func (f *Folder) fold(t *Text, published []rune, at int32) int32 {
	text := []rune(lexicon.Fold(string(published)))
	if len(text) != len(published) {
		panic("reuse: folding changed the number of characters")
	}
	first := len(t.Symbols)
	add := func(symbol rune, start, length int) {
		from := at + int32(start)
		if last := len(t.Symbols) - 1; symbol == place && last >= first && t.Symbols[last] == place && t.starts[last]+t.lengths[last] == from {
			t.lengths[last] += int32(length) // 栖霞市寺口镇 is one place
			return
		}
		t.Symbols, t.starts, t.lengths = append(t.Symbols, symbol), append(t.starts, from), append(t.lengths, int32(length))
	}
	for i := 0; i < len(text); {
		n := 1
		switch r := text[i]; {
		case unicode.IsSpace(r):
		case r >= '0' && r <= '9':
			n = numberAt(text[i:])
			add(number, i, n)
		default:
			symbol := r
			if name := f.nameAt(text[i:]); name > 0 {
				symbol, n = place, name
			} else if r == '@' {
				symbol = ' ' // no place
			}
			add(symbol, i, n)
		}
		i += n
	}
	return at + int32(len(text))
}

// numberAt returns the length of the number that begins a text: digits, with signs within them.
func numberAt(text []rune) int {
	digit := func(i int) bool { return i < len(text) && text[i] >= '0' && text[i] <= '9' }
	n := 1
	for digit(n) || n < len(text) && (text[n] == '.' || text[n] == ',') && digit(n+1) {
		n++
	}
	return n
}

// PlacesOf are the names that NewFolder takes from those of bodies: texts without any of them fold the same with them
// and without.
func PlacesOf(bodies []string) []string {
	seen := map[string]bool{}
	for _, b := range bodies {
		for _, name := range placesOf(b) {
			seen[name] = true
		}
	}
	return sortedKeys(seen)
}

func containsAny(published string, names []string) bool {
	folded := lexicon.Fold(published)
	return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(folded, name) })
}
