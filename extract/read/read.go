// Package read is the one door to all readers: it tells a document's format by its bytes, has the right reader read it, and builds the report.
package read

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/doc"
	"github.com/gongkai-data/gongkai/extract/docx"
	"github.com/gongkai-data/gongkai/extract/html"
	"github.com/gongkai-data/gongkai/extract/pdf"
	"github.com/gongkai-data/gongkai/extract/txt"
)

// DefaultMaxBytes is the largest document that is read when Options do not say otherwise.
const DefaultMaxBytes = 64 << 20

// Options of Report and Document. The zero value is ready for use.
type Options struct {
	ContentType string // value of the HTTP header; only its charset is believed
	MaxBytes    int64  // a larger document is a problem, not read; 0 means DefaultMaxBytes
	PDF         pdf.Options
}

// Document reads one document. name is used in errors only. A document that cannot be read comes back with an empty Reader and a problem of
// kind unreadable_document that says what it is. The error is for a ctx that ended, nothing else.
func Document(ctx context.Context, name string, body []byte, opt Options) (*extract.Document, error) {
	if opt.MaxBytes == 0 {
		opt.MaxBytes = DefaultMaxBytes
	}
	if int64(len(body)) > opt.MaxBytes {
		return unreadable(sniff(body[:min(len(body), 1<<20)]).media, fmt.Sprintf("the document has %d bytes, more than the limit of %d", len(body), opt.MaxBytes)), nil
	}
	doc, err := dispatch(ctx, name, body, opt, 0)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return doc, nil
}

// wrappers is how many layers (gzip, MHTML) are taken off one document.
const wrappers = 3

func dispatch(ctx context.Context, name string, body []byte, opt Options, depth int) (out *extract.Document, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f := sniff(body)
	defer func() {
		if p := recover(); p != nil {
			out, err = unreadable(f.media, fmt.Sprintf("the reader failed: %v at %s", p, panicSite(debug.Stack()))), nil
		}
	}()
	switch f.id {
	case "html":
		return html.Read(ctx, body, html.Options{ContentType: opt.ContentType})
	case "txt":
		return txt.Read(ctx, body, txt.Options{ContentType: opt.ContentType})
	case "pdf":
		return pdf.Read(ctx, name, body, opt.PDF)
	case "doc":
		return doc.Read(ctx, body)
	case "docx":
		return docx.Read(ctx, body, docx.Options{})
	case "gzip", "mhtml":
		if depth == wrappers {
			return unreadable(f.media, "the document is wrapped more than three times"), nil
		}
		inner, contentType, err := unwrap(f, body, opt.MaxBytes)
		if err != nil {
			return unreadable(f.media, err.Error()), nil
		}
		if contentType != "" {
			opt.ContentType = contentType
		}
		return dispatch(ctx, name, inner, opt, depth+1)
	}
	return unreadable(f.media, "the document is "+f.what+", which is not read"), nil
}

func unwrap(f format, body []byte, limit int64) (inner []byte, contentType string, err error) {
	if f.id == "mhtml" {
		return webArchive(body, limit)
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, "", fmt.Errorf("the gzip data is damaged: %w", err)
	}
	inner, err = io.ReadAll(io.LimitReader(z, limit+1))
	switch {
	case int64(len(inner)) > limit:
		return nil, "", fmt.Errorf("the document unpacks to more than the limit of %d bytes", limit)
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return nil, "", fmt.Errorf("the gzip data is damaged: %w", err)
	}
	return inner, "", nil
}

func unreadable(media, detail string) *extract.Document {
	return &extract.Document{MediaType: media, Problems: []extract.Problem{{Kind: extract.UnreadableDocument, Detail: detail}}}
}

// panicSite is the first line of our own code below a panic, so that a report of it can be acted on.
func panicSite(stack []byte) string {
	_, after, _ := strings.Cut(string(stack), "panic(")
	for line := range strings.Lines(after) {
		if line = strings.TrimSpace(line); strings.Contains(line, "/extract/") && strings.Contains(line, ".go:") {
			line, _, _ = strings.Cut(line, " ")
			return line[strings.Index(line, "extract/"):]
		}
	}
	return "an unknown place"
}
