package geometry

import "math"

const overprinted = "text runs over other text here, so a number may stand in two cells"

// doubtOverprinted doubts the cells that hold lines printed over one another, and the cells right above and below them:
// where rows have a fixed height, the second line of a broken number runs into the next row. Where digits run over
// digits, so may the other numbers of these rows without meeting any.
func (t *Table) doubtOverprinted(glyphs func(cell int) []Glyph) {
	for i := range t.Cells {
		over, digits := overprints(glyphs(i))
		if !over {
			continue
		}
		c := t.Cells[i]
		for k := range t.Cells {
			o := &t.Cells[k]
			apart := o.Row > c.Row+c.RowSpan || c.Row > o.Row+o.RowSpan
			if !apart && (digits || o.Col < c.Col+c.ColSpan && c.Col < o.Col+o.ColSpan) && o.Doubt == "" {
				o.Doubt = overprinted
			}
		}
	}
}

// overprints reports whether glyphs of two lines cover one another, and whether digits cover digits. Bold type and
// shadows that are drawn twice lie closer.
func overprints(glyphs []Glyph) (over, digits bool) {
	if len(glyphs) > settings.MostGlyphs {
		return false, false
	}
	for i, a := range glyphs {
		for _, b := range glyphs[:i] {
			size := min(em(a), em(b))
			if dy := math.Abs(a.Y - b.Y); dy < settings.Overprint[0]*size || dy > settings.Overprint[1]*size || max(em(a), em(b)) > settings.OneType*size || a.Text == " " || b.Text == " " {
				continue
			}
			if common := min(a.Box.X1, b.Box.X1) - max(a.Box.X0, b.Box.X0); common <= 0 || common < settings.Overlap*min(a.Box.Width(), b.Box.Width()) {
				continue
			}
			if over = true; numeric(firstRune(a.Text)) && numeric(firstRune(b.Text)) {
				return true, true
			}
		}
	}
	return over, false
}
