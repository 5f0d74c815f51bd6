package docx

import (
	"encoding/xml"
	"strconv"
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/word"
)

// shown is how a run shows.
type shown struct{ hidden, struck, raised, white, tiny bool }

// property takes a property of a run (rPr).
func (s *shown) property(e xml.StartElement, styles map[string]style) {
	switch e.Name.Local {
	case "rStyle":
		of := styles[attr(e, "val")]
		s.hidden, s.struck = s.hidden || of.hidden, s.struck || of.struck
	case "vanish", "webHidden":
		s.hidden = on(e)
	case "specVanish":
		s.hidden = s.hidden || on(e)
	case "strike", "dstrike":
		s.struck = on(e)
	case "color":
		s.white = strings.EqualFold(attr(e, "val"), "FFFFFF")
	case "highlight":
		s.white = s.white && !on(e)
	case "shd":
		if fill := attr(e, "fill"); fill != "" && fill != "auto" && !strings.EqualFold(fill, "FFFFFF") {
			s.white = false
		}
	case "sz":
		n, err := strconv.ParseFloat(attr(e, "val"), 64)
		s.tiny = err == nil && n <= word.TinySize
	case "vertAlign":
		s.raised = attr(e, "val") == "superscript" || attr(e, "val") == "subscript"
	case "position":
		up, _ := strconv.Atoi(attr(e, "val"))
		s.raised = up > 0
	}
}

// run reads one run of text; hidden runs are dropped, struck ones are kept apart from their neighbours.
func (r *reader) run(p *para, s *word.Story) error {
	var got para
	got.path = p.path
	as := shown{struck: p.style.struck}
	err := r.children(func(e xml.StartElement) error {
		if e.Name.Local != "rPr" {
			return r.runContent(&got, s, e)
		}
		return r.children(func(e xml.StartElement) error {
			as.property(e, r.styles)
			return r.skip()
		})
	})
	if as.hidden {
		return err
	}
	p.Join(&got.Text)
	lines := got.Raw()
	if r.fields.Instructing() {
		p.held += lines[len(lines)-1]
		return err
	}
	for i, l := range lines {
		if as.white || as.tiny {
			l = word.Unseen(l)
		}
		if r.prompts > 0 && word.Figure(l) {
			l = "\ufffd" // what somebody is asked to write there is no value
		}
		if as.struck {
			p.Struck(l)
		}
		if i > 0 || as.struck && !p.Empty() {
			p.Break()
		}
		p.Write(l, as.raised)
	}
	if as.struck {
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
		switch attr(e, "fldCharType") {
		case "begin":
			r.fields.Begin()
		case "separate":
			r.fields.Result()
		case "end":
			if r.fields.End() {
				p.Write("\ufffd", false) // nothing tells what it looks like, but it is no blank
			}
		}
	case "instrText":
		var text para
		err := r.characters(&text)
		r.fields.Instruct(text.Raw()[0])
		return err
	case "AlternateContent":
		return r.alternative(func() error { return r.children(func(e xml.StartElement) error { return r.runContent(p, s, e) }) })
	case "drawing", "pict", "object":
		boxes := len(p.boxes)
		err := r.drawing(p, s, e)
		if len(p.boxes) == boxes { // a picture, a shape, an object of another program: something is seen
			p.Picture()
		}
		return err
	case "ruby":
		return r.ruby(p)
	}
	return r.skip()
}

// drawing finds pictures and text boxes inside a drawing; the fallback of an alternative says the same again and is
// left out.
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
		case "t":
			return r.characters(p)
		}
		return r.drawing(p, s, e)
	})
}

// ruby reads text with a gloss above it, which is left out; a gloss above nothing is all that shows.
func (r *reader) ruby(p *para) error {
	var base, above para
	err := r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "rt":
			return r.plain(&above)
		case "rubyBase":
			return r.plain(&base)
		}
		return r.skip()
	})
	text, gloss := strings.Join(base.Raw(), ""), strings.Join(above.Raw(), "")
	if strings.TrimSpace(text) == "" && strings.TrimSpace(gloss) != "" {
		text = "\ufffd"
	}
	p.Write(text, false)
	return err
}

// plain reads the text of an element, whatever stands around it.
func (r *reader) plain(p *para) error {
	return r.children(func(e xml.StartElement) error {
		if e.Name.Local == "t" {
			return r.characters(p)
		}
		return r.plain(p)
	})
}

// symbol is a character given by its number in a font. One of a symbol font stays in the private area: nothing tells
// what it looks like, but it is no blank.
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
