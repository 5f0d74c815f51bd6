package report

import (
	"math"
	"slices"
	"sync"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fit"
)

// cellsOf lists the cells of facts.
func cellsOf(facts []extract.Fact) []fit.Cell {
	out := make([]fit.Cell, len(facts))
	for i, f := range facts {
		out[i].Indicator = f.Indicator
		if f.Applicant != nil {
			out[i].Applicant = *f.Applicant
		}
	}
	return out
}

// expected counts the cells of the forms that the document uses. Where the headers of a table do not tell its
// generation, they are the cells that every generation has and of the others those that were found, but at least as
// many as the smallest generation has.
func expected(cells []fit.Cell, tables *fit.Reading) (n int) {
	done := map[string]bool{}
	for i, table := range tables.Tables {
		template := tables.Templates[i]
		if done[table+template] || template == "" && slices.ContainsFunc(codebook.Forms(), func(f *codebook.Form) bool { return done[table+f.Template] }) {
			continue
		}
		done[table+template] = true
		if f := codebook.FindForm(template, table); f != nil {
			n += f.Cells()
		} else {
			n += cellsUntold(generations()[table], cells)
		}
	}
	return n
}

// generation is what the generations of one table have in common.
type generation struct {
	every    int               // cells that all of them have
	some     map[fit.Cell]bool // cells that only some have, or that replace others
	smallest int               // how many cells the smallest has
}

// generations holds the tables of the forms by their names.
var generations = sync.OnceValue(func() map[string]generation {
	out := map[string]generation{}
	for _, f := range codebook.Forms() {
		if _, done := out[f.Table]; !done {
			out[f.Table] = commonCells(f.Table)
		}
	}
	return out
})

func commonCells(table string) generation {
	in, count := map[fit.Cell]int{}, 0
	g := generation{some: map[fit.Cell]bool{}, smallest: math.MaxInt}
	for _, f := range codebook.Forms() {
		if f.Table != table {
			continue
		}
		count++
		g.smallest = min(g.smallest, f.Cells())
		for _, row := range f.Rows {
			for _, column := range f.Columns {
				c := fit.Cell{}
				c.Indicator, c.Applicant = f.Indicator(row.Key, column.Key)
				g.some[c] = true
				if len(row.Replaces)+len(column.Replaces) == 0 {
					in[c]++
				}
			}
		}
	}
	for c, n := range in {
		if n == count {
			g.every++
			delete(g.some, c)
		}
	}
	return g
}

// cellsUntold counts the cells of a table of an unknown generation of which some cells were found.
func cellsUntold(g generation, found []fit.Cell) int {
	seen := map[fit.Cell]bool{}
	for _, c := range found {
		if g.some[c] {
			seen[c] = true
		}
	}
	return max(g.every+len(seen), g.smallest)
}
