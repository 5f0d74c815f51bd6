package delimited

import (
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
)

// stream reads lines of one cell each with bars between them. A bar ends a cell; a bar with no text since the last one
// is an empty cell.
type stream struct {
	open   bool // a text came since the last bar
	inside bool // a bar has closed a cell, so this is a table and not stray bars
}

// streamText is the longest text that is taken for a cell; a longer one is prose and ends the stream.
const streamText = 60

func (s *stream) read(it item) []extract.Block {
	text := it.first()
	long := utf8.RuneCountInString(text) > streamText
	if it.kind != barred {
		s.open = true
		s.inside = s.inside && !long
		return []extract.Block{it.paragraph()}
	}
	var out []extract.Block
	switch {
	case it.filled == 0 && len(it.fields) > layoutBars:
	case it.filled == 0 && s.open:
		s.open, s.inside = false, true
	case it.filled == 0 && strings.HasPrefix(strings.TrimSpace(it.Text), "||"): // the end of a row that a wider one made longer: 0 |, ||
	case it.filled == 0 && s.inside:
		out = append(out, extract.Block{Kind: extract.Paragraph, Place: it.Place})
	case it.filled > 0:
		out = append(out, it.paragraph())
		s.open, s.inside = !it.closed, it.closed || s.inside
	}
	return out
}
