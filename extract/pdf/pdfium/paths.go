package pdfium

import (
	"fmt"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/structs"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// maxNesting bounds form objects within form objects, which a hostile file can make cyclic.
const maxNesting = 8

// walk is the state of one walk over a page's objects.
type walk struct {
	d               *Document
	v               view
	page            *geometry.Page
	objects, points int
	order           int    // of the object at hand
	inForm          bool   // the object at hand stands in a form object, which may be part of a layer
	texts           []text // text objects, in the order of painting
	covered         bool   // something that may hide text was painted after some
	coloured        bool   // some text is neither black nor grey
	inkless         bool   // some text may not be seen, by its colour, its mode, its clip or its layer
	pictures        []geometry.Picture
}

// text is what is known of a text object.
type text struct {
	ink           geometry.Color
	object        references.FPDF_PAGEOBJECT
	order         int
	white, unseen bool // its ink is one that may not be seen
	inForm        bool
	aside         geometry.Point // by which it was moved aside, on the page as displayed
	pictured      bool           // a picture was painted after it
	layered       bool           // whether it is painted a layer decides
	clip          *geometry.Box  // nil: all of it is painted
}

func (d *Document) paths(ref requests.Page, v view, page *geometry.Page) (*walk, error) {
	count, err := d.instance.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: ref})
	if err != nil {
		return nil, err
	}
	w := &walk{d: d, v: v, page: page}
	for i := range count.Count {
		object, err := d.instance.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: ref, Index: i})
		if err != nil {
			continue
		}
		if err := w.object(object.PageObject, identity, 0); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// text notes a text object and what may keep it from being seen.
func (w *walk) text(ref references.FPDF_PAGEOBJECT, outer structs.FPDF_FS_MATRIX) {
	t := text{object: ref, order: w.order, inForm: w.inForm, layered: w.inForm || w.layered(ref)}
	if c, err := w.d.instance.FPDFPageObj_GetFillColor(&requests.FPDFPageObj_GetFillColor{PageObject: ref}); err == nil {
		t.ink = color(c.FillColor)
		t.white = t.ink.White()
		w.coloured = w.coloured || t.ink.R != t.ink.G || t.ink.G != t.ink.B
	}
	if m, err := w.d.instance.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: ref}); err == nil {
		t.white = t.white && m.TextRenderMode&3 == enums.FPDF_TEXTRENDERMODE_FILL
		t.unseen = inkless(m.TextRenderMode)
	}
	t.clip = w.clip(ref, outer)
	w.inkless = w.inkless || t.white || t.unseen || t.layered || t.clip != nil
	w.texts = append(w.texts, t)
}

// inkless lists the modes that neither fill nor stroke (PDF 32000-1, table 106).
func inkless(m enums.FPDF_TEXT_RENDERMODE) bool {
	return m == enums.FPDF_TEXTRENDERMODE_INVISIBLE || m == enums.FPDF_TEXTRENDERMODE_CLIP
}

var identity = structs.FPDF_FS_MATRIX{A: 1, D: 1}

// then returns the matrix that applies a first and b after it.
func then(a, b structs.FPDF_FS_MATRIX) structs.FPDF_FS_MATRIX {
	return structs.FPDF_FS_MATRIX{
		A: a.A*b.A + a.B*b.C, B: a.A*b.B + a.B*b.D,
		C: a.C*b.A + a.D*b.C, D: a.C*b.B + a.D*b.D,
		E: a.E*b.A + a.F*b.C + b.E, F: a.E*b.B + a.F*b.D + b.F,
	}
}

func (w *walk) object(ref references.FPDF_PAGEOBJECT, outer structs.FPDF_FS_MATRIX, depth int) error {
	if w.objects++; w.objects > maxObjects || depth > maxNesting {
		return fmt.Errorf("%d objects, nested %d deep: %w", w.objects, depth, geometry.ErrTooLarge)
	}
	p := w.d.instance
	w.order++
	kind, err := p.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: ref})
	if err != nil {
		return nil
	}
	switch kind.Type {
	case enums.FPDF_PAGEOBJ_TEXT:
		w.text(ref, outer)
	case enums.FPDF_PAGEOBJ_SHADING:
		w.page.Shaded = true
	case enums.FPDF_PAGEOBJ_PATH:
		return w.path(ref, then(w.matrix(ref), outer))
	case enums.FPDF_PAGEOBJ_IMAGE:
		m := then(w.matrix(ref), outer)
		a, b := w.at(m, 0, 0), w.at(m, 1, 1)
		box := geometry.Box{X0: min(a.X, b.X), Y0: min(a.Y, b.Y), X1: max(a.X, b.X), Y1: max(a.Y, b.Y)}
		w.page.Images = append(w.page.Images, box)
		if len(w.texts) > 0 {
			w.covered = true
			w.pictures = append(w.pictures, geometry.Picture{Box: box, Order: w.order})
		}
	case enums.FPDF_PAGEOBJ_FORM:
		count, err := p.FPDFFormObj_CountObjects(&requests.FPDFFormObj_CountObjects{PageObject: ref})
		if err != nil {
			return nil
		}
		m := then(w.matrix(ref), outer)
		defer func(before bool) { w.inForm = before }(w.inForm)
		w.inForm = true
		for i := range count.Count {
			inner, err := p.FPDFFormObj_GetObject(&requests.FPDFFormObj_GetObject{PageObject: ref, Index: uint64(i)})
			if err != nil {
				continue
			}
			if err := w.object(inner.PageObject, m, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *walk) matrix(ref references.FPDF_PAGEOBJECT) structs.FPDF_FS_MATRIX {
	m, err := w.d.instance.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: ref})
	if err != nil {
		return identity
	}
	return m.Matrix
}

