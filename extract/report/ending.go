package report

import (
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
)

const cutHere = "the document ends here before it is at its end, so this may be a piece of the number"

// ending tells a document that ends within the tables of the form, and doubts what stands last in one that ends early and is not closed: it may be
// a piece of a longer number, and an empty cell may have held one. A reader that knows of a cut has told it before.
func (w *walker) ending(d *extract.Document, sections []extract.Section) {
	if len(d.Blocks) == 0 {
		return
	}
	cut := slices.ContainsFunc(d.Problems, func(p extract.Problem) bool { return p.Kind == extract.Truncated })
	last := len(d.Blocks) - 1
	if !cut {
		where := ""
		switch inForm := w.endsInForm(d.Blocks, last); {
		case inForm && w.unfinished(d.Blocks[last], sections):
			where = "a table of the form"
		case !inForm && d.Blocks[last].Open && len(sections) > 0 && !concludes(sections):
			where = "a line that nothing closes"
		}
		if cut = where != ""; cut {
			w.problems = append(w.problems, extract.Problem{Kind: extract.Truncated, Code: "ends_early", Args: []string{where}, TableNo: tableNo(d.Blocks, last),
				Locator: d.Blocks[last].Place.Locator(), Page: d.Blocks[last].Place.Page, Detail: "the document ends in " + where + ", and the sections after it are missing"})
		}
	}
	if !cut {
		return
	}
	for i := range w.facts {
		if f := &w.facts[i]; f.cell.inCutRow() || d.Blocks[last].Open && f.cell.t.no == 0 && w.isLast(i, d.Blocks[last].Place) {
			w.problem(extract.UnreadNumber, f.cell, "%s: %s", f.factKey, cutHere)
			p := &w.problems[len(w.problems)-1]
			p.Code, p.Indicator = "cut_number", f.indicator
			if f.applicant != "" {
				p.Applicant = &f.applicant
			}
			f.doubt = cutHere
		}
	}
}

// endsInForm reports whether the last block is a table of the form or a piece of one.
func (w *walker) endsInForm(blocks []extract.Block, last int) bool {
	if blocks[last].Kind == extract.Paragraph {
		return w.flat.taken[last]
	}
	no := tableNo(blocks, last)
	return slices.ContainsFunc(w.forms, func(t *table) bool { return t.no == no })
}

// unfinished reports whether the form goes on behind the document's last block: sections five and six come after the tables, and where nothing is
// headed, cells of the form are missing behind one that nothing closes.
func (w *walker) unfinished(last extract.Block, sections []extract.Section) bool {
	if w.uses[formUse{"2014", codebook.Stat2014}] || concludes(sections) {
		return last.IsOpen() && len(w.facts) < w.expected()
	}
	return len(sections) > 0 || last.IsOpen() && (len(w.facts) < w.expected() || !w.hasTable(4))
}

// concludes reports whether a section is there that comes after the tables.
func concludes(sections []extract.Section) bool {
	return slices.ContainsFunc(sections, func(s extract.Section) bool { return s.Number >= 5 })
}

// inCutRow reports whether the document ends in the cell or, where only the order of a row's cells is known, in its row: what is missing of such a
// row leaves open under which columns the rest stands.
func (c *cell) inCutRow() bool {
	if c.src.Open || !c.t.grid.Flat {
		return c.src.Open
	}
	return slices.ContainsFunc(c.t.grid.Cells, func(o extract.Cell) bool { return o.Open && o.Row == c.src.Row })
}

// isLast reports whether no later fact came from the paragraph at a place.
func (w *walker) isLast(i int, place extract.Place) bool {
	at := func(f found) bool { return f.cell.t.no == 0 && f.cell.src.Place == place }
	return at(w.facts[i]) && !slices.ContainsFunc(w.facts[i+1:], at)
}
