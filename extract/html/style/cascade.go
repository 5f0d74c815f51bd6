package style

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// cascade holds the declaration that wins for each property.
type cascade map[string]winner

type winner struct {
	value string
	prio  int64
}

// weight orders rules by what they ask for, then by where they stand.
func weight(r *rule) int64 {
	sp := r.sel.Specificity()
	return (int64(min(sp[0], 255))<<16|int64(min(sp[1], 255))<<8|int64(min(sp[2], 255)))<<15 + int64(r.order)
}

func (c cascade) take(d declared, prio int64) {
	for _, x := range d {
		p := prio
		if x.important {
			p += 1 << 44
		}
		if w, ok := c[x.name]; !ok || p >= w.prio {
			c[x.name] = winner{x.value, p}
		}
	}
}

func (c cascade) of(name string) string { return c[name].value }

// ground is what the element paints below its letters.
func (c cascade) ground() Ground {
	colour := c.of("background-color")
	if colour == "" {
		colour = strings.TrimSpace(c.of("background"))
	}
	switch {
	case picture(c.of("background")+c.of("background-image"), c, 0):
		return OtherGround
	case colour == "" || colour == "none" || colour == "inherit" || clear(colour, c, 0):
		return NoGround
	case white(colour, c, 0):
		return PaperGround
	}
	return OtherGround
}

// marker is what a list shows before an item (CSS Lists 3): a text in quotes is the author's own.
func (c cascade) marker() Marker {
	v := c.of("list-style-type")
	if v == "" {
		v = c.of("list-style")
	}
	for word := range strings.FieldsSeq(v) {
		switch strings.ToLower(word) {
		case "none", "disc", "circle", "square", "disclosure-open", "disclosure-closed":
			return Bullet
		case "inside", "outside", "inherit", "initial":
		default:
			return Numbered
		}
	}
	return InheritedMarker
}

// sizes are the keywords of font-size, in CSS pixels.
var sizes = map[string]float64{"xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32}

var fontSize = lazyregexp.New(`(?:^|\s)([\d.]+(?:px|pt|em|rem|%))`)

func (c cascade) size(em float64) float64 {
	v := c.of("font-size")
	if v == "" {
		if m := fontSize.FindStringSubmatch(c.of("font")); m != nil {
			v = m[1]
		}
	}
	switch v {
	case "":
		return 0
	case "smaller":
		return em / 1.2
	case "larger":
		return em * 1.2
	}
	if n, ok := sizes[v]; ok {
		return n
	}
	n, ok := pixels(v, em)
	if !ok {
		return 0
	}
	return n
}
