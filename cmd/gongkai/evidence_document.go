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
func showDocument(ctx context.Context, name string, body []byte, f *schema.Fact) (web.View, error) {
	doc, err := read.Document(ctx, name, body, read.Options{})
	if err != nil {
		return web.View{}, fmt.Errorf("reading %s again: %w", name, err)
	}
	locator := ""
	if f != nil {
		locator = f.Locator
	}
	marked := locator == ""
	inner := documentHTML(doc, func(place string) (open, end string) {
		if marked || place != locator {
			return "", ""
		}
		marked = true
		return `<mark id="gongkai-cell">`, "</mark>"
	})
	if f != nil && !marked {
		return web.View{}, fmt.Errorf("%w: %s is not in the document", web.ErrNoEvidence, locator)
	}
	return web.View{MediaType: "text/html; charset=utf-8", Body: []byte(frame(inner))}, nil
}

// asReadHTML is a document as it was read, its cells marked by what mark puts around the text of a place.
func asReadHTML(ctx context.Context, name string, body []byte, mark func(locator string) (open, end string)) (string, error) {
	doc, err := read.Document(ctx, name, body, read.Options{})
	if err != nil {
		return "", fmt.Errorf("reading %s again: %w", name, err)
	}
	return documentHTML(doc, mark), nil
}

func documentHTML(doc *extract.Document, mark func(locator string) (open, end string)) string {
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
	return b.String()
}

func asLines(s string) string { return strings.ReplaceAll(html.EscapeString(s), "\n", "<br>") }
