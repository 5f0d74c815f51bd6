package doc

import (
	"fmt"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/word"
)

// tables are the open ones, the outermost first.
type tables struct {
	*builder
	body *word.Story
	open []*table
}

// table is one that is being read.
type table struct {
	rows     []row
	cells    []*word.Cell // of the row that is open
	from, to int          // characters
	spoilt   string       // why its structure is not known
}

// row is one row with the edges of its cells.
type row struct {
	cells []*word.Cell
	defs  rowDef
}

// story is where text goes: the open cell of the innermost table, or the body.
func (t *tables) story() *word.Story {
	if len(t.open) == 0 {
		return t.body
	}
	in := t.open[len(t.open)-1]
	if n := len(in.cells); n > 0 && in.cells[n-1].Cols == 0 { // not ended yet
		return &in.cells[n-1].Story
	}
	c := &word.Cell{}
	in.cells = append(in.cells, c)
	return &c.Story
}

// enter opens and closes tables until depth of them are open.
func (t *tables) enter(depth int) {
	for len(t.open) > depth {
		in := t.open[len(t.open)-1]
		t.open = t.open[:len(t.open)-1]
		t.close(in)
	}
	for len(t.open) < depth {
		t.story() // the cell that the new table stands in
		t.open = append(t.open, &table{from: -1})
	}
}

// spoil notes why the structure of the innermost table is not known.
func (t *tables) spoil(why string) {
	if in := t.open[len(t.open)-1]; in.spoilt == "" {
		in.spoilt = why
	}
}

// endCell ends the open cell. Its width is not known before the row ends.
func (t *tables) endCell(p paragraph) {
	t.story()
	in := t.open[len(t.open)-1]
	c := in.cells[len(in.cells)-1]
	c.Cols = 1
	c.Place = place(p)
	in.extend(p)
}

func (in *table) extend(p paragraph) {
	if in.from < 0 {
		in.from = p.from
	}
	in.to = p.mark
}

// endRow takes the mark that ends a row, whose properties say where its cells lie.
func (t *tables) endRow(p paragraph) {
	in := t.open[len(t.open)-1]
	in.extend(p)
	cells := in.cells
	in.cells = nil
	if n := len(cells); n > 0 && cells[n-1].Cols == 0 {
		t.spoil("a row ends within a cell")
		return
	}
	if piece, ok := t.file.pieceAt(p.mark); ok && t.file.look(p, find(t.file.chpx, piece.at(p.mark)), piece).hidden() {
		return // a row that was deleted or is hidden
	}
	defs, err := rowDefs(p.tables)
	switch {
	case err != nil:
		t.spoil(err.Error())
	case len(defs.cells) != len(cells):
		t.spoil(fmt.Sprintf("a row has %d cells and the widths of %d", len(cells), len(defs.cells)))
	case len(in.rows) == maxRows:
		t.spoil(fmt.Sprintf("it has more than the limit of %d rows", maxRows))
	default:
		in.rows = append(in.rows, row{cells, defs})
	}
}

// close adds a table that has ended to the story around it.
func (t *tables) close(in *table) {
	if len(in.cells) > 0 && in.spoilt == "" {
		in.spoilt = "its last row does not end"
	}
	at := span(max(in.from, 0), in.to)
	if in.spoilt != "" {
		p := extract.Tell(extract.AmbiguousReading, "doc.table", in.spoilt)
		p.Locator = at.Path
		t.problems = append(t.problems, p)
		return
	}
	lattice := newLattice(in.rows)
	rows := make([][]*word.Cell, 0, len(in.rows))
	for _, r := range in.rows {
		rows = append(rows, lattice.place(r))
	}
	t.story().Table(rows, at)
}
