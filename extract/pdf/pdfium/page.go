package pdfium

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/tetratelabs/wazero/api"

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
func (d *Document) Page(n int) (*geometry.Page, error) {
	page, err := d.page(n)
	if d.err != nil {
		return nil, fmt.Errorf("reading page %d: %w", n, d.err)
	}
	return page, err
}

// load loads page n (from 1). Who calls it closes the page.
func (d *Document) load(n int) (uint64, error) {
	page := d.call("FPDF_LoadPage", d.handle, uint64(n-1))
	if page == 0 {
		return 0, fmt.Errorf("PDFium cannot load page %d", n)
	}
	return page, nil
}

func (d *Document) page(n int) (page *geometry.Page, err error) {
	handle, err := d.load(n)
	if err != nil {
		return nil, err
	}
	over := d.annotations(handle)
	if over.shown {
		var done bool
		if handle, done, err = d.flatten(handle, n); err != nil {
			return nil, fmt.Errorf("putting the fields of page %d into it: %w", n, err)
		}
		over.unformed = over.unformed || !done
	}
	defer d.call("FPDF_ClosePage", handle)
	v, err := d.view(handle)
	if err != nil {
		return nil, fmt.Errorf("measuring page %d: %w", n, err)
	}
	page = &geometry.Page{Number: n, Width: v.width, Height: v.height, Flattened: over.shown, Unformed: over.unformed}
	if v.width > maxSide || v.height > maxSide {
		return nil, fmt.Errorf("page %d is %.0f by %.0f points: %w", n, v.width, v.height, geometry.ErrTooLarge)
	}
	w, err := d.paths(handle, v, page)
	if err != nil {
		return nil, fmt.Errorf("reading the drawings of page %d: %w", n, err)
	}
	s, err := d.sight(handle, w)
	if err != nil {
		return nil, fmt.Errorf("looking at page %d: %w", n, err)
	}
	if err := d.glyphs(handle, s, page); err != nil {
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

func (d *Document) view(page uint64) (view, error) {
	if !d.does("FPDF_GetPageBoundingBox", page, d.out(0, 4)) {
		return view{}, errors.New("PDFium knows no bounding box")
	}
	r := d.floats() // left, top, right, bottom
	v := view{
		x0: min(r[0], r[2]), y0: min(r[1], r[3]), w: math.Abs(r[2] - r[0]), h: math.Abs(r[1] - r[3]),
		turns: d.number("FPDFPage_GetRotation", page) & 3,
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

func (d *Document) glyphs(handle uint64, s *sight, page *geometry.Page) error {
	v := s.v
	text := d.call("FPDFText_LoadPage", handle)
	if text == 0 {
		return errors.New("PDFium cannot load it")
	}
	s.text = text
	defer d.call("FPDFText_ClosePage", text)
	count := max(0, d.number("FPDFText_CountChars", text))
	if count > maxGlyphs {
		return fmt.Errorf("%d characters: %w", count, geometry.ErrTooLarge)
	}
	page.Glyphs = make([]geometry.Glyph, 0, count)
	space := false
	var stand [4]int         // characters that stand turned counter-clockwise by so many quarters
	var from *geometry.Point // where the spaces before the next glyph start
	var first struct {       // the first of the characters that share an origin
		origin geometry.Point
		box    geometry.Box
	}
	for i := range count {
		g, ok := d.glyph(text, i, v)
		switch {
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
				const unknown = -1
				if a := api.DecodeF32(d.call("FPDFText_GetCharAngle", text, uint64(i))); a != unknown {
					// The angle is clockwise, as the page's own rotation.
					stand[(4-int(math.Round(float64(a)/(math.Pi/2)))-v.turns)&3]++
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

func (d *Document) slanted(text uint64, i int) bool {
	if !d.does("FPDFText_GetMatrix", text, uint64(i), d.out(0, 4)) {
		return false
	}
	m := d.floats()
	return geometry.Slanted(m[0], m[1])
}

// glyph reads character i; ok is false for spaces, set or made up by PDFium, and for what is not on the page;
// of a blank it returns the place.
func (d *Document) glyph(text uint64, i int, v view) (g geometry.Glyph, ok bool) {
	at := uint64(i)
	r := rune(d.call("FPDFText_GetUnicode", text, at))
	if r == '\v' || r == 0x85 || r == 0x1680 {
		r = unicode.ReplacementChar // no space to a person, whatever Unicode calls it
	}
	if r == '\r' || r == '\n' || r == 0xFFFE || unicode.IsSpace(r) || r == 0x200B || r == 0xFEFF {
		if unicode.Is(unicode.Zs, r) && d.does("FPDFText_GetCharOrigin", text, at, d.out(0, 8), d.out(1, 8)) {
			origin := d.doubles()
			o := v.point(origin[0], origin[1])
			g = geometry.Glyph{Text: " ", X: o.X, Y: o.Y}
		}
		return g, false
	}
	if r == 0 || r == 0xFFFF {
		r = unicode.ReplacementChar
	}
	if !d.does("FPDFText_GetCharBox", text, at, d.out(0, 8), d.out(1, 8), d.out(2, 8), d.out(3, 8)) {
		return g, false
	}
	ink := d.doubles() // left, right, bottom, top
	if !d.does("FPDFText_GetCharOrigin", text, at, d.out(0, 8), d.out(1, 8)) {
		return g, false
	}
	origin := d.doubles()
	if !d.does("FPDFText_GetLooseCharBox", text, at, d.out(0, 4)) {
		return g, false
	}
	loose := d.floats() // left, top, right, bottom
	em := v.box(loose[0], loose[3], loose[2], loose[1])
	o := v.point(origin[0], origin[1])
	g = geometry.Glyph{Text: strings.ToValidUTF8(string(characters.Unify(r)), "\uFFFD"), Box: v.box(ink[0], ink[2], ink[1], ink[3]), X: o.X, Y: o.Y, Size: max(em.Height(), em.Width())}
	if g.Box.Width() <= 0 || g.Box.Height() <= 0 {
		g.Box = em
	}
	return g, true
}
