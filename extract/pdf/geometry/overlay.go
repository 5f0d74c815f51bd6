package geometry

import "slices"

// dropOverlays removes rectangles that lie over a table without being part of it: the frame of a stamp or of a note.
// The rules of a table end at one another; such a frame meets no other rule at its corners, and rules run through its
// sides.
func dropOverlays(edges []Rule) []Rule {
	gone := map[int]bool{}
	for i, top := range edges {
		for k := i + 1; k < len(edges) && edges[k].Horizontal; k++ {
			bottom := edges[k]
			if !near(top.From, bottom.From, settings.Corner) || !near(top.To, bottom.To, settings.Corner) {
				continue
			}
			b := Box{top.From, min(top.At, bottom.At), top.To, max(top.At, bottom.At)}
			side := func(x float64) int {
				return slices.IndexFunc(edges, func(e Rule) bool {
					return !e.Horizontal && near(e.At, x, settings.Corner) && near(e.From, b.Y0, settings.Corner) && near(e.To, b.Y1, settings.Corner)
				})
			}
			left, right := side(b.X0), side(b.X1)
			if left < 0 || right < 0 || left == right {
				continue
			}
			frame := []int{i, k, left, right}
			if overlays(b, frame, edges) {
				for _, n := range frame {
					gone[n] = true
				}
			}
		}
	}
	if len(gone) == 0 {
		return edges
	}
	var out []Rule
	for i, e := range edges {
		if !gone[i] {
			out = append(out, e)
		}
	}
	return out
}

// overlays reports whether the frame of b lies over other rules: none reaches a corner, and one at least runs through a
// side.
func overlays(b Box, frame []int, edges []Rule) bool {
	through := false
	for i, e := range edges {
		if slices.Contains(frame, i) {
			continue
		}
		at0, at1, from, to := b.Y0, b.Y1, b.X0, b.X1
		if !e.Horizontal {
			at0, at1, from, to = b.X0, b.X1, b.Y0, b.Y1
		}
		for _, end := range []float64{from, to} {
			if (near(e.At, at0, settings.Reach) || near(e.At, at1, settings.Reach)) && e.From-settings.Reach <= end && e.To+settings.Reach >= end {
				return false // at a corner
			}
			through = through || e.At > at0 && e.At < at1 && e.From < end-2*settings.Reach && e.To > end+2*settings.Reach
		}
	}
	return through
}
