// Package wording compares two texts in words: section by section, first by sentences, then by words within the
// sentences that differ. A sentence that stands elsewhere in the other text has moved; a number in place of another has
// changed.
//
// The differences are Myers' (An O(ND) Difference Algorithm, 1986), by sergi/go-diff; words are those of package
// lexicon.
package wording

import (
	"slices"
	"strings"
	"unicode"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// Kind says what became of a part of a text.
type Kind string

// Kinds of a part.
const (
	Same      Kind = "same"
	Removed   Kind = "removed"    // in the first text only
	Added     Kind = "added"      // in the second text only
	MovedAway Kind = "moved_away" // in the first text here, in the second elsewhere
	MovedHere Kind = "moved_here" // in the second text here, in the first elsewhere
)

// Part is a run of text of one kind.
type Part struct {
	Kind  Kind   `json:"kind"`
	Text  string `json:"text"`
	Where *int32 `json:"where,omitempty"` // of a sentence that moved: the section of the other text where it stands; nil before the first
}

// Section is one section of both texts.
type Section struct {
	Number  *int32 `json:"section"` // nil before the first heading
	First   string `json:"first_heading"`
	Second  string `json:"second_heading"`
	Parts   []Part `json:"parts"`
	Changed bool   `json:"changed"`
}

// Number is a number in place of another.
type Number struct {
	Section *int32 `json:"section"`
	Before  string `json:"before"` // what stands before it in the second text
	After   string `json:"after"`  // what stands behind it
	First   string `json:"first"`
	Second  string `json:"second"`
}

// Comparison is two texts side by side.
type Comparison struct {
	First    string    `json:"first"` // what the texts are called
	Second   string    `json:"second"`
	Numbers  []Number  `json:"numbers"`
	Sections []Section `json:"sections"`
}

// Text is the text of a report.
type Text struct {
	Name     string
	Sections []schema.Text // in order
}

// Of compares two texts.
func Of(a, b Text) Comparison {
	first, second := a.Sections, b.Sections
	c := Comparison{First: a.Name, Second: b.Name, Numbers: []Number{}, Sections: []Section{}}
	var pairs []*pair
	for _, number := range numbersOf(first, second) {
		pairs = append(pairs, newPair(number, first, second))
	}
	markMoved(pairs)
	for _, p := range pairs {
		s := Section{Number: p.number, First: p.first.heading, Second: p.second.heading}
		for _, h := range p.hunks {
			s.Parts = append(s.Parts, h.parts()...)
		}
		s.Parts = joined(s.Parts)
		s.Changed = slices.ContainsFunc(s.Parts, func(x Part) bool { return x.Kind != Same })
		c.Sections = append(c.Sections, s)
		c.Numbers = append(c.Numbers, changedNumbers(s)...)
	}
	return c
}

// numbersOf lists the sections that either text has, in order: what stands before the first heading, then by number.
func numbersOf(texts ...[]schema.Text) []*int32 {
	seen := map[int32]*int32{}
	var keys []int32
	for _, text := range texts {
		for _, t := range text {
			k := int32(-1)
			if t.Section != nil {
				k = *t.Section
			}
			if _, have := seen[k]; !have {
				seen[k] = t.Section
				keys = append(keys, k)
			}
		}
	}
	slices.Sort(keys)
	out := make([]*int32, len(keys))
	for i, k := range keys {
		out[i] = seen[k]
	}
	return out
}

// side is a section of one text.
type side struct {
	heading   string
	sentences []string
}

func sideOf(number *int32, text []schema.Text) (s side) {
	for _, t := range text {
		if (t.Section == nil) != (number == nil) || number != nil && *t.Section != *number {
			continue
		}
		if s.heading == "" {
			s.heading = t.Heading
		}
		if n := len(s.sentences); n > 0 && !strings.HasSuffix(s.sentences[n-1], "\n") {
			s.sentences[n-1] += "\n"
		}
		s.sentences = append(s.sentences, sentences(t.Text)...)
	}
	return s
}

// sentences cuts a text behind what ends a sentence and behind line ends. Together they are the text.
func sentences(text string) (out []string) {
	begin, ended := 0, false
	for i, r := range text {
		ends := strings.ContainsRune("。；！？;!?\n", r)
		if ended && !ends && !unicode.Is(unicode.Pf, r) && r != '”' {
			out = append(out, text[begin:i])
			begin = i
			ended = false
		}
		ended = ended || ends
	}
	if begin < len(text) {
		out = append(out, text[begin:])
	}
	return out
}

// pair is a section of both texts, cut into hunks.
type pair struct {
	number        *int32
	first, second side
	hunks         []*hunk
}

// sentence is one that only one of the texts has here.
type sentence struct {
	text  string
	moved bool
	where *int32 // of one that moved: its section in the other text
}

// hunk is sentences that both texts have, or what stands in the place of each other.
type hunk struct {
	same           string
	removed, added []*sentence
}

func newPair(number *int32, first, second []schema.Text) *pair {
	p := &pair{number: number, first: sideOf(number, first), second: sideOf(number, second)}
	for _, e := range difference(p.first.sentences, p.second.sentences, exact) {
		if e.Kind == Same {
			p.hunks = append(p.hunks, &hunk{same: strings.Join(e.items, "")})
			continue
		}
		if n := len(p.hunks); n == 0 || p.hunks[n-1].same != "" {
			p.hunks = append(p.hunks, &hunk{})
		}
		h := p.hunks[len(p.hunks)-1]
		for _, text := range e.items {
			if e.Kind == Removed {
				h.removed = append(h.removed, &sentence{text: text})
			} else {
				h.added = append(h.added, &sentence{text: text})
			}
		}
	}
	return p
}

// leastMoved is the number of characters from which on a sentence that stands elsewhere is taken for the same one.
const leastMoved = 8

// markMoved finds sentences that one text has here and the other there.
func markMoved(pairs []*pair) {
	type at struct {
		*sentence
		section *int32
	}
	gone := map[string][]at{}
	for _, p := range pairs {
		for _, h := range p.hunks {
			for _, s := range h.removed {
				if key := strings.Join(strings.Fields(s.text), ""); len([]rune(key)) >= leastMoved {
					gone[key] = append(gone[key], at{s, p.number})
				}
			}
		}
	}
	for _, p := range pairs {
		for _, h := range p.hunks {
			for _, s := range h.added {
				key := strings.Join(strings.Fields(s.text), "")
				if from := gone[key]; len(from) > 0 {
					s.moved, s.where = true, from[0].section
					from[0].moved, from[0].where = true, p.number
					gone[key] = from[1:]
				}
			}
		}
	}
}

// parts are those of a hunk: what moved as it is, and between it words that differ.
func (h *hunk) parts() (out []Part) {
	if h.same != "" {
		return []Part{{Kind: Same, Text: h.same}}
	}
	a, away := staying(h.removed)
	b, here := staying(h.added)
	atA, atB := 0, 0
	moved := func(kind Kind, list []displaced, at int) []displaced {
		for len(list) > 0 && list[0].at <= at {
			out = append(out, Part{Kind: kind, Text: list[0].text, Where: list[0].where})
			list = list[1:]
		}
		return list
	}
	for _, e := range difference(words(a), words(b), readable) {
		for _, word := range e.items {
			away, here = moved(MovedAway, away, atA), moved(MovedHere, here, atB)
			out = append(out, Part{Kind: e.Kind, Text: word})
			if e.Kind != Added {
				atA += len(word)
			}
			if e.Kind != Removed {
				atB += len(word)
			}
		}
	}
	moved(MovedAway, away, len(a))
	moved(MovedHere, here, len(b))
	return out
}

// displaced is a sentence that moved, and where it stood among those that did not.
type displaced struct {
	*sentence
	at int
}

// staying joins the sentences that did not move, and returns the others.
func staying(list []*sentence) (string, []displaced) {
	var b strings.Builder
	var moved []displaced
	for _, s := range list {
		if s.moved {
			moved = append(moved, displaced{s, b.Len()})
		} else {
			b.WriteString(s.text)
		}
	}
	return b.String(), moved
}

// joined joins neighbours of one kind; what moved stays a sentence.
func joined(parts []Part) (out []Part) {
	for i := 0; i < len(parts); {
		p, j := parts[i], i+1
		for p.Where == nil && p.Kind != MovedAway && p.Kind != MovedHere && j < len(parts) && parts[j].Kind == p.Kind {
			j++
		}
		if j > i+1 {
			var b strings.Builder
			for _, q := range parts[i:j] {
				b.WriteString(q.Text)
			}
			p.Text = b.String()
		}
		if p.Text != "" {
			out = append(out, p)
		}
		i = j
	}
	return out
}
