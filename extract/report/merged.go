package report

import (
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
)

const mergedValue = "one cell spans this number and that of another cell of the form, so whose it is cannot be told"

// merged doubts the number of a cell that serves several cells of the form: a value that spans two rows, or two applicants, belongs to neither
// alone. A merged dash or blank says the same of both and stands for each.
func (r *results) merged() {
	served := map[*cell]int{}
	for i := range r.facts {
		served[r.facts[i].cell]++
	}
	for i := range r.facts {
		f := &r.facts[i]
		if state := f.cell.value.State; served[f.cell] < 2 || state == number.Blank || state == number.NotApplicable {
			continue
		}
		f.doubt = mergedValue
		r.problemAt(extract.AmbiguousReading, f.factKey, f.cell, "%s: %s", f.factKey, mergedValue)
	}
}

// tell tells of every fact that is unreadable on a row of which no problem speaks.
func (r *results) tell(f found, out *extract.Fact, told map[[2]int]bool) {
	if out.State != extract.Unreadable || told[[2]int{out.TableNo, out.RowNo}] {
		return
	}
	why := f.doubt
	if why == "" {
		why = f.cell.value.Problem
	}
	r.problemAt(extract.AmbiguousReading, f.factKey, f.cell, "%s: %s", f.factKey, why)
}

// toldRows lists the rows of tables that problems speak of.
func (r *results) toldRows() map[[2]int]bool {
	told := map[[2]int]bool{}
	for _, p := range r.problems {
		told[[2]int{p.TableNo, p.RowNo}] = true
	}
	return told
}
