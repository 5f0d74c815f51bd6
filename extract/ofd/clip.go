package ofd

import "github.com/gongkai-data/gongkai/extract/pdf/geometry"

// clip is what of an object is painted (8.5, Clips), once for each of the spaces in which programs measure clips: that
// of the object, that of its boundary, that of the page. What lies outside all of them is not painted.
type clip struct {
	boxes [3]*geometry.Box
	any   bool
}

// clipOf reads the clips of an object that stands at a place of the page.
func (c *canvas) clipOf(o *node, at matrix) (out clip) {
	clips := o.kid("Clips")
	if clips == nil {
		return out
	}
	boundary := place(o).then(at)
	out.any = true
	for i, m := range []matrix{transform(o.attr("CTM")).then(boundary), boundary, at} {
		out.boxes[i] = c.clipBox(clips, m)
	}
	return out
}

// clipBox is the box around what all clips leave, nil where they are not understood.
func (c *canvas) clipBox(clips *node, at matrix) *geometry.Box {
	var left *geometry.Box
	for _, k := range clips.kids {
		var painted *geometry.Box // by any of the areas
		for _, area := range k.kids {
			for _, shape := range area.kids {
				if shape.name != "Path" {
					return nil
				}
				m := transform(shape.attr("CTM")).then(place(shape)).then(transform(area.attr("CTM"))).then(at)
				o := c.outlineOf(shape.get("AbbreviatedData"), m)
				b, ok := o.bounds()
				if !ok || b.Width() <= 0 || b.Height() <= 0 {
					return nil
				}
				if painted != nil {
					b = b.Union(*painted)
				}
				painted = &b
			}
		}
		switch {
		case painted == nil:
			return nil
		case left == nil:
			left = painted
		default:
			left = &geometry.Box{X0: max(left.X0, painted.X0), Y0: max(left.Y0, painted.Y0), X1: min(left.X1, painted.X1), Y1: min(left.Y1, painted.Y1)}
		}
	}
	return left
}

// hides reports whether a point is surely not painted.
func (c clip) hides(x, y float64) bool {
	for _, b := range c.boxes {
		if b == nil || b.Contains(x, y) {
			return false
		}
	}
	return true
}
