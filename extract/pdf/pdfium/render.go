package pdfium

import (
	"fmt"
	"image"
	"image/draw"

	"github.com/klippa-app/go-pdfium/requests"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// maxPixels bounds a picture: A3 at 300 dots per inch.
const maxPixels = 18_000_000

// Render draws page n (from 1) at dpi dots per inch.
func (d *Document) Render(n, dpi int) (*image.RGBA, error) {
	if n < 1 || n > d.Pages {
		return nil, fmt.Errorf("there is no page %d: the document has %d", n, d.Pages)
	}
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: n - 1}}
	size, err := d.instance.GetPageSizeInPixels(&requests.GetPageSizeInPixels{Page: page, DPI: dpi})
	if err != nil {
		return nil, fmt.Errorf("measuring page %d: %w", n, err)
	}
	if size.Width <= 0 || size.Height <= 0 || size.Width > maxPixels/size.Height {
		return nil, fmt.Errorf("page %d would be %d by %d pixels: %w", n, size.Width, size.Height, geometry.ErrTooLarge)
	}
	drawn, err := d.instance.RenderPageInDPI(&requests.RenderPageInDPI{Page: page, DPI: dpi})
	if err != nil {
		return nil, fmt.Errorf("drawing page %d: %w", n, err)
	}
	defer drawn.Cleanup()
	return copyOf(drawn.Result.RenderedImage), nil
}

// copyOf takes a picture out of the sandbox's memory, which ends with the document.
func copyOf(picture image.Image) *image.RGBA {
	out := image.NewRGBA(picture.Bounds())
	draw.Draw(out, out.Bounds(), picture, out.Bounds().Min, draw.Src)
	return out
}
