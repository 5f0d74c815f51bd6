package main

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gongkai-data/gongkai/crawl/browser"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/fit"
	"github.com/gongkai-data/gongkai/extract/pdf"
)

// Colours of a picture beside pdf.Marked, which is that of the value asked about.
var (
	itemColour  = color.RGBA{R: 190, G: 190, B: 190, A: 255} // a cell of the document's tables
	factColour  = color.RGBA{G: 150, B: 60, A: 255}          // a cell that became a value of the form
	labelColour = color.RGBA{R: 240, G: 150, A: 255}         // the labels of the value asked about
)

// depict writes a picture of the page or the table in which a fact stands. It returns the file, which is an HTML file
// beside the one asked for where no browser can draw, and why that is so.
func depict(ctx context.Context, body []byte, doc *extract.Document, r *extract.Report, t *fit.Trace, f extract.Fact, file string) (written, undrawn string, err error) {
	if f.Page != nil && doc.MediaType == "application/pdf" {
		return file, "", drawPage(ctx, body, doc, r, t, f, file)
	}
	table := tableHTML(doc, r, t, f)
	if table == "" {
		return "", "", fmt.Errorf("--png draws tables, and this value stands in words: %s", f.Locator)
	}
	picture, err := browserPicture(ctx, table)
	if err != nil {
		snippet := strings.TrimSuffix(file, filepath.Ext(file)) + ".html"
		return snippet, err.Error(), writePicture(snippet, []byte(table))
	}
	return file, "", writePicture(file, picture)
}

func browserPicture(ctx context.Context, page string) ([]byte, error) {
	program, err := browser.Find()
	if err != nil {
		return nil, err
	}
	return browser.Picture(ctx, browser.Options{Program: program, Unsandboxed: os.Geteuid() == 0}, page) // of our own making, without scripts
}

func writePicture(file string, content []byte) error {
	if err := os.WriteFile(file, content, 0o666); err != nil {
		return fmt.Errorf("writing the picture: %w", err)
	}
	return nil
}

// drawPage draws the page of a PDF: the edges of its tables, its cells, those that became values of the form, and the
// labels of the value asked about.
func drawPage(ctx context.Context, body []byte, doc *extract.Document, r *extract.Report, t *fit.Trace, f extract.Fact, file string) error {
	page := int(*f.Page)
	var frames []pdf.Frame
	add := func(p extract.Place, c color.RGBA, width float64) {
		if p.Page == page && p.Box != [4]float64{} {
			frames = append(frames, pdf.Frame{Box: inset(p.Box, 1.5), Colour: c, Width: width})
		}
	}
	facts := map[string]bool{}
	for _, x := range r.Facts {
		facts[x.Locator] = true
	}
	for _, b := range doc.Blocks {
		if b.Grid == nil {
			continue
		}
		for _, c := range b.Grid.Cells {
			if facts[c.Place.Locator()] {
				add(c.Place, factColour, 0.7)
			} else {
				add(c.Place, itemColour, 0.4)
			}
		}
	}
	for _, p := range labelPlaces(t, f) {
		add(p, labelColour, 1.2)
	}
	of, box, err := boxOf(f.Locator)
	if err != nil {
		return err
	}
	add(extract.Place{Page: of, Box: box}, pdf.Marked, 1.8)
	picture, err := pdf.Draw(ctx, body, page, 150, frames)
	if err != nil {
		return fmt.Errorf("drawing page %d: %w", page, err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return fmt.Errorf("drawing page %d: %w", page, err)
	}
	return writePicture(file, b.Bytes())
}

// inset draws a box in, so that the frames of neighbours stand beside each other.
func inset(b [4]float64, by float64) [4]float64 {
	if b[2]-b[0] <= 3*by || b[3]-b[1] <= 3*by {
		return b
	}
	return [4]float64{b[0] + by, b[1] + by, b[2] - by, b[3] - by}
}

// labelPlaces is where the labels of a fact stand: those of its row, and the header of its column.
func labelPlaces(t *fit.Trace, f extract.Fact) []extract.Place {
	table, row, column := t.Of(cellOf(f))
	if row == nil {
		return nil
	}
	return table.Places(row, column)
}

const tableStyle = `<!DOCTYPE html><meta charset="utf-8"><style>
body{font:15px sans-serif;margin:16px;background:#fff} table{border-collapse:collapse} td{border:1px solid #bbb;padding:3px 7px;text-align:center;min-width:4em}
td.fact{outline:2px solid #00963c;outline-offset:-3px} td.label{outline:3px solid #f09600;outline-offset:-3px} td.value{outline:4px solid #dc0000;outline-offset:-3px}
small{display:block;color:#00963c;font-size:10px;max-width:9em;overflow-wrap:anywhere;margin:auto} p{color:#555}</style>
`

// tableHTML is the table in which a fact stands as its reader saw it, with the cells of the form named and those of the
// fact marked; "" where it stands in no grid.
func tableHTML(doc *extract.Document, r *extract.Report, t *fit.Trace, f extract.Fact) string {
	var grid *extract.Grid
	for _, b := range doc.Blocks {
		if b.Grid != nil && slices.ContainsFunc(b.Grid.Cells, func(c extract.Cell) bool { return c.Place.Locator() == f.Locator }) {
			grid = b.Grid
		}
	}
	if grid == nil {
		return ""
	}
	labels := labelPlaces(t, f)
	named := map[string]string{}
	for _, x := range r.Facts {
		if x.TableNo == f.TableNo {
			named[x.Locator] = cellOf(x).String()
		}
	}
	var b strings.Builder
	b.WriteString(tableStyle)
	fmt.Fprintf(&b, "<p>%s, table %d: %s</p>\n<table>", html.EscapeString(doc.Reader), f.TableNo, html.EscapeString(cellOf(f).String()))
	row := -1
	for _, c := range grid.Cells {
		if c.Row != row {
			row = c.Row
			b.WriteString("\n<tr>")
		}
		at, class := c.Place.Locator(), ""
		switch {
		case at == f.Locator:
			class = "value"
		case slices.Contains(labels, c.Place):
			class = "label"
		case named[at] != "":
			class = "fact"
		}
		fmt.Fprintf(&b, `<td class="%s" rowspan="%d" colspan="%d">%s`, class, c.RowSpan, c.ColSpan, asLines(c.Text))
		if named[at] != "" {
			fmt.Fprintf(&b, "<small>%s</small>", html.EscapeString(named[at]))
		}
		b.WriteString("</td>")
	}
	b.WriteString("\n</table>\n")
	return b.String()
}
