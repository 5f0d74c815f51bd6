package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/word"
)

// run reads one run of text; hidden runs are dropped, struck ones are kept apart from their neighbours.
func (r *reader) run(p *para, s *word.Story) error {
	var got para
	got.path = p.path
	hidden, struck, raised, white := false, false, false, false
	err := r.children(func(e xml.StartElement) error {
		if e.Name.Local != "rPr" {
			return r.runContent(&got, s, e)
		}
		return r.children(func(e xml.StartElement) error {
			on := attr(e, "val") != "0" && attr(e, "val") != "false" && attr(e, "val") != "none"
			switch e.Name.Local {
			case "rStyle":
				hidden = hidden || r.hidden[attr(e, "val")]
			case "vanish", "webHidden":
				hidden = on
			case "specVanish":
				hidden = hidden || on
			case "strike", "dstrike":
				struck = on
			case "color":
				white = strings.EqualFold(attr(e, "val"), "FFFFFF")
			case "shd", "highlight":
				white = false
			case "vertAlign":
				raised = attr(e, "val") == "superscript" || attr(e, "val") == "subscript"
			case "position":
				up, _ := strconv.Atoi(attr(e, "val"))
				raised = up > 0
			}
			return r.skip()
		})
	})
	if hidden {
		return err
	}
	lines := got.Raw()
	if r.instructing() {
		p.held += lines[len(lines)-1]
		return err
	}
	for i, l := range lines {
		if white && l != "" && strings.Trim(l, "0123456789.,% ") == "" {
			l = "\ufffd" // most likely nobody sees it
		}
		if i > 0 || struck && !p.Empty() {
			p.Break()
		}
		p.Write(l, raised)
	}
	if struck {
		p.Break()
	}
	p.images = append(p.images, got.images...)
	p.boxes = append(p.boxes, got.boxes...)
	return err
}

func (r *reader) runContent(p *para, s *word.Story, e xml.StartElement) error {
	switch e.Name.Local {
	case "t":
		return r.characters(p)
	case "tab", "ptab":
		p.Write("\t", false)
	case "br", "cr":
		p.Break()
	case "noBreakHyphen":
		p.Write("-", false)
	case "sym":
		p.Write(symbol(attr(e, "char")), false)
	case "fldChar":
		if r.fieldChar(attr(e, "fldCharType")) {
			p.Write("\ufffd", false) // nothing tells what it looks like, but it is no blank
		}
	case "instrText":
		return r.instruct()
	case "AlternateContent":
		return r.alternative(func() error { return r.children(func(e xml.StartElement) error { return r.runContent(p, s, e) }) })
	case "drawing", "pict", "object":
		boxes := len(p.boxes)
		err := r.drawing(p, s, e)
		if len(p.boxes) == boxes { // a picture, a shape, an object of another program: something is seen
			p.Picture()
		}
		return err
	case "ruby", "rubyBase":
		return r.drawing(p, s, e)
	}
	return r.skip()
}

// drawing finds pictures and text boxes inside a drawing; the fallback of an alternative says the same again and is left out.
func (r *reader) drawing(p *para, s *word.Story, e xml.StartElement) error {
	return r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "blip", "imagedata":
			id := attr(e, "embed")
			if id == "" {
				id = attr(e, "id")
			}
			if id == "" {
				id = attr(e, "link")
			}
			if target := r.rels[id]; target != "" {
				p.images = append(p.images, extract.Block{Kind: extract.Image, Source: target, Place: extract.Place{Path: p.path}})
			}
			return r.skip()
		case "txbxContent":
			box := &word.Story{}
			p.boxes = append(p.boxes, box)
			return r.story(box, p.path+"/txbxContent["+strconv.Itoa(len(p.boxes))+"]")
		case "AlternateContent":
			return r.alternative(func() error { return r.drawing(p, s, e) })
		case "rt":
			return r.skip()
		case "t":
			return r.characters(p)
		}
		return r.drawing(p, s, e)
	})
}

// symbol is a character given by its number in a font. One of a symbol font stays in the private area: nothing tells what it looks like, but it is
// no blank.
func symbol(char string) string {
	n, err := strconv.ParseUint(char, 16, 32)
	if err != nil || n == 0 {
		return "\ufffd"
	}
	return string(rune(n))
}

// math reads the letters and digits of a formula.
func (r *reader) math(p *para) error {
	return r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "t":
			return r.characters(p)
		case "sSup", "sSub", "sSubSup", "f", "rad": // 10³ is not 103
			p.Write("\ufffd", false)
			return r.skip()
		}
		return r.math(p)
	})
}

func (r *reader) characters(p *para) error {
	for {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.CharData:
			if r.text += len(t); r.text > maxText {
				continue // told at the end
			}
			p.Write(string(t), false)
		case xml.StartElement:
			if err := r.skip(); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}
