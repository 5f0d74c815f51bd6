package pdfium

import (
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	characters "github.com/gongkai-data/gongkai/extract/text"
)

// Limits of one page. A4 has some 2,000 characters; beyond these a page is refused rather than read in part.
const (
	maxGlyphs  = 60_000
	maxObjects = 100_000
	maxPoints  = 400_000
	maxSide    = 14_400 // points: the largest page that PDF 1.7 allows (annex C.2)
)

// probe: every so many characters one is asked for the angle at which it stands.
const probe = 16

// Page reads page number n (from 1).
func (d *Document) Page(n int) (page *geometry.Page, err error) {
	loaded, err := d.instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: d.ref, Index: n - 1})
	if err != nil {
		return nil, fmt.Errorf("loading page %d: %w", n, err)
	}
	handle := loaded.Page
	over := d.annotations(handle)
	if over.shown {
		if handle, err = d.flatten(handle, n); err != nil {
			return nil, fmt.Errorf("putting the fields of page %d into it: %w", n, err)
		}
	}
	ref := requests.Page{ByReference: &handle}
	defer d.instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: handle})
	v, err := d.view(ref)
	if err != nil {
		return nil, fmt.Errorf("measuring page %d: %w", n, err)
	}
	page = &geometry.Page{Number: n, Width: v.width, Height: v.height, Flattened: over.shown, Unformed: over.unformed}
	if v.width > maxSide || v.height > maxSide {
		return nil, fmt.Errorf("page %d is %.0f by %.0f points: %w", n, v.width, v.height, geometry.ErrTooLarge)
	}
	w, err := d.paths(ref, v, page)
	if err != nil {
		return nil, fmt.Errorf("reading the drawings of page %d: %w", n, err)
	}
	s, err := d.sight(ref, w)
	if err != nil {
		return nil, fmt.Errorf("looking at page %d: %w", n, err)
	}
	if err := d.glyphs(ref, s, page); err != nil {
		return nil, fmt.Errorf("reading the text of page %d: %w", n, err)
	}
	// Each text object has a character at least.
	page.Lost = len(w.texts) > 10 && 2*len(w.texts) > 3*len(page.Glyphs)+3*page.Blanks
	return page, nil
}

// view maps user space to the page as displayed: the crop box's corner at the origin, /Rotate applied.
type view struct {
	x0, y0        float64
	w, h          float64 // of the crop box in user space
	width, height float64 // as displayed
	turns         int     // quarter turns clockwise
}

func (d *Document) view(ref requests.Page) (view, error) {
	box, err := d.instance.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: ref})
	if err != nil {
		return view{}, err
	}
	rotation, err := d.instance.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: ref})
	if err != nil {
		return view{}, err
	}
	r := box.Rect
	v := view{
		x0: float64(min(r.Left, r.Right)), y0: float64(min(r.Top, r.Bottom)),
		w: math.Abs(float64(r.Right - r.Left)), h: math.Abs(float64(r.Top - r.Bottom)),
		turns: int(rotation.PageRotation) & 3,
	}
	v.width, v.height = v.w, v.h
	if v.turns&1 == 1 {
		v.width, v.height = v.h, v.w
	}
	return v, nil
}

func (v view) point(x, y float64) geometry.Point {
	x, y = x-v.x0, y-v.y0
	switch v.turns {
	case 1:
		return geometry.Point{X: y, Y: v.w - x}
	case 2:
		return geometry.Point{X: v.w - x, Y: v.h - y}
	case 3:
		return geometry.Point{X: v.h - y, Y: x}
	}
	return geometry.Point{X: x, Y: y}
}

func (v view) box(x0, y0, x1, y1 float64) geometry.Box {
	a, b := v.point(x0, y0), v.point(x1, y1)
	return geometry.Box{X0: min(a.X, b.X), Y0: min(a.Y, b.Y), X1: max(a.X, b.X), Y1: max(a.Y, b.Y)}
}

