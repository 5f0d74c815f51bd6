package scan

import (
	"image"
	"strings"
	"unicode"

	"github.com/gongkai-data/gongkai/extract/ocr"
	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	"github.com/gongkai-data/gongkai/extract/scan/bitmap"
)

// Bounds on the probability that both models give a number, measured on pages whose numbers are known (see testdata/README.md).
const (
	certain = 0.97 // such a number may stand where no sum confirms it
	likely  = 0.60 // one below is not read
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
	strip := r.strip(box, false)
	six, err := r.models.Six.Read(strip, true)
	if err != nil {
		return printed{}, "", err
	}
	out := printed{box: box, text: []rune(six.Text), at: six.At}
	if six.Number == "" && len(out.text) > 3 && !mostlyDigits(out.text) {
		return out, "", nil
	}
	four, err := r.models.Four.Read(strip, true)
	if err != nil {
		return printed{}, "", err
	}
	switch {
	case six.Number == "" && four.Number == "" && !mostlyDigits(out.text) && len(out.text) > 0:
		return out, "", nil
	case six.Number != four.Number || six.Number == "":
		out.text, out.at, out.number = []rune(unread), []float64{0.5}, true
		return out, disagreed, nil
	}
	sure := min(six.Sure, four.Sure)
	if r.small || sure < certain {
		again, err := r.again(box)
		if err != nil {
			return printed{}, "", err
		}
		if again.Number != six.Number {
			out.text, out.at, out.number = []rune(unread), []float64{0.5}, true
			return out, disagreed, nil
		}
		if r.small {
			sure = min(sure, again.Sure)
		}
	}
	out.number = true
	out.text = []rune(six.Number)
	out.at = even(len(out.text))
	switch {
	case sure < likely:
		return out, disagreed, nil
	case sure < certain:
		return out, unsure, nil
	}
	return out, "", nil
}

// again reads a line in black and white with both models. Its Number is empty where they differ.
func (r *reader) again(box image.Rectangle) (ocr.Reading, error) {
	strip := r.strip(box, true)
	six, err := r.models.Six.Read(strip, true)
	if err != nil {
		return ocr.Reading{}, err
	}
	four, err := r.models.Four.Read(strip, true)
	if err != nil {
		return ocr.Reading{}, err
	}
	if six.Number != four.Number {
		return ocr.Reading{}, nil
	}
	six.Sure = min(six.Sure, four.Sure)
	return six, nil
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
