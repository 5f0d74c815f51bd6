package pdfium

import (
	"fmt"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
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
	object        uint64
	order         int
	white, unseen bool // its ink is one that may not be seen
	inForm        bool
	aside         geometry.Point // by which it was moved aside, on the page as displayed
	pictured      bool           // a picture was painted after it
	layered       bool           // whether it is painted a layer decides
	clip          *geometry.Box  // nil: all of it is painted
}

func (d *Document) paths(handle uint64, v view, page *geometry.Page) (*walk, error) {
	w := &walk{d: d, v: v, page: page}
	for i := range max(0, d.number("FPDFPage_CountObjects", handle)) {
		object := d.call("FPDFPage_GetObject", handle, uint64(i))
		if object == 0 {
			continue
		}
		if err := w.object(object, identity, 0); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// text notes a text object and what may keep it from being seen.
func (w *walk) text(ref uint64, outer structs.FPDF_FS_MATRIX) {
	t := text{object: ref, order: w.order, inForm: w.inForm, layered: w.inForm || w.layered(ref)}
	if c, known := w.d.color("FPDFPageObj_GetFillColor", ref); known {
		t.ink = c
		t.white = t.ink.White()
		w.coloured = w.coloured || t.ink.R != t.ink.G || t.ink.G != t.ink.B
	}
	mode := enums.FPDF_TEXT_RENDERMODE(w.d.number("FPDFTextObj_GetTextRenderMode", ref))
	t.white = t.white && mode&3 == enums.FPDF_TEXTRENDERMODE_FILL
	t.unseen = inkless(mode)
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

func (w *walk) object(ref uint64, outer structs.FPDF_FS_MATRIX, depth int) error {
	if w.objects++; w.objects > maxObjects || depth > maxNesting {
		return fmt.Errorf("%d objects, nested %d deep: %w", w.objects, depth, geometry.ErrTooLarge)
	}
	w.order++
	switch enums.FPDF_PAGEOBJ(w.d.number("FPDFPageObj_GetType", ref)) {
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
		m := then(w.matrix(ref), outer)
		defer func(before bool) { w.inForm = before }(w.inForm)
		w.inForm = true
		for i := range max(0, w.d.number("FPDFFormObj_CountObjects", ref)) {
			inner := w.d.call("FPDFFormObj_GetObject", ref, uint64(i))
			if inner == 0 {
				continue
			}
			if err := w.object(inner, m, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *walk) matrix(ref uint64) structs.FPDF_FS_MATRIX {
	if !w.d.does("FPDFPageObj_GetMatrix", ref, w.d.out(0, 4)) {
		return identity
	}
	m := w.d.floats()
	return structs.FPDF_FS_MATRIX{A: float32(m[0]), B: float32(m[1]), C: float32(m[2]), D: float32(m[3]), E: float32(m[4]), F: float32(m[5])}
}

func (w *walk) at(m structs.FPDF_FS_MATRIX, x, y float64) geometry.Point {
	return w.v.point(float64(m.A)*x+float64(m.C)*y+float64(m.E), float64(m.B)*x+float64(m.D)*y+float64(m.F))
}

func (w *walk) path(ref uint64, m structs.FPDF_FS_MATRIX) error {
	d := w.d
	if !d.does("FPDFPath_GetDrawMode", ref, d.out(0, 4), d.out(1, 4)) {
		return nil
	}
	mode := d.integers()
	out := geometry.Path{Order: w.order, Fill: enums.FPDF_FILLMODE(mode[0]) != enums.FPDF_FILLMODE_NONE, Stroke: mode[1] == 1}
	if !out.Fill && !out.Stroke {
		return nil // a clip
	}
	count := max(0, d.number("FPDFPath_CountSegments", ref))
	if w.points += count; w.points > maxPoints {
		return fmt.Errorf("%d path points: %w", w.points, geometry.ErrTooLarge)
	}
	if out.Stroke {
		out.StrokeColor, _ = d.color("FPDFPageObj_GetStrokeColor", ref)
		if d.does("FPDFPageObj_GetStrokeWidth", ref, d.out(0, 4)) {
			scale := math.Sqrt(math.Abs(float64(m.A*m.D - m.B*m.C)))
			out.LineWidth = d.floats()[0] * scale
		}
	}
	if out.Fill {
		out.FillColor, _ = d.color("FPDFPageObj_GetFillColor", ref)
	}
	var sub []geometry.Point
	curve := 0 // points of a curve so far: two control points, which no line goes through, and its end
	for i := range count {
		segment := d.call("FPDFPath_GetPathSegment", ref, uint64(i))
		if segment == 0 {
			continue
		}
		at, known := w.segment(segment, m)
		if !known {
			continue
		}
		kind := enums.FPDF_SEGMENT(d.number("FPDFPathSegment_GetType", segment))
		if kind == enums.FPDF_SEGMENT_BEZIERTO {
			out.Curved = true
			out.Hull = out.Hull.Union(pointBox(at))
			if curve = (curve + 1) % 3; curve != 0 {
				continue
			}
		} else {
			curve = 0
		}
		if kind == enums.FPDF_SEGMENT_MOVETO {
			if len(sub) > 1 {
				out.Subpaths = append(out.Subpaths, sub)
			}
			sub = nil
		}
		sub = append(sub, at)
		if d.does("FPDFPathSegment_GetClose", segment) && len(sub) > 1 {
			sub = append(sub, sub[0])
		}
	}
	if len(sub) > 1 {
		out.Subpaths = append(out.Subpaths, sub)
	}
	if out.Fill && len(w.texts) > 0 {
		// A fill may be one that multiplies with what lies under it, as a marker's.
		out.Blended = d.does("FPDFPageObj_HasTransparency", ref)
		w.covered = w.covered || !out.Blended && out.FillColor.A > 100
	}
	w.page.Paths = append(w.page.Paths, out)
	return nil
}

func pointBox(p geometry.Point) geometry.Box { return geometry.Box{X0: p.X, Y0: p.Y, X1: p.X, Y1: p.Y} }

// segment returns the point of a segment of a path, on the page as displayed.
func (w *walk) segment(segment uint64, m structs.FPDF_FS_MATRIX) (at geometry.Point, known bool) {
	if !w.d.does("FPDFPathSegment_GetPoint", segment, w.d.out(0, 4), w.d.out(1, 4)) {
		return at, false
	}
	f := w.d.floats()
	return w.at(m, f[0], f[1]), true
}

// color asks a function for a colour.
func (s *sandbox) color(function string, of ...uint64) (c geometry.Color, known bool) {
	var args [6]uint64
	n := copy(args[:], of)
	for i := range 4 {
		args[n+i] = s.out(i, 4)
	}
	if !s.does(function, args[:n+4]...) {
		return c, false
	}
	v := s.integers()
	return geometry.Color{R: uint8(v[0]), G: uint8(v[1]), B: uint8(v[2]), A: uint8(v[3])}, true
}
