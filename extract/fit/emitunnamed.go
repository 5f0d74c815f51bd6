package fit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
)

// emitUnnamed publishes the rows of a table whose rows have no names: one row of numbers, or one for each group of the
// columns.
func (f *fitter) emitUnnamed(fam *family, blocks []*block) (any bool) {
	for _, b := range blocks {
		rows := b.rows
		if answered(f, fam, b) {
			rows = slices.DeleteFunc(slices.Clone(rows), func(r *row) bool { return !f.hasValues(r.all) }) // spacing
		} else if len(rows) > 1 {
			rows = rows[:1]
		}
		for _, r := range rows {
			any = true
			f.emitUnnamedRow(fam, r)
		}
		if b.h == nil {
			continue
		}
		for _, w := range b.h.words {
			column := slices.ContainsFunc(b.h.columns, func(c column) bool { return c.item == w })
			if len(f.hits(w)) == 0 && len(rows) > 0 && !column && f.damagedHead(fam, w) == nil {
				f.problemText(extract.UnmatchedLabel, w, Cell{}, "a header that this table of the form does not have")
			}
		}
	}
	return any
}

func (f *fitter) damagedHead(fam *family, w *items.Item) *node {
	var among []*node
	for _, n := range fam.all {
		if n.axis == columnAxis {
			among = append(among, n)
		}
	}
	return nearest(w.Text, among, &f.set)
}

const noGroup = "the header does not tell which group and result this is"

func (f *fitter) emitUnnamedRow(fam *family, r *row) {
	if r.h == nil {
		for _, c := range r.all {
			if c.Kind != items.Blank && !f.accounted[c] {
				f.problemText(extract.UnmatchedLabel, c, Cell{}, noGroup)
			}
		}
		return
	}
	if r.doubt == "" && filled(r.values) > 0 {
		byRow := slices.ContainsFunc(r.h.columns, func(c column) bool { return len(c.any) > 0 })
		switch {
		case r.h.guessed && !f.rowHolds(r.h, r.values, true):
			r.doubt = guessedOrder
		case !byRow && !whole(r.h.columns) && !f.rowHolds(r.h, r.values, true):
			r.doubt = "a group of the header has not the columns of the form, and its sum does not tell which they are"
		case f.oneTooFar(r):
			r.doubt = "the first cell is empty, and the numbers add up when each is read one column to the left"
		case r.cutByLine():
			r.doubt = zeroLed
		case !byRow:
			r.doubt = f.contradictedBySums(r)
		}
	}
	for _, c := range r.labels {
		f.used(c) // 数量, 案件数
	}
	group := f.groupOf(fam, r)
	for j, c := range r.values {
		if c == nil {
			continue
		}
		col := r.h.columns[j]
		for _, n := range col.any {
			if n.parent == group && group != nil {
				col.node = n
			}
		}
		if col.node == nil {
			kind := extract.UnmatchedLabel
			if len(col.any) == 0 {
				kind = extract.LeftoverCell // of a group that the publisher added
			}
			if c.Kind != items.Blank {
				f.problemText(kind, c, Cell{}, noGroup)
			}
			continue
		}
		k := f.cell(fam, nil, col.node)
		path := append(slices.Clone(col.node.path[:len(col.node.path)-1]), col.text)
		f.add(found{Cell: k, fam: fam, item: c, value: c.Number, path: path, doubt: r.doubtAt(c)})
		if r.glued {
			f.glued = append(f.glued, k)
		}
	}
	f.doubtful(r)
}

// groupOf finds the group of columns that a label of the row names, a damaged one where no other does.
func (f *fitter) groupOf(fam *family, r *row) *node {
	var groups []*node
	for _, n := range fam.all {
		if n.axis == columnAxis && !n.leaf() && len(n.children) > 0 && n.children[0].leaf() {
			groups = append(groups, n)
		}
	}
	for i := len(r.all) - 1; i >= 0; i-- {
		for _, n := range f.hits(r.all[i]) {
			if slices.Contains(groups, n) {
				return n
			}
		}
	}
	for _, c := range slices.Backward(r.labels) {
		if n := nearest(c.Text, groups, &f.set); n != nil {
			return n
		}
	}
	return f.groupAbove(groups, f.above[r.h.sheet])
}

// groupAbove finds the one group that the line over a table names. One that names several heads a section.
func (f *fitter) groupAbove(groups []*node, line string) (found *node) {
	text := fold(line)
	if text == "" || utf8.RuneCountInString(line) > longestCaption {
		return nil
	}
	for _, n := range groups {
		if strings.Contains(text, fold(n.text)) {
			if found != nil {
				return nil
			}
			found = n
		}
	}
	for _, n := range groups {
		for up := n.parent; up != nil && found != nil; up = up.parent {
			if strings.Contains(text, fold(up.text)) && !found.under(up) {
				return nil
			}
		}
	}
	return found
}

// whole reports whether each group of a header has all its columns in the order of the form. A header that lost a cell
// has not.
func whole(columns []column) bool {
	for i := 0; i < len(columns); {
		n := columns[i].node
		if n == nil {
			i++
			continue
		}
		if n.parent == nil || len(columns)-i < len(n.parent.children) {
			return false
		}
		for j, c := range n.parent.children {
			if columns[i+j].node != c {
				return false
			}
		}
		i += len(n.parent.children)
	}
	return true
}

// oneTooFar reports a row before which an empty cell came in, while its last number was lost.
func (f *fitter) oneTooFar(r *row) bool {
	n := len(r.values)
	if n != len(r.h.fam.columns) || !whole(r.h.columns) || r.values[0] == nil || r.values[0].Kind != items.Blank {
		return false
	}
	shifted := append(slices.Clone(r.values[1:]), nil)
	cut := slices.Clone(shifted)
	for i := range cut {
		if i >= n-len(r.h.columns[n-1].node.parent.children) {
			cut[i] = nil
		}
	}
	return !f.rowHolds(r.h, r.values, false) && f.rowHolds(r.h, cut, false)
}
