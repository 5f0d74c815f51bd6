package pdfium

import (
	"image"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// layered reports whether a mark makes the object part of a layer (optional content). PDFium does not say which layers
// are on.
func (w *walk) layered(ref references.FPDF_PAGEOBJECT) bool {
	p := w.d.instance
	count, err := p.FPDFPageObj_CountMarks(&requests.FPDFPageObj_CountMarks{PageObject: ref})
	if err != nil {
		return false
	}
	for i := range uint64(max(count.Count, 0)) {
		m, err := p.FPDFPageObj_GetMark(&requests.FPDFPageObj_GetMark{PageObject: ref, Index: i})
		if err != nil {
			continue
		}
		if n, err := p.FPDFPageObjMark_GetName(&requests.FPDFPageObjMark_GetName{PageObjectMark: m.Mark}); err == nil && n.Name == "OC" {
			return true
		}
	}
	return false
}

// clip returns the box that a text object is clipped to, or nil where all of it lies inside.
func (w *walk) clip(ref references.FPDF_PAGEOBJECT, outer structs.FPDF_FS_MATRIX) *geometry.Box {
	p := w.d.instance
	path, err := p.FPDFPageObj_GetClipPath(&requests.FPDFPageObj_GetClipPath{PageObject: ref})
	if err != nil {
		return nil
	}
	count, err := p.FPDFClipPath_CountPaths(&requests.FPDFClipPath_CountPaths{ClipPath: path.ClipPath})
	if err != nil || count.Count <= 0 {
		return nil
	}
	bounds, err := p.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: ref})
	if err != nil {
		return nil
	}
	text := w.box(outer, float64(bounds.Left), float64(bounds.Bottom), float64(bounds.Right), float64(bounds.Top))
	var clip *geometry.Box
	for i := range count.Count {
		segments, err := p.FPDFClipPath_CountPathSegments(&requests.FPDFClipPath_CountPathSegments{ClipPath: path.ClipPath, PathIndex: i})
		if err != nil || segments.Count <= 0 {
			continue
		}
		if w.points += segments.Count; w.points > maxPoints {
			return clip
		}
		var b geometry.Box
		for k := range segments.Count {
			s, err := p.FPDFClipPath_GetPathSegment(&requests.FPDFClipPath_GetPathSegment{ClipPath: path.ClipPath, PathIndex: i, SegmentIndex: k})
			if err != nil {
				continue
			}
			point, err := p.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: s.PathSegment})
			if err != nil {
				continue
			}
			at := w.at(outer, float64(point.X), float64(point.Y))
			if k == 0 {
				b = geometry.Box{X0: at.X, Y0: at.Y, X1: at.X, Y1: at.Y}
			}
			b = geometry.Box{X0: min(b.X0, at.X), Y0: min(b.Y0, at.Y), X1: max(b.X1, at.X), Y1: max(b.Y1, at.Y)}
		}
		if text.X0 >= b.X0 && text.X1 <= b.X1 && text.Y0 >= b.Y0 && text.Y1 <= b.Y1 {
			continue
		}
		if clip == nil {
			clip = &b
		} else {
			clip = &geometry.Box{X0: max(clip.X0, b.X0), Y0: max(clip.Y0, b.Y0), X1: min(clip.X1, b.X1), Y1: min(clip.Y1, b.Y1)}
		}
	}
	return clip
}

func (w *walk) box(m structs.FPDF_FS_MATRIX, x0, y0, x1, y1 float64) geometry.Box {
	a, b, c, d := w.at(m, x0, y0), w.at(m, x1, y1), w.at(m, x0, y1), w.at(m, x1, y0)
	return geometry.Box{X0: min(a.X, b.X, c.X, d.X), Y0: min(a.Y, b.Y, c.Y, d.Y), X1: max(a.X, b.X, c.X, d.X), Y1: max(a.Y, b.Y, c.Y, d.Y)}
}

