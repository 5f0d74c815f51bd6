// Package celltext cleans the text of paragraphs and cells the same way for every reader: which white space means
// nothing, and which line ends inside a cell may be joined without gluing two values into one number.
package celltext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract/text"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// Object is what readers put in the place of a picture within text, so that the digits on both sides of it are no one
// number.
const Object = '\ufffc'

// Mark writes the raised mark of a note as [^2], so that it is neither lost nor a digit of the number before it.
func Mark(raised string) string {
	return "[^" + brackets.Replace(strings.TrimSpace(raised)) + "]"
}

var brackets = strings.NewReplacer("[", "", "]", "")

// Visible drops the harmless characters. The few characters that Unicode calls spaces and that are none become
// replacement characters, so that no later trimming takes them for nothing.
func Visible(s string) string {
	if strings.IndexFunc(s, func(r rune) bool { return text.Harmless(r) || unicode.IsSpace(r) && !text.Space(r) }) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case text.Harmless(r):
			return -1
		case unicode.IsSpace(r) && !text.Space(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// Clean drops what shows nothing, makes every run of white space (no-break and ideographic spaces too) one space and
// trims the ends. A damaged character is dropped among words only: beside a digit, in a text that is a value without
// it, and where nothing else stands it is kept, for 4\x188 need not be 48.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	out, damaged := squeezed(s, false)
	if !damaged {
		return out
	}
	bare, _ := squeezed(s, true)
	if number.Parse(bare).State != number.Unreadable {
		return out
	}
	return besideDigits(out)
}

// squeezed drops the harmless characters and, if asked, the damaged ones, and folds white space.
func squeezed(s string, bare bool) (out string, damaged bool) {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case text.Harmless(r):
			continue
		case text.Damage(r):
			if damaged = true; bare {
				continue
			}
		case text.Space(r):
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String(), damaged
}

// besideDigits drops the damaged characters that have no digit as their neighbour, spaces aside.
func besideDigits(s string) string {
	runes := []rune(s)
	kept := runes[:0]
	afterDigit := false
	for i, r := range runes {
		switch {
		case text.Damage(r):
			if !afterDigit && !beforeDigit(runes[i+1:]) {
				continue
			}
		case r != ' ':
			afterDigit = digit(r)
		}
		kept = append(kept, r)
	}
	out := strings.TrimSpace(string(kept))
	for strings.Contains(out, "  ") {
		out = strings.ReplaceAll(out, "  ", " ")
	}
	return out
}

func beforeDigit(s []rune) bool {
	for _, r := range s {
		if r != ' ' && !text.Damage(r) {
			return digit(r)
		}
	}
	return false
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
		// Han and its punctuation from U+3001 on start with E3 80 81 or above; everything else is looked at rune by
		// rune.
		r, n := utf8.DecodeRuneInString(s[i:])
		if r <= 0x3000 && (text.Space(r) || text.Harmless(r) || text.Damage(r)) || r > 0xfdff && (text.Harmless(r) || text.Damage(r)) {
			return false
		}
		last = 0
		i += n
	}
	return true
}

// Join makes one text of the lines of a cell. Lines of a label are put together without a gap (本年新 + 制作数量); a "\n"
// stays where joining could make or change a number: between two digits, and beside a line that is a number and nothing
// else. Blank lines are dropped.
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

// numberOnly reports a line made of digits, signs and separators, with a digit or as a lone dash.
func numberOnly(s string) bool {
	for _, r := range s {
		if !numeric(r) && r != ' ' {
			return false
		}
	}
	return s != ""
}

// Unmark takes markdown's marks for headings and emphasis off a line.
func Unmark(s string) string {
	if h := strings.TrimLeft(s, "#"); len(h) < len(s) && len(s)-len(h) <= 6 && strings.HasPrefix(h, " ") {
		s = h[1:]
	}
	if strings.Contains(s, "**") && strings.Count(s, "**")%2 == 0 {
		s = strings.ReplaceAll(s, "**", "")
	}
	return s
}
