package word

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract/celltext"
)

// Text gathers the lines of one paragraph.
type Text struct {
	lines []string
	line  strings.Builder
}

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
func (t *Text) Picture() { t.line.WriteRune(celltext.Object) }

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

// Number puts the automatic number of a list before the first line that shows text.
func Number(lines []string, number string) {
	if len(lines) == 0 || strings.TrimSpace(lines[0]) == "" || number == "" {
		return
	}
	if c := strings.TrimSpace(lines[0])[0]; c >= '0' && c <= '9' {
		number += " " // the automatic number 1. before 5 must not become 1.5
	}
	lines[0] = number + strings.TrimLeft(lines[0], " ")
}
