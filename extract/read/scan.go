package read

import (
	"context"
	"errors"
	"image"
	"image/draw"
	"slices"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/pdf"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	"github.com/gongkai-data/gongkai/extract/scan"
)

const (
	scanDPI  = 200 // pages of a PDF are drawn so for recognition
	maxScans = 60  // pages and pictures of one document that are recognised, some seconds each
)

// scanned reads the pictures of a PDF that are pages or tables, and puts what they show in their place.
func scanned(ctx context.Context, d *extract.Document, body []byte, opt Options) (*extract.Document, error) {
	pictures := 0
	for _, b := range d.Blocks {
		if b.Kind == extract.Image {
			pictures++
		}
	}
	if pictures == 0 {
		return d, nil
	}
	whole := pictures == len(d.Blocks)
	if why := unable(); why != "" {
		for i := range d.Problems {
			if p := &d.Problems[i]; whole && p.Kind == extract.UnreadableDocument {
				*p = extract.Tell(p.Kind, "scan.pages", why)
			}
		}
		return d, nil
	}
	var blocks []extract.Block
	var sheets []*geometry.Sheet // of pictures that follow one another
	done := 0
	flush := func() {
		blocks = append(blocks, geometry.Compose(sheets)...)
		sheets = nil
	}
	for _, b := range d.Blocks {
		if b.Kind != extract.Image {
			flush()
			blocks = append(blocks, b)
			continue
		}
		if done++; done > maxScans {
			flush()
			blocks = append(blocks, b)
			continue
		}
		s, err := pdfSheet(ctx, body, b.Place, opt)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			d.Problems = append(d.Problems, onPage(b.Place.Page, extract.Tell(extract.TableIsImage, "scan.failed", err)))
		case !whole && len(s.Tables) == 0:
			s = nil // a photograph, a chart
		}
		if err != nil || s == nil {
			flush()
			blocks = append(blocks, b)
			continue
		}
		if !whole {
			s.Lines = nil
		}
		sheets = append(sheets, s)
	}
	flush()
	if done > maxScans {
		d.Problems = append(d.Problems, extract.Tell(extract.Truncated, "scan.limit", maxScans))
	}
	d.Blocks = blocks
	if whole && slices.ContainsFunc(blocks, func(b extract.Block) bool { return b.Kind != extract.Image }) {
		d.Reader = scan.Reader
		d.Problems = slices.DeleteFunc(d.Problems, func(p extract.Problem) bool { return p.Kind == extract.UnreadableDocument })
	}
	return d, nil
}

// unable returns the code of the reason for which pictures are not read here; "" where they are.
func unable() string {
	switch err := scan.Able(); {
	case err == nil:
		return ""
	case errors.Is(err, scan.ErrOff):
		return "scan.off"
	}
	return "scan.missing"
}

func onPage(page int, p extract.Problem) extract.Problem {
	p.Page = page
	return p
}

// Abilities names what a reading depends on beside the document and this program: the same document may be read better
// where more is installed.
func Abilities() string {
	if scan.Able() == nil {
		return "ocr"
	}
	return ""
}

// pdfSheet reads a picture on a page of a PDF.
func pdfSheet(ctx context.Context, body []byte, at extract.Place, opt Options) (*geometry.Sheet, error) {
	page, err := pdf.Picture(ctx, body, at.Page, scanDPI, opt.PDF)
	if err != nil {
		return nil, err
	}
	const scale = scanDPI / 72.0
	height := page.Bounds().Dy()
	box := image.Rect(int(at.Box[0]*scale), height-int(at.Box[3]*scale), int(at.Box[2]*scale+1), height-int(at.Box[1]*scale)).Intersect(page.Bounds())
	if box.Empty() {
		return nil, errors.New("it lies outside of its page")
	}
	part := image.NewRGBA(image.Rect(0, 0, box.Dx(), box.Dy()))
	draw.Draw(part, part.Bounds(), page, box.Min, draw.Src)
	s, err := scan.Page(ctx, part, scanDPI)
	if err != nil {
		return nil, err
	}
	s.Number, s.Page = at.Page, at.Page
	s.Left, s.Bottom = float64(box.Min.X)/scale, float64(height-box.Max.Y)/scale
	return s, nil
}

// picture reads a document that is a picture, or several.
func picture(ctx context.Context, f format, body []byte) (*extract.Document, error) {
	if why := unable(); why != "" {
		return unreadable(f.media, "scan.picture", f.what, why), nil
	}
	d := &extract.Document{Reader: scan.Reader, MediaType: f.media}
	var sheets []*geometry.Sheet
	for n, frames := 0, 1; n < min(frames, maxScans); n++ {
		s, of, err := scan.File(ctx, body, n)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil && n == 0 {
			return unreadable(f.media, "scan.picture", f.what, err), nil
		}
		if err != nil {
			d.Problems = append(d.Problems, onPage(n+1, extract.Tell(extract.Truncated, "scan.failed", err)))
			continue
		}
		if frames = of; frames > maxScans && n == 0 {
			d.Problems = append(d.Problems, extract.Tell(extract.Truncated, "scan.limit", maxScans))
		}
		s.Number, s.Page = n+1, n+1
		sheets = append(sheets, s)
	}
	if d.Blocks = geometry.Compose(sheets); len(d.Blocks) == 0 {
		return unreadable(f.media, "scan.empty", f.what), nil
	}
	return d, nil
}

// Close ends the idle child processes of all readers. A later reading starts new ones.
func Close() {
	pdf.Close()
	scan.Close()
}
