package docx

import (
	"encoding/xml"

	"github.com/gongkai-data/gongkai/extract/word"
)

// unshown are the elements whose content Word does not show as text of the place where they stand. All other elements
// that are not known may be wrappers (content controls, custom XML, what a later version brings), and a wrapper that is
// passed over would make a blank of a number.
var unshown = map[string]bool{"pPr": true, "rPr": true, "tblPr": true, "tblPrEx": true, "tblGrid": true, "trPr": true, "tcPr": true, "sectPr": true,
	"sdtPr": true, "sdtEndPr": true, "smartTagPr": true, "customXmlPr": true, "rubyPr": true, "fldData": true, "ffData": true}

// wrapper reads an element that is none of those that a place expects: alternatives, a wrapper of what it expects, or
// something unshown.
func (r *reader) wrapper(e xml.StartElement, inside func() error) error {
	switch {
	case e.Name.Local == "del" || e.Name.Local == "moveFrom":
		return r.passDeleted()
	case e.Name.Local == "sdt":
		return r.control(inside)
	case unshown[e.Name.Local]:
		return r.skip()
	case e.Name.Local == "AlternateContent":
		return r.alternative(inside)
	case e.Name.Local == "altChunk":
		r.chunks++
		return r.skip()
	}
	return inside()
}

// passDeleted passes over what a tracked change deleted, and notes a number in it: it was published once, and some
// programs show it struck.
func (r *reader) passDeleted() error {
	for depth := 1; depth > 0; {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			r.deleted = r.deleted || word.Figure(string(t))
		}
	}
	return nil
}

// alternative reads the first of several ways to write one thing.
func (r *reader) alternative(inside func() error) error {
	seen := false
	return r.children(func(e xml.StartElement) error {
		if seen || e.Name.Local != "Choice" && e.Name.Local != "Fallback" {
			return r.skip()
		}
		seen = true
		return inside()
	})
}
