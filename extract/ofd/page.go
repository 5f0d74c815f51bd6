package ofd

import (
	"fmt"
	"unicode"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// Limits of one page. A4 has some 2,000 characters.
const (
	maxGlyphs  = 60_000
	maxPoints  = 400_000
	maxObjects = 100_000
	maxNesting = 12     // drawings inside drawings
	maxSide    = 14_400 // points
)

// canvas is a page that is being drawn.
type canvas struct {
	*body
	page    *geometry.Page
	objects int
	order   int // objects painted so far
	points  int
	space   bool // a space stands before the next glyph
	err     error

	outlines []geometry.Box // of characters that are drawn and not set
}

// page reads page n (from 1): what its templates show below it, its own content, what they show above it, and its
// annotations.
func (d *document) page(n int) (*geometry.Page, error) {
	if err := d.ctx.Err(); err != nil {
		return nil, err
	}
	ref := d.pages[n-1]
	of := ref.of
	root, err := d.files.parse(ref.file)
	if err != nil {
		return nil, fmt.Errorf("page %d: %w", n, err)
	}
	area := root.kid("Area")
	if area == nil {
		area = of.area
	}
	x, y, w, h, ok := pageBox(area)
	if !ok || w*millimetre > maxSide || h*millimetre > maxSide {
		return nil, fmt.Errorf("page %d is %.0f by %.0f mm: %w", n, w, h, geometry.ErrTooLarge)
	}
	c := &canvas{body: of, page: &geometry.Page{Number: n, Width: w * millimetre, Height: h * millimetre}}
	// OFD measures in mm from the top left, the ladder in points from the bottom left.
	view := matrix{a: millimetre, d: -millimetre, e: -x * millimetre, f: (y + h) * millimetre}
	c.pageResources(root, ref.file)
	c.below(root, view, true)
	c.content(root.kid("Content"), view)
	c.below(root, view, false)
	c.annotated(ref.id, view)
	if c.err != nil {
		return nil, fmt.Errorf("page %d: %w", n, c.err)
	}
	c.unreadable()
	return c.page, nil
}

// unreadable puts characters that cannot be read where outlines stand beside text: a number drawn as outlines must not
// leave its cell blank.
func (c *canvas) unreadable() {
	if len(c.outlines) > 0 && len(c.page.Glyphs) == 0 {
		c.tell(c.page.Number, "ofd.page_outlines", fmt.Errorf("page %d holds its text as outlines only", c.page.Number))
		return
	}
	for _, b := range c.outlines {
		c.page.Glyphs = append(c.page.Glyphs, geometry.Glyph{Text: string(unicode.ReplacementChar), Box: b, X: b.X0, Y: b.Y0, Size: b.Height()})
	}
}

// pageBox is what a viewer shows of a page (7.5, CT_PageArea), in mm.
func pageBox(area *node) (x, y, w, h float64, ok bool) {
	for _, name := range []string{"PhysicalBox", "ApplicationBox"} {
		if b := numbers(area.get(name)); len(b) == 4 && b[2] > 0 && b[3] > 0 {
			return b[0], b[1], b[2], b[3], true
		}
	}
	return 0, 0, 0, 0, false
}

// below draws the template pages that stand below the content, or above it.
func (c *canvas) below(root *node, view matrix, below bool) {
	for _, t := range root.kids {
		if t.name != "Template" || (t.attr("ZOrder") != "Foreground") != below {
			continue
		}
		file := c.templates[t.attr("TemplateID")]
		template, err := c.files.parse(file)
		if err != nil {
			c.tell(c.page.Number, "ofd.template", err)
			continue
		}
		c.pageResources(template, file)
		c.content(template.kid("Content"), view)
	}
}

// pageResources reads those that a page or a template names for itself.
func (c *canvas) pageResources(root *node, file string) {
	for _, k := range root.kids {
		if k.name == "PageRes" {
			c.resources(c.files.resolve(file, k.text))
		}
	}
}

// content draws the layers, those of the background first and those of the foreground last (7.7).
func (c *canvas) content(content *node, view matrix) {
	if content == nil {
		return
	}
	for _, kind := range []string{"Background", "Body", "Foreground"} {
		for _, l := range content.kids {
			at := l.attr("Type")
			if at != "Background" && at != "Foreground" {
				at = "Body"
			}
			if l.name == "Layer" && at == kind {
				c.block(l, view, l.attr("DrawParam"), 0)
			}
		}
	}
}

// annotated draws the annotations of the page that a viewer shows (15.2).
func (c *canvas) annotated(page string, view matrix) {
	file, ok := c.notes[page]
	if !ok {
		return
	}
	root, err := c.files.parse(file)
	if err != nil {
		c.tell(c.page.Number, "ofd.annotations", err)
		return
	}
	for _, a := range root.kids {
		if look := a.kid("Appearance"); a.name == "Annot" && look != nil && truth(a.attr("Visible"), true) {
			c.block(look, place(look).then(view), "", 0)
		}
	}
}

// block draws the objects of a layer, a block or a drawing used more than once.
func (c *canvas) block(block *node, at matrix, layer string, depth int) {
	if depth > maxNesting {
		c.fail("drawings nested %d deep", depth)
		return
	}
	for _, o := range block.kids {
		if c.objects++; c.objects > maxObjects {
			c.fail("more than %d objects", maxObjects)
		}
		if c.err != nil {
			return
		}
		if !truth(o.attr("Visible"), true) {
			continue
		}
		switch o.name {
		case "PageBlock":
			c.block(o, at, layer, depth+1)
		case "TextObject":
			c.text(o, at, layer)
		case "PathObject":
			c.path(o, at, layer)
		case "ImageObject":
			c.image(o, at)
		case "CompositeObject":
			unit := c.units[o.attr("ResourceID")].kid("Content")
			if unit == nil {
				c.tell(c.page.Number, "ofd.unit", fmt.Errorf("the drawing %s is missing", o.attr("ResourceID")))
				continue
			}
			c.block(unit, transform(o.attr("CTM")).then(place(o)).then(at), layer, depth+1)
		}
	}
}

// place leads from the space of an object to that of its page: the corner of its Boundary (8.5).
func place(object *node) matrix {
	if b := numbers(object.attr("Boundary")); len(b) == 4 {
		return matrix{a: 1, d: 1, e: b[0], f: b[1]}
	}
	return identity
}

func (c *canvas) fail(format string, args ...any) {
	if c.err == nil {
		c.err = fmt.Errorf(format+": %w", append(args, geometry.ErrTooLarge)...)
	}
}
