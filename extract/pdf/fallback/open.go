// Package fallback reads the glyphs and paths of PDF pages with ledongthuc/pdf, as an independent check on PDFium: it
// interprets the content streams itself and shares nothing with package pdfium but the type of its result.
//
// The library can loop for ever, panic and exhaust memory on hostile files, so this package must only run in a process
// that may be killed.
package fallback

import (
	"bytes"
	"fmt"

	"github.com/ledongthuc/pdf"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// Limits of one page, beyond which it is refused.
const (
	maxGlyphs    = 60_000
	maxOperators = 2_000_000
	maxNesting   = 8
)

// Document is one open PDF.
type Document struct {
	reader *pdf.Reader
	fonts  map[string]*font
	layers map[string]bool // whether each layer is shown, once asked
	Pages  int
	Title  string
}

// Open opens a PDF. It may panic on a damaged one.
func Open(body []byte, password string) (*Document, error) {
	asked := false
	r, err := pdf.NewReaderEncrypted(bytes.NewReader(body), int64(len(body)), func() string {
		if asked {
			return ""
		}
		asked = true
		return password
	})
	if err != nil {
		return nil, fmt.Errorf("opening with the fallback reader: %w", err)
	}
	return &Document{reader: r, fonts: map[string]*font{}, Pages: r.NumPage(), Title: r.Trailer().Key("Info").Key("Title").Text()}, nil
}

// Page reads page number n (from 1).
func (d *Document) Page(n int) (*geometry.Page, error) {
	p := d.reader.Page(n)
	if p.V.IsNull() {
		return nil, fmt.Errorf("page %d is missing", n)
	}
	box := inherited(p.V, "CropBox")
	if box.Len() != 4 {
		box = inherited(p.V, "MediaBox")
	}
	if box.Len() != 4 {
		return nil, fmt.Errorf("page %d has no size", n)
	}
	var b [4]float64
	for i := range b {
		b[i] = box.Index(i).Float64()
	}
	x0, y0 := min(b[0], b[2]), min(b[1], b[3])
	w, h := max(b[0], b[2])-x0, max(b[1], b[3])-y0
	turns := (int(inherited(p.V, "Rotate").Int64())/90%4 + 4) % 4
	page := &geometry.Page{Number: n, Width: w, Height: h}
	start := matrix{1, 0, 0, 1, -x0, -y0}
	switch turns {
	case 1:
		start = start.then(matrix{0, -1, 1, 0, 0, w})
	case 2:
		start = start.then(matrix{-1, 0, 0, -1, w, h})
	case 3:
		start = start.then(matrix{0, 1, -1, 0, h, 0})
	}
	if turns&1 == 1 {
		page.Width, page.Height = h, w
	}
	in := &interpreter{d: d, page: page, state: initial(start)}
	if err := in.run(p.V.Key("Contents"), inherited(p.V, "Resources"), 0); err != nil {
		return nil, fmt.Errorf("interpreting page %d: %w", n, err)
	}
	if err := in.annotations(p.V.Key("Annots"), start); err != nil {
		return nil, fmt.Errorf("interpreting what lies over page %d: %w", n, err)
	}
	return page, nil
}

// initial is the graphics state that a page begins with.
func initial(ctm matrix) state {
	return state{ctm: ctm, stretch: 1, fillAlpha: 255, strokeAlpha: 255, width: 1, fill: black, stroke: black}
}

// inherited looks a page attribute up in the page and its ancestors.
func inherited(v pdf.Value, key string) pdf.Value {
	for depth := 0; depth < 32 && !v.IsNull(); depth++ {
		if r := v.Key(key); !r.IsNull() {
			return r
		}
		v = v.Key("Parent")
	}
	return pdf.Value{}
}

// matrix is a PDF transformation [a b c d e f].
type matrix [6]float64

// then returns the matrix that applies m first and n after it.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func (m matrix) apply(x, y float64) geometry.Point {
	return geometry.Point{X: m[0]*x + m[2]*y + m[4], Y: m[1]*x + m[3]*y + m[5]}
}
