package normalize

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/heading"
)

// Years in which a form came into force: the first one reported on it.
const (
	firstOf2019 = 2019
	firstOf2021 = 2021
)

// section3Of2019 is the heading of section three since the form of 2019; no report before it has it.
var section3Of2019 = heading.Name(3)

// form names the form whose tables the report must have: the one that its headers show, else the one of its year. Empty
// for a report of a time when its text alone was the report, and where nothing tells the time.
func (r *Reading) form() string {
	switch year := r.Parsed.Year; {
	case r.Template == "2019" || r.Template == "2021":
		return r.Template
	case r.Template == "2014":
		return ""
	case year != nil && *year >= firstOf2021:
		return "2021"
	case year != nil && *year >= firstOf2019:
		return "2019"
	case r.Template == "mixed" || year == nil && r.saysForm():
		return "2021" // the one with fewer cells: nothing tells which of the two
	}
	return ""
}

// saysForm reports whether the text or a table is that of the forms since 2019.
func (r *Reading) saysForm() bool {
	return slices.ContainsFunc(r.Sections, func(s extract.Section) bool { return strings.Contains(s.Title, section3Of2019) }) ||
		slices.ContainsFunc(r.Facts, func(f extract.Fact) bool {
			return tableOf[f.Indicator] == codebook.Requests || tableOf[f.Indicator] == codebook.Litigation
		})
}

// tableOf names the form table of every indicator that stands in one.
var tableOf = func() map[string]string {
	m := map[string]string{}
	for _, f := range codebook.Forms() {
		for _, row := range f.Rows {
			for _, column := range f.Columns {
				indicator, _ := f.Indicator(row.Key, column.Key)
				m[indicator] = f.Table
			}
		}
	}
	return m
}()

// missingTables finds the tables of the form that the report lacks, and counts their cells as expected. A document that
// could not be read, that only leads to the report, or that is none, lacks more than tables.
func (r *Reading) missingTables() {
	form := r.form()
	if form == "" || r.Reader == "" || !r.IsReport() || r.tells(extract.DocumentElsewhere) {
		return
	}
	met, pictures := map[string]bool{}, map[string]bool{}
	for _, f := range r.Facts {
		met[tableOf[f.Indicator]] = true
		if f.State == extract.InImage {
			pictures[tableOf[f.Indicator]] = true
		}
	}
	pictured := [5]bool{} // sections of which the tables are a picture: it stands there, unread
	for _, f := range codebook.Forms() {
		if pictures[f.Table] {
			pictured[f.Section] = true
		}
	}
	missing := [5][]string{}
	for _, f := range codebook.Forms() {
		if f.Template == form && f.Section > 0 && !met[f.Table] && !pictured[f.Section] {
			missing[f.Section] = append(missing[f.Section], f.Table)
			r.Expected += f.Cells()
		}
	}
	for section, tables := range missing {
		if len(tables) == 0 {
			continue
		}
		code := "missing_tables"
		if !slices.ContainsFunc(r.Sections, func(s extract.Section) bool { return s.Number == section }) {
			code = "missing_section"
		}
		args := []any{form, section}
		for _, t := range tables {
			args = append(args, t)
		}
		r.Problems = append(r.Problems, extract.Tell(extract.MissingTable, code, args...))
	}
}

// tells reports whether the reading has a problem of one of the kinds.
func (r *Reading) tells(kinds ...string) bool {
	return slices.ContainsFunc(r.Problems, func(p extract.Problem) bool { return slices.Contains(kinds, p.Kind) })
}

// Complete reports whether every section of the form that the report is of stands in it with its table, and the
// document does not end early.
func (r *Reading) Complete() bool {
	return r.Reader != "" && !r.tells(extract.Truncated, extract.MissingTable, extract.DocumentElsewhere, extract.UnreadableDocument)
}
