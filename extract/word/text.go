package word

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract/celltext"
)

// Text gathers the lines of one paragraph.
type Text struct {
	lines   []string
	line    strings.Builder
	struck  bool // a line runs through a number in it
	drawn   bool // something is drawn in it
	deleted bool // a number in it was deleted by a tracked change
}

// Figure reports whether a text holds a digit.
func Figure(s string) bool { return strings.ContainsAny(s, "0123456789０１２３４５６７８９") }

// TinySize is a size of letters that nobody sees, in half points.
const TinySize = 4

// Unseen is what a text says that is written in the colour of the ground, or of a size that nobody sees: a number most
// likely is not seen, but its cell is no blank.
func Unseen(text string) string {
	if text != "" && strings.Trim(text, "0123456789.,% ") == "" {
		return "\ufffd"
	}
	return text
}

// Join takes over what was noted of a part of the paragraph.
func (t *Text) Join(part *Text) {
	t.struck, t.drawn, t.deleted = t.struck || part.struck, t.drawn || part.drawn, t.deleted || part.deleted
}

// Struck notes that a line runs through a text.
func (t *Text) Struck(s string) { t.struck = t.struck || Figure(s) }

// Deleted notes that a tracked change deleted a text.
func (t *Text) Deleted(s string) { t.deleted = t.deleted || Figure(s) }

// Write adds text to the line. Raised text behind a digit is a note's mark: 5 with a note 1 must not become 51.
func (t *Text) Write(s string, raised bool) {
	if raised && strings.TrimSpace(s) != "" {
		if l := t.line.String(); l != "" && l[len(l)-1] >= '0' && l[len(l)-1] <= '9' || strings.HasSuffix(l, "]") {
			s = celltext.Mark(s)
		}
	}
	t.line.WriteString(s)
}

// Empty reports whether the line holds nothing yet.
func (t *Text) Empty() bool { return t.line.Len() == 0 }

// Break ends the line.
func (t *Text) Break() {
	t.lines = append(t.lines, t.line.String())
	t.line.Reset()
}

// Picture notes that a picture stands here: a number beside it may not be all that the page shows.
func (t *Text) Picture() {
	t.line.WriteRune(celltext.Object)
	t.drawn = true
}

// Raw ends the last line and returns all as they were written.
func (t *Text) Raw() []string {
	t.Break()
	return t.lines
}

// Lines ends the last line and returns all as they are seen; a line of pictures alone is empty.
func (t *Text) Lines() []string {
	lines := t.Raw()
	for i, l := range lines {
		lines[i] = celltext.Visible(l)
		if strings.Trim(lines[i], string(celltext.Object)+" ") == "" {
			lines[i] = ""
		}
	}
	return lines
}

// Number puts the automatic number of a list before the first line that shows text, and returns it where it stands
// alone. A number that is not known is written where it may be taken for a part of the text's own.
func Number(lines []string, number string) (alone string) {
	if number == "" || len(lines) == 0 {
		return ""
	}
	text := strings.TrimSpace(lines[0])
	if text == "" {
		return number
	}
	switch c := text[0]; {
	case c >= '0' && c <= '9':
		number += " " // the automatic number 1. before 5 must not become 1.5
	case number == string(celltext.Object):
		return ""
	}
	lines[0] = number + strings.TrimLeft(lines[0], " ")
	return ""
}
