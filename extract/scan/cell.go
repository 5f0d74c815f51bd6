package scan

import (
	"image"
	"slices"
	"strings"
	"unicode"

	"github.com/gongkai-data/gongkai/extract/ocr"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	"github.com/gongkai-data/gongkai/extract/scan/bitmap"
)

// Sentences for cells in doubt.
const (
	unsure    = "the number was recognised in a picture, with little confidence"
	disagreed = "the two recognitions of this picture differ"
	hard      = "the number was recognised in a picture that is hard to read"
	inked     = "something is seen in this cell that was not recognised"
)

// unread is the text of a cell that shows something which could not be read.
const unread = "\uFFFD"

// reader recognises one page.
type reader struct {
	models *ocr.Pair
	page   *bitmap.Page
	free   []image.Rectangle               // the lines outside of tables
	known  map[image.Rectangle]ocr.Reading // see narrowly
	asked  int                             // numbers
	differ int                             // of which the models read differently
	inside image.Rectangle                 // of the cell at hand: no rule around it is shown to the models; empty for running text
	small  bool                            // the table at hand has few cells: each of its numbers is recognised twice by each model
}

// said is what a cell shows: its lines, or unread, and why the text is in doubt.
type said struct {
	lines    []printed
	doubt    string
	readings []string // the numbers that are seen where lines is unread
}

// printed is one recognised line and where it stands on the page.
type printed struct {
	box    image.Rectangle
	text   []rune
	at     []float64
	number bool
	seen   []string // the numbers that either model sees in either picture of the line
}

// cell reads a cell of a table.
func (r *reader) cell(c bitmap.Cell) (said, error) {
	lines, cut := r.page.Lines(c.Box)
	if len(lines) == 0 {
		if r.page.Blank(c.Box) {
			return said{}, nil
		}
		return r.unread(c.Box, inked), nil
	}
	r.inside = r.page.Inside(c.Box)
	defer func() { r.inside = image.Rectangle{} }()
	var out said
	number, words := false, false
	for _, box := range lines {
		l, doubt, err := r.line(box)
		if err != nil {
			return said{}, err
		}
		if l.number {
			number = true
			r.asked++
			if doubt == disagreed {
				r.differ++
			}
			if doubt != "" {
				out.doubt = doubt
			}
		} else {
			words = true
		}
		out.lines = append(out.lines, l)
	}
	switch {
	case words && !number, words && mostlyWords(out.lines):
		out.doubt = ""
		return out, nil
	case words:
		return r.unread(c.Box, inked), nil
	case cut || c.Torn:
		return r.open(c.Box, inked, out.lines), nil
	case out.doubt == disagreed:
		return r.open(c.Box, disagreed, out.lines), nil
	}
	return out, nil
}

// mostlyWords reports whether the lines are a label: more ideographs than signs of numbers.
func mostlyWords(lines []printed) bool {
	han, signs := 0, 0
	for _, l := range lines {
		for _, c := range l.text {
			if unicode.Is(unicode.Han, c) {
				han++
			} else if unicode.IsDigit(c) {
				signs++
			}
		}
	}
	return han > signs
}

func (r *reader) unread(box image.Rectangle, why string) said {
	return said{lines: []printed{{box: box.Inset(4), text: []rune(unread), at: []float64{0.5}, number: true}}, doubt: why}
}

// open is an unread cell with the numbers that were seen in its only line.
func (r *reader) open(box image.Rectangle, why string, lines []printed) said {
	out := r.unread(box, why)
	if len(lines) == 1 {
		out.readings = lines[0].seen
		if len(out.readings) == 0 && !slices.Contains(lines[0].text, unicode.ReplacementChar) {
			out.readings = []string{string(lines[0].text)}
		}
	}
	return out
}

// lowest is the height that a strip has at least: a dash alone is no full line.
const lowest = 18

// look is how a strip is shown to the models.
type look int

const (
	grey  look = iota // as the page is
	steep             // nearly black and white, but with the grey of edges, which the models want
	soft              // in between
)

// levels are the grey that becomes black and how much above it paper begins.
func (l look) levels() (black, reach int) {
	switch l {
	case steep:
		return 90, 90
	case soft:
		return 40, 160
	}
	return 0, 255
}

// strip cuts a line out of the page, with the margins that the models were trained on.
func (r *reader) strip(box image.Rectangle, how look) ocr.Strip {
	h := box.Dy()
	pad := max(h/12, 1)
	if h < lowest {
		pad = (lowest - h + 1) / 2
	}
	cut := r.page.Text.Crop(image.Rect(box.Min.X-h/4-2, box.Min.Y-pad, box.Max.X+h/4+2, box.Max.Y+pad))
	if !r.inside.Empty() {
		cut.Keep(r.inside.Sub(image.Pt(box.Min.X-h/4-2, box.Min.Y-pad)))
	}
	if how != grey {
		cut.Clean(speck)
	}
	black, reach := how.levels()
	for i, c := range cut.Pix {
		cut.Pix[i] = uint8(min(max((int(c)-black)*255/reach, 0), 255))
	}
	return ocr.Strip{W: cut.W, H: cut.H, Pix: cut.Pix}
}

// glyphs sets a line as characters of a page.
func (l printed) glyphs(place func(x0, y0, x1, y1 float64) geometry.Box) geometry.Line {
	out := geometry.Line{Spread: l.number}
	w, h := float64(l.box.Dx()), float64(l.box.Dy())
	x, y := float64(l.box.Min.X), float64(l.box.Min.Y)
	for i, c := range l.text {
		half := h / 2
		if c < 0x80 {
			half = h / 4
		}
		mid := x + l.at[i]*w
		box := place(mid-half, y, mid+half, y+h)
		g := geometry.Glyph{Text: string(c), Box: box, X: box.X0, Y: box.Y0 + 0.12*box.Height(), Size: box.Height() * 1.1}
		if strings.TrimSpace(g.Text) == "" {
			continue
		}
		out.Glyphs = append(out.Glyphs, g)
		out.Box = out.Box.Union(box)
		out.Size = max(out.Size, g.Size)
	}
	if len(out.Glyphs) > 0 {
		out.Y = out.Glyphs[0].Y
	}
	return out
}
