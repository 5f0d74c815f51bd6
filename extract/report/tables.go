package report

import (
	"slices"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fence"
)

// maxBroken is how many tables of one document may break off before all of them are given up.
const maxBroken = 20

// readTables reads the form tables among blocks. Where a table breaks the program it is left out, told with its place, and the others are read anew,
// so that nothing is published from a half-read one.
func readTables(blocks []extract.Block) (*walker, []extract.Problem) {
	var told []extract.Problem
	skip := map[int]bool{}
	for {
		w := newWalker()
		p := fence.Run("a table", func() { w.read(blocks, skip) })
		if p == nil {
			return w, told
		}
		broken := slices.DeleteFunc(w.underWay(), func(i int) bool { return skip[i] })
		if len(broken) == 0 || len(skip)+len(broken) > maxBroken {
			p.Args[0] = "the tables together"
			return newWalker(), append(told, *p)
		}
		for k, i := range broken {
			skip[i] = true
			if k > 0 && blocks[i].Kind == extract.Paragraph && broken[k-1] == i-1 {
				continue // a further line of one flattened table
			}
			here := *p
			here.TableNo, here.Page, here.Locator = tableNo(blocks, i), blocks[i].Place.Page, blocks[i].Place.Locator()
			told = append(told, here)
		}
	}
}

// tableNo is the order of a block among the grids of the document, 0 for a paragraph.
func tableNo(blocks []extract.Block, at int) (no int) {
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

// read goes over the blocks in order, but for those to skip, and settles what was found.
func (w *walker) read(blocks []extract.Block, skip map[int]bool) {
	no := 0
	for i := range blocks {
		b := &blocks[i]
		w.block, w.above = i, ""
		if i > 0 && blocks[i-1].Kind == extract.Paragraph {
			w.above = blocks[i-1].Text
		}
		switch {
		case b.Kind == extract.Paragraph && skip[i]:
			w.flat.end(w)
		case b.Kind == extract.Paragraph:
			w.flat.paragraph(w, b.Text, i, b.Place)
			w.cutOff(blocks, i)
		case b.Kind == extract.Table && b.Grid != nil:
			no++
			w.flat.end(w)
			if !skip[i] {
				w.grid(b.Grid, no)
			}
		}
	}
	w.block = -1
	w.flat.end(w)
	w.finish()
	w.merged()
	w.contradicted()
	w.resolve()
	w.withinReach()
}

func (w *walker) grid(g *extract.Grid, no int) {
	if g.Rows <= 0 || g.Cols <= 0 || g.Rows > maxCells/g.Cols {
		w.problem(extract.AmbiguousReading, nil, "table %d has %d × %d positions and was not read", no, g.Rows, g.Cols)
		return
	}
	t := newTable(no, g, false)
	if t.lying() {
		t = newTable(no, g, true)
	}
	w.walk(t)
}

// underWay lists the blocks that the walk was at work on: those of which rows wait to be read, and the one it had come to.
func (w *walker) underWay() []int {
	out := slices.Clone(w.waiting)
	if w.flat.family != noFamily {
		for i := w.flat.first; i < max(w.block, len(w.flat.paragraphs)); i++ {
			out = append(out, i)
		}
	}
	if w.block >= 0 && !slices.Contains(out, w.block) {
		out = append(out, w.block)
	}
	return out
}

// rowsWait reports whether rows of a table were gathered that are not read yet.
func (w *walker) rowsWait() bool { return len(w.req.rows)+len(w.lit.cells)+len(w.stat.rows) > 0 }
