package pdfium

import "github.com/klippa-app/go-pdfium/enums"

// maxAnnotations bounds what is put into one page; with more none is, and the page counts as one whose fields were not
// read.
const maxAnnotations = 5000

// annotated is what lies over the content of a page: the fields of a form, text typed on it, stamps.
type annotated struct {
	shown    bool // some have an appearance, which is part of the page that a reader sees
	unformed bool // a field has a value and no appearance, so nothing says how it is shown
}

// annotations says what lies over a page.
func (d *Document) annotations(page uint64) annotated {
	var out annotated
	count := d.number("FPDFPage_GetAnnotCount", page)
	if count > maxAnnotations {
		return annotated{unformed: true}
	}
	if count <= 0 {
		return out
	}
	look, value := uint64(d.cString("AP")), uint64(d.cString("V"))
	for i := range count {
		a := d.call("FPDFPage_GetAnnot", page, uint64(i))
		if a == 0 {
			continue
		}
		kind := enums.FPDF_ANNOTATION_SUBTYPE(d.number("FPDFAnnot_GetSubtype", a))
		if kind != enums.FPDF_ANNOT_SUBTYPE_LINK && kind != enums.FPDF_ANNOT_SUBTYPE_POPUP {
			shown := d.does("FPDFAnnot_HasKey", a, look)
			out.shown = out.shown || shown
			if !shown && kind == enums.FPDF_ANNOT_SUBTYPE_WIDGET {
				v := d.text(func(at uint64, size int) int {
					return d.number("FPDFAnnot_GetStringValue", a, value, at, uint64(size))
				})
				out.unformed = out.unformed || v != ""
			}
		}
		d.call("FPDFPage_CloseAnnot", a)
	}
	return out
}

// flatten makes what lies over page n part of its content, as a viewer shows it, and returns the page loaded anew. It
// reports whether PDFium could.
func (d *Document) flatten(page uint64, n int) (anew uint64, done bool, err error) {
	const normalDisplay, failed = 0, 0
	done = d.number("FPDFPage_Flatten", page, normalDisplay) != failed
	d.call("FPDF_ClosePage", page)
	anew, err = d.load(n)
	return anew, done, err
}
