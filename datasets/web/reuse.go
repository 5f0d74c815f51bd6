package web

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/query"
	"github.com/gongkai-data/gongkai/datasets/schema"
)

// piece is a run of a paragraph; Shared where it stands in another report too.
type piece struct {
	Text   string
	Shared bool
}

// alsoIn is another report that holds text of a section.
type alsoIn struct {
	schema.Reuse
	Issuer *query.Issuer
	Other  *query.Ref
}

// sectionText is one section of a report's text as its page shows it.
type sectionText struct {
	schema.Text
	Paragraphs [][]piece
	Also       []alsoIn // the longest passage first
}

// sectionTexts puts what the sections of a report share with others beside them. Rows stand in the order of the
// sections.
func (r *request) sectionTexts(rows []schema.Text, shared []schema.Reuse) []sectionText {
	var out []sectionText
	at := int32(0) // of the section in the report's text
	for _, row := range rows {
		s := sectionText{Text: row}
		end := at + int32(len([]rune(row.Text)))
		var spans [][2]int32
		for _, x := range shared {
			if x.StartOffset < at || x.StartOffset >= end {
				continue
			}
			spans = append(spans, [2]int32{x.StartOffset - at, min(x.StartOffset+x.LongestCharacters, end) - at})
			if is, ref := r.release.Report(x.OtherReportID); is != nil {
				s.Also = append(s.Also, alsoIn{x, is, ref})
				r.concerns(ref.ID)
			}
		}
		slices.SortStableFunc(s.Also, func(a, b alsoIn) int { return cmp.Compare(b.LongestCharacters, a.LongestCharacters) })
		if row.Text != "" {
			s.Paragraphs = paragraphs(row.Text, spans)
		}
		out = append(out, s)
		at = end + 1
	}
	return out
}

// paragraphs cuts a text at its line ends, and each paragraph where a span of characters begins or ends.
func paragraphs(text string, spans [][2]int32) (out [][]piece) {
	slices.SortFunc(spans, func(a, b [2]int32) int { return cmp.Compare(a[0], b[0]) })
	at := int32(0)
	for line := range strings.SplitSeq(text, "\n") {
		runes := []rune(line)
		end := at + int32(len(runes))
		var p []piece
		add := func(from, to int32, shared bool) {
			if from, to = max(from, at), min(to, end); from < to {
				p = append(p, piece{string(runes[from-at : to-at]), shared})
			}
		}
		next := at
		for _, s := range spans {
			if s[1] <= next || s[0] >= end {
				continue
			}
			add(next, s[0], false)
			add(max(next, s[0]), s[1], true)
			next = max(next, s[1])
		}
		add(next, end, false)
		out = append(out, p)
		at = end + 1
	}
	return out
}

// newText is how much of the text of a report is new.
type newText struct {
	Ref, Before *query.Ref // the report, and the one before
	Share       float64
}

// newTexts lists the reports of an issuer of which it is known how much of their text is new, by year.
func newTexts(is *query.Issuer, shares map[string]float64) (out []newText) {
	for i := range is.Reports {
		ref := &is.Reports[i]
		if share, known := shares[ref.ID]; known {
			out = append(out, newText{ref, is.Before(ref), share})
		}
	}
	return out
}

// Share is a share of 1 as a percentage without decimals.
func (r *request) Share(v float64) string { return strconv.Itoa(int(math.Round(100*v))) + "%" }
