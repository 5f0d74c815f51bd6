package txt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract/delimited"
)

// Width of a line, in characters, at which exporters break.
const (
	narrowest   = 30
	widest      = 120
	wrappedAt   = 4 // lines of exactly the greatest width that show it is one of wrapping
	otherwiseOf = 3 // of which at most one in so many may stand before a blank line
)

// ending is what stands at the end of a line. Rows that are padded or aligned are of one length too, but nearly all of
// them end alike.
type ending uint8

const (
	atText ending = iota
	atDigit
	atBar
	atSpace
	atStop
)

func endingOf(r rune) ending {
	switch {
	case unicode.IsDigit(r):
		return atDigit
	case r == '|' || r == '+' || r == '-' || r >= 0x2500 && r <= 0x257f:
		return atBar
	case unicode.IsSpace(r):
		return atSpace
	case strings.ContainsRune("。；;.!?：:", r):
		return atStop
	}
	return atText
}

// unwrap joins lines that an exporter broke at a fixed width, in the middle of words and rows: no line is longer, and
// several are as long. Two columns of a terminal are one Chinese character.
func unwrap(lines []delimited.Line) []delimited.Line {
	for _, measure := range []func(string) int{utf8.RuneCountInString, columns} {
		width := 0
		for _, l := range lines {
			width = max(width, measure(l.Text))
		}
		full, ended := 0, 0
		ends, begins := map[ending]int{}, map[ending]int{}
		for i, l := range lines {
			if measure(l.Text) != width {
				continue
			}
			full++
			if i+1 == len(lines) || lines[i+1].Gap {
				ended++
			}
			last, _ := utf8.DecodeLastRuneInString(l.Text)
			first, _ := utf8.DecodeRuneInString(l.Text)
			ends[endingOf(last)]++
			begins[endingOf(first)]++
		}
		if width < narrowest || width > widest || full < wrappedAt || ended*otherwiseOf > full || begins[atBar]*5 > full*4 ||
			max(ends[atDigit], ends[atBar], ends[atSpace], ends[atStop])*3 > full*2 {
			continue
		}
		out := lines[:0:0]
		open := false
		for _, l := range lines {
			whole := measure(l.Text) < width
			if open && !l.Gap {
				last := &out[len(out)-1]
				last.Text += l.Text
				last.Place.LineEnd = l.Place.LineEnd
			} else {
				out = append(out, l)
			}
			open = !whole
		}
		return out
	}
	return lines
}

// columns is the width of a text on a terminal.
func columns(s string) (n int) {
	for _, r := range s {
		if n++; r >= 0x1100 {
			n++
		}
	}
	return n
}