func (w *walk) at(m structs.FPDF_FS_MATRIX, x, y float64) geometry.Point {
	return w.v.point(float64(m.A)*x+float64(m.C)*y+float64(m.E), float64(m.B)*x+float64(m.D)*y+float64(m.F))
}

func (w *walk) path(ref references.FPDF_PAGEOBJECT, m structs.FPDF_FS_MATRIX) error {
	p := w.d.instance
	mode, err := p.FPDFPath_GetDrawMode(&requests.FPDFPath_GetDrawMode{PageObject: ref})
	if err != nil {
		return nil
	}
	out := geometry.Path{Order: w.order, Fill: mode.FillMode != enums.FPDF_FILLMODE_NONE, Stroke: mode.Stroke}
	if !out.Fill && !out.Stroke {
		return nil // a clip
	}
	count, err := p.FPDFPath_CountSegments(&requests.FPDFPath_CountSegments{PageObject: ref})
	if err != nil {
		return nil
	}
	if w.points += count.Count; w.points > maxPoints {
		return fmt.Errorf("%d path points: %w", w.points, geometry.ErrTooLarge)
	}
	if out.Stroke {
		if c, err := p.FPDFPageObj_GetStrokeColor(&requests.FPDFPageObj_GetStrokeColor{PageObject: ref}); err == nil {
			out.StrokeColor = color(c.StrokeColor)
		}
		if s, err := p.FPDFPageObj_GetStrokeWidth(&requests.FPDFPageObj_GetStrokeWidth{PageObject: ref}); err == nil {
			scale := math.Sqrt(math.Abs(float64(m.A*m.D - m.B*m.C)))
			out.LineWidth = float64(s.StrokeWidth) * scale
		}
	}
	if out.Fill {
		if c, err := p.FPDFPageObj_GetFillColor(&requests.FPDFPageObj_GetFillColor{PageObject: ref}); err == nil {
			out.FillColor = color(c.FillColor)
		}
	}
	var sub []geometry.Point
	curve := 0 // points of a curve so far: two control points, which no line goes through, and its end
	for i := range count.Count {
		segment, err := p.FPDFPath_GetPathSegment(&requests.FPDFPath_GetPathSegment{PageObject: ref, Index: i})
		if err != nil {
			continue
		}
		s := segment.PathSegment
		point, err := p.FPDFPathSegment_GetPoint(&requests.FPDFPathSegment_GetPoint{PathSegment: s})
		if err != nil {
			continue
		}
		kind, err := p.FPDFPathSegment_GetType(&requests.FPDFPathSegment_GetType{PathSegment: s})
		if err != nil {
			continue
		}
		if kind.Type == enums.FPDF_SEGMENT_BEZIERTO {
			out.Curved = true
			out.Hull = out.Hull.Union(pointBox(w.at(m, float64(point.X), float64(point.Y))))
			if curve = (curve + 1) % 3; curve != 0 {
				continue
			}
		} else {
			curve = 0
		}
		if kind.Type == enums.FPDF_SEGMENT_MOVETO {
			if len(sub) > 1 {
				out.Subpaths = append(out.Subpaths, sub)
			}
			sub = nil
		}
		sub = append(sub, w.at(m, float64(point.X), float64(point.Y)))
		if closed, err := p.FPDFPathSegment_GetClose(&requests.FPDFPathSegment_GetClose{PathSegment: s}); err == nil && closed.IsClose && len(sub) > 1 {
			sub = append(sub, sub[0])
		}
	}
	if len(sub) > 1 {
		out.Subpaths = append(out.Subpaths, sub)
	}
	if out.Fill && len(w.texts) > 0 {
		// A fill may be one that multiplies with what lies under it, as a marker's.
		if t, err := p.FPDFPageObj_HasTransparency(&requests.FPDFPageObj_HasTransparency{PageObject: ref}); err == nil {
			out.Blended = t.HasTransparency
		}
		w.covered = w.covered || !out.Blended && out.FillColor.A > 100
	}
	w.page.Paths = append(w.page.Paths, out)
	return nil
}

func pointBox(p geometry.Point) geometry.Box { return geometry.Box{X0: p.X, Y0: p.Y, X1: p.X, Y1: p.Y} }

func color(c structs.FPDF_COLOR) geometry.Color {
	return geometry.Color{R: uint8(c.R), G: uint8(c.G), B: uint8(c.B), A: uint8(c.A)}
}
