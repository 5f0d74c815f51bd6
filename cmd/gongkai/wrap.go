package main

import (
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/text"
)

// lineWidth is the number of columns that text for a terminal fits; a Chinese character takes two.
const lineWidth = 100

// wrapped breaks a text into lines of at most lineWidth columns that begin with indent. It breaks at spaces and on
// either side of a wide character, and within a word only where the word alone is longer than a line.
func wrapped(s, indent string) string {
	room := lineWidth - text.StringWidth(indent)
	var b strings.Builder
	used := 0
	for _, piece := range pieces(s) {
		if used > 0 && used+text.StringWidth(strings.TrimRight(piece, " ")) > room {
			b.WriteByte('\n')
			used = 0
		}
		for _, r := range piece {
			if used == 0 || used+text.RuneWidth(r) > room && r != ' ' {
				if used > 0 {
					b.WriteByte('\n')
				}
				b.WriteString(indent)
				used = 0
			}
			b.WriteRune(r)
			used += text.RuneWidth(r)
		}
	}
	lines := strings.Split(b.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// pieces cuts a text where a line may end: behind spaces, and on both sides of a wide character.
func pieces(s string) []string {
	var all []string
	var b strings.Builder
	cut := func() {
		if b.Len() > 0 {
			all = append(all, b.String())
			b.Reset()
		}
	}
	space := false
	for _, r := range strings.ReplaceAll(s, "\n", " ") {
		wide := text.RuneWidth(r) > 1
		if wide || space && !unicode.IsSpace(r) {
			cut()
		}
		b.WriteRune(r)
		if wide {
			cut()
		}
		space = unicode.IsSpace(r)
	}
	cut()
	return all
}
