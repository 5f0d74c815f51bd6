package report

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fit"
	"github.com/gongkai-data/gongkai/extract/text"
)

// otherYears reports captions that state another year than the title: last year's table, or its caption kept by
// mistake.
func otherYears(title string, captions []fit.Caption) (problems []extract.Problem) {
	year := text.Years(title)
	if len(year) != 1 {
		return nil
	}
	for _, c := range captions {
		stated := text.Years(c.Text)
		if len(stated) == 0 || slices.Contains(stated, year[0]) {
			continue
		}
		problems = append(problems, c.Place(extract.Tell(extract.DoubtfulIdentity, "caption_other_year", c.TableNo, c.Text, year[0])))
	}
	return problems
}
