package report

import (
	"slices"

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
	found := map[fit.Cell]bool{}
	for _, c := range cells {
		found[c] = true
	}
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
			n += cellsUntold(table, found)
		}
	}
	return n
}

// cellsUntold counts the cells of a table of an unknown generation.
func cellsUntold(table string, found map[fit.Cell]bool) int {
	in, all, generations, smallest := map[fit.Cell]int{}, map[fit.Cell]bool{}, 0, 1<<30
	for _, f := range codebook.Forms() {
		if f.Table != table {
			continue
		}
		generations++
		smallest = min(smallest, f.Cells())
		for _, row := range f.Rows {
			for _, column := range f.Columns {
				c := fit.Cell{}
				c.Indicator, c.Applicant = f.Indicator(row.Key, column.Key)
				all[c] = true
				if len(row.Replaces)+len(column.Replaces) == 0 {
					in[c]++
				}
			}
		}
	}
	n := 0
	for c := range all {
		if in[c] == generations || found[c] {
			n++
		}
	}
	return max(n, smallest)
}
