package fit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
	"github.com/gongkai-data/gongkai/extract/text"
)

// Caption is a line over a table of the form, or a row of its own in it, that names it and may state a year.
type Caption struct {
	TableNo int
	Text    string
	item    *items.Item // nil for a line
}

// longestCaption is in characters; longer lines are text.
const longestCaption = 40

// yearOf is the one year that the line over a sheet states, or 0.
func (f *fitter) yearOf(s *items.Sheet) int {
	above := f.above[s]
	if above == "" || utf8.RuneCountInString(above) > longestCaption || strings.Contains(above, "。") {
		return 0
	}
	if years := text.Years(above); len(years) == 1 {
		return years[0]
	}
	return 0
}

// otherYears leaves tables out that are headed by another year than the report's, where one of the same form is headed
// by the report's: last year's numbers are no facts of this report.
func (f *fitter) otherYears(lines []*line) {
	years := map[*family]map[int]bool{}
	for _, l := range lines {
		if y := f.yearOf(l.sheet); y != 0 && l.fam != nil {
			if years[l.fam] == nil {
				years[l.fam] = map[int]bool{}
			}
			years[l.fam][y] = true
		}
	}
	for _, l := range lines {
		own := years[l.fam]
		if y := f.yearOf(l.sheet); l.fam == nil || y == 0 || len(own) < 2 || y == f.year() || !own[f.year()] {
			continue
		}
		l.fam = nil
		if c := (Caption{TableNo: l.sheet.No, Text: f.above[l.sheet]}); !slices.Contains(f.captions, c) {
			f.captions = append(f.captions, c)
		}
	}
}

// nameTables notes what names the tables of the form.
func (f *fitter) nameTables(lines []*line) {
	done := map[*items.Sheet]bool{}
	for _, l := range lines {
		if l.sheet.No > 0 && f.seen[l.sheet] && !done[l.sheet] {
			done[l.sheet] = true
			f.captionsOf(l.sheet, f.above[l.sheet])
		}
	}
}

// captionsOf notes what names a table: the line right above it, and rows of it.
func (f *fitter) captionsOf(s *items.Sheet, above string) {
	if above != "" && utf8.RuneCountInString(above) <= longestCaption && !strings.Contains(above, "。") {
		f.captions = append(f.captions, Caption{TableNo: s.No, Text: above})
	}
	for _, c := range s.Items {
		if f.isCaption(c) {
			f.used(c)
			f.captions = append(f.captions, Caption{s.No, c.Text, c})
		}
	}
}

// isCaption recognises the name of a table in a row over its full width.
func (f *fitter) isCaption(c *items.Item) bool {
	if c.Kind != items.Word || len(f.hits(c)) > 0 || c.Sheet.Cols < 2 || c.Spans < c.Sheet.Cols || utf8.RuneCountInString(c.Text) > longestCaption {
		return false
	}
	name := fold(c.Text)
	return strings.HasSuffix(name, "情况") || strings.HasSuffix(name, "表")
}

// Place places what is told of a caption.
func (c Caption) Place(p extract.Problem) extract.Problem {
	p.TableNo = c.TableNo
	if i := c.item; i != nil {
		p.RowNo, p.ColumnNo, p.Raw = i.Cell.Row+1, i.Cell.Col+1, i.Text
		p.Page, p.Locator = i.Cell.Place.Page, i.Cell.Place.Locator()
	}
	return p
}
