// Package txt reads plain text: reports saved as text, text exports of other formats, text pasted from Word or written
// in markdown.
package txt

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/celltext"
	"github.com/gongkai-data/gongkai/extract/charset"
	"github.com/gongkai-data/gongkai/extract/delimited"
	"github.com/gongkai-data/gongkai/extract/foreign"
)

// Options for Read.
type Options struct {
	ContentType string // value of the HTTP header Content-Type, if the text came over HTTP
}

// Bounds on the work on one document; the longest report known has under 2,000 lines and 200,000 bytes.
const (
	maxLines = 200_000
	maxBytes = 16 << 20
)

// Read reads one text. Every line is a paragraph, lines with tabs or bars that form a table are grids
// (extract.Grid.Flat); Place holds the lines, counted from 1. The error is ctx's only: bad text is told in
// Document.Problems.
func Read(ctx context.Context, body []byte, opt Options) (*extract.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read text: %w", err)
	}
	text, info := charset.Decode(body, opt.ContentType)
	doc := &extract.Document{Reader: "txt", MediaType: "text/plain", Charset: info.Used}
	if bad, all := charset.Damage(text, info); bad > 0 {
		doc.Problems = append(doc.Problems, extract.Tell(extract.DamagedText, "characters_lost", bad, all, info.Declared, info.Used))
	}
	_, signs := foreign.Simplify(text) // the text itself stays as published
	for _, s := range signs {
		doc.Problems = append(doc.Problems, extract.Tell(extract.ForeignCopy, s.Code, s.Args...))
	}
	if len(text) > maxBytes {
		text = bytes.ToValidUTF8(text[:maxBytes], nil)
		doc.Problems = append(doc.Problems, extract.Tell(extract.Truncated, "text_bytes_cut", maxBytes))
	}
	lines, cut := split(text)
	if cut {
		doc.Problems = append(doc.Problems, extract.Tell(extract.Truncated, "text_lines_cut", maxLines))
	}
	doc.Blocks = delimited.Blocks(unwrap(lines))
	if last := bytes.TrimRight(text, " \t"); len(last) > 0 && last[len(last)-1] != '\n' && last[len(last)-1] != '\r' {
		doc.LeaveOpen()
	}
	if len(doc.Blocks) == 0 {
		doc.Problems = append(doc.Problems, extract.Tell(extract.UnreadableDocument, "text_empty"))
	}
	return doc, nil
}

// split cuts the text into its non-blank lines. A form feed (a page break in text exports) ends a line and counts as a
// blank one.
func split(text []byte) (lines []delimited.Line, cut bool) {
	no, gap := 0, false
	pages := newFurniture(text)
	for len(text) > 0 {
		line, rest, stop := text, []byte(nil), byte(0)
		if end := bytes.IndexAny(text, "\n\r\f"); end >= 0 {
			line, rest, stop = text[:end], text[end+1:], text[end]
			if stop == '\r' {
				rest = bytes.TrimPrefix(rest, []byte("\n"))
			}
		}
		no++
		if no > maxLines {
			return lines, true
		}
		if s := celltext.Unmark(celltext.Visible(string(line))); strings.TrimSpace(s) == "" || pages.drop(s) {
			gap = true
		} else {
			lines = append(lines, delimited.Line{Text: s, Gap: gap, Place: extract.Place{LineStart: no, LineEnd: no}})
			gap = false
		}
		if stop == '\f' {
			gap = true
			no-- // a form feed does not end a line in what editors count
		}
		text = rest
	}
	return lines, false
}
