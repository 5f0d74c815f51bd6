// Package ofd reads OFD documents (GB/T 33190-2016, 电子文件存储与交换格式 版式文档): the glyphs, rules and pictures of each page,
// which climb the same ladder of geometry as the pages of a PDF. Section numbers in this package are those of the
// standard.
package ofd

import (
	"context"
	"errors"
	"fmt"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

const mediaType = "application/ofd"

// Read reads one document. Places are pages and boxes in points from the bottom left, as of a PDF. What is wrong with
// the file is told in Document.Problems; the error is ctx's.
func Read(ctx context.Context, body []byte) (*extract.Document, error) {
	d, err := open(ctx, body)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("read OFD: %w", ctx.Err())
	}
	if err != nil {
		return unreadable("ofd.container", err), nil
	}
	out := geometry.Layout("ofd", d.title, len(d.pages), d.page)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("read OFD: %w", ctx.Err())
	}
	out.MediaType = mediaType
	damage, letters := geometry.Damage(out)
	geometry.TellDamage(out, damage)
	out.Problems = append(out.Problems, d.problems...)
	if letters > 0 {
		return out, nil
	}
	switch {
	case d.paths > outlines:
		return unreadable("ofd.outlines"), nil
	case d.images > 0:
		return unreadable("ofd.scanned"), nil
	case len(out.Problems) > 0:
		return unreadable("ofd.pages", out.Problems[0].Detail), nil
	}
	return unreadable("ofd.empty"), nil
}

// outlines is how many drawn paths a document without text has at least whose text was turned into outlines; a form
// alone has fewer.
const outlines = 400

func unreadable(code string, args ...any) *extract.Document {
	return &extract.Document{MediaType: mediaType, Problems: []extract.Problem{extract.Tell(extract.UnreadableDocument, code, args...)}}
}

// Page reads page n (from 1) as it is displayed, for a picture of it.
func Page(ctx context.Context, body []byte, n int) (*geometry.Page, error) {
	d, err := open(ctx, body)
	if err != nil {
		return nil, fmt.Errorf("opening the OFD document: %w", err)
	}
	if n < 1 || n > len(d.pages) {
		return nil, fmt.Errorf("there is no page %d: the OFD document has %d", n, len(d.pages))
	}
	return d.page(n)
}

var errEncrypted = errors.New("it is encrypted")
