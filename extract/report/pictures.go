package report

import (
	"slices"

	"github.com/gongkai-data/gongkai/datasets/codebook"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// pictures gives the cells of a section's tables the state image where a picture stands under its heading in place of the table.
// Pictures are never read as numbers.
func (w *walker) pictures(blocks []extract.Block, s *story) {
	for i, sec := range s.sections {
		if sec.Number < 2 || sec.Number > 4 || w.hasTable(sec.Number) {
			continue
		}
		from, to := blockAt(s, sec.Start), len(blocks)
		if i+1 < len(s.sections) {
			to = blockAt(s, s.sections[i+1].Start)
		}
		if p := picture(blocks[from:to]); p != nil {
			w.picture(sec.Number, p)
		}
	}
	for i := range w.facts { // a picture in a single cell of a table
		if c := w.facts[i].cell; c.kind == empty && c.src.Image != "" && c.t.no > 0 {
			w.problemAt(extract.TableIsImage, w.facts[i].factKey, c, "%s stands in a picture", w.facts[i].factKey)
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

func (w *walker) hasTable(section int) bool {
	for u := range w.uses {
		if f := codebook.FindForm("2019", u.table); f != nil && f.Section == section {
			return true
		}
	}
	return false
}

// picture records the cells that stand in a picture. Where no other table tells the template, they are the cells that both forms in force have.
func (w *walker) picture(section int, src *extract.Cell) {
	template := ""
	for u := range w.uses {
		if u.template == "2019" || u.template == "2021" {
			if template != "" && template != u.template {
				template = ""
				break
			}
			template = u.template
		}
	}
	c := &cell{src: src, t: noTable(), kind: empty, value: number.Value{State: number.Blank}}
	w.problem(extract.TableIsImage, c, "the table of section %d is a picture (%s)", section, src.Image)
	for _, f := range codebook.Forms() {
		if f.Section != section || f.Template != template && (template != "" || f.Template != "2021") {
			continue
		}
		if template == "" {
			w.bothForms(f, c)
			continue
		}
		w.use(f.Template, f.Table)
		w.pictureCells(f, f, c)
	}
}

func (w *walker) bothForms(f *codebook.Form, c *cell) {
	older := codebook.FindForm("2019", f.Table)
	w.pictureCells(f, older, c)
	w.use("", f.Table)
}

// pictureCells adds the cells of a form that another form has too.
func (w *walker) pictureCells(f, other *codebook.Form, c *cell) {
	for _, row := range f.Rows {
		for _, col := range f.Columns {
			has := func(l codebook.Label) bool { return l.Key == row.Key && len(l.Replaces) == 0 }
			hasColumn := func(l codebook.Label) bool { return l.Key == col.Key && len(l.Replaces) == 0 }
			if !slices.ContainsFunc(other.Rows, has) || !slices.ContainsFunc(other.Columns, hasColumn) || len(row.Replaces)+len(col.Replaces) > 0 {
				continue
			}
			indicator, applicant := f.Indicator(row.Key, col.Key)
			w.add(found{factKey: factKey{indicator, applicant}, cell: c, path: append(slices.Clone(row.Path), col.Path...)})
		}
	}
}
