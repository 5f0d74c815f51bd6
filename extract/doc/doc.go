// Package doc reads Word binary documents, .doc and .wps (Microsoft, [MS-DOC]: Word (.doc) Binary File Format; in an
// OLE compound file, [MS-CFB]): the main text's paragraphs, tables and text boxes in reading order. What a table looks
// like is determined from the properties of the marks that end its rows.
package doc

import (
	"context"
	"errors"
	"fmt"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/word"
)

const (
	mediaType = "application/msword"
	maxText   = 4 << 20 // characters of the main text; the longest report known has under 1 MB
	maxRows   = 5000    // of one table; the longest form has 40
	maxDepth  = 20      // tables inside tables
)

var errEncrypted = errors.New("it is encrypted")

// Read reads one document. Place.Path is the part and the characters of it, e.g. WordDocument/characters[120-131],
// counting from 0 as [MS-DOC] does. Deleted and hidden text is left out. What is wrong with the file is told in
// Document.Problems; the error is ctx's.
func Read(ctx context.Context, body []byte) (*extract.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read Word binary: %w", err)
	}
	out := &extract.Document{MediaType: mediaType}
	fail := func(code string, err error) (*extract.Document, error) {
		out.Problems = append(out.Problems, extract.Tell(extract.UnreadableDocument, code, err))
		return out, nil
	}
	s, err := openStreams(body)
	if err != nil {
		return fail("doc.container", err)
	}
	f, err := openFile(s)
	if err != nil {
		return fail("doc.header", err)
	}
	if f.main > maxText {
		out.Problems = append(out.Problems, extract.Tell(extract.Truncated, "doc.limit", maxText))
		f.main = maxText
	}
	b := &builder{file: f, boxes: f.readBoxes()}
	var story word.Story
	if err := b.story(ctx, &story, 0, f.main); err != nil {
		return nil, fmt.Errorf("read Word binary: %w", err)
	}
	if f.work > maxWork {
		return fail("doc.work", errWork)
	}
	out.Blocks = story.Blocks
	out.Problems = append(append(out.Problems, f.problems...), b.problems...)
	if len(out.Blocks) == 0 {
		return fail("doc.empty", errors.New("it holds no text"))
	}
	if f.short {
		out.LeaveOpen()
	}
	out.Reader = "doc"
	return out, nil
}
