package report

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract"
)

// pair is two tables that give the same cells of one form.
type pair struct {
	form          string
	first, second int
}

// met counts the cells that two tables both give: alike, and differently.
type met struct{ alike, differ int }

// formOf names the form table of an indicator, the tables of section two taken as one.
func formOf(indicator string) string {
	form, _, _ := strings.Cut(indicator, ".")
	switch form {
	case "requests", "stat2014":
		return form
	case "review", "suit_direct", "suit_after_review":
		return "litigation"
	}
	return "services"
}

// meet notes that a cell is given twice.
func (r *results) meet(first, second *found, alike bool) {
	r.twice[first.factKey] = true
	a, b := first.cell.t.no, second.cell.t.no
	if a == b {
		return
	}
	k := pair{formOf(first.indicator), a, b}
	n := r.met[k]
	if alike {
		n.alike++
	} else {
		n.differ++
	}
	r.met[k] = n
}

// contradicted doubts what only one of two tables gives that contradict each other in most of what both give: a page with last year's report,
// or another body's, below its own. Which of them is the report's is not told.
func (r *results) contradicted() {
	const few = 3
	for k, n := range r.met {
		if n.differ < few || n.differ < n.alike {
			continue
		}
		for i := range r.facts {
			f := &r.facts[i]
			if no := f.cell.t.no; (no == k.first || no == k.second) && formOf(f.indicator) == k.form && !r.twice[f.factKey] && f.doubt == "" && f.cell.kind != empty {
				f.doubt = "another table of this form contradicts this one"
				r.problemAt(extract.DuplicateFact, f.factKey, f.cell, "%s: %s in most cells that both give", f.factKey, f.doubt)
			}
		}
	}
}
