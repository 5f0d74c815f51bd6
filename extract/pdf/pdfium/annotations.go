package pdfium

import (
	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
)

// maxAnnotations bounds what is put into one page; with more none is, and the page counts as one whose fields were not
// read.
const maxAnnotations = 5000

// annotated is what lies over the content of a page: the fields of a form, text typed on it, stamps.
type annotated struct {
	shown    bool // some have an appearance, which is part of the page that a reader sees
	unformed bool // a field has a value and no appearance, so nothing says how it is shown
}

// annotations says what lies over a page.
func (d *Document) annotations(page references.FPDF_PAGE) annotated {
	var out annotated
	p := d.instance
	ref := requests.Page{ByReference: &page}
	count, err := p.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: ref})
	if err != nil {
		return out
	}
	if count.Count > maxAnnotations {
		return annotated{unformed: true}
	}
	for i := range count.Count {
		a, err := p.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: ref, Index: i})
		if err != nil {
			continue
		}
		kind, err := p.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a.Annotation})
		if err == nil && kind.Subtype != enums.FPDF_ANNOT_SUBTYPE_LINK && kind.Subtype != enums.FPDF_ANNOT_SUBTYPE_POPUP {
			look, err := p.FPDFAnnot_HasKey(&requests.FPDFAnnot_HasKey{Annotation: a.Annotation, Key: "AP"})
			shown := err == nil && look.HasKey
			out.shown = out.shown || shown
			if !shown && kind.Subtype == enums.FPDF_ANNOT_SUBTYPE_WIDGET {
				v, err := p.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: a.Annotation, Key: "V"})
				out.unformed = out.unformed || err == nil && v.Value != ""
			}
		}
		p.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: a.Annotation})
	}
	return out
}

// flatten makes what lies over page n part of its content, as a viewer shows it, and returns the page loaded anew.
func (d *Document) flatten(page references.FPDF_PAGE, n int) (references.FPDF_PAGE, error) {
	_, err := d.instance.FPDFPage_Flatten(&requests.FPDFPage_Flatten{Page: requests.Page{ByReference: &page}, Usage: requests.FPDFPage_FlattenUsageNormalDisplay})
	if err != nil {
		return page, err
	}
	d.instance.FPDF_ClosePage(&requests.FPDF_ClosePage{Page: page})
	loaded, err := d.instance.FPDF_LoadPage(&requests.FPDF_LoadPage{Document: d.ref, Index: n - 1})
	if err != nil {
		return "", err
	}
	return loaded.Page, nil
}
