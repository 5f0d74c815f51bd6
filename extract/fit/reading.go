package fit

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/items"
)

// Reading is what was found of the form in a document. The zero Reading is one without tables.
type Reading struct {
	Templates []string // generation evidenced by the header of each form table, in order; empty where it does not tell
	Tables    []string // their names
	Captions  []Caption
	Taken     map[int]bool // blocks of text that belong to a table
	f         *fitter
}

// Facts returns a fact for each cell found, ordered by table, row and column. It is called once: what it finds
// unreadable it tells.
func (r *Reading) Facts() []extract.Fact {
	if r.f == nil {
		return nil
	}
	return r.f.publish()
}

// Problems returns what could not be read, or was read with doubt, and why.
func (r *Reading) Problems() []extract.Problem {
	if r.f == nil {
		return nil
	}
	return r.f.problems
}

// Cells lists the cells of the forms that were found.
func (r *Reading) Cells() (out []Cell) {
	if r.f == nil {
		return nil
	}
	for _, n := range r.f.found {
		out = append(out, n.Cell)
	}
	return out
}

// Holds reports whether a block is a table of the form or a piece of one.
func (r *Reading) Holds(blocks []extract.Block, at int) bool {
	if blocks[at].Kind == extract.Paragraph {
		return r.Taken[at]
	}
	no := TableNo(blocks, at)
	for s := range r.seen() {
		if s.No == no {
			return true
		}
	}
	return false
}

func (r *Reading) seen() map[*items.Sheet]bool {
	if r.f == nil {
		return nil
	}
	return r.f.seen
}

// TableNo is the order of a block among the grids of the document, 0 for a paragraph.
func TableNo(blocks []extract.Block, at int) (no int) {
	if blocks[at].Kind != extract.Table {
		return 0
	}
	for _, b := range blocks[:at+1] {
		if b.Kind == extract.Table && b.Grid != nil {
			no++
		}
	}
	return no
}

const cutHere = "the document ends here before it is at its end, so this may be a piece of the number"

// CutShort doubts what stands last in a document that ends early with a block: in the cell that nothing closes or,
// where only the order of a row's cells is known, in its row, for what is missing of such a row leaves open under which
// columns the rest stands.
func (r *Reading) CutShort(last extract.Block) {
	if r.f == nil {
		return
	}
	for i := range r.f.found {
		n := &r.f.found[i]
		if n.inCutRow() || last.Open && n.item.Sheet.No == 0 && n.item.Cell.Place == last.Place && (r.f.origin[n.item] != nil || r.f.isLast(i, last.Place)) {
			r.f.problemText(extract.UnreadNumber, n.item, n.Cell, "%s: %s", n.Cell, cutHere)
			r.f.problems[len(r.f.problems)-1].Code = "cut_number"
			n.doubt = cutHere
		}
	}
}

func (n *found) inCutRow() bool {
	if n.item.Cell.Open || n.item.Sheet.Placement == items.Drawn {
		return n.item.Cell.Open
	}
	return slices.ContainsFunc(n.item.Sheet.Items, func(o *items.Item) bool { return o.Cell.Open && o.Cell.Row == n.item.Cell.Row && n.item.Sheet.No > 0 })
}

// isLast reports whether no later fact came from the paragraph at a place.
func (f *fitter) isLast(i int, place extract.Place) bool {
	at := func(n found) bool { return n.item.Sheet.No == 0 && n.item.Cell.Place == place }
	return at(f.found[i]) && !slices.ContainsFunc(f.found[i+1:], at)
}
