package report

import (
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fit"
)

// ending reports a document that ends within the tables of the form, and doubts what stands last in one that ends early
// and is not closed: it may be a piece of a longer number, and an empty cell may have held one. A reader that knows of
// a cut has told it before.
func ending(d *extract.Document, sections []extract.Section, tables *fit.Reading) (problems []extract.Problem) {
	if len(d.Blocks) == 0 {
		return nil
	}
	cut := slices.ContainsFunc(d.Problems, func(p extract.Problem) bool { return p.Kind == extract.Truncated })
	last := len(d.Blocks) - 1
	if !cut {
		where := ""
		switch inForm := tables.Holds(d.Blocks, last); {
		case inForm && unfinished(d.Blocks[last], sections, tables):
			where = "a_table_of_the_form"
		case !inForm && d.Blocks[last].Open && len(sections) > 0 && !concludes(sections):
			where = "an_open_line"
		}
		if cut = where != ""; cut {
			p := extract.Tell(extract.Truncated, "ends_early", where)
			p.TableNo, p.Locator, p.Page = fit.TableNo(d.Blocks, last), d.Blocks[last].Place.Locator(), d.Blocks[last].Place.Page
			problems = append(problems, p)
		}
	}
	if cut {
		tables.CutShort(d.Blocks[last])
	}
	return problems
}

// unfinished reports whether the form goes on behind the document's last block: sections five and six come after the
// tables, and where nothing is headed, cells of the form are missing behind one that nothing closes.
func unfinished(last extract.Block, sections []extract.Section, tables *fit.Reading) bool {
	short := func() bool { return len(tables.Cells()) < expected(tables.Cells(), tables) }
	if slices.Contains(tables.Tables, codebook.Stat2014) || concludes(sections) {
		return last.IsOpen() && short()
	}
	return len(sections) > 0 || last.IsOpen() && (short() || !hasTable(tables, 4))
}

// concludes reports whether a section is there that comes after the tables.
func concludes(sections []extract.Section) bool {
	return slices.ContainsFunc(sections, func(s extract.Section) bool { return s.Number >= 5 })
}
