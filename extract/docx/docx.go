// Package docx reads Word documents in OOXML (ECMA-376): the main part's paragraphs, tables, text boxes and pictures in
// reading order.
package docx

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
)

// Options for Read.
type Options struct {
	MaxPart int64 // bytes that one part of the package may unpack to; 0 means 64 MB
}

const (
	defaultMaxPart = 64 << 20
	maxEntries     = 10_000    // files in the package
	maxTokens      = 1_500_000 // XML tokens of the main part
	maxDepth       = 300       // nesting of its elements
	maxText        = 4 << 20   // bytes of text; the longest report known has under 1 MB
)

const mediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// Read reads one document. Place.Path is the part and the path in it, e.g. word/document.xml/body/tbl[2]/tr[3]/tc[1],
// counting the elements of one name from 1. Tracked deletions and hidden text are left out. What is wrong with the file
// is told in Document.Problems; the error is ctx's.
func Read(ctx context.Context, body []byte, opt Options) (*extract.Document, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("read DOCX: %w", err)
	}
	if opt.MaxPart == 0 {
		opt.MaxPart = defaultMaxPart
	}
	doc := &extract.Document{MediaType: mediaType}
	fail := func(code string, args ...any) (*extract.Document, error) {
		doc.Problems = append(doc.Problems, extract.Tell(extract.UnreadableDocument, code, args...))
		return doc, nil
	}
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		_, _ = fail("docx_damaged", err)
		if bytes.HasPrefix(body, []byte("PK\x03\x04")) {
			doc.Problems = append(doc.Problems, extract.Tell(extract.Truncated, "package_cut"))
		}
		return doc, nil
	}
	if len(z.File) > maxEntries {
		return fail("docx_too_many_files", len(z.File), maxEntries)
	}
	p := &pack{files: make(map[string]*zip.File, len(z.File)), limit: opt.MaxPart}
	for _, f := range z.File {
		p.files[strings.TrimPrefix(f.Name, "/")] = f
	}
	main := p.mainPart()
	if p.files[main] == nil {
		return fail("docx_not_word")
	}
	r := &reader{ctx: ctx, doc: doc, rels: p.relations(main), numbers: p.numbering(main), styles: p.readStyles(main)}
	doc.Title = p.title()
	err = p.decode(main, func(d *xml.Decoder) error { return r.part(d, main) })
	if ctx.Err() != nil {
		return nil, fmt.Errorf("read DOCX: %w", ctx.Err())
	}
	if r.text > maxText {
		doc.Problems = append(doc.Problems, extract.Tell(extract.Truncated, "docx_limit", maxText))
	}
	if r.chunks > 0 {
		doc.Problems = append(doc.Problems, extract.Tell(extract.Truncated, "docx_chunks", r.chunks))
	}
	switch {
	case err != nil && len(doc.Blocks) == 0:
		return fail("docx_unreadable", err)
	case err != nil:
		doc.Problems = append(doc.Problems, extract.Tell(extract.Truncated, "read_to_an_error", err))
		doc.LeaveOpen()
	case len(doc.Blocks) == 0:
		return fail("docx_empty")
	}
	doc.Reader = "docx"
	return doc, nil
}

// pack is an opened OOXML package.
type pack struct {
	files map[string]*zip.File
	limit int64
}

var errTooLarge = errors.New("it unpacks to more than the limit")

// decode runs read over one part, never further than the limit.
func (p *pack) decode(name string, read func(*xml.Decoder) error) error {
	f := p.files[name]
	if f == nil {
		return fmt.Errorf("no part %s", name)
	}
	in, err := f.Open()
	if err != nil {
		return fmt.Errorf("open %s: %w", name, err)
	}
	defer in.Close()
	limited := &io.LimitedReader{R: in, N: p.limit}
	err = read(xml.NewDecoder(limited))
	if limited.N <= 0 {
		return fmt.Errorf("%s: %w of %d bytes", name, errTooLarge, p.limit)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// mainPart follows the package's relations to the document, which nearly always is word/document.xml.
func (p *pack) mainPart() string {
	main := "word/document.xml"
	_ = p.decode("_rels/.rels", func(d *xml.Decoder) error {
		return each(d, "Relationship", func(e xml.StartElement) {
			if strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
				main = strings.TrimPrefix(path.Clean("/"+attr(e, "Target")), "/")
			}
		})
	})
	return main
}

// relations maps the ids that a part uses to the targets: file names in the package, or addresses.
func (p *pack) relations(part string) map[string]string {
	dir, file := path.Split(part)
	out := map[string]string{}
	_ = p.decode(dir+"_rels/"+file+".rels", func(d *xml.Decoder) error {
		return each(d, "Relationship", func(e xml.StartElement) {
			target := attr(e, "Target")
			if attr(e, "TargetMode") != "External" {
				target = strings.TrimPrefix(path.Join("/", dir, target), "/")
				if t := attr(e, "Target"); strings.HasPrefix(t, "/") {
					target = strings.TrimPrefix(path.Clean(t), "/")
				}
			}
			out[attr(e, "Id")] = target
		})
	})
	return out
}

// title reads the title of the core properties, which may be missing.
func (p *pack) title() string {
	title := ""
	_ = p.decode("docProps/core.xml", func(d *xml.Decoder) error {
		inside := false
		return tokens(d, func(t xml.Token) {
			switch t := t.(type) {
			case xml.StartElement:
				inside = t.Name.Local == "title"
			case xml.EndElement:
				inside = false
			case xml.CharData:
				if inside {
					title += string(t)
				}
			}
		})
	})
	return strings.TrimSpace(title)
}

// each calls f for every element of one name.
func each(d *xml.Decoder, name string, f func(xml.StartElement)) error {
	return tokens(d, func(t xml.Token) {
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == name {
			f(e)
		}
	})
}

func tokens(d *xml.Decoder, f func(xml.Token)) error {
	for n := 0; n < maxTokens; n++ {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		f(t)
	}
	return errTooLarge
}

func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
