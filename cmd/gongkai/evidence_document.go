package main

import (
	"context"
	"fmt"
	"html"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/datasets/schema"
	"github.com/gongkai-data/gongkai/datasets/web"
	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/read"
)

// showDocument shows a document that no browser shows, as it was read: its paragraphs and tables, with the cell marked.
func showDocument(ctx context.Context, d original, f *schema.Fact) (web.View, error) {
	locator := ""
	if f != nil {
		locator = f.Locator
	}
	marked := locator == ""
	inner, err := d.asRead(ctx, func(place string) (open, end string) {
		if marked || place != locator {
			return "", ""
		}
		marked = true
		return `<mark id="gongkai-cell">`, "</mark>"
	})
	if err != nil {
		return web.View{}, err
	}
	if f != nil && !marked {
		return web.View{}, fmt.Errorf("%w: %s is not in the document", web.ErrNoEvidence, locator)
	}
	return framed(inner), nil
}

// wholeDocument is a document as it was read, with every cell as an anchor.
func wholeDocument(ctx context.Context, d original, facts []schema.Fact) (string, error) {
	return d.asRead(ctx, anchorsOf(facts).take)
}

// asRead reads a document and writes it as HTML, its cells marked by what mark puts around the text of a place.
func (d original) asRead(ctx context.Context, mark func(locator string) (open, end string)) (string, error) {
	doc, err := read.Document(ctx, d.name, d.body, d.again)
	if err != nil {
		return "", fmt.Errorf("reading %s again: %w", d.name, err)
	}
	var b strings.Builder
	marked := func(p extract.Place, text string) string {
		open, end := mark(p.Locator())
		return open + asLines(text) + end
	}
	for _, block := range doc.Blocks {
		switch {
		case block.Kind == extract.Table && block.Grid != nil:
			b.WriteString("<table>")
			row := -1
			for _, c := range block.Grid.Cells {
				for ; row < c.Row; row++ {
					b.WriteString("<tr>")
				}
				b.WriteString("<td")
				if c.RowSpan > 1 {
					b.WriteString(` rowspan="` + strconv.Itoa(c.RowSpan) + `"`)
				}
				if c.ColSpan > 1 {
					b.WriteString(` colspan="` + strconv.Itoa(c.ColSpan) + `"`)
				}
				b.WriteString(">" + marked(c.Place, c.Text) + "</td>")
			}
			b.WriteString("</table>\n")
		case block.Kind == extract.Paragraph:
			b.WriteString("<p>" + marked(block.Place, block.Text) + "</p>\n")
		}
	}
	return b.String(), nil
}

func asLines(s string) string { return strings.ReplaceAll(html.EscapeString(s), "\n", "<br>") }
