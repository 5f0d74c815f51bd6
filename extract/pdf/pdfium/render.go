package pdfium

import (
	"fmt"
	"image"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/tetratelabs/wazero/api"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// maxPixels bounds a picture: A3 at 300 dots per inch.
const maxPixels = 18_000_000

// Render draws page n (from 1) at dpi dots per inch.
func (d *Document) Render(n, dpi int) (*image.RGBA, error) {
	if n < 1 || n > d.Pages {
		return nil, fmt.Errorf("there is no page %d: the document has %d", n, d.Pages)
	}
	page, err := d.load(n)
	if err != nil {
		return nil, err
	}
	defer d.call("FPDF_ClosePage", page)
	picture, err := d.picture(page, dpi)
	if err != nil {
		return nil, fmt.Errorf("drawing page %d: %w", n, err)
	}
	return picture, nil
}

// picture draws a loaded page on white, or on nothing where the page itself is transparent.
func (d *Document) picture(page uint64, dpi int) (*image.RGBA, error) {
	side := func(function string) int {
		return int(math.Ceil(api.DecodeF64(d.call(function, page)) * float64(dpi) / 72))
	}
	width, height := side("FPDF_GetPageWidth"), side("FPDF_GetPageHeight")
	if width <= 0 || height <= 0 || width > maxPixels/height {
		return nil, fmt.Errorf("%d by %d pixels: %w", width, height, geometry.ErrTooLarge)
	}
	const withAlpha = 1
	bitmap := d.call("FPDFBitmap_Create", uint64(width), uint64(height), withAlpha)
	if bitmap == 0 {
		return nil, fmt.Errorf("%d by %d pixels: PDFium has no memory for them", width, height)
	}
	defer d.call("FPDFBitmap_Destroy", bitmap)
	ground := uint64(0xFFFFFFFF)
	if d.does("FPDFPage_HasTransparency", page) {
		ground = 0
	}
	d.call("FPDFBitmap_FillRect", bitmap, 0, 0, uint64(width), uint64(height), ground)
	// PDFium's order of bytes is BGRA, Go's the reverse.
	d.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, uint64(width), uint64(height), 0, uint64(enums.FPDF_RENDER_FLAG_REVERSE_BYTE_ORDER))
	at := d.call("FPDFBitmap_GetBuffer", bitmap)
	if d.err != nil {
		return nil, d.err
	}
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	copy(out.Pix, d.bytes(uint32(at), len(out.Pix)))
	return out, d.err
}