// sight says of each character of a page which text object it is part of, and whether it is seen.
type sight struct {
	*walk
	text   references.FPDF_TEXTPAGE
	marked bool
	// whole is the page as displayed and without the same without the doubtful text objects; nil where there are none.
	whole, without *image.RGBA
}

// inkDPI is fine enough to see the strokes of print.
const inkDPI = 144

// sight prepares the sight of a page, before its text is loaded. Where text may not be seen, each text object gets a
// colour of its own: the number under which it is noted. PDFium tells the colour of a character, and not the place of
// its object among the others.
func (d *Document) sight(ref requests.Page, w *walk) (*sight, error) {
	s := &sight{walk: w}
	if !w.covered && !w.inkless && !w.coloured || len(w.texts) == 0 {
		return s, nil
	}
	if err := s.draw(ref); err != nil {
		return nil, err
	}
	s.marked = true
	if err := w.moveAside(); err != nil {
		return nil, err
	}
	for i, t := range w.texts {
		n := uint(i + 1)
		_, err := d.instance.FPDFPageObj_SetFillColor(&requests.FPDFPageObj_SetFillColor{PageObject: t.object,
			FillColor: structs.FPDF_COLOR{R: n >> 16 & 0xff, G: n >> 8 & 0xff, B: n & 0xff, A: 255}})
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

// draw draws the page twice, where text is part of a layer or lies under a picture: with that text and without. What is
// seen of it differs.
func (s *sight) draw(ref requests.Page) error {
	w := s.walk
	doubtful := false
	for i := range w.texts {
		t := &w.texts[i]
		for _, p := range w.pictures {
			t.pictured = t.pictured || p.Order > t.order
		}
		doubtful = doubtful || t.layered || t.pictured
	}
	side := max(w.v.width, w.v.height) * inkDPI / 72
	if !doubtful || side*side > maxPixels {
		return nil
	}
	var err error
	if s.whole, err = w.d.picture(ref); err != nil {
		return err
	}
	if err := w.activate(false); err != nil {
		return err
	}
	if s.without, err = w.d.picture(ref); err != nil {
		return err
	}
	return w.activate(true)
}

func (d *Document) picture(ref requests.Page) (*image.RGBA, error) {
	drawn, err := d.instance.RenderPageInDPI(&requests.RenderPageInDPI{Page: ref, DPI: inkDPI})
	if err != nil {
		return nil, err
	}
	defer drawn.Cleanup()
	return copyOf(drawn.Result.RenderedImage), nil
}

// activate lets the doubtful text objects be drawn, or not.
func (w *walk) activate(active bool) error {
	for _, t := range w.texts {
		if t.layered || t.pictured {
			if _, err := w.d.instance.FPDFPageObj_SetIsActive(&requests.FPDFPageObj_SetIsActive{PageObject: t.object, Active: active}); err != nil {
				return err
			}
		}
	}
	return nil
}

// moveAside moves the text objects that something was painted over far off the page: PDFium reads a character once that
// stands twice at one place, as where a number and the one painted over it share a digit, and keeps the first. see puts
// them back.
func (w *walk) moveAside() error {
	const far, most = 20_000, 5_000_000
	type cover struct {
		box   geometry.Box
		order int
	}
	var covers []cover
	for _, p := range w.page.Paths {
		if p.Fill && !p.Blended && p.FillColor.A > 100 && p.Order > w.texts[0].order {
			for _, s := range p.Subpaths {
				b := geometry.Box{X0: s[0].X, Y0: s[0].Y, X1: s[0].X, Y1: s[0].Y}
				for _, q := range s {
					b = geometry.Box{X0: min(b.X0, q.X), Y0: min(b.Y0, q.Y), X1: max(b.X1, q.X), Y1: max(b.Y1, q.Y)}
				}
				if min(b.Width(), b.Height()) > 3 {
					covers = append(covers, cover{b, p.Order})
				}
			}
		}
	}
	for _, p := range w.pictures {
		covers = append(covers, cover{p.Box, p.Order})
	}
	if len(covers)*len(w.texts) > most {
		return nil
	}
	for i := range w.texts {
		t := &w.texts[i]
		if t.inForm {
			continue
		}
		r, err := w.d.instance.FPDFPageObj_GetBounds(&requests.FPDFPageObj_GetBounds{PageObject: t.object})
		if err != nil {
			continue
		}
		b := w.box(identity, float64(r.Left), float64(r.Bottom), float64(r.Right), float64(r.Top))
		over := 0 // how many lie over it: each layer of text is moved to a place of its own
		for _, c := range covers {
			if c.order > t.order && c.box.X0 < b.X1 && c.box.X1 > b.X0 && c.box.Y0 < b.Y1 && c.box.Y1 > b.Y0 {
				over++
			}
		}
		if t.layered {
			over = 11
		}
		if over == 0 {
			continue
		}
		dy := far * float32(min(over, 11))
		move := structs.FPDF_FS_MATRIX{A: 1, D: 1, F: dy}
		if _, err := w.d.instance.FPDFPageObj_Transform(&requests.FPDFPageObj_Transform{PageObject: t.object, Transform: move}); err != nil {
			return err
		}
		to, from := w.v.point(0, float64(dy)), w.v.point(0, 0)
		t.aside = geometry.Point{X: to.X - from.X, Y: to.Y - from.Y}
	}
	return nil
}

// see fills in what character i, read as g, looks like.
func (s *sight) see(i int, g *geometry.Glyph) {
	g.Order = s.order // painted last, so that nothing hides it
	if !s.marked {
		return
	}
	c, err := s.d.instance.FPDFText_GetFillColor(&requests.FPDFText_GetFillColor{TextPage: s.text, Index: i})
	if err != nil {
		return
	}
	n := int(c.R)<<16 | int(c.G)<<8 | int(c.B)
	if n < 1 || n > len(s.texts) {
		return
	}
	t := s.texts[n-1]
	g.Order, g.Ink, g.White, g.Unseen = t.order, t.ink, t.white, t.unseen
	g.X, g.Y = g.X-t.aside.X, g.Y-t.aside.Y
	g.Box = geometry.Box{X0: g.Box.X0 - t.aside.X, Y0: g.Box.Y0 - t.aside.Y, X1: g.Box.X1 - t.aside.X, Y1: g.Box.Y1 - t.aside.Y}
	x, y := g.Box.Center()
	g.Clipped = t.clip != nil && !t.clip.Contains(x, y)
	if s.whole == nil || g.White || g.Unseen || !t.layered && !t.pictured {
		return
	}
	seen, white := s.seen(g.Box)
	if seen {
		return
	}
	for _, p := range s.pictures {
		if p.Order > t.order && p.Box.Contains(x, y) {
			s.page.Pictures = append(s.page.Pictures, geometry.Picture{Box: g.Box, Order: p.Order, White: white, Whole: p.Box})
			return
		}
	}
	g.Clipped = g.Clipped || t.layered
}

// seen reports whether the doubtful text makes a difference in a box, and whether the box is white.
func (s *sight) seen(b geometry.Box) (seen, white bool) {
	const scale, faint = inkDPI / 72.0, 40
	r := image.Rect(int(b.X0*scale), int((s.v.height-b.Y1)*scale), int(b.X1*scale)+1, int((s.v.height-b.Y0)*scale)+1).
		Intersect(s.whole.Bounds()).Intersect(s.without.Bounds())
	white = true
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			a, b := s.whole.RGBAAt(x, y), s.without.RGBAAt(x, y)
			for _, d := range [3]int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)} {
				seen = seen || d > faint || d < -faint
			}
			white = white && a.R > 250 && a.G > 250 && a.B > 250
		}
	}
	return seen, white
}
