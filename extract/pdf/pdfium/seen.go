package pdfium

import (
	"errors"
	"image"

	"github.com/klippa-app/go-pdfium/structs"
	"github.com/tetratelabs/wazero/api"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// layered reports whether a mark makes the object part of a layer (optional content). PDFium does not say which layers
// are on.
func (w *walk) layered(ref uint64) bool {
	d := w.d
	for i := range max(0, d.number("FPDFPageObj_CountMarks", ref)) {
		mark := d.call("FPDFPageObj_GetMark", ref, uint64(i))
		if mark == 0 {
			continue
		}
		name := d.text(func(at uint64, size int) int {
			if !d.does("FPDFPageObjMark_GetName", mark, at, uint64(size), d.out(0, 4)) {
				return 0
			}
			return int(d.integers()[0])
		})
		if name == "OC" {
			return true
		}
	}
	return false
}

// clip returns the box that a text object is clipped to, or nil where all of it lies inside.
func (w *walk) clip(ref uint64, outer structs.FPDF_FS_MATRIX) *geometry.Box {
	d := w.d
	path := d.call("FPDFPageObj_GetClipPath", ref)
	if path == 0 {
		return nil
	}
	count := d.number("FPDFClipPath_CountPaths", path)
	if count <= 0 {
		return nil
	}
	text, known := w.bounds(ref, outer)
	if !known {
		return nil
	}
	var clip *geometry.Box
	for i := range uint64(count) {
		segments := d.number("FPDFClipPath_CountPathSegments", path, i)
		if segments <= 0 {
			continue
		}
		if w.points += segments; w.points > maxPoints {
			return clip
		}
		var b geometry.Box
		for k := range segments {
			segment := d.call("FPDFClipPath_GetPathSegment", path, i, uint64(k))
			if segment == 0 {
				continue
			}
			at, known := w.segment(segment, outer)
			if !known {
				continue
			}
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

// bounds returns the box of an object, on the page as displayed.
func (w *walk) bounds(ref uint64, outer structs.FPDF_FS_MATRIX) (b geometry.Box, known bool) {
	d := w.d
	if !d.does("FPDFPageObj_GetBounds", ref, d.out(0, 4), d.out(1, 4), d.out(2, 4), d.out(3, 4)) {
		return b, false
	}
	f := d.floats() // left, bottom, right, top
	return w.box(outer, f[0], f[1], f[2], f[3]), true
}

func (w *walk) box(m structs.FPDF_FS_MATRIX, x0, y0, x1, y1 float64) geometry.Box {
	a, b, c, d := w.at(m, x0, y0), w.at(m, x1, y1), w.at(m, x0, y1), w.at(m, x1, y0)
	return geometry.Box{X0: min(a.X, b.X, c.X, d.X), Y0: min(a.Y, b.Y, c.Y, d.Y), X1: max(a.X, b.X, c.X, d.X), Y1: max(a.Y, b.Y, c.Y, d.Y)}
}

// sight says of each character of a page which text object it is part of, and whether it is seen.
type sight struct {
	*walk
	text   uint64
	marked bool
	// whole is the page as displayed and without the same without the doubtful text objects; nil where there are none.
	whole, without *image.RGBA
}

// inkDPI is fine enough to see the strokes of print.
const inkDPI = 144

// sight prepares the sight of a page, before its text is loaded. Where text may not be seen, each text object gets a
// colour of its own: the number under which it is noted. PDFium tells the colour of a character, and not the place of
// its object among the others.
func (d *Document) sight(page uint64, w *walk) (*sight, error) {
	s := &sight{walk: w}
	if !w.covered && !w.inkless && !w.coloured || len(w.texts) == 0 {
		return s, nil
	}
	if err := s.draw(page); err != nil {
		return nil, err
	}
	s.marked = true
	w.moveAside()
	for i, t := range w.texts {
		n := uint64(i + 1)
		if !d.does("FPDFPageObj_SetFillColor", t.object, n>>16&0xff, n>>8&0xff, n&0xff, 255) {
			return nil, errors.New("PDFium cannot colour its text")
		}
	}
	return s, nil
}

// draw draws the page twice, where text is part of a layer or lies under a picture: with that text and without. What is
// seen of it differs.
func (s *sight) draw(page uint64) error {
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
	if s.whole, err = w.d.picture(page, inkDPI); err != nil {
		return err
	}
	if err := w.activate(false); err != nil {
		return err
	}
	if s.without, err = w.d.picture(page, inkDPI); err != nil {
		return err
	}
	return w.activate(true)
}

// activate lets the doubtful text objects be drawn, or not.
func (w *walk) activate(active bool) error {
	state := uint64(0)
	if active {
		state = 1
	}
	for _, t := range w.texts {
		if t.layered || t.pictured {
			if !w.d.does("FPDFPageObj_SetIsActive", t.object, state) {
				return errors.New("PDFium cannot leave text out")
			}
		}
	}
	return nil
}

// moveAside moves the text objects that something was painted over far off the page: PDFium reads a character once that
// stands twice at one place, as where a number and the one painted over it share a digit, and keeps the first. see puts
// them back.
func (w *walk) moveAside() {
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
		return
	}
	for i := range w.texts {
		t := &w.texts[i]
		if t.inForm {
			continue
		}
		b, known := w.bounds(t.object, identity)
		if !known {
			continue
		}
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
		dy := float64(far * min(over, 11))
		w.d.call("FPDFPageObj_Transform", t.object, api.EncodeF64(1), 0, 0, api.EncodeF64(1), 0, api.EncodeF64(dy))
		to, from := w.v.point(0, dy), w.v.point(0, 0)
		t.aside = geometry.Point{X: to.X - from.X, Y: to.Y - from.Y}
	}
}

// see fills in what character i, read as g, looks like.
func (s *sight) see(i int, g *geometry.Glyph) {
	g.Order = s.order // painted last, so that nothing hides it
	if !s.marked {
		return
	}
	c, known := s.d.color("FPDFText_GetFillColor", s.text, uint64(i))
	if !known {
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
