package scan

import (
	"image"
	"strings"
	"unicode"

	"github.com/gongkai-data/gongkai/extract/ocr"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	"github.com/gongkai-data/gongkai/extract/scan/bitmap"
)

// Bounds on the probability that both models give a number, judged on the scans of the tests.
const (
	certain = 0.95 // such a number may stand where no sum confirms it
	likely  = 0.70 // one below is not read
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
	asked  int  // numbers
	differ int  // of which the models read differently
	small  bool // the table at hand has few cells: each of its numbers is recognised twice by each model
}

// said is what a cell shows: its lines, or unread, and why the text is in doubt.
type said struct {
	lines []printed
	doubt string
}

// printed is one recognised line and where it stands on the page.
type printed struct {
	box    image.Rectangle
	text   []rune
	at     []float64
	number bool
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
	case words || cut || c.Torn:
		return r.unread(c.Box, inked), nil
	case out.doubt == disagreed:
		return r.unread(c.Box, disagreed), nil
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

// line reads one line of a cell. What looks like a number to either model is read by both.
func (r *reader) line(box image.Rectangle) (printed, string, error) {
	strip := r.strip(box, true)
	six, err := r.models.Six.Read(strip, true)
	if err != nil {
		return printed{}, "", err
	}
	out := printed{box: box, text: []rune(six.Text), at: six.At}
	if six.Number == "" && len(out.text) > 3 && !mostlyDigits(out.text) {
		return r.words(out)
	}
	four, err := r.models.Four.Read(strip, true)
	if err != nil {
		return printed{}, "", err
	}
	if six.Number == "" && four.Number == "" && !mostlyDigits(out.text) && len(out.text) > 0 {
		return r.words(out)
	}
	steep := both{six, four}
	out.number = true
	if r.small || !steep.agree() || steep.sure() < certain {
		strip = r.strip(box, false)
		if six, err = r.models.Six.Read(strip, true); err != nil {
			return printed{}, "", err
		}
		if four, err = r.models.Four.Read(strip, true); err != nil {
			return printed{}, "", err
		}
		number, sure := judge(steep, both{six, four})
		return out.as(number, sure)
	}
	return out.as(steep.six.Number, steep.sure())
}

// words reads a line of words from the grey picture, which the models know better.
func (r *reader) words(l printed) (printed, string, error) {
	six, err := r.models.Six.Read(r.strip(l.box, false), false)
	if six.Text != "" {
		l.text, l.at = []rune(six.Text), six.At
	}
	return l, "", err
}

// as makes a line of a number, or an unread one.
func (l printed) as(number string, sure float64) (printed, string, error) {
	l.text = []rune(number)
	doubt := ""
	switch {
	case number == "" || sure < likely:
		l.text, doubt = []rune(unread), disagreed
	case sure < certain:
		doubt = unsure
	}
	l.at = even(len(l.text))
	return l, doubt, nil
}

// both is what the two models say of one picture of a line.
type both struct{ six, four ocr.Reading }

func (b both) agree() bool   { return b.six.Number == b.four.Number && b.six.Number != "" }
func (b both) sure() float64 { return min(b.six.Sure, b.four.Sure) }

// unsureShare is taken off where the models agree in one of two pictures only.
const unsureShare = 0.9

// judge weighs what both models say of a line in two pictures of it, one black and white and one grey. Nothing stands where either model is sure of
// something else in either.
func judge(steep, grey both) (number string, sure float64) {
	switch {
	case steep.agree() && grey.agree():
		if steep.six.Number != grey.six.Number {
			return "", 0
		}
		return steep.six.Number, max(steep.sure(), grey.sure())
	case grey.agree():
		steep, grey = grey, steep
	case !steep.agree():
		return "", 0
	}
	for _, other := range []ocr.Reading{grey.six, grey.four} {
		if other.Number != steep.six.Number && other.Sure > 0.5 {
			return "", 0
		}
	}
	return steep.six.Number, min(unsureShare*steep.sure(), certain-0.01)
}

func mostlyDigits(text []rune) bool {
	digits := 0
	for _, c := range text {
		if unicode.IsDigit(c) {
			digits++
		}
	}
	return 2*digits > len(text)
}

// even spreads characters evenly over a line.
func even(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = (float64(i) + 0.5) / float64(n)
	}
	return out
}

// lowest is the height that a strip has at least: a dash alone is no full line.
const lowest = 18

// strip cuts a line out of the page, with the margins that the models were trained on.
func (r *reader) strip(box image.Rectangle, blackAndWhite bool) ocr.Strip {
	h := box.Dy()
	pad := max(h/12, 1)
	if h < lowest {
		pad = (lowest - h + 1) / 2
	}
	cut := r.page.Text.Crop(image.Rect(box.Min.X-h/4-2, box.Min.Y-pad, box.Max.X+h/4+2, box.Max.Y+pad))
	if blackAndWhite {
		for i, c := range cut.Pix {
			// Steep, not hard: the models want the grey of edges.
			cut.Pix[i] = uint8(min(max((int(c)-90)*255/90, 0), 255))
		}
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
