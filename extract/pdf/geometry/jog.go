package geometry

import "slices"

// straighten moves vertical edges onto one line that are one column edge with a jog in it: they lie side by side,
// nearer to one another than to any other, and nowhere at the same height, so that they bound no cell between them.
// Tables drawn one below the other without a space are so.
func straighten(down []Rule) []Rule {
	x := tracks(down)
	span := make([][]Rule, len(x))
	track := make([]int, len(down))
	for i, e := range down {
		for k, at := range x {
			if near(e.At, at, settings.Snap) && (track[i] == 0 || abs(e.At-at) < abs(e.At-x[track[i]-1])) {
				track[i] = k + 1
			}
		}
		span[track[i]-1] = append(span[track[i]-1], e)
	}
	gap := func(k int) float64 { // between track k and the next, where they can be one
		if k < 0 || k+1 >= len(x) || x[k+1]-x[k] > settings.Jog || beside(span[k], span[k+1]) {
			return settings.Jog + 1
		}
		return x[k+1] - x[k]
	}
	to := map[int]float64{}
	for k := 0; k+1 < len(x); k++ {
		if _, moved := to[k]; !moved && gap(k) <= settings.Jog && gap(k) <= gap(k-1) && gap(k) <= gap(k+1) {
			to[k], to[k+1] = (x[k]+x[k+1])/2, (x[k]+x[k+1])/2
		}
	}
	if len(to) == 0 {
		return down
	}
	out := slices.Clone(down)
	for i := range out {
		if at, ok := to[track[i]-1]; ok {
			out[i].At = at
		}
	}
	return out
}

// beside reports whether edges of two tracks stand at one height somewhere.
func beside(a, b []Rule) bool {
	for _, e := range a {
		for _, f := range b {
			if min(e.To, f.To)-max(e.From, f.From) > 2*settings.Reach {
				return true
			}
		}
	}
	return false
}

// drawnAt returns where each row of a lattice has its vertical lines: as drawn there, else on the line that they were
// moved to.
func drawnAt(l *Lattice, drawn, straight []Rule) [][]float64 {
	out := make([][]float64, len(l.Y)-1)
	for r := range out {
		out[r] = l.X
		own := false
		y := (l.Y[r] + l.Y[r+1]) / 2
		for i, e := range straight {
			if e.At == drawn[i].At || y < e.From || y > e.To {
				continue
			}
			if k := slices.IndexFunc(l.X, func(x float64) bool { return near(x, e.At, 0.01) }); k >= 0 {
				if !own {
					out[r], own = slices.Clone(l.X), true
				}
				out[r][k] = drawn[i].At
			}
		}
	}
	return out
}

func abs(v float64) float64 { return max(v, -v) }
