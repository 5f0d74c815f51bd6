package style

import (
	"encoding/binary"
	"math"
	"strings"

	"golang.org/x/net/html"
)

// Look is how an element shows.
type Look struct {
	Gone      bool    // display: none; it takes no place
	Unseen    bool    // it keeps its place and shows nothing: invisible, transparent, of no size, out of the window
	Doubtful  bool    // it may not be seen, or not as it is written: a mask, a clip, a blur
	Ink       Ink     // the colour of its letters
	Ground    Ground  // what it paints below them
	Struck    bool    // a line runs through it
	Raised    bool    // it stands above or below the line
	Apart     bool    // it is drawn apart from its neighbours, or over them
	Cell      bool    // it is drawn as the cell of a table
	Generated bool    // the style puts text of its own before or behind it
	Altered   bool    // its characters are shown in another order, or others in their place
	Pictured  bool    // it shows a picture, which may be one of digits
	Marker    Marker  // what a list shows before it
	Shown     bool    // its display is set, and not to none
	Bared     bool    // it says that it is visible, which holds within what is hidden by visibility
	Collapsed bool    // visibility: collapse, which takes rows and columns off a table
	Unknown   bool    // a class or id of it may be styled by a sheet that is not known
	Size      float64 // of its letters in CSS pixels; 0 where it has that of its parent
}

// Ink is a colour of letters.
type Ink uint8

const (
	InheritedInk Ink = iota
	Dark             // any that is seen on white
	Light            // that of paper, or none, or that of its own ground
)

// Ground is what an element paints below its letters.
type Ground uint8

const (
	NoGround Ground = iota
	PaperGround
	OtherGround // a colour, or a picture
)

// Marker is what stands before an item of a list.
type Marker uint8

const (
	InheritedMarker Marker = iota
	Bullet                 // a dot or nothing
	Numbered               // a number, or text of the author's
)

// Of says how an element shows whose parent has letters of the size em.
func (s *Sheets) Of(n *html.Node, em float64) Look {
	var l Look
	var style string
	s.words = s.words[:0]
	for _, a := range n.Attr {
		switch a.Key {
		case "style":
			style = a.Val
		case "hidden":
			l.Gone, l.Unseen = a.Val != "until-found", a.Val == "until-found"
		case "popover":
			l.Gone = true
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				l.Unknown = l.Unknown || s.External && !s.known["."+class]
			}
		case "id":
			l.Unknown = l.Unknown || s.External && a.Val != "" && !s.known["#"+a.Val] && n.Data == "span"
		default:
			if d := presented(n.Data, a); d.name != "" {
				s.words = append(s.words, d)
			}
		}
	}
	if style == "" && s.count == 0 && len(s.words) == 0 {
		return l
	}
	shown := s.shown(n, style, em)
	shown.Gone, shown.Unseen, shown.Unknown = shown.Gone || l.Gone, shown.Unseen || l.Unseen, shown.Unknown || l.Unknown
	if l.Gone && shown.Shown {
		shown.Gone = false // the author's display wins over that of the attribute
	}
	return shown
}

// shown computes how an element shows by its declarations, or remembers it: pages repeat the same ones thousands of
// times.
func (s *Sheets) shown(n *html.Node, style string, em float64) Look {
	s.before, s.on, s.letter = s.before[:0], s.on[:0], s.letter[:0]
	if s.count > 0 {
		s.matching(n, func(r *rule) {
			switch r.part {
			case whole:
				s.on = append(s.on, r)
			case before:
				s.before = append(s.before, r)
			default:
				s.letter = append(s.letter, r)
			}
		})
		if len(s.on)+len(s.before)+len(s.letter)+len(s.words) == 0 && style == "" {
			return Look{}
		}
	}
	key := s.key(style, n.Data, em)
	if l, ok := s.looks[string(key)]; ok {
		return l
	}
	l := s.compute(n, style, em)
	if s.looks == nil {
		s.looks = map[string]Look{}
	}
	if len(s.looks) < maxLooks {
		s.looks[string(key)] = l
	}
	return l
}

