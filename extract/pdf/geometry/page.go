// Package geometry turns the glyphs and drawn paths of a PDF page into paragraphs and grids, by a ladder of pure steps:
// paths → rules → joined edges → lattices → cells with spans → text by glyph boxes → grid, then pages → one document.
// It knows nothing of PDF engines: both engines of package pdf fill a Page and share this code and nothing else.
//
// All lengths are PDF points (1/72 inch). The origin is the bottom left corner of the page as displayed, y grows
// upwards.
package geometry

import "math"

// Box is an upright rectangle: X0 <= X1, Y0 <= Y1.
type Box struct{ X0, Y0, X1, Y1 float64 }

// Width and Height are never negative for a box made by this package.
func (b Box) Width() float64  { return b.X1 - b.X0 }
func (b Box) Height() float64 { return b.Y1 - b.Y0 }

// Center returns the middle of the box.
func (b Box) Center() (x, y float64) { return (b.X0 + b.X1) / 2, (b.Y0 + b.Y1) / 2 }

// Contains reports whether the point lies in the box or on its edge.
func (b Box) Contains(x, y float64) bool { return x >= b.X0 && x <= b.X1 && y >= b.Y0 && y <= b.Y1 }

// Union returns the smallest box that holds both. The zero Box is the empty one.
func (b Box) Union(c Box) Box {
	if b == (Box{}) {
		return c
	}
	if c == (Box{}) {
		return b
	}
	return Box{math.Min(b.X0, c.X0), math.Min(b.Y0, c.Y0), math.Max(b.X1, c.X1), math.Max(b.Y1, c.Y1)}
}

// Glyph is one character set on the page.
type Glyph struct {
	Text string  // its Unicode text; U+FFFD where the engine could not decode it
	Box  Box     // ink box, or the em box where the engine knows no ink
	X, Y float64 // origin on the baseline
	Size float64 // height of the em as displayed
	// Space: the engine saw a space before it, set or made up from a gap.
	Space  bool
	Lead   float64 // width of the spaces that are set before it on its line
	White  bool    // filled with white, or transparent
	Unseen bool    // neither filled nor stroked, as the text that a program recognised in a picture
	// Slanted: it is set on a baseline that runs neither along the page nor down it, by its own matrix.
	Slanted bool
	Ink     Color // of its filling; zero where the engine does not say
	Order   int   // when it was painted, counted with paths and pictures over the page; 0 where the engine does not say
	Clipped bool  // nothing of it is painted: cut away by a clip, or part of a layer that is off
}

// Slanted reports whether the text matrix with the first column a, b sets characters on a slanted baseline: some 9
// degrees off each side of the page.
func Slanted(a, b float64) bool {
	return math.Abs(2*a*b) > settings.SlantedBy*(a*a+b*b)
}

// Point is a point of a path.
type Point struct{ X, Y float64 }

// Color is a device colour with opacity, each 0 to 255.
type Color struct{ R, G, B, A uint8 }

// White reports whether the colour cannot be told from a white sheet, or is transparent.
func (c Color) White() bool {
	return c.A < settings.Clear || (c.R > settings.Paper && c.G > settings.Paper && c.B > settings.Paper)
}

// dark reports the colours that black text cannot be read on: such a bar is no background of a row.
func (c Color) dark() bool { return c.A > 200 && int(c.R)+int(c.G)+int(c.B) < 3*settings.Dark }

// Path is one drawn path. Curves are given by their end points only, for a curve is never a rule.
type Path struct {
	Subpaths    [][]Point // a closed subpath repeats its first point
	Fill        bool
	Stroke      bool
	FillColor   Color
	StrokeColor Color
	LineWidth   float64 // as displayed; 0 is PDF's hairline
	Order       int     // see Glyph
	Curved      bool    // it has curves
	Hull        Box     // of the end points and control points of its curves
	Blended     bool    // what lies under it shines through whatever its colour's opacity
}

// Picture is an opaque picture, or an opaque part of one.
type Picture struct {
	Box   Box
	Order int // see Glyph
	White bool
	Whole Box // of the picture that it is part of
}

// Page is what an engine sees on one page.
type Page struct {
	Number        int // 1-based
	Width, Height float64
	Left          float64 // where it begins on the sheet of paper, for one of two pages printed side by side
	Glyphs        []Glyph // in the order of the content stream, without spaces
	Paths         []Path
	Images        []Box
	Pictures      []Picture // those of Images that hide what was painted before them
	Blanks        int       // spaces and line ends, set or made up
	Flattened     bool      // form fields and annotations were put into it
	Unformed      bool      // a form field has a value that nothing says how to show
	Shaded        bool      // has fills of changing colour, which Paths leaves out
	Lost          bool      // the engine finds no characters for much of the text
	// Turns is how many quarters counter-clockwise the text stands turned on the page as displayed. An engine that
	// lists the characters of a page in the order of its display must say so; of others it is determined from the steps
	// from character to character.
	Turns int
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }
