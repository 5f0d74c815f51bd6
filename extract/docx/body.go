package docx

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/word"
)

// reader reads the main part by recursive descent over its tokens.
type reader struct {
	ctx     context.Context
	doc     *extract.Document
	rels    map[string]string
	numbers *word.Numbering
	d       *xml.Decoder
	tokens  int
	depth   int
	fields  word.Fields
	styles  map[string]style
	text    int  // bytes of text so far
	chunks  int  // documents of other formats put into this one (altChunk), which are not read
	prompts int  // depth of content controls that show the prompt of their author
	deleted bool // a number was passed over that a tracked change deleted
}

var (
	errDeep  = fmt.Errorf("elements are nested deeper than %d", maxDepth)
	errMany  = fmt.Errorf("there are more than %d XML tokens", maxTokens)
	errEnded = errors.New("the XML ends early")
)

// part reads the document element's body into the document, also as far as it came before an error.
func (r *reader) part(d *xml.Decoder, name string) error {
	r.d = d
	for {
		t, err := r.next()
		if err != nil {
			if err == errEnded {
				return errors.New("there is no body")
			}
			return err
		}
		if e, ok := t.(xml.StartElement); ok && e.Name.Local == "body" {
			var s word.Story
			err := r.story(&s, name+"/body")
			s.End()
			r.doc.Blocks = s.Blocks
			return err
		}
	}
}

// next returns the next token within the limits.
func (r *reader) next() (xml.Token, error) {
	if r.tokens++; r.tokens > maxTokens {
		return nil, errMany
	}
	if r.tokens%4096 == 0 {
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
	}
	t, err := r.d.Token()
	if err == io.EOF {
		return nil, errEnded
	}
	return t, err
}

// children calls f for every child element until the element that is open ends. f must read its element to the end.
func (r *reader) children(f func(xml.StartElement) error) error {
	if r.depth++; r.depth > maxDepth {
		return errDeep
	}
	defer func() { r.depth-- }()
	for {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := f(t); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// skip reads the open element to its end.
func (r *reader) skip() error {
	for depth := 1; depth > 0; {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

// story reads blocks: paragraphs, tables, and the wrappers around them.
func (r *reader) story(s *word.Story, path string) error {
	return r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "p":
			return r.paragraph(s, s.Step(path, "p"))
		case "tbl":
			return r.table(s, s.Step(path, "tbl"))
		}
		return r.wrapper(e, func() error { return r.story(s, path) })
	})
}

// para is what one paragraph gathers.
type para struct {
	word.Text
	images []extract.Block
	boxes  []*word.Story
	path   string
	style  style
	list   list   // whose automatic number it has
	held   string // text in the instruction of a field
}

// list is a level of a list; its id is "" for none.
type list struct {
	id string
	at int
}

func (r *reader) paragraph(s *word.Story, path string) error {
	p := &para{path: path}
	err := r.inline(p, s)
	if _, broken := r.fields.Break(); broken {
		p.Write(p.held, false)
	}
	number := r.numbers.Next(p.list.id, p.list.at)
	if p.style.hidden {
		return err
	}
	lines := p.Lines()
	s.Note(&p.Text, word.Number(lines, number))
	s.Paragraph(extract.Place{Path: path}, lines...)
	if len(p.images) > 0 || len(p.boxes) > 0 {
		s.Add(p.images...)
		for _, box := range p.boxes {
			box.End()
			s.Add(box.Blocks...)
		}
	}
	return err
}

// inline reads the content of a paragraph and of what may stand around its runs.
func (r *reader) inline(p *para, s *word.Story) error {
	return r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pPr":
			return r.paragraphProperties(p)
		case "r":
			return r.run(p, s)
		case "oMath", "oMathPara":
			return r.math(p)
		case "bdo":
			if attr(e, "val") == "rtl" { // its characters are shown in the other order
				p.Write("\u202e", false)
			}
		}
		return r.wrapper(e, func() error { return r.inline(p, s) })
	})
}

func (r *reader) paragraphProperties(p *para) error {
	return r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			p.style = r.styles[attr(e, "val")]
			p.list = p.style.list
		case "numPr":
			p.list.id = "" // one of its own, or none
			return r.children(func(e xml.StartElement) error {
				p.list.take(e)
				return r.skip()
			})
		}
		return r.skip()
	})
}

// take reads a property of a list (numPr).
func (l *list) take(e xml.StartElement) {
	switch e.Name.Local {
	case "numId":
		l.id = attr(e, "val")
	case "ilvl":
		l.at, _ = strconv.Atoi(attr(e, "val"))
	}
}

// control reads a content control (sdt): its properties stand before what it holds.
func (r *reader) control(inside func() error) error {
	prompt := 0
	return r.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "sdtPr":
			return r.children(func(e xml.StartElement) error {
				if e.Name.Local == "showingPlcHdr" && on(e) {
					prompt = 1
				}
				return r.skip()
			})
		case "sdtContent":
			r.prompts += prompt
			defer func() { r.prompts -= prompt }()
			return inside()
		}
		return r.skip()
	})
}

// on reports whether a property that stands in the text holds (ST_OnOff).
func on(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off", "none":
		return false
	}
	return true
}
