// Package read is the one door to all readers: it tells a document's format by its bytes, has the right reader read it,
// and builds the report.
package read

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/doc"
	"github.com/gongkai-data/gongkai/extract/docx"
	"github.com/gongkai-data/gongkai/extract/fence"
	"github.com/gongkai-data/gongkai/extract/html"
	"github.com/gongkai-data/gongkai/extract/ofd"
	"github.com/gongkai-data/gongkai/extract/pdf"
	"github.com/gongkai-data/gongkai/extract/sheet"
	"github.com/gongkai-data/gongkai/extract/txt"
)

// DefaultMaxBytes is the largest document that is read when Options do not say otherwise.
const DefaultMaxBytes = 64 << 20

// Options of Report and Document. The zero value is ready for use.
type Options struct {
	ContentType string // value of the HTTP header; only its charset is believed
	Address     string // the document's own, after which a page's links are made whole; may be empty
	Cut         string // why the body is shorter than its sender promised; empty where nothing shows that it is
	MaxBytes    int64  // a larger document is a problem, not read; 0 means DefaultMaxBytes
	PDF         pdf.Options
	// Picture finds a picture that a page names by its address, beside the page itself; nil for one that cannot be had.
	// Without it such pictures are told.
	Picture func(ctx context.Context, address string) []byte
	Copies  Copies // where converted copies of documents are kept; nil keeps none
}

// Document reads one document. name is used in errors only. A document that cannot be read comes back with an empty
// Reader and a problem of kind unreadable_document that says what it is. The error is for a ctx that ended, or for
// Options.Copies that cannot be used.
func Document(ctx context.Context, name string, body []byte, opt Options) (*extract.Document, error) {
	if opt.MaxBytes == 0 {
		opt.MaxBytes = DefaultMaxBytes
	}
	if int64(len(body)) > opt.MaxBytes {
		return unreadable(sniff(body[:min(len(body), 1<<20)]).media, "document_too_large", len(body), opt.MaxBytes), nil
	}
	doc, err := dispatch(ctx, name, body, opt, 0)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return doc, nil
}

// MediaType returns that of a document by its bytes; nil for what is of no known format.
func MediaType(body []byte) *string {
	if media := sniff(body[:min(len(body), 1<<20)]).media; media != "" {
		return &media
	}
	return nil
}

// markCut reports that a document is shorter than promised. A page shows by its tags whether its last cell is whole; in
// other formats it may be a piece.
func markCut(doc *extract.Document, why string) {
	if why == "" {
		return
	}
	doc.Problems = append(doc.Problems, extract.Tell(extract.Truncated, "shorter_than_promised", why))
	if doc.Reader != "html" {
		doc.LeaveOpen()
	}
}

// wrappers is how many layers (gzip, MHTML) are taken off one document.
const wrappers = 3

func dispatch(ctx context.Context, name string, body []byte, opt Options, depth int) (out *extract.Document, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f := sniff(body)
	if p := fence.Run("the "+cmp.Or(f.id, "document"), func() { out, err = with(ctx, f, name, body, opt, depth) }); p != nil {
		p.Kind = extract.UnreadableDocument
		out, err = &extract.Document{MediaType: f.media, Problems: []extract.Problem{*p}}, nil
	} else if err == nil && f.id != "gzip" && f.id != "mhtml" {
		markCut(out, opt.Cut)
	}
	return out, err
}

// with reads the document with the reader of its format.
func with(ctx context.Context, f format, name string, body []byte, opt Options, depth int) (*extract.Document, error) {
	switch f.id {
	case "html":
		d, err := html.Read(ctx, body, html.Options{ContentType: opt.ContentType, Address: opt.Address})
		if err != nil {
			return nil, err
		}
		return withPictures(ctx, d, onPageOf(ctx, d, body, opt))
	case "txt":
		return txt.Read(ctx, body, txt.Options{ContentType: opt.ContentType})
	case "pdf":
		d, err := pdf.Read(ctx, name, body, opt.PDF)
		if err != nil {
			return nil, err
		}
		if d, err = layered(ctx, d, body, opt); err != nil {
			return nil, err
		}
		return scanned(ctx, d, body, opt)
	case "picture":
		return picture(ctx, f, body)
	case "doc":
		return doc.Read(ctx, body)
	case "ofd":
		return ofd.Read(ctx, body)
	case "xlsx":
		return sheet.Read(ctx, body)
	case "office":
		return convert(ctx, f, body, opt.Copies)
	case "docx":
		d, err := docx.Read(ctx, body, docx.Options{})
		if err != nil {
			return nil, err
		}
		return withPictures(ctx, d, inPackage(body))
	case "gzip", "mhtml":
		if depth == wrappers {
			return unreadable(f.media, "wrapped_too_often"), nil
		}
		inner, contentType, cut, err := unwrap(f, body, opt.MaxBytes)
		if err != nil {
			return unreadable(f.media, "unwrap_failed", err), nil
		}
		if cut != "" {
			opt.Cut = cut
		}
		if contentType != "" {
			opt.ContentType = contentType
		}
		return dispatch(ctx, name, inner, opt, depth+1)
	}
	return unreadable(f.media, "format_not_read", f.what), nil
}

// unwrap takes one layer off a document. cut says why the inner document is shorter than the layer promised, if it is.
func unwrap(f format, body []byte, limit int64) (inner []byte, contentType, cut string, err error) {
	if f.id == "mhtml" {
		return webArchive(body, limit)
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, "", "", fmt.Errorf("the gzip data is damaged: %w", err)
	}
	inner, err = io.ReadAll(io.LimitReader(z, limit+1))
	switch {
	case int64(len(inner)) > limit:
		return nil, "", "", fmt.Errorf("the document unpacks to more than the limit of %d bytes", limit)
	case errors.Is(err, io.ErrUnexpectedEOF):
		cut = "the gzip data ends early"
	case err != nil:
		return nil, "", "", fmt.Errorf("the gzip data is damaged: %w", err)
	}
	return inner, "", cut, nil
}

func unreadable(media, code string, args ...any) *extract.Document {
	return &extract.Document{MediaType: media, Problems: []extract.Problem{extract.Tell(extract.UnreadableDocument, code, args...)}}
}
