package geometry

// doubtDrawn doubts the cells without text in which something is drawn or a picture stands: numbers turned into
// outlines, or pasted as pictures. Rules, backgrounds and single slanted lines are none.
func (s *Sheet) doubtDrawn(p *Page) {
	var marks []Box
	for i := range p.Paths {
		if b, ok := p.Paths[i].mark(); ok {
			marks = append(marks, b)
		}
	}
	drawings := len(marks)
	marks = append(marks, p.Images...)
	for _, t := range s.Tables {
		var empty []*TableCell
		for i := range t.Cells {
			if c := &t.Cells[i]; c.Text == "" && c.Doubt == "" {
				empty = append(empty, c)
			}
		}
		for n, m := range marks {
			if min(m.Width(), m.Height()) < settings.LeastMark || !holds(Box{t.Box.X0 - 1, t.Box.Y0 - 1, t.Box.X1 + 1, t.Box.Y1 + 1}, m) {
				continue
			}
			x, y := m.Center()
			for _, c := range empty {
				if !c.Box.Contains(x, y) || !holds(c.Box, m) {
					continue
				}
				if c.Doubt = "something is drawn in this cell, which holds no text"; n >= drawings {
					c.Doubt = "a picture stands in this cell, which holds no text"
				}
			}
		}
	}
}

// mark returns the box of a path that may be the outline of a character: one with curves, or of several slanted lines,
// that is seen.
func (p *Path) mark() (Box, bool) {
	if c, ok := p.ink(); !ok || c.White() || c.A < 100 {
		return Box{}, false
	}
	slanted := 0
	var b Box
	for _, s := range p.Subpaths {
		for i := 1; i < len(s); i++ {
			if !near(s[i-1].X, s[i].X, 0.3) && !near(s[i-1].Y, s[i].Y, 0.3) {
				slanted++
			}
		}
		b = b.Union(bounds(s))
	}
	if p.Curved {
		b = b.Union(p.Hull)
	}
	return b, p.Curved || slanted > 2
}
