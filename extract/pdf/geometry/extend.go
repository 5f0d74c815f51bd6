package geometry

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// extend appends the first table of the next page to a table that ends a page, when both have the same outer edges.
// follows reports that the next one seems to continue this one although it cannot be joined (other edges, same number
// of columns).
func (t *Table) extend(next *Table, from, to *Sheet) (joined, follows bool) {
	if to.Number != t.lastPage()+1 {
		return false, false
	}
	if t.bottom()-from.Height*0.02 > from.Height*settings.Foot || next.Box.Y1 < to.Height*settings.Head {
		return false, false // room was left below, or above: another table
	}
	shift := t.X[0] - next.X[0]
	width, other := t.X[len(t.X)-1]-t.X[0], next.X[len(next.X)-1]-next.X[0]
	if from.Pictured && to.Pictured && math.Abs(width-other) < settings.Askance*width {
		for i := range next.X {
			next.X[i] *= width / other
		}
		shift, other = t.X[0]-next.X[0], width
	}
	if math.Abs(width-other) > settings.SameWidth || math.Abs(shift) > settings.Shift {
		return false, len(t.X) == len(next.X)
	}
	t.append(next, shift)
	return true, false
}

func (t *Table) lastPage() int {
	page := t.Page
	for _, c := range t.Cells {
		page = max(page, c.Page)
	}
	return page
}

// bottom is the lower edge of the table on its last page.
func (t *Table) bottom() float64 {
	page, y := t.lastPage(), math.Inf(1)
	for _, c := range t.Cells {
		if c.Page == page {
			y = min(y, c.Box.Y0)
		}
	}
	return y
}

// append puts the rows of next below those of t, on the union of their columns, and heals the cut between them.
func (t *Table) append(next *Table, shift float64) {
	x := slices.Clone(t.X)
	for _, v := range next.X {
		v += shift
		if !slices.ContainsFunc(x, func(u float64) bool { return near(u, v, settings.Snap) }) {
			x = append(x, v)
		}
	}
	slices.Sort(x)
	column := func(v float64) int {
		best := 0
		for i, u := range x {
			if math.Abs(u-v) < math.Abs(x[best]-v) {
				best = i
			}
		}
		return best
	}
	remap := func(cells []TableCell, old []float64, shift float64) {
		for i := range cells {
			c := &cells[i]
			from, to := column(old[c.Col]+shift), column(old[c.Col+c.ColSpan]+shift)
			c.Col, c.ColSpan = from, max(to-from, 1)
		}
	}
	rows := len(t.Y) - 1
	remap(t.Cells, t.X, 0)
	lower := slices.Clone(next.Cells)
	remap(lower, next.X, shift)
	headers := repeatedRows(t.Cells, rows, lower, len(next.Y)-1)
	for i := range lower {
		lower[i].Row += rows
	}
	upperEnd := t.Y[rows]
	for _, y := range next.Y[1:] {
		t.Y = append(t.Y, upperEnd-(next.Y[0]-y))
	}
	t.X = x
	open := t.OpenBottom && next.OpenTop
	t.OpenBottom = next.OpenBottom
	t.mergeAcrossPages(lower, rows, headers, open)
}

// repeatedRows returns how many rows at the start of lower repeat rows of upper: a header printed again on the new
// page.
func repeatedRows(upper []TableCell, rows int, lower []TableCell, lowerRows int) int {
	texts := func(cells []TableCell, row int) []string {
		var out []string
		for _, c := range cells {
			if c.Row == row && c.Text != "" {
				out = append(out, strings.Join(strings.Fields(c.Text), ""))
			}
		}
		return out
	}
	best := 0
	for start := range rows {
		n := 0
		for n < lowerRows && start+n < rows {
			a, b := texts(upper, start+n), texts(lower, n)
			if len(a) == 0 || slices.ContainsFunc(b, plainNumber) {
				break
			}
			if !slices.Equal(a, b) {
				if n > 0 && start+n == rows-1 && slices.EqualFunc(a, b, func(u, l string) bool { return strings.HasPrefix(l, u) }) {
					n++ // the last row of the header was cut by the page and stands whole in the repeated one
				}
				break
			}
			n++
		}
		best = max(best, n)
	}
	if best == lowerRows {
		return 0
	}
	return best
}

func plainNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789０１２３４５６７８９.,，+-—－/ \n") == ""
}

// enumerated matches the ordinals that start each row label of the forms: 1. （一） 一、 第二十条.
var enumerated = lazyregexp.New(`^\s*(?:[（(]\s*[一二三四五六七八九十0-9]{1,3}\s*[）)]|[一二三四五六七八九十]{1,3}\s*[、.．]|[0-9]{1,2}\s*[.．、]\s*[^0-9\s]|第[一二三四五六七八九十]+条)`)

// bare leaves out the units that stand behind numbers: 件 alone is the rest of a number's cell and no label.
func bare(s string) string { return strings.Trim(s, "件条项个次万元 ") }

func labelled(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) || unicode.IsLetter(r) })
}

