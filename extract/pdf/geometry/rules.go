package geometry

import "math"

// Rule is one straight horizontal or vertical piece of line that a reader of the page sees.
type Rule struct {
	Horizontal bool
	At         float64 // y of a horizontal rule, x of a vertical one
	From, To   float64 // extent along the rule, From <= To
	Thick      float64
	Dot        bool // as wide as long: part of a dotted rule, or nothing
	Hairline   bool // a stroke of width 0
}

// Rules is the first step: from paths to visible rules. Strokes and thin filled rectangles are the same thing here (WPS
// strokes, Chromium fills, LibreOffice does both). Larger fills are cell backgrounds and give no rule. White ones are
// dropped unless they stand on a coloured background. Hairlines are kept only when nothing else on the page could bound
// a cell.
func Rules(paths []Path) []Rule {
	var rules, white []Rule
	var shades []Box
	solid := 0
	add := func(b Box, color Color, hairline, dark bool) {
		limit := settings.Thinnest
		if dark {
			limit = settings.Thickest
		}
		r, ok := ruleOf(b, limit)
		if !ok {
			if math.Min(b.Width(), b.Height()) > settings.Thinnest && !color.White() {
				shades = append(shades, b)
			}
			return
		}
		r.Hairline = hairline
		if color.White() {
			if color.A >= settings.Clear {
				white = append(white, r)
			}
			return
		}
		if !hairline && !r.Dot {
			solid++
		}
		rules = append(rules, r)
	}
	for _, p := range paths {
		if p.Stroke {
			for _, s := range p.Subpaths {
				for i := 1; i < len(s); i++ {
					if b, ok := strokeBox(s[i-1], s[i], p.LineWidth); ok {
						add(b, p.StrokeColor, p.LineWidth == 0, true)
					}
				}
			}
		}
		if p.Fill {
			for _, b := range fillBoxes(p.Subpaths) {
				if b.Width() > 0 && b.Height() > 0 {
					add(b, p.FillColor, false, p.FillColor.dark())
				}
			}
		}
	}
	for _, r := range white {
		if onShade(r, shades) {
			rules = append(rules, r)
			solid++
		}
	}
	if solid < settings.Solid {
		return rules
	}
	kept := rules[:0]
	for _, r := range rules {
		if !r.Hairline {
			kept = append(kept, r)
		}
	}
	return kept
}

// strokeBox returns the box that a stroke from a to b inks; ok is false for a slanted one.
func strokeBox(a, b Point, width float64) (Box, bool) {
	dx, dy := math.Abs(a.X-b.X), math.Abs(a.Y-b.Y)
	half := width / 2
	switch {
	case dy <= settings.Slip && dx > dy || dy < dx*settings.Slope:
		y := (a.Y + b.Y) / 2
		return Box{math.Min(a.X, b.X), y - half, math.Max(a.X, b.X), y + half}, true
	case dx <= settings.Slip && dy > dx || dx < dy*settings.Slope:
		x := (a.X + b.X) / 2
		return Box{x - half, math.Min(a.Y, b.Y), x + half, math.Max(a.Y, b.Y)}, true
	}
	return Box{}, false
}

// fillBoxes returns the boxes that a fill inks, one a subpath; a frame drawn as a rectangle within a rectangle gives
// its four sides.
func fillBoxes(subpaths [][]Point) []Box {
	var boxes []Box
	for _, s := range subpaths {
		if len(s) >= 3 {
			boxes = append(boxes, bounds(s))
		}
	}
	if len(boxes) == 2 {
		o, i := boxes[0], boxes[1]
		if o.Width() < i.Width() {
			o, i = i, o
		}
		if l, b, r, t := i.X0-o.X0, i.Y0-o.Y0, o.X1-i.X1, o.Y1-i.Y1; l > 0 && b > 0 && r > 0 && t > 0 &&
			math.Max(math.Max(l, r), math.Max(b, t)) <= settings.Thinnest {
			return []Box{{o.X0, o.Y0, i.X0, o.Y1}, {i.X1, o.Y0, o.X1, o.Y1}, {o.X0, o.Y0, o.X1, i.Y0}, {o.X0, i.Y1, o.X1, o.Y1}}
		}
	}
	return boxes
}

func bounds(points []Point) Box {
	b := Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range points {
		b.X0, b.Y0 = math.Min(b.X0, p.X), math.Min(b.Y0, p.Y)
		b.X1, b.Y1 = math.Max(b.X1, p.X), math.Max(b.Y1, p.Y)
	}
	return b
}

// ruleOf reads a thin box as a rule; ok is false for one that is no rule. One thicker than usual must be so much longer
// than any box of a mark.
func ruleOf(b Box, limit float64) (Rule, bool) {
	w, h := b.Width(), b.Height()
	thin, long := math.Min(w, h), math.Max(w, h)
	if thin > limit || thin > settings.Thinnest && long < settings.Long*thin || long <= 0 || math.IsNaN(w) || math.IsNaN(h) || math.IsInf(w, 0) || math.IsInf(h, 0) {
		return Rule{}, false
	}
	cx, cy := b.Center()
	r := Rule{Horizontal: w >= h, Thick: thin, Dot: long < 2*thin || long <= settings.Thinnest}
	if r.Horizontal {
		r.At, r.From, r.To = cy, b.X0, b.X1
	} else {
		r.At, r.From, r.To = cx, b.Y0, b.Y1
	}
	return r, true
}

// onShade reports whether the middle of a white rule lies inside a coloured background, where it shows.
func onShade(r Rule, shades []Box) bool {
	x, y := (r.From+r.To)/2, r.At
	if !r.Horizontal {
		x, y = y, x
	}
	for _, s := range shades {
		if x > s.X0+settings.Thinnest && x < s.X1-settings.Thinnest && y > s.Y0+settings.Thinnest && y < s.Y1-settings.Thinnest {
			return true
		}
	}
	return false
}
