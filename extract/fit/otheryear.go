package fit

import (
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
)

// Lines of text that are nothing but a year, over tables or over their columns: what they leave open is not read.

const underOtherYear = "the line over the table states another year than the report's, and a table of the report's own year follows or came before"

// yearLines are the lines of a document that are nothing but years.
type yearLines struct {
	section []int              // of each block, the block that heads its section
	tables  []int              // the block of each table
	over    map[int]*yearsOver // of a section
	several []int              // the lines that give several years beside each other
}

// yearsOver are the years over the tables of a section, from top to bottom; At is the first block that each stands over.
type yearsOver struct {
	years  []period
	own    bool // one is the report's
	differ bool
}

// yearLinesOf finds the lines that are nothing but years, and the rows of tables that are.
func (f *fitter) yearLinesOf(blocks []extract.Block) *yearLines {
	y := &yearLines{section: make([]int, len(blocks)), over: map[int]*yearsOver{}}
	for i := range blocks {
		b := &blocks[i]
		y.section[i] = i
		if i > 0 && !(b.Kind == extract.Paragraph && f.heading(b.Text)) {
			y.section[i] = y.section[i-1]
		}
		if b.Kind == extract.Table && b.Grid != nil {
			y.tables = append(y.tables, i)
			f.yearRows(b.Grid, i, y)
		} else if p, ok := f.yearAlone(b.Text, i+1); ok {
			f.addYear(y, i, p)
		} else if f.yearsBeside(b.Text) {
			y.several = append(y.several, i)
		}
	}
	return y
}

func (f *fitter) addYear(y *yearLines, block int, p period) {
	over := y.over[y.section[block]]
	if over == nil {
		over = &yearsOver{}
		y.over[y.section[block]] = over
	}
	over.years = append(over.years, p)
	over.own = over.own || f.isOwn(p)
	over.differ = over.differ || p.year != over.years[0].year
}

// yearAlone reads a line that is nothing but a year; from is the first block that it stands over.
func (f *fitter) yearAlone(line string, from int) (period, bool) {
	if line == "" || len(line) > longestCaption {
		return period{}, false // prose: no need to look for a year in it
	}
	p, ok := f.periodOf(&items.Item{Text: line, Kind: items.Word, At: from})
	return p, ok && p.label == ""
}

// yearsBeside reports whether a line is nothing but years of which two differ.
func (f *fitter) yearsBeside(line string) bool {
	return strings.Contains(line, "年") && severalYears(line, func(word string) (period, bool) { return f.yearAlone(word, 0) })
}

// yearRows adds the years in rows of their own of table i. Where one is another than the report's, it counts: the rows
// of straightened text that are no part of the table stand below it, wherever they stood.
func (f *fitter) yearRows(g *extract.Grid, i int, y *yearLines) {
	var own, other []period
	for _, c := range g.Cells {
		if c.Col > 0 || c.ColSpan < g.Cols || g.Cols < 2 {
			continue
		}
		if p, ok := f.yearAlone(c.Text, i); ok && f.isOwn(p) {
			own = append(own, p)
		} else if ok {
			other = append(other, p)
		}
	}
	for _, p := range append(own, other...) {
		f.addYear(y, i, p)
	}
}

// doubtOtherYears takes back what stands under a line that is nothing but another year, in a section with such a line
// for the report's own, or right under one of several years of which it is open which that is.
func (f *fitter) doubtOtherYears(blocks []extract.Block) {
	y := f.yearLinesOf(blocks)
	f.openBelow(y)
	if len(y.over) == 0 {
		return
	}
	for k := range f.found {
		n := &f.found[k]
		at := n.item.At - 1
		if no := n.item.Sheet.No; at < 0 && no > 0 && no <= len(y.tables) {
			at = y.tables[no-1]
		}
		if n.doubt != "" || at < 0 || y.over[y.section[at]] == nil {
			continue
		}
		over := y.over[y.section[at]]
		above, _ := slices.BinarySearchFunc(over.years, at+1, func(p period, at int) int { return p.item.At - at })
		if above == 0 || f.isOwn(over.years[above-1]) {
			continue
		}
		if right := n.item.At == 0 && over.years[above-1].item.At == at; over.own || right && over.differ {
			n.doubt = underOtherYear
			f.problemText(extract.AmbiguousReading, n.item, n.Cell, "%s", n.doubt)
		}
	}
}

// openBelow leaves the numbers of flattened text open that stand under a line of several years, in the table that the
// line is in: which number is of which year is not seen.
func (f *fitter) openBelow(y *yearLines) {
	if len(y.several) == 0 {
		return
	}
	above := func(n *found) int { // the line over a number, or -1
		k, _ := slices.BinarySearch(y.several, n.item.At-1)
		if k == 0 || n.item.At == 0 || y.section[y.several[k-1]] != y.section[n.item.At-1] {
			return -1
		}
		return y.several[k-1]
	}
	first := map[int]*found{} // below each line
	for k := range f.found {
		if n := &f.found[k]; above(n) >= 0 && (first[above(n)] == nil || n.item.At < first[above(n)].item.At) {
			first[above(n)] = n
		}
	}
	for k := range f.found {
		n := &f.found[k]
		if top := first[above(n)]; n.doubt == "" && top != nil && top.fam == n.fam {
			n.doubt = yearsOpen
			f.problemText(extract.AmbiguousReading, n.item, n.Cell, "%s", n.doubt)
		}
	}
}
