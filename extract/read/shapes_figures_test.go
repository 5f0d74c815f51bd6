package read_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fit/drawn"
)

// thin gives a table of the form small figures with many zeros, half of which are left empty, so that sums prove little:
// those of the form hold. Truth gets what each cell holds.
func thin(g *extract.Grid, f *codebook.Form, truth map[drawn.Cell]string, m *rand.Rand) {
	rows, columns := printed(f.Rows), printed(f.Columns)
	v := make([][]int, len(rows))
	for r := range v {
		v[r] = make([]int, len(columns))
		for c := range columns {
			if m.IntN(10) > 6 {
				v[r][c] = 1 + m.IntN(30)
			}
		}
	}
	switch f.Section {
	case 3:
		balance(v)
	case 4:
		sum := 0
		for c, l := range columns {
			if sum += v[0][c]; strings.HasSuffix(l.Key, ".total") {
				v[0][c], sum = sum-v[0][c], 0
			}
		}
	}
	i := 0
	for k := range g.Cells {
		if !isFigure(g.Cells[k].Text) {
			continue
		}
		r, c := i/len(columns), i%len(columns)
		i++
		key := drawn.Cell{}
		key.Indicator, key.Applicant = f.Indicator(rows[r].Key, columns[c].Key)
		g.Cells[k].Text = fmt.Sprint(v[r][c])
		truth[key] = g.Cells[k].Text
		if v[r][c] == 0 && m.IntN(2) == 0 {
			g.Cells[k].Text, truth[key] = empty, ""
		}
	}
}

// printed are the labels that the ministry's form has.
func printed(labels []codebook.Label) []codebook.Label {
	return slices.DeleteFunc(slices.Clone(labels), func(l codebook.Label) bool { return len(l.Replaces) > 0 })
}

// balance makes the sums of section three hold: its columns first, then its rows.
func balance(v [][]int) {
	n, total := len(v), len(v[0])-1
	for c := range total {
		resolved := 0
		for r := 2; r < n-2; r++ {
			resolved += v[r][c]
		}
		v[n-2][c] = resolved
		v[1][c] = min(v[1][c], resolved+v[n-1][c])
		v[0][c] = resolved + v[n-1][c] - v[1][c]
	}
	for r := range v {
		v[r][total] = 0
		for c := range total {
			v[r][total] += v[r][c]
		}
	}
}
