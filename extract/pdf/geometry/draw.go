package geometry

// Draw returns the joined edges that bound the lattices of a page which was read with keep, and those that bound none,
// as boxes on the page as it is displayed.
func (s *Sheet) Draw() (out []Box) {
	for _, e := range s.Edges {
		b := Box{e.From, e.At, e.To, e.At}
		if !e.Horizontal {
			b = Box{e.At, e.From, e.At, e.To}
		}
		b = s.back.box(b)
		out = append(out, Box{b.X0 + s.Left, b.Y0 + s.Bottom, b.X1 + s.Left, b.Y1 + s.Bottom})
	}
	return out
}