// mergeAcrossPages joins what the page break cut, and adds the lower rows. Only decisive cuts are joined here; the rest
// is left to who knows the form.
func (t *Table) mergeAcrossPages(lower []TableCell, rows, headers int, open bool) {
	first := rows + headers
	var pairs [][2]int // cells of the last upper row and of the first lower row that stand in the same columns
	for i := range lower {
		if lower[i].Row != first {
			continue
		}
		for k := range t.Cells {
			u := &t.Cells[k]
			if u.Row+u.RowSpan == rows && u.Col == lower[i].Col && u.ColSpan == lower[i].ColSpan {
				pairs = append(pairs, [2]int{k, i})
			}
		}
	}
	inRow := 0
	for _, c := range lower {
		if c.Row == first {
			inRow++
		}
	}
	gone := map[int]bool{}
	if len(pairs) == inRow && t.sameRow(lower, pairs, open) {
		// One row in two halves: the lower half goes into the upper cells.
		for _, p := range pairs {
			u, l := &t.Cells[p[0]], &lower[p[1]]
			u.take(*l)
			switch {
			case headers == 0:
				u.RowSpan += l.RowSpan - 1
				gone[p[1]] = true
			case l.RowSpan == 1:
				gone[p[1]] = true
			default:
				// The repeated header parts the two pieces of a merged label: the lower piece stays for the rows below,
				// with the whole label.
				l.Row, l.RowSpan, l.Text = l.Row+1, l.RowSpan-1, u.Text
			}
		}
		t.drop(lower, first)
	} else if headers == 0 {
		for _, p := range pairs {
			u, l := &t.Cells[p[0]], &lower[p[1]]
			if !leftOfLabel(lower, *l) || !t.sameLabel(*u, *l) {
				continue
			}
			u.take(*l)
			u.RowSpan += l.RowSpan
			gone[p[1]] = true
		}
	}
	for i, c := range lower {
		if !gone[i] {
			t.Cells = append(t.Cells, c)
		}
	}
	slices.SortStableFunc(t.Cells, func(a, b TableCell) int {
		if a.Row != b.Row {
			return a.Row - b.Row
		}
		return a.Col - b.Col
	})
}

// drop takes row out of the lattice and out of the cells below the cut.
func (t *Table) drop(lower []TableCell, row int) {
	t.Y = slices.Delete(t.Y, row+1, row+2)
	for i := range lower {
		if lower[i].Row > row {
			lower[i].Row--
		}
	}
}

// take adds the text of the lower part of a cell to its upper part.
func (c *TableCell) take(lower TableCell) {
	if c.Text == "" {
		c.Page, c.Box, c.Readings = lower.Page, lower.Box, lower.Readings
	} else if lower.Text != "" {
		c.Readings = ""
	}
	c.Lines = append(c.Lines, lower.Lines...)
	c.Room = max(c.Room, lower.Room)
	c.Doubt, c.Recognised = cmp.Or(c.Doubt, lower.Doubt), c.Recognised || lower.Recognised
	c.set()
}

// sameRow reports whether the pairs are the two halves of one row. They are when no label starts in the lower half and
// no column has a whole number in both, and one of these holds: the label of the row stands in one half only, while
// each half has something; an enumerated label goes on; many columns have the two parts of a label; no border was drawn
// at the cut.
func (t *Table) sameRow(lower []TableCell, pairs [][2]int, open bool) bool {
	if len(pairs) < 2 {
		return false
	}
	var above, below, split, labels int // columns with a number above only, below only, broken between; with label text in both
	var rest bool
	var upperLabel, lowerLabel string // of the label column nearest to the values
	for _, p := range pairs {
		c, d := t.Cells[p[0]], lower[p[1]]
		u, l := c.Text, d.Text
		if !labelled(bare(u)) && !labelled(bare(l)) {
			switch {
			case u != "" && l != "":
				if !brokenNumber(c, d) {
					return false
				}
				split++
			case u != "":
				above++
			case l != "":
				below++
			}
			continue
		}
		if plainNumber(u) || plainNumber(l) || u != "" && enumerated.MatchString(l) {
			return false
		}
		rest = rest || l != "" && enumerated.MatchString(u)
		if utf8.RuneCountInString(l) > 1 && u != "" {
			labels++
		}
		upperLabel, lowerLabel = u, l
	}
	numbers := above + below + split
	switch {
	case numbers == 0:
		// A header row broken in two (no two rows of labels have the same columns throughout), or no border at the cut.
		return labels >= settings.HeaderCut || open
	case rest:
		return true
	case lowerLabel == "":
		return upperLabel != "" && below+split > 0
	case upperLabel == "":
		return above+split > 0
	}
	return open && split == 0 && (above == 0 || below == 0)
}

// brokenNumber reports whether the last line of u is full, so that the digits of l go on its number.
func brokenNumber(u, l TableCell) bool {
	lines := append(slices.Clone(u.Lines), l.Lines...)
	return len(u.Lines) > 0 && len(l.Lines) > 0 && !strings.Contains(JoinLines(lines, max(u.Room, l.Room)), "\n")
}

// sameLabel reports whether two cells of a label column are one merged cell: one half is empty, or an enumerated label
// goes on.
func (t *Table) sameLabel(u, l TableCell) bool {
	switch {
	case plainNumber(u.Text) || plainNumber(l.Text):
		return false
	case l.Text == "":
		return true
	case u.Text == "":
		return u.RowSpan > 1 && l.RowSpan > 1
	}
	return enumerated.MatchString(u.Text) && !enumerated.MatchString(l.Text)
}

// leftOfLabel reports whether another label stands to the right of the cell in its first row: then it is a group label,
// not a value.
func leftOfLabel(cells []TableCell, c TableCell) bool {
	for _, o := range cells {
		if o.Row <= c.Row && o.Row+o.RowSpan > c.Row && o.Col > c.Col && labelled(o.Text) {
			return true
		}
	}
	return false
}
