package geometry

import (
	"cmp"
	"slices"
)

// Edges is the second step: rules that lie on one line and touch or nearly touch become one edge. Dots count only in a
// row of them. The result is ordered: horizontal ones first, then by At, then by From.
func Edges(rules []Rule) []Rule {
	var out []Rule
	for _, horizontal := range []bool{true, false} {
		var pieces []Rule
		for _, r := range rules {
			if r.Horizontal == horizontal {
				pieces = append(pieces, r)
			} else if r.Dot {
				half := r.Thick / 2
				pieces = append(pieces, Rule{Horizontal: horizontal, At: (r.From + r.To) / 2, From: r.At - half, To: r.At + half, Thick: r.To - r.From, Dot: true})
			}
		}
		slices.SortFunc(pieces, func(a, b Rule) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.From, b.From)) })
		for start := 0; start < len(pieces); {
			end := start + 1
			for end < len(pieces) && pieces[end].At-pieces[start].At <= settings.Collinear {
				end++
			}
			out = append(out, joinLine(pieces[start:end])...)
			start = end
		}
	}
	return out
}

// joinLine joins the pieces of one line wherever the gap between two is small.
func joinLine(line []Rule) []Rule {
	slices.SortFunc(line, func(a, b Rule) int { return cmp.Compare(a.From, b.From) })
	var out []Rule
	dots := 0
	flush := func(e Rule) {
		long := e.To - e.From
		if long < settings.Shortest || (e.Dot && (dots < settings.Dots || long < 3*settings.Shortest)) {
			return
		}
		e.Dot = false
		out = append(out, e)
	}
	var cur Rule
	for i, r := range line {
		if i > 0 && r.From-cur.To <= settings.Reach {
			if r.To-r.From > cur.To-cur.From {
				cur.At = r.At
			}
			cur.To = max(cur.To, r.To)
			cur.Thick = max(cur.Thick, r.Thick)
			cur.Dot = cur.Dot && r.Dot
			dots++
			continue
		}
		if i > 0 {
			flush(cur)
		}
		cur, dots = r, 1
	}
	if len(line) > 0 {
		flush(cur)
	}
	return out
}

// Components is the third step: edges that cross or touch, directly or through others, belong to one drawing.
// It returns the indices of the edges of each, in the order of the first.
func Components(edges []Rule) [][]int {
	parent := make([]int, len(edges))
	for i := range parent {
		parent[i] = i
	}
	find := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	var across, down []int
	for i, e := range edges {
		if e.Horizontal {
			across = append(across, i)
		} else {
			down = append(down, i)
		}
	}
	slices.SortFunc(across, func(a, b int) int { return cmp.Compare(edges[a].At, edges[b].At) })
	for _, v := range down {
		e := edges[v]
		first, _ := slices.BinarySearchFunc(across, e.From-settings.Reach, func(h int, y float64) int { return cmp.Compare(edges[h].At, y) })
		for _, h := range across[first:] {
			r := edges[h]
			if r.At > e.To+settings.Reach {
				break
			}
			if e.At >= r.From-settings.Reach && e.At <= r.To+settings.Reach {
				parent[find(h)] = find(v)
			}
		}
	}
	var out [][]int
	at := map[int]int{}
	for i := range edges {
		root := find(i)
		n, ok := at[root]
		if !ok {
			n = len(out)
			at[root] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], i)
	}
	return out
}
