package report

import (
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fit"
)

// pictures gives the cells of a section's tables the state image where a picture stands under its heading in place of
// the table. Pictures are never read as numbers.
func pictures(r *extract.Report, blocks []extract.Block, s *story, tables *fit.Reading) {
	for i, sec := range s.sections {
		if sec.Number < 2 || sec.Number > 4 || hasTable(tables, sec.Number) {
			continue
		}
		from, to := blockAt(s, sec.Start), len(blocks)
		if i+1 < len(s.sections) {
			to = blockAt(s, s.sections[i+1].Start)
		}
		if p := picture(blocks[from:to]); p != nil {
			pictured(r, tables, sec.Number, p)
		}
	}
}

// blockAt finds the block of the line that starts at an offset of the text.
func blockAt(s *story, start int) int {
	for _, l := range s.lines {
		if l.start == start {
			return l.block
		}
	}
	return 0
}

// picture returns a cell that stands for the first picture among blocks without a form table.
func picture(blocks []extract.Block) *extract.Cell {
	for _, b := range blocks {
		switch {
		case b.Kind == extract.Image:
			return &extract.Cell{Image: b.Source, Place: b.Place}
		case b.Kind == extract.Table && b.Grid != nil:
			for _, c := range b.Grid.Cells {
				if c.Image != "" {
					return &extract.Cell{Image: c.Image, Place: c.Place}
				}
			}
		}
	}
	return nil
}

func hasTable(tables *fit.Reading, section int) bool {
	return slices.ContainsFunc(codebook.Forms(), func(f *codebook.Form) bool { return f.Section == section && slices.Contains(tables.Tables, f.Table) })
}

// pictured records the cells that stand in a picture. Where no other table tells the generation, they are the cells
// that both forms in force have.
func pictured(r *extract.Report, tables *fit.Reading, section int, src *extract.Cell) {
	template := ""
	for _, t := range tables.Templates {
		if t == "2019" || t == "2021" {
			if template != "" && template != t {
				template = ""
				break
			}
			template = t
		}
	}
	p := extract.Tell(extract.TableIsImage, "table_is_picture", section, src.Image)
	p.Page, p.Locator = src.Place.Page, src.Place.Locator()
	r.Problems = append(r.Problems, p)
	have := cellsOf(r.Facts)
	for _, f := range codebook.Forms() {
		if f.Section != section || f.Template != template && (template != "" || f.Template != "2021") {
			continue
		}
		other := f
		if template == "" {
			other = codebook.FindForm("2019", f.Table)
		}
		cells := picturedCells(f, other, src)
		cells = slices.DeleteFunc(cells, func(f extract.Fact) bool { return slices.Contains(have, cellsOf([]extract.Fact{f})[0]) })
		r.Facts = append(r.Facts, cells...)
		r.Templates = append(r.Templates, template)
		tables.Tables, tables.Templates = append(tables.Tables, f.Table), r.Templates
	}
}

// picturedCells lists the cells of a form that another form has too.
func picturedCells(f, other *codebook.Form, src *extract.Cell) (facts []extract.Fact) {
	has := func(labels []codebook.Label, key string) bool {
		return slices.ContainsFunc(labels, func(l codebook.Label) bool { return l.Key == key && len(l.Replaces) == 0 })
	}
	for _, row := range f.Rows {
		for _, column := range f.Columns {
			if !has(f.Rows, row.Key) || !has(f.Columns, column.Key) || !has(other.Rows, row.Key) || !has(other.Columns, column.Key) {
				continue
			}
			indicator, applicant := f.Indicator(row.Key, column.Key)
			in, _ := codebook.Lookup(indicator)
			n := extract.Fact{Indicator: indicator, State: extract.InImage, Unit: in.Unit, Locator: src.Image, ReadBy: extract.ReadByText,
				LabelPath: append(slices.Clone(row.Path), column.Path...)}
			if applicant != "" {
				n.Applicant = &applicant
			}
			if p := src.Place.Page; p > 0 {
				n.Page = &p
			}
			facts = append(facts, n)
		}
	}
	return facts
}
