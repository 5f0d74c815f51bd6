package read

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"image"
	"io"
	"strings"
	"sync"

	"github.com/PuerkitoBio/goquery"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/charset"
	"github.com/gongkai-data/gongkai/extract/html/tree"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	"github.com/gongkai-data/gongkai/extract/scan"
)

// Limits of the pictures within one page or text document that are recognised.
const (
	MaxPictures     = 20
	MaxPicture      = 8 << 20 // bytes of one
	maxPictureBytes = 32 << 20
	leastWidth      = 300 // pixels: what is smaller is an ornament
	leastHeight     = 100
	linesOfAPage    = 10 // a picture without a table that has so many lines is a page of the report
)

// pictures finds the bytes of a document's pictures; nil for one that cannot be had.
type pictures func(b *extract.Block) []byte

// withPictures reads the pictures of tables that stand in a document, in their place. Cells of them have the place of
// the picture. Without the models the document stays as it is: pictures are told where tables are missed.
func withPictures(ctx context.Context, d *extract.Document, find pictures) (*extract.Document, error) {
	if scan.Able() != nil {
		return d, nil
	}
	var blocks []extract.Block
	var sheets []*geometry.Sheet // of pictures that follow one another
	var places []extract.Place
	flush := func() {
		blocks = append(blocks, placed(geometry.Compose(sheets), places)...)
		sheets, places = nil, nil
	}
	left := &budget{pictures: MaxPictures, bytes: maxPictureBytes}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		found := picturesOf(b)
		if b.Kind != extract.Image {
			flush()
			blocks = append(blocks, *b)
		}
		for k := range found {
			s, err := left.read(ctx, &found[k], find)
			if err != nil {
				return nil, err
			}
			if s == nil {
				if b.Kind == extract.Image {
					flush()
					blocks = append(blocks, *b)
				}
				continue
			}
			places = append(places, found[k].Place)
			s.Number, s.Page = len(places), len(places)
			sheets = append(sheets, s)
		}
	}
	flush()
	d.Blocks = blocks
	if left.over {
		d.Problems = append(d.Problems, extract.Tell(extract.Truncated, "scan.limit", MaxPictures))
	}
	return d, nil
}

// picturesOf lists the pictures of a block, each as a block of its own.
func picturesOf(b *extract.Block) (out []extract.Block) {
	if b.Kind == extract.Image {
		return []extract.Block{*b}
	}
	if b.Grid == nil {
		return nil
	}
	for _, c := range b.Grid.Cells {
		if c.Image != "" {
			out = append(out, extract.Block{Kind: extract.Image, Source: c.Image, Place: c.Place})
		}
	}
	return out
}

// budget is what may still be read.
type budget struct {
	pictures, bytes int
	over            bool
}

// read recognises one picture; nil for one that shows neither a table nor a page of text, or cannot be read. The error
// is ctx's.
func (l *budget) read(ctx context.Context, b *extract.Block, find pictures) (*geometry.Sheet, error) {
	body := find(b)
	size, _, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil || size.Width < leastWidth || size.Height < leastHeight {
		return nil, nil
	}
	if l.pictures--; l.pictures < 0 || len(body) > l.bytes {
		l.over = true
		return nil, nil
	}
	l.bytes -= len(body)
	s, _, err := scan.File(ctx, body, 0)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil || len(s.Tables) == 0 && len(s.Lines) < linesOfAPage {
		return nil, nil
	}
	return s, nil
}

// placed gives what was read in pictures the places of these.
func placed(blocks []extract.Block, places []extract.Place) []extract.Block {
	of := func(p extract.Place) extract.Place {
		if p.Page < 1 || p.Page > len(places) {
			return p
		}
		return places[p.Page-1]
	}
	for i := range blocks {
		b := &blocks[i]
		b.Place = of(b.Place)
		if b.Grid == nil {
			continue
		}
		b.Grid.Place = of(b.Grid.Place)
		for k := range b.Grid.Cells {
			b.Grid.Cells[k].Place = of(b.Grid.Cells[k].Place)
		}
	}
	return blocks
}

// inPackage finds pictures in the parts of a Word document.
func inPackage(body []byte) pictures {
	parts := sync.OnceValue(func() []*zip.File {
		z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
		if err != nil {
			return nil
		}
		return z.File
	})
	return func(b *extract.Block) []byte {
		for _, f := range parts() {
			if strings.TrimPrefix(f.Name, "/") != b.Source || f.UncompressedSize64 > MaxPicture {
				continue
			}
			in, err := f.Open()
			if err != nil {
				return nil
			}
			defer in.Close()
			picture, err := io.ReadAll(io.LimitReader(in, MaxPicture))
			if err != nil {
				return nil
			}
			return picture
		}
		return nil
	}
}

// onPageOf finds the pictures that a page holds itself (data: addresses), and those that it names by their address,
// which become companions of the document.
func onPageOf(ctx context.Context, d *extract.Document, body []byte, opt Options) pictures {
	inside := embedded(body, opt)
	known := map[string][]byte{}
	over := false
	return func(b *extract.Block) []byte {
		switch _, asked := known[b.Source]; {
		case strings.HasPrefix(b.Source, "data:"):
			return inside(b)
		case opt.Picture == nil || opt.Address == "":
			return nil
		case !asked && len(known) == MaxPictures:
			if !over {
				over = true
				d.Problems = append(d.Problems, extract.Tell(extract.Truncated, "scan.limit", MaxPictures))
			}
			return nil
		case !asked:
			picture := opt.Picture(ctx, b.Source)
			c := extract.Companion{Address: b.Source}
			if picture != nil {
				sum := sha256.Sum256(picture)
				c.SHA256 = hex.EncodeToString(sum[:])
			}
			known[b.Source] = picture
			d.Companions = append(d.Companions, c)
		}
		return known[b.Source]
	}
}

// embedded finds the pictures that stand in a page itself.
func embedded(body []byte, opt Options) pictures {
	var page *goquery.Document
	return func(b *extract.Block) []byte {
		if page == nil {
			text, _ := charset.Decode(body, opt.ContentType)
			var err error
			if page, err = goquery.NewDocumentFromReader(bytes.NewReader(text)); err != nil {
				return nil
			}
		}
		at := page.Find(b.Place.Path).First()
		if goquery.NodeName(at) != "img" {
			at = at.Find("img").First()
		}
		if at.Length() == 0 {
			return nil
		}
		return DataPicture(tree.PictureSource(at.Nodes[0]))
	}
}

// DataPicture is the picture that a data: address holds; nil for another address.
func DataPicture(address string) []byte {
	kind, data, ok := strings.Cut(address, ",")
	if !ok || !strings.HasPrefix(kind, "data:") || !strings.HasSuffix(kind, ";base64") || len(data) > MaxPicture*4/3+4 {
		return nil
	}
	picture, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(data), ""))
	if err != nil {
		return nil
	}
	return picture
}
