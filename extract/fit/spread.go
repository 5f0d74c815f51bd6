package fit

import (
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
)

// Programs that turn pages into text write the digits of a number that fills its cell apart (9 0 1 4 6), and some of
// them on lines of their own: there a digit alone is no number.

const digitsSpread = "the text has the digits of its numbers apart, so a digit alone may be a piece of a number"

// fewestSpread is how many lines of digits apart that are no row of the form say that the text spreads its numbers,
// and fewestDigits how many digits such a line has.
const (
	fewestSpread = 2
	fewestDigits = 2
)

// isSpread reports whether a line is digits that stand apart, and nothing else: not as many as a table has columns, nor
// with a zero first, as rows of small numbers are.
func (f *fitter) isSpread(line []*items.Item) bool {
	return len(line) >= fewestDigits && line[0].Text != "0" && !slices.ContainsFunc(line, func(i *items.Item) bool { return !isDigit(i) }) &&
		!slices.ContainsFunc(f.lex.families, func(fam *family) bool {
			return slices.ContainsFunc(fam.forms, func(form *codebook.Form) bool { return usual(form) == len(line) })
		})
}

func isDigit(i *items.Item) bool { return len(i.Text) == 1 && i.Text[0] >= '0' && i.Text[0] <= '9' }

// doubtSpread takes back the digits read as numbers in a text that spreads its numbers.
func (f *fitter) doubtSpread() {
	if len(f.spread) < fewestSpread {
		return
	}
	read := make(map[*items.Item]bool, len(f.found))
	for _, n := range f.found {
		read[n.item] = read[n.item] || n.doubt == ""
	}
	lines := slices.DeleteFunc(f.spread, func(line []*items.Item) bool {
		return slices.ContainsFunc(line, func(i *items.Item) bool { return read[i] })
	})
	if len(lines) < fewestSpread {
		return
	}
	for i := range f.found {
		if n := &f.found[i]; n.doubt == "" && n.item.Sheet.Placement == items.Stream && isDigit(n.item) {
			n.doubt = digitsSpread
			f.problemText(extract.AmbiguousReading, n.item, n.Cell, "%s", digitsSpread)
		}
	}
}
