package read

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/pdf"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	"github.com/gongkai-data/gongkai/extract/scan"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// layerDiffers is the doubt of numbers that the text layer of a scan has otherwise: a sum must confirm them.
const layerDiffers = "the text that the scan carries, which another program recognised, has another number here"

// layered reads the pages of a scan that carries the text which another program recognised in it (invisible, over the
// picture). That text is a third reading beside those of the two models, and never stands for itself: where the pages
// cannot be recognised here, its numbers are in doubt.
func layered(ctx context.Context, d *extract.Document, body []byte, opt Options) (*extract.Document, error) {
	pages := layeredPages(d)
	if len(pages) == 0 || len(pages) > maxScans || scan.Able() != nil {
		return d, nil
	}
	var sheets []*geometry.Sheet
	for _, n := range pages {
		page, err := pdf.Picture(ctx, body, n, scanDPI, opt.PDF)
		var s *geometry.Sheet
		if err == nil {
			s, err = scan.Page(ctx, page, scanDPI)
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			d.Problems = append(d.Problems, onPage(n, extract.Tell(extract.TableIsImage, "scan.failed", err)))
			return d, nil
		}
		s.Number, s.Page = n, n
		third(s, layerOf(d, n))
		sheets = append(sheets, s)
	}
	d.Blocks = geometry.Compose(sheets)
	return d, nil
}

// layeredPages lists the pages of a document all of which carry such text; none where some page does not: its tables
// may go on over both.
func layeredPages(d *extract.Document) (pages []int) {
	for _, p := range d.Problems {
		if p.Code == "pdf_recognised" && !slices.Contains(pages, p.Page) {
			pages = append(pages, p.Page)
		}
	}
	for _, b := range d.Blocks {
		if !slices.Contains(pages, b.Place.Page) {
			return nil
		}
	}
	slices.Sort(pages)
	return pages
}

// layerOf lists the cells of a page that hold numbers.
func layerOf(d *extract.Document, page int) (cells []extract.Cell) {
	for _, b := range d.Blocks {
		if b.Grid == nil {
			continue
		}
		for _, c := range b.Grid.Cells {
			if c.Place.Page == page && number.Parse(c.Text).State == number.Reported {
				cells = append(cells, c)
			}
		}
	}
	return cells
}

// third compares the cells of a sheet with the numbers of its layer.
func third(s *geometry.Sheet, layer []extract.Cell) {
	for _, t := range s.Tables {
		for i := range t.Cells {
			c := &t.Cells[i]
			text, ok := within(c.Box, layer)
			if !ok {
				continue
			}
			read, said := number.Parse(c.Text), number.Parse(text)
			switch {
			case read.State == number.Unreadable && c.Readings != "" && !slices.Contains(strings.Split(c.Readings, "\n"), text):
				c.Readings += "\n" + text
			case read.State == number.Reported && read.Value == said.Value:
				c.Doubt = ""
			case read.State == number.Reported:
				c.Doubt = layerDiffers
			case read.State == number.Blank:
				c.Text, c.Doubt = string(unicode.ReplacementChar), layerDiffers // it sees ink where we saw none
			}
		}
	}
}

// within returns the text of the only cell of the layer whose middle lies in a box.
func within(b geometry.Box, layer []extract.Cell) (text string, ok bool) {
	for _, c := range layer {
		p := c.Place.Box
		if !b.Contains((p[0]+p[2])/2, (p[1]+p[3])/2) {
			continue
		}
		if ok {
			return "", false
		}
		text, ok = c.Text, true
	}
	return text, ok
}