func (d *Document) glyphs(ref requests.Page, s *sight, page *geometry.Page) error {
	v := s.v
	loaded, err := d.instance.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: ref})
	if err != nil {
		return err
	}
	text := loaded.TextPage
	s.text = text
	defer d.instance.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: text})
	count, err := d.instance.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: text})
	if err != nil {
		return err
	}
	if count.Count > maxGlyphs {
		return fmt.Errorf("%d characters: %w", count.Count, geometry.ErrTooLarge)
	}
	page.Glyphs = make([]geometry.Glyph, 0, count.Count)
	space := false
	var stand [4]int         // characters that stand turned counter-clockwise by so many quarters
	var from *geometry.Point // where the spaces before the next glyph start
	var first struct {       // the first of the characters that share an origin
		origin geometry.Point
		box    geometry.Box
	}
	for i := range count.Count {
		g, ok, err := d.glyph(text, i, v)
		switch {
		case err != nil:
			return err
		case !ok:
			page.Blanks++
			if g.Text == " " && from == nil {
				from = &geometry.Point{X: g.X, Y: g.Y}
			}
		default:
			s.see(i, &g)
			g.Space = space
			if from != nil && math.Abs(from.Y-g.Y) < 0.5 && from.X < g.X {
				g.Lead = g.X - from.X
			}
			from = nil
			// PDFium gives all characters of a span with a replacement text the origin of the first; their boxes tell
			// how far they are from it.
			if at := (geometry.Point{X: g.X, Y: g.Y}); len(page.Glyphs) > 0 && at == first.origin {
				x0, y0 := first.box.Center()
				x, y := g.Box.Center()
				if math.Abs(x-x0) > math.Abs(y-y0) {
					g.X += x - x0
				} else {
					g.Y += y - y0
				}
			} else {
				first.origin, first.box = at, g.Box
			}
			if n := len(page.Glyphs); n == 0 || offAxis(page.Glyphs[n-1], g) {
				g.Slanted = d.slanted(text, i)
			}
			page.Glyphs = append(page.Glyphs, g)
			if len(page.Glyphs)%probe == 1 {
				if a, err := d.instance.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: text, Index: i}); err == nil {
					// The angle is clockwise, as the page's own rotation.
					stand[(4-int(math.Round(float64(a.CharAngle)/(math.Pi/2)))-v.turns)&3]++
				}
			}
		}
		space = !ok
	}
	for turns, n := range stand {
		if n*5 > (stand[0]+stand[1]+stand[2]+stand[3])*4 {
			page.Turns = turns
		}
	}
	return nil
}

// offAxis reports whether the step from one character to the next runs slanted over the page. Only then can the next
// one be set so, and is asked for its matrix: asking for all would take a fifth of the time.
func offAxis(a, b geometry.Glyph) bool {
	return geometry.Slanted(b.X-a.X, b.Y-a.Y) || math.Abs(b.X-a.X)+math.Abs(b.Y-a.Y) > 3*max(a.Size, b.Size)
}

func (d *Document) slanted(text references.FPDF_TEXTPAGE, i int) bool {
	m, err := d.instance.FPDFText_GetMatrix(&requests.FPDFText_GetMatrix{TextPage: text, Index: i})
	return err == nil && geometry.Slanted(float64(m.Matrix.A), float64(m.Matrix.B))
}

// glyph reads character i; ok is false for spaces, set or made up by PDFium;
// of a blank it returns the place.
func (d *Document) glyph(text references.FPDF_TEXTPAGE, i int, v view) (g geometry.Glyph, ok bool, err error) {
	code, err := d.instance.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: text, Index: i})
	if err != nil {
		return g, false, err
	}
	r := rune(uint32(code.Unicode))
	if r == '\v' || r == 0x85 || r == 0x1680 {
		r = unicode.ReplacementChar // no space to a person, whatever Unicode calls it
	}
	if r == '\r' || r == '\n' || r == 0xFFFE || unicode.IsSpace(r) || r == 0x200B || r == 0xFEFF {
		if unicode.Is(unicode.Zs, r) {
			if origin, err := d.instance.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i}); err == nil {
				o := v.point(origin.X, origin.Y)
				g = geometry.Glyph{Text: " ", X: o.X, Y: o.Y}
			}
		}
		return g, false, nil
	}
	if r == 0 || r == 0xFFFF {
		r = unicode.ReplacementChar
	}
	ink, err := d.instance.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: text, Index: i})
	if err != nil {
		return g, false, nil // PDFium has no box for it: it is not on the page
	}
	origin, err := d.instance.FPDFText_GetCharOrigin(&requests.FPDFText_GetCharOrigin{TextPage: text, Index: i})
	if err != nil {
		return g, false, nil
	}
	loose, err := d.instance.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: text, Index: i})
	if err != nil {
		return g, false, nil
	}
	em := v.box(float64(loose.Rect.Left), float64(loose.Rect.Bottom), float64(loose.Rect.Right), float64(loose.Rect.Top))
	o := v.point(origin.X, origin.Y)
	g = geometry.Glyph{Text: strings.ToValidUTF8(string(characters.Unify(r)), "\uFFFD"), Box: v.box(ink.Left, ink.Bottom, ink.Right, ink.Top), X: o.X, Y: o.Y, Size: max(em.Height(), em.Width())}
	if g.Box.Width() <= 0 || g.Box.Height() <= 0 {
		g.Box = em
	}
	return g, true, nil
}
