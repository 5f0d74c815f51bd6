package delimited

import (
	"strings"
	"unicode/utf8"
)

// splitSpaced cuts a line at runs of two spaces or more; an ideographic space counts as two. Ends are trimmed first.
func splitSpaced(text string) []string {
	text = strings.Trim(text, " \t\r\u00a0\u3000\ufeff")
	if !strings.Contains(text, "  ") && !strings.ContainsAny(text, "\u00a0\u3000") {
		return []string{text}
	}
	var out []string
	start, width, from := 0, 0, -1 // from is where the current gap began
	for i, r := range text {
		w := 0
		switch r {
		case ' ', '\u00a0':
			w = 1
		case '\u3000':
			w = 2
		}
		switch {
		case w > 0 && from < 0:
			from, width = i, w
		case w > 0:
			width += w
		case from >= 0:
			if width >= 2 {
				out = append(out, text[start:from])
				start = i
			}
			from = -1
		}
	}
	return append(out, text[start:])
}

// longestAligned is the longest cell, in characters, of a table that is aligned by spaces; the longest label of the form has 38.
const longestAligned = 60

// isAligned tells rows of a table from prose with gaps in it: at least two lines, short cells, and numbers at the end of at least a third.
func isAligned(run []item) bool {
	numbers := 0
	for _, it := range run {
		for _, f := range it.fields {
			if utf8.RuneCountInString(f) > longestAligned {
				return false
			}
		}
		if isNumber(it.fields[len(it.fields)-1]) {
			numbers++
		}
	}
	return len(run) >= 2 && numbers*3 >= len(run)
}

// isNumber tells a cell that holds a number or a sign for none.
func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789０１２３４５６７８９.,，+-－—/") == ""
}
