package fit

import (
	"slices"
	"strings"

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

// spreadOverLines reports whether a row of text that has one cell a line has a line of several digits as well.
func spreadOverLines(zone []*items.Item) bool {
	cells, digits := 0, 0
	for from := 0; from < len(zone); {
		to := from + 1
		for to < len(zone) && zone[to].At == zone[from].At {
			to++
		}
		if to == from+1 {
			cells++
		} else if sideBySide(zone[from:to]) && !slices.ContainsFunc(zone[from:to], func(i *items.Item) bool { return !isDigit(i) }) {
			digits++
		}
		from = to
	}
	return cells > 0 && digits > 0
}

// sideBySide reports whether a digit follows one that can begin a number.
func sideBySide(values []*items.Item) bool {
	for k := 1; k < len(values); k++ {
		if isDigit(values[k-1]) && isDigit(values[k]) && values[k-1].Text != "0" {
			return true
		}
	}
	return false
}

// noteSpread notes a row of text with digits side by side: as a sign that the text spreads its numbers where it has
// more of them than columns, else as one that may have pieces of numbers, and no number where a blank cell left no
// trace.
func (f *fitter) noteSpread(r *row, numbers []*items.Item) {
	switch {
	case !sideBySide(numbers):
	case len(numbers) > len(r.h.columns):
		f.beyond++
	case len(numbers) == len(r.h.columns) && !f.rowHolds(r.h, numbers, false):
		f.beside = append(f.beside, numbers...)
	}
}

// overCommas reports whether commas run through digits that stand apart (6 8 4,289,518): they part cells, and no
// thousands.
func overCommas(values []*items.Item) bool {
	apart := 0 // digits alone, with the comma before them or without it
	for _, i := range values {
		if len(strings.Trim(i.Text, ",，")) == 1 {
			apart++
		}
	}
	return apart > 1 && slices.ContainsFunc(values, func(i *items.Item) bool { return strings.Count(i.Text, ",") > 1 })
}

func isDigit(i *items.Item) bool { return len(i.Text) == 1 && i.Text[0] >= '0' && i.Text[0] <= '9' }

// doubtSpread takes back the digits read as numbers in a text that spreads its numbers.
func (f *fitter) doubtSpread(blocks []extract.Block) {
	beside := make(map[*items.Item]bool, len(f.beside))
	for _, i := range f.beside {
		beside[i] = f.beyond >= fewestSpread || spreadPieces(&blocks[i.At-1])
	}
	f.doubtDigits(func(i *items.Item) bool { return beside[i] })
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
	f.doubtDigits(func(i *items.Item) bool { return i.Sheet.Placement == items.Stream && isDigit(i) })
}

// spreadPieces reports whether digits stand one space apart on a line whose texts stand farther apart.
func spreadPieces(b *extract.Block) bool {
	pieces := piecesOf(b)
	return len(pieces) > 1 && slices.ContainsFunc(pieces, func(p extract.Piece) bool { return spreadNumber.MatchString(p.Text) })
}

func (f *fitter) doubtDigits(spread func(*items.Item) bool) {
	for i := range f.found {
		if n := &f.found[i]; n.doubt == "" && spread(n.item) {
			n.doubt = digitsSpread
			f.problemText(extract.AmbiguousReading, n.item, n.Cell, "%s", digitsSpread)
		}
	}
}
