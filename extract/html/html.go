// Package html reads web pages: the report's own part of the page, its paragraphs in reading order, and every data
// table as a grid.
package html

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/charset"
	"github.com/gongkai-data/gongkai/extract/foreign"
	"github.com/gongkai-data/gongkai/extract/html/tree"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// Options for Read.
type Options struct {
	ContentType string // value of the HTTP header Content-Type, if the page came over HTTP
	Address     string // the page's own, after which its links are made whole; may be empty
}

// Read reads one page. With Options.Address the sources of its pictures are whole addresses. Place.Path of paragraphs,
// grids and cells is a CSS path that selects the element in the page. What is wrong with the page is told in
// Document.Problems; the error is ctx's only.
func Read(ctx context.Context, body []byte, opt Options) (*extract.Document, error) {
	text, info := charset.Decode(body, opt.ContentType)
	doc := &extract.Document{Reader: "html", MediaType: "text/html", Charset: info.Used, Meta: map[string]string{}}
	if bad, all := charset.Damage(text, info); bad > 0 {
		doc.Problems = append(doc.Problems, extract.Tell(extract.DamagedText, "characters_lost", bad, all, info.Declared, info.Used))
	}
	if bytes.IndexByte(text, 0) >= 0 { // the parser would drop it: 4\x008 is not 48
		text = bytes.ReplaceAll(bytes.TrimRight(text, "\x00"), []byte{0}, []byte("\ufffd"))
	}
	text, signs := foreign.Simplify(text)
	for _, s := range signs {
		doc.Problems = append(doc.Problems, extract.Tell(extract.ForeignCopy, s.Code, s.Args...))
	}
	root, cut, err := tree.Parse(ctx, text)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("read HTML: %w", ctx.Err())
	}
	if err != nil {
		doc.Reader = ""
		doc.Problems = append(doc.Problems, extract.Tell(extract.UnreadableDocument, "page_unparsed", err))
		return doc, nil
	}
	if cut != "" {
		doc.Problems = append(doc.Problems, extract.Tell(extract.Truncated, "tree_cut", cut))
	}
	s := survey(root)
	if s.sheets.Cut {
		doc.Problems = append(doc.Problems, extract.Tell(extract.Truncated, "rules_cut"))
	}
	doc.Title, doc.Meta = s.bestTitle(), s.meta
	w := walker{doc: doc, survey: s, markdown: isMarkdown(text)}
	end := endOf(text)
	if end.cell {
		w.openCell = lastCell(root)
	}
	w.read(s.container(root))
	wholeSources(root, doc, opt.Address)
	if end.cut != "" {
		doc.Problems = append(doc.Problems, extract.Tell(extract.Truncated, "page_cut", end.cut))
	}
	if n := len(doc.Blocks); end.line && !end.cell && n > 0 && (doc.Blocks[n-1].Kind == extract.Paragraph || doc.Blocks[n-1].Grid != nil && doc.Blocks[n-1].Grid.Flat) {
		doc.LeaveOpen() // lines of text, be they cells or not
	}
	if s.best == nil && !hasGrid(doc.Blocks) {
		doc.Elsewhere, doc.Scripted = elsewhere(root, opt.Address)
	}
	if len(doc.Blocks) == 0 {
		doc.Problems = append(doc.Problems, extract.Tell(extract.UnreadableDocument, "page_empty"))
	}
	return doc, nil
}

// hasGrid reports whether a table of several rows stands in the page.
func hasGrid(blocks []extract.Block) bool {
	return slices.ContainsFunc(blocks, func(b extract.Block) bool { return b.Grid != nil && b.Grid.Rows > 3 && b.Grid.Cols > 2 })
}

var markdownHeading = lazyregexp.New(`(?m)^#{1,6} \S`)

// isMarkdown reports a text in Markdown whose tables are HTML, as programs that read pictures and PDFs write it.
func isMarkdown(text []byte) bool {
	head := bytes.TrimLeft(text[:min(len(text), 16<<10)], "\ufeff \t\r\n")
	return len(head) > 0 && head[0] != '<' && markdownHeading.Match(head)
}

// at places a problem at a path in the page.
func at(p extract.Problem, path string) extract.Problem {
	p.Locator = path
	return p
}
