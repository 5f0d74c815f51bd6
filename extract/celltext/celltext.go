// Package celltext cleans the text of paragraphs and cells the same way for every reader: which white space means nothing, and which line
// ends inside a cell may be joined without gluing two values into one number.
package celltext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Invisible tells the characters that a page holds but nobody sees: zero-width ones, soft hyphens, direction and control marks.
func Invisible(r rune) bool {
	switch {
	case r == '\t' || r == '\n' || r == '\r' || r == '\f' || r == '\v':
		return false
	case r < 0x20 || r >= 0x7f && r < 0xa0 && r != 0x85:
		return true
	case r == 0xad || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f || r == 0x180e || r >= 0xfe00 && r <= 0xfe0f || r == 0xfeff:
		return true
	}
	return false
}

// Clean drops invisible characters, makes every run of white space (no-break and ideographic spaces too) one space and trims the ends.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		if Invisible(r) {
			continue
		}
		if unicode.IsSpace(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String()
}

func isClean(s string) bool {
	if s == "" {
		return true
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	last := byte(0)
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c < ' ' || c == 0x7f || c == ' ' && last == ' ' {
				return false
			}
			last = c
			i++
			continue
		}
		// Han and its punctuation from U+3001 on start with E3 80 81 or above; everything else is looked at rune by rune.
		r, n := utf8.DecodeRuneInString(s[i:])
		if r < 0x3001 && (unicode.IsSpace(r) || Invisible(r)) || r == 0x3000 || r == 0xfeff {
			return false
		}
		last = 0
		i += n
	}
	return true
}

// Join makes one text of the lines of a cell. Lines of a label are put together without a gap (本年新 + 制作数量); a "\n" stays where joining
// could make or change a number: between two digits, and beside a line that is a number and nothing else. Blank lines are dropped.
func Join(lines []string) string {
	kept := make([]string, 0, len(lines))
	for _, l := range lines {
		if l = Clean(l); l != "" {
			kept = append(kept, l)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	if len(kept) == 1 {
		return kept[0]
	}
	var b strings.Builder
	b.WriteString(kept[0])
	for i := 1; i < len(kept); i++ {
		b.WriteString(between(kept[i-1], kept[i]))
		b.WriteString(kept[i])
	}
	return b.String()
}

// between returns what stands between two lines of one cell when they become one text: nothing, a space or a line end.
func between(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, size := utf8.DecodeRuneInString(b)
	second, _ := utf8.DecodeRuneInString(b[size:])
	if strings.ContainsRune("(（〔[【“《", last) || strings.ContainsRune(")）〕]】”》、，。；：", first) {
		return ""
	}
	if numeric(last) && (digit(first) || numeric(first) && digit(second)) {
		return "\n"
	}
	if numberOnly(a) && utf8.RuneCountInString(b) > 2 || numberOnly(b) || numberOnly(a) && numeric(first) {
		if numberOnly(a) && (first == '.' || first == '．') && !digit(second) {
			return "" // a list number and its point: 1 + .属于国家秘密
		}
		return "\n"
	}
	if last < 0x250 && first < 0x250 && letter(last) && letter(first) {
		return " "
	}
	return ""
}

func digit(r rune) bool  { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }
func letter(r rune) bool { return unicode.IsLetter(r) || digit(r) }

func numeric(r rune) bool { return digit(r) || strings.ContainsRune("+-－−–—.．,，%％", r) }

// numberOnly tells a line made of digits, signs and separators, with a digit or as a lone dash.
func numberOnly(s string) bool {
	for _, r := range s {
		if !numeric(r) && r != ' ' {
			return false
		}
	}
	return s != ""
}
