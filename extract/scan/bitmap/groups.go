package bitmap

// groups are things that belong together, each named by one of them (a disjoint-set forest; Galler and Fischer 1964).
type groups []int

// newGroups makes n groups of one.
func newGroups(n int) groups {
	g := make(groups, n)
	for i := range g {
		g[i] = i
	}
	return g
}

// of returns the thing that names the group of i.
func (g groups) of(i int) int {
	for g[i] != i {
		g[i] = g[g[i]]
		i = g[i]
	}
	return i
}

// join puts the group of a into that of b, which keeps its name.
func (g groups) join(a, b int) { g[g.of(a)] = g.of(b) }
