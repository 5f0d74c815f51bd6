package bitmap

import (
	"image"
	"slices"
)

// Lengths of ink within cells, in pixels.
const (
	residue   = 5  // a blob along the border of a cell that is no thicker is what is left of its rule; more where rules are thick
	inset     = 3  // so far from the middle of its rules a cell begins, likewise
	specks    = 8  // a blob with fewer pixels is noise
	speckLine = 20 // and so is a line with fewer: a dash has more
	darkest   = 150
	leastLine = 0.45 // a line of text is that much of the usual character high, at least
)

// Inside is what a box bounded by rules holds between them.
func (p *Page) Inside(box image.Rectangle) image.Rectangle { return box.Inset(p.inset()) }

func (p *Page) inset() int   { return max(inset, p.rule/2+1) }
func (p *Page) residue() int { return max(residue, p.rule) }

// thickness is how thick most rules of the tables are, blurred as they are.
func (p *Page) thickness() int {
	var all []int
	for _, t := range p.Tables {
		for _, c := range t.Cells {
			x, y := (c.Box.Min.X+c.Box.Max.X)/2, c.Box.Min.Y
			n := 0
			for v := y - 2*residue; v <= y+2*residue; v++ {
				if p.Text.At(x, v) < p.dark {
					n++
				}
			}
			all = append(all, n)
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// Lines finds the lines of print in a box of the page that is bounded by rules, from top to bottom. cut reports whether
// ink runs over the border of the box, so that a piece of it may lie outside.
func (p *Page) Lines(box image.Rectangle) (lines []image.Rectangle, cut bool) {
	r := box.Inset(p.inset())
	if r.Empty() {
		return nil, false
	}
	part := p.Text.Crop(r)
	var kept, coloured []blob
	for _, b := range part.blobs(p.dark) {
		if b.area < specks || part.leftover(b, p.residue()) {
			continue
		}
		if p.coloured(b, r.Min) {
			coloured = append(coloured, b)
			continue
		}
		if b.x0 == 0 || b.y0 == 0 || b.x1 == part.W || b.y1 == part.H {
			cut = true
		}
		kept = append(kept, b)
	}
	for _, c := range coloured {
		// As high as what stands beside it: it may be a character in another ink.
		cut = cut || slices.ContainsFunc(kept, func(k blob) bool { return sameLineOf(c, k) && 2*(c.y1-c.y0) > k.y1-k.y0 })
	}
	return inLines(kept, r.Min), cut
}

// coloured reports whether a blob of a part of the page is of a seal or stamp: much darker in its darkest colour than
// in the brightest.
func (p *Page) coloured(b blob, origin image.Point) bool {
	if p.Ink == p.Text {
		return false
	}
	text, all := 0, 0
	for y := b.y0 + origin.Y; y < b.y1+origin.Y; y++ {
		for x := b.x0 + origin.X; x < b.x1+origin.X; x++ {
			if t := p.Text.At(x, y); t < p.dark {
				text, all = text+255-int(t), all+255-int(p.Ink.At(x, y))
			}
		}
	}
	return 5*text < 3*all
}

// leftover reports whether a blob is what is left of the rules around the cell: thin, and on its border.
func (p *Plane) leftover(b blob, residue int) bool {
	w, h := b.x1-b.x0, b.y1-b.y0
	across := (b.y0 <= 1 || b.y1 >= p.H-1) && h <= residue
	down := (b.x0 <= 1 || b.x1 >= p.W-1) && w <= residue
	return across && (w > 2*h || w < 4) || down && (h > 2*w || h < 4)
}

// inLines groups blobs that stand beside each other, and the pieces of characters one above the other. What is left of
// noise is no line.
func inLines(blobs []blob, origin image.Point) (out []image.Rectangle) {
	slices.SortFunc(blobs, func(a, b blob) int { return a.y0 + a.y1 - b.y0 - b.y1 })
	boxes := slices.Clone(blobs)
	for merged := true; merged; {
		merged = false
		for i := 0; i+1 < len(boxes); i++ {
			for j := i + 1; j < len(boxes); j++ {
				if sameLineOf(boxes[i], boxes[j]) {
					boxes[i] = boxes[i].union(boxes[j])
					boxes = slices.Delete(boxes, j, j+1)
					j--
					merged = true
				}
			}
		}
	}
	slices.SortFunc(boxes, func(a, b blob) int { return a.y0 + a.y1 - b.y0 - b.y1 })
	for _, b := range boxes {
		if b.area >= speckLine {
			out = append(out, image.Rect(b.x0, b.y0, b.x1, b.y1).Add(origin))
		}
	}
	return out
}

// sameLineOf reports whether two pieces belong to one line: they overlap in height, or a flat one stands right above or
// below the other and both make up no more than a character.
func sameLineOf(a, b blob) bool {
	overlap := min(a.y1, b.y1) - max(a.y0, b.y0)
	low := min(a.y1-a.y0, b.y1-b.y0)
	if 3*overlap > low {
		return true
	}
	together := max(a.y1, b.y1) - min(a.y0, b.y0)
	beside := min(a.x1, b.x1) - max(a.x0, b.x0)
	return low < character/2 && overlap > -character/3 && together < character*6/5 && beside > -character
}

// Blank reports whether a box of the page bounded by rules holds no ink of any colour, which the page's noise must
// allow to see.
func (p *Page) Blank(box image.Rectangle) bool {
	faint := max(28, 3*p.Noise/2)
	if faint > 110 {
		return false // ink cannot be told from noise
	}
	r := box.Inset(p.inset())
	if r.Empty() {
		return false
	}
	part := p.Ink.Crop(r).smooth()
	for _, b := range part.blobs(uint8(255 - faint)) {
		if b.area >= specks && !part.leftover(b, p.residue()) {
			return false
		}
	}
	return true
}

// Free finds the lines of print outside of tables, from top to bottom.
func (p *Page) Free() []image.Rectangle {
	var kept []blob
	for _, b := range p.Text.blobs(p.dark) {
		w, h := b.x1-b.x0, b.y1-b.y0
		if b.area < specks || h > 3*character || w > 8*character || p.inTable(b) {
			continue
		}
		kept = append(kept, b)
	}
	var out []image.Rectangle
	for _, r := range p.bands(kept) {
		if r.Dx() >= character/4 && float64(r.Dy()) >= leastLine*character {
			out = append(out, r)
		}
	}
	return out
}

func (p *Page) inTable(b blob) bool {
	const near = 4
	for _, t := range p.Tables {
		if b.x1 > t.X[0]-near && b.x0 < t.X[len(t.X)-1]+near && b.y1 > t.Y[0]-near && b.y0 < t.Y[len(t.Y)-1]+near {
			return true
		}
	}
	return false
}

// bands groups the blobs of running text in lines, by the gaps between them over the width of the page.
func (p *Page) bands(blobs []blob) (out []image.Rectangle) {
	profile := make([]int, p.Text.H+1)
	for _, b := range blobs {
		for y := b.y0; y < b.y1; y++ {
			profile[y] += b.x1 - b.x0
		}
	}
	const thin = 6 // a piece of one character does not join two lines
	for y := 0; y < p.Text.H; y++ {
		if profile[y] <= thin {
			continue
		}
		from := y
		for y < p.Text.H && profile[y] > thin {
			y++
		}
		for _, span := range split(profile, from, y) {
			if r, ok := around(blobs, span[0], span[1]); ok {
				out = append(out, r)
			}
		}
	}
	return out
}

// split parts a band that holds several lines at the rows with least ink.
func split(profile []int, from, to int) [][2]int {
	if to-from < character*19/10 {
		return [][2]int{{from, to}}
	}
	at := from + character*2/3
	for y := at; y < to-character*2/3; y++ {
		if profile[y] < profile[at] {
			at = y
		}
	}
	peak := 0
	for _, v := range profile[from:to] {
		peak = max(peak, v)
	}
	if 4*profile[at] > peak {
		return [][2]int{{from, to}}
	}
	return append(split(profile, from, at), split(profile, at, to)...)
}

// around is the box of the blobs whose middle lies between two rows.
func around(blobs []blob, from, to int) (r image.Rectangle, ok bool) {
	for _, b := range blobs {
		if m := (b.y0 + b.y1) / 2; m >= from && m < to {
			r, ok = r.Union(image.Rect(b.x0, b.y0, b.x1, b.y1)), true
		}
	}
	return r, ok
}
