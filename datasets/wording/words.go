package wording

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/lexicon"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/sergi/go-diff/diffmatchpatch"
)

// number matches a number as it is printed: 1,345 and 12.5% are one word each.
var number = lazyregexp.New(`[0-9０-９]+(?:[.,．][0-9０-９]+)*[%％]?`)

// words cuts a text into words, numbers and single signs. Together they are the text.
func words(text string) (out []string) {
	at := 0
	for _, n := range number.FindAllStringIndex(text, -1) {
		out = append(append(out, lexicon.Tokens(text[at:n[0]])...), text[n[0]:n[1]])
		at = n[1]
	}
	return append(out, lexicon.Tokens(text[at:])...)
}

// edit is items that both lists have, or one of them.
type edit struct {
	Kind  Kind
	items []string
}

// patience is how long the shortest way between two lists is searched for; two texts of a megabyte without a sentence
// in common would take hours. What is found then is a longer way.
const patience = 2 * time.Second

// cleaning is what is done to a way; number reports whether an item is one.
type cleaning func(d *diffmatchpatch.DiffMatchPatch, way []diffmatchpatch.Diff, number func(string) bool) []diffmatchpatch.Diff

// exact keeps every item that both lists have.
func exact(d *diffmatchpatch.DiffMatchPatch, way []diffmatchpatch.Diff, _ func(string) bool) []diffmatchpatch.Diff {
	return d.DiffCleanupMerge(way)
}

// readable drops items that stand alone between longer changes, like a 的 in two sentences that have nothing else in
// common; but a number that stands in the place of another behind the same words keeps its own place.
func readable(d *diffmatchpatch.DiffMatchPatch, way []diffmatchpatch.Diff, number func(string) bool) (out []diffmatchpatch.Diff) {
	way = d.DiffCleanupMerge(way)
	begin := 0
	for i := 1; i+1 < len(way); i++ {
		if way[i-1].Type == diffmatchpatch.DiffEqual && utf8.RuneCountInString(way[i-1].Text) >= sameWords &&
			way[i].Type == diffmatchpatch.DiffDelete && way[i+1].Type == diffmatchpatch.DiffInsert && number(way[i].Text) && number(way[i+1].Text) {
			out = append(out, d.DiffCleanupSemantic(way[begin:i:i])...)
			out = append(out, way[i], way[i+1])
			begin = i + 2
		}
	}
	return append(out, d.DiffCleanupSemantic(way[begin:])...)
}

// sameWords is how many items before two numbers are the same where one stands in the place of the other.
const sameWords = 2

// difference is the way from one list to another. The library works on characters, so each item is given one.
func difference(first, second []string, clean cleaning) []edit {
	ids, items := map[string]rune{}, map[rune]string{}
	coded := func(list []string) []rune {
		out := make([]rune, len(list))
		for i, s := range list {
			id, known := ids[s]
			if !known {
				if id = rune(len(ids) + 1); id >= 0xD800 {
					id += 0x800 // surrogates are no characters
				}
				ids[s], items[id] = id, s
			}
			out[i] = id
		}
		return out
	}
	a, b := coded(first), coded(second)
	if len(ids) > utf8.MaxRune-0x900 {
		return []edit{{Removed, first}, {Added, second}}
	}
	d := diffmatchpatch.New()
	d.DiffTimeout = patience
	kinds := map[diffmatchpatch.Operation]Kind{diffmatchpatch.DiffEqual: Same, diffmatchpatch.DiffDelete: Removed, diffmatchpatch.DiffInsert: Added}
	var out []edit
	for _, x := range clean(d, d.DiffMainRunes(a, b, false), func(text string) bool {
		id, size := utf8.DecodeRuneInString(text)
		return size == len(text) && isNumber(items[id])
	}) {
		e := edit{Kind: kinds[x.Type]}
		for _, id := range x.Text {
			e.items = append(e.items, items[id])
		}
		out = append(out, e)
	}
	return out
}

// around is how many characters before a number tell what it counts, behind is how many follow it.
const around, behind = 16, 4

// changedNumbers lists the numbers that stand in place of another, where the words before them, from the beginning of
// their clause, are those of both texts: 通知公告类113条 in place of 规划计划类42条 is no number that changed. Dates are left out:
// they change by themselves.
func changedNumbers(s Section) (out []Number) {
	for i := 0; i+1 < len(s.Parts); i++ {
		if !s.replaced(i) {
			continue
		}
		before, known := s.clauseBefore(i)
		n := Number{Section: s.Number, First: s.Parts[i].Text, Second: s.Parts[i+1].Text, Before: lastOf(before, around), After: firstOf(neighbour(s.Parts, i+2), behind)}
		if known && !n.dates() {
			out = append(out, n)
		}
	}
	return out
}

// dayOf matches what stands before the month or the day of a date.
var dayOf = lazyregexp.New(`[0-9]年(?:[0-9]+月)?$`)

// dates reports whether a number is the year, the month or the day of a date.
func (n Number) dates() bool {
	if strings.HasPrefix(n.After, "年") {
		return utf8.RuneCountInString(n.Second) == 4
	}
	return (strings.HasPrefix(n.After, "月") || strings.HasPrefix(n.After, "日")) && dayOf.MatchString(n.Before)
}

// replaced reports whether part i is a number and the next the number in its place.
func (s Section) replaced(i int) bool {
	if i < 0 || i+1 >= len(s.Parts) || s.Parts[i].Kind != Removed || s.Parts[i+1].Kind != Added {
		return false
	}
	return isNumber(s.Parts[i].Text) && isNumber(s.Parts[i+1].Text)
}

func isNumber(text string) bool { return number.FindString(text) == text }

// clauseBefore returns what stands before part i in its clause; known reports whether both texts have it, numbers
// aside.
func (s Section) clauseBefore(i int) (before string, known bool) {
	for i--; i >= 0; i-- {
		p := s.Parts[i]
		if p.Kind == Same {
			if at := strings.LastIndexAny(p.Text, clauseEnds); at >= 0 {
				_, size := utf8.DecodeRuneInString(p.Text[at:])
				return p.Text[at+size:] + before, true
			}
			before = p.Text + before
			continue
		}
		if !s.replaced(i - 1) {
			return before, false
		}
		before = p.Text + before
		i--
	}
	return before, true
}

// clauseEnds end a clause.
const clauseEnds = "，,。；;：:、（）()！？\n"

// neighbour is the text of a part that both texts have; empty where there is none.
func neighbour(parts []Part, i int) string {
	if i < 0 || i >= len(parts) || parts[i].Kind != Same {
		return ""
	}
	return parts[i].Text
}

// lastOf returns the last characters of a text.
func lastOf(text string, n int) string {
	runes := []rune(text)
	return string(runes[max(0, len(runes)-n):])
}

// firstOf returns the first characters of a text, up to the end of its first clause.
func firstOf(text string, n int) string {
	if i := strings.IndexAny(text, clauseEnds); i >= 0 {
		text = text[:i]
	}
	runes := []rune(text)
	return string(runes[:min(len(runes), n)])
}
