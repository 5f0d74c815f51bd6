// Package word lays out what Word documents hold, in whichever container they come: stories of paragraphs and tables,
// cells and their merges, and the numbers of lists that Word prints and does not store. Packages docx and doc read the
// containers.
package word

import (
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/celltext"
	"github.com/gongkai-data/gongkai/extract/delimited"
)

// Story is a run of blocks: the body, a cell or a text box. Lines wait until a table or a picture ends their segment.
type Story struct {
	Blocks []extract.Block
	lines  []delimited.Line
	gap    bool
	counts map[string]int // elements of a name so far, for paths
	doubt  string         // why a number in it may not hold
	shows  bool           // something shows in it that is no text, so without text it is no blank
	number string         // the automatic number of a list that stands in it without text
}

// Step returns the path of the next child of a name: path/name[1], path/name[2], ...
func (s *Story) Step(path, name string) string {
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	s.counts[name]++
	return path + "/" + name + "[" + strconv.Itoa(s.counts[name]) + "]"
}

// Paragraph adds the lines of one paragraph; an empty line is a gap.
func (s *Story) Paragraph(place extract.Place, lines ...string) {
	for _, l := range lines {
		if strings.TrimLeft(l, " \t\u3000\u00a0") == "" {
			s.gap = true
			continue
		}
		s.lines = append(s.lines, delimited.Line{Text: l, Gap: s.gap, Place: place})
		s.gap = false
	}
}

// Note takes over what is known of the text of a paragraph beside its lines; number is the automatic number that stands
// there without text.
func (s *Story) Note(t *Text, number string) {
	s.shows = s.shows || t.deleted || t.drawn
	s.number += number
	if t.struck {
		s.doubt = extract.StruckThrough
	}
}

// Deleted notes that a tracked change deleted a number of the story.
func (s *Story) Deleted(figure bool) { s.shows = s.shows || figure }

// Add ends the segment and adds blocks behind it.
func (s *Story) Add(blocks ...extract.Block) {
	s.End()
	s.Blocks = append(s.Blocks, blocks...)
}

// End makes blocks of the lines that wait.
func (s *Story) End() {
	if len(s.lines) > 0 {
		s.Blocks = append(s.Blocks, delimited.Blocks(s.lines)...)
		s.lines = nil
	}
}

// cellText is the story as the text of a cell, and the first picture in it.
func (s *Story) cellText() (text, image string) {
	lines := make([]string, 0, len(s.lines))
	for _, b := range s.Blocks {
		switch {
		case b.Kind == extract.Paragraph:
			lines = append(lines, b.Text)
		case b.Kind == extract.Image && image == "":
			image = b.Source
		}
	}
	for _, l := range s.lines {
		lines = append(lines, l.Text)
	}
	text = celltext.Join(lines)
	if text == "" && image == "" && !s.tables() {
		switch {
		case s.number != "":
			text, s.doubt = s.number, extract.CountedByViewer
		case s.shows:
			text = string(celltext.Object)
		}
	}
	return text, image
}

func (s *Story) tables() bool {
	for _, b := range s.Blocks {
		if b.Kind == extract.Table {
			return true
		}
	}
	return false
}
