// Package drawn draws the tables of the form with figures, for tests: whole pages whose right values are known.
package drawn

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

// Cell names a cell of the form, as package fit does.
type Cell struct{ Indicator, Applicant string }

// Table lays a form out as its ministry would print it, with a figure in every cell so that the sums along its rows
// hold, and says which.
func Table(f *codebook.Form, m *rand.Rand) (*extract.Grid, map[Cell]string) {
	variant := func(l codebook.Label) bool { return len(l.Replaces) > 0 }
	own := *f
	own.Rows, own.Columns = slices.DeleteFunc(slices.Clone(f.Rows), variant), slices.DeleteFunc(slices.Clone(f.Columns), variant)
	f = &own
	if f.Section == 0 { // the appendix prints its levels one below the other
		for i, l := range own.Rows {
			own.Rows[i].Path = []string{l.Text()}
		}
	}
	g, truth := &extract.Grid{}, map[Cell]string{}
	put := func(row, col, rows, cols int, text string) {
		g.Cells = append(g.Cells, extract.Cell{Row: row, Col: col, RowSpan: rows, ColSpan: cols, Text: text})
		g.Rows, g.Cols = max(g.Rows, row+rows), max(g.Cols, col+cols)
	}
	levels, depth := 1, 1
	for _, l := range f.Columns {
		levels = max(levels, len(l.Path))
	}
	for _, l := range f.Rows {
		depth = max(depth, len(l.Path))
	}
	if f.Rows[0].Key == "" {
		depth = 0
	} else {
		corner := "信息内容"
		if f.Section == 3 {
			corner = f.Titles[0]
		}
		put(0, 0, levels, depth, corner)
	}
	groups(f.Columns, levels, func(level, from, to, span int, text string) { put(level, depth+from, span, to-from, text) })
	groups(f.Rows, depth, func(level, from, to, span int, text string) {
		if depth > 0 {
			put(levels+from, level, to-from, span, text)
		}
	})
	values := numbers(f, m)
	for r := range f.Rows {
		for c := range f.Columns {
			k := Cell{}
			k.Indicator, k.Applicant = f.Indicator(f.Rows[r].Key, f.Columns[c].Key)
			truth[k] = fmt.Sprint(values[r][c])
			put(levels+r, depth+c, 1, 1, truth[k])
		}
	}
	return g, truth
}

// groups calls put for each label of paths of which equal beginnings stand over each other.
func groups(labels []codebook.Label, levels int, put func(level, from, to, span int, text string)) {
	for level := range levels {
		for from := 0; from < len(labels); {
			if level >= len(labels[from].Path) {
				from++
				continue
			}
			to := from + 1
			head := strings.Join(labels[from].Path[:level+1], "/")
			for to < len(labels) && len(labels[to].Path) > level && strings.Join(labels[to].Path[:level+1], "/") == head {
				to++
			}
			span := 1
			if level == len(labels[from].Path)-1 {
				span = levels - level
			}
			put(level, from, to, span, labels[from].Path[level])
			from = to
		}
	}
}

// numbers fills a form so that its sums hold along the rows; the last column, or that of the table's own sum, is made
// of the others.
func numbers(f *codebook.Form, m *rand.Rand) [][]int {
	out := make([][]int, len(f.Rows))
	for r := range out {
		out[r] = make([]int, len(f.Columns))
		sum := 0
		for c, l := range f.Columns {
			out[r][c] = 1 + m.IntN(900)
			if f.Section == 3 && c < len(f.Columns)-1 || f.Section == 4 && !strings.HasSuffix(l.Key, ".total") {
				sum += out[r][c]
			} else if f.Section >= 3 {
				out[r][c], sum = sum, 0
			}
			if l.Key == "net" {
				out[r][0] = out[r][1] + out[r][c]
			}
		}
	}
	return out
}
