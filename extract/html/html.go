// Package html reads web pages: the report's own part of the page, its paragraphs in reading order, and every data table as a grid.
package html

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/charset"
	"github.com/gongkai-data/gongkai/extract/foreign"
	"github.com/gongkai-data/gongkai/extract/html/tree"
)

// Options for Read.
type Options struct {
	ContentType string // value of the HTTP header Content-Type, if the page came over HTTP
	Address     string // the page's own, after which its links are made whole; may be empty
}

// Read reads one page. Place.Path of paragraphs, grids and cells is a CSS path that selects the element in the page. What is wrong with the
// page is told in Document.Problems; the error is ctx's only.
func Read(ctx context.Context, body []byte, opt Options) (*extract.Document, error) {
	text, info := charset.Decode(body, opt.ContentType)
	doc := &extract.Document{Reader: "html", MediaType: "text/html", Charset: info.Used, Meta: map[string]string{}}
	if p := charset.Damage(text, info); p != "" {
		doc.Problems = append(doc.Problems, extract.Problem{Kind: extract.DamagedText, Detail: p})
	}
	if bytes.IndexByte(text, 0) >= 0 { // the parser would drop it: 4\x008 is not 48
		text = bytes.ReplaceAll(bytes.TrimRight(text, "\x00"), []byte{0}, []byte("\ufffd"))
	}
	text, why := foreign.Simplify(text)
	if why != "" {
		doc.Problems = append(doc.Problems, extract.Problem{Kind: extract.ForeignCopy, Detail: why})
	}
	root, cut, err := tree.Parse(ctx, text)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("read HTML: %w", ctx.Err())
	}
	if err != nil {
		doc.Reader = ""
		doc.Problems = append(doc.Problems, extract.Problem{Kind: extract.UnreadableDocument, Detail: "the page could not be parsed: " + err.Error()})
		return doc, nil
	}
	if cut != "" {
		doc.Problems = append(doc.Problems, extract.Problem{Kind: extract.Truncated, Detail: cut})
	}
	s := survey(root)
	if s.sheets.Cut {
		doc.Problems = append(doc.Problems, extract.Problem{Kind: extract.Truncated, Detail: "the page has more style rules than are looked at, so hidden or raised text may have been read"})
	}
	doc.Title, doc.Meta = s.bestTitle(), s.meta
	w := walker{doc: doc, survey: s, markdown: isMarkdown(text)}
	end := endOf(text)
	if end.cell {
		w.openCell = lastCell(root)
	}
	w.read(s.container(root))
	if end.cut != "" {
		doc.Problems = append(doc.Problems, extract.Problem{Kind: extract.Truncated, Code: "page_cut", Args: []string{end.cut}, Detail: end.cut + ": what comes after is missing"})
	}
	if n := len(doc.Blocks); end.line && !end.cell && n > 0 && (doc.Blocks[n-1].Kind == extract.Paragraph || doc.Blocks[n-1].Grid != nil && doc.Blocks[n-1].Grid.Flat) {
		doc.LeaveOpen() // lines of text, be they cells or not
	}
	if s.best == nil && !hasGrid(doc.Blocks) {
		doc.Elsewhere, doc.Scripted = elsewhere(root, opt.Address)
	}
	if len(doc.Blocks) == 0 {
		doc.Problems = append(doc.Problems, extract.Problem{Kind: extract.UnreadableDocument, Detail: "the page holds no text; its content may be made by scripts"})
	}
	return doc, nil
}

// hasGrid reports whether a table of several rows stands in the page.
func hasGrid(blocks []extract.Block) bool {
	return slices.ContainsFunc(blocks, func(b extract.Block) bool { return b.Grid != nil && b.Grid.Rows > 3 && b.Grid.Cols > 2 })
}

var markdownHeading = regexp.MustCompile(`(?m)^#{1,6} \S`)

// isMarkdown reports a text in Markdown whose tables are HTML, as programs that read pictures and PDFs write it.
func isMarkdown(text []byte) bool {
	head := bytes.TrimLeft(text[:min(len(text), 16<<10)], "\ufeff \t\r\n")
	return len(head) > 0 && head[0] != '<' && markdownHeading.Match(head)
}