// maxLooks bounds the combinations of declarations that are remembered.
const maxLooks = 4096

// key names the declarations of an element, and what else its look depends on.
func (s *Sheets) key(style, tag string, em float64) []byte {
	k := s.buffer[:0]
	for _, rules := range [][]*rule{s.on, s.before, s.letter} {
		for _, r := range rules {
			k = binary.LittleEndian.AppendUint32(k, uint32(r.order))
		}
		k = append(k, 0xff, 0xff, 0xff, 0xff)
	}
	for _, d := range s.words {
		k = append(append(append(append(k, d.name...), ':'), d.value...), ';')
	}
	k = binary.LittleEndian.AppendUint64(k, math.Float64bits(em))
	if inline[tag] {
		k = append(k, 'i')
	}
	k = append(append(k, 0), style...)
	s.buffer = k
	return k
}

func (s *Sheets) compute(n *html.Node, style string, em float64) (l Look) {
	c := cascade{}
	c.take(s.words, -1)
	for _, r := range s.on {
		c.take(r.declared, weight(r))
	}
	if style != "" {
		c.take(s.attribute(style), 1<<40)
	}
	if len(c) > 0 {
		c.look(&l, n, em)
	}
	generated := cascade{}
	for _, r := range s.before {
		generated.take(r.declared, weight(r))
	}
	if content := generated.of("content"); content != "" && generated.of("display") != "none" {
		l.Generated = writes(content) && !generated.effectsOf(em)[unseen]
		l.Pictured = l.Pictured || generated.effectsOf(em)[pictured]
	}
	first := cascade{}
	for _, r := range s.letter {
		first.take(r.declared, weight(r))
	}
	if on := first.effectsOf(em); on[gone] || on[unseen] || on[faint] || on[doubtful] || on[raised] || on[struck] {
		l.Doubtful = true
	}
	return l
}

func (c cascade) look(l *Look, n *html.Node, em float64) {
	on := c.effectsOf(em)
	d := c.of("display")
	l.Gone, l.Shown, l.Cell = on[gone] || d == "none", d != "" && d != "none", d == "table-cell"
	if e := c.size(em); e > 0 && e != em {
		l.Size = e
	}
	for _, name := range []string{"display", "visibility", "opacity", "font-size", "font"} {
		l.Unknown = l.Unknown || strings.Contains(c.of(name), "var(") // it may be gone
	}
	l.Bared, l.Collapsed = c.of("visibility") == "visible", c.of("visibility") == "collapse"
	box := !inline[n.Data] || d != "" && d != "inline" || c.of("float") != "" || placed.holds(c, em)
	l.Unseen = on[unseen] || on[boxless] && box
	l.Apart = on[apart] || on[boxless] && !box
	l.Doubtful, l.Struck, l.Raised, l.Altered, l.Pictured = on[doubtful], on[struck], on[raised], on[altered], on[pictured]
	l.Ground = c.ground()
	switch {
	case on[faint]:
		if l.Ink = Light; asGround(c.of("color"), c, em) && c.of("color") != "" {
			l.Ground = PaperGround // whatever its colour, the letters have it too
		}
	case c.of("color") != "" && c.of("color") != "inherit" || c.of("-webkit-text-fill-color") != "":
		l.Ink = Dark
	}
	l.Marker = c.marker()
}

// inline are elements without a width and a height.
var inline = map[string]bool{"span": true, "font": true, "b": true, "i": true, "em": true, "strong": true, "a": true, "u": true, "label": true, "s": true, "strike": true, "small": true,
	"big": true, "sub": true, "sup": true, "code": true, "cite": true, "ins": true, "del": true, "mark": true, "tt": true, "var": true, "abbr": true, "q": true, "bdo": true, "bdi": true}

// ornaments are what styles put beside text that is no part of a number.
const ornaments = " \"'•·●■▪◆»›>→：:|/*★☆※"

// writes reports whether the content of a style may be part of a number, or one: not nothing, and no ornament.
func writes(content string) bool {
	return content != "none" && content != "normal" && strings.Trim(content, ornaments) != ""
}
