package geometry

import (
	"slices"
	"unicode"
)

// joinSpread closes up the numbers of a page whose digits are set apart, over the width of their cells or over one
// width, as word processors set "distributed" text. Cells of three digits and more tell that the page does so; two
// digits alone may be two numbers, unless they are as wide.
func joinSpread(tables []*Table) {
	told := 0
	var cells []*TableCell
	var widths []float64
	for _, t := range tables {
		for i := range t.Cells {
			c := &t.Cells[i]
			if len(c.Lines) != 1 || !c.spread() {
				continue
			}
			cells = append(cells, c)
			if len(c.Lines[0].Glyphs) > 2 {
				told++
				widths = append(widths, c.Lines[0].Box.Width())
			}
		}
	}
	if told < settings.SpreadCells {
		return
	}
	for _, c := range cells {
		l := &c.Lines[0]
		margin := l.Box.X0 - c.Box.X0
		l.Spread = len(l.Glyphs) > 2 || margin < 1.2*l.Size || slices.ContainsFunc(widths, func(w float64) bool { return near(w, l.Box.Width(), 2) })
	}
}

// spread reports whether the one line of a cell is digits alone, at even steps wider than print's, in the middle of the
// cell.
func (c *TableCell) spread() bool {
	g := c.Lines[0].Glyphs
	if len(g) < 2 {
		return false
	}
	least, most := c.Box.Width(), 0.0
	for i := range g {
		if r := firstRune(g[i].Text); !unicode.IsDigit(r) && !mark(r) || len([]rune(g[i].Text)) > 1 {
			return false
		}
		if i > 0 {
			least, most = min(least, g[i].X-g[i-1].X), max(most, g[i].X-g[i-1].X)
		}
	}
	left, right := g[0].Box.X0-c.Box.X0, c.Box.X1-g[len(g)-1].Box.X1
	em := em(g[0])
	return least > settings.SpreadStep*em && most-least < settings.SpreadEven*em && near(left, right, settings.SpreadMargin*em)
}
