package read

import (
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
)

// Characters of text: a page with sentences of enough holds a report in prose; a page with less than shell is one that
// a script fills.
const (
	enoughProse = 800
	shell       = 300
)

// tellElsewhere reports a page that only leads to the report: it holds no table of the form, no outline and little
// text.
func tellElsewhere(doc *extract.Document, r *extract.Report) {
	if len(r.Facts) > 0 || len(r.Sections) > 1 || prose(r.Text) >= enoughProse {
		return
	}
	switch {
	case len(doc.Elsewhere) > 0:
		addresses := make([]any, len(doc.Elsewhere))
		for i, a := range doc.Elsewhere {
			addresses[i] = a
		}
		r.Problems = append(r.Problems, extract.Tell(extract.DocumentElsewhere, "document_elsewhere", addresses...))
	case doc.Scripted && utf8.RuneCountInString(r.Text) < shell:
		r.Problems = append(r.Problems, extract.Tell(extract.DocumentElsewhere, "filled_by_script"))
	}
}

// prose counts the characters of the lines that hold sentences.
func prose(text string) (n int) {
	for line := range strings.Lines(text) {
		if strings.Contains(line, "。") {
			n += utf8.RuneCountInString(line)
		}
	}
	return n
}
