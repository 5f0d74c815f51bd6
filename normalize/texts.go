package normalize

import (
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/datasets/lexicon"
	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/extract"
)

// textRows are the sections of the text of a version.
func textRows(v *version) []schema.Text {
	rows := Sections(v.Reading.Report)
	for i := range rows {
		rows[i].ReportID, rows[i].IssuerID, rows[i].Year = v.id, v.Issuer.ID, int32Of(v.year)
	}
	return rows
}

// Sections cuts the text of a report into its sections: first what stands before the first heading, where anything
// does. Whose it is, and of what year, is not set.
func Sections(r *extract.Report) []schema.Text {
	runes := []rune(r.Text)
	within := func(from, to int) string {
		to = min(max(to, 0), len(runes))
		return string(runes[min(max(from, 0), to):to])
	}
	var rows []schema.Text
	add := func(section *int32, heading, body, locator string) {
		body = strings.TrimSpace(body)
		rows = append(rows, schema.Text{Section: section, Seq: int32(len(rows)), Heading: heading,
			Text: body, Characters: int32(utf8.RuneCountInString(body)), Words: lexicon.Words(body), Locator: locator})
	}
	first := len(runes)
	if len(r.Sections) > 0 {
		first = r.Sections[0].Start
	}
	if opening := within(0, first); strings.TrimSpace(opening) != "" {
		add(nil, "", opening, r.Opening)
	}
	for i := range r.Sections {
		s := &r.Sections[i]
		add(int32Of(&s.Number), s.Title, afterHeading(s, within(s.Start, s.End)), s.Locator)
	}
	return rows
}

// afterHeading takes the heading, and the sign that sets it off where the text runs on in its line, from the front of a
// section.
func afterHeading(s *extract.Section, text string) string {
	body, led := strings.CutPrefix(text, s.Title)
	if !led {
		return text
	}
	return strings.TrimLeft(body, "：:。，, \u3000")
}
