package fallback

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ledongthuc/pdf"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
	"github.com/gongkai-data/gongkai/extract/text"
)

var black = geometry.Color{A: 255}

// state is the graphics state that q saves (PDF 32000-1, 8.4 and 9.3).
type state struct {
	ctm                    matrix
	fill, stroke           geometry.Color
	fillAlpha, strokeAlpha uint8
	width                  float64
	font                   *font
	size                   float64
	charSpace, wordSpace   float64
	stretch, leading, rise float64
	mode                   int           // text rendering mode
	clip                   *geometry.Box // nil: the page
	blended                bool          // what is painted mixes with what lies under it
	tm, tlm                matrix
}

// interpreter runs the content streams of one page.
type interpreter struct {
	d         *Document
	page      *geometry.Page
	state     state
	saved     []state
	path      [][]geometry.Point
	sub       []geometry.Point
	start     geometry.Point
	operators int
	space     bool             // the next glyph starts a new piece of text
	from      *geometry.Point  // where the spaces before the next glyph start
	fonts     map[string]*font // by resource name, of the stream being run
	order     int              // of the object at hand
	curved    bool             // the path at hand has curves
	hull      geometry.Box     // of the points of these curves
	clipping  bool             // the path at hand becomes a clip
	marks     []bool           // of the marked content that is open: whether it is a layer that is off
}

// stop ends pdf.Interpret, which has no other way out than a panic.
type stop struct{ err error }

var errInlineImage = errors.New("the page holds an inline image, which this reader cannot skip")

// run interprets one content stream. Damage in the stream makes the library panic; the caller recovers.
func (in *interpreter) run(contents, resources pdf.Value, depth int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			if s, ok := r.(stop); ok {
				err = s.err
				return
			}
			panic(r)
		}
	}()
	if depth > maxNesting {
		return fmt.Errorf("forms nested %d deep: %w", depth, geometry.ErrTooLarge)
	}
	if k := contents.Kind(); k != pdf.Stream && k != pdf.Array {
		return nil // an empty page
	}
	outer := in.fonts
	in.fonts = map[string]*font{}
	defer func() { in.fonts = outer }()
	pdf.Interpret(contents, func(stack *pdf.Stack, op string) {
		if in.operators++; in.operators > maxOperators || len(in.page.Glyphs) > maxGlyphs || len(in.saved) > 1000 {
			panic(stop{geometry.ErrTooLarge})
		}
		args := make([]pdf.Value, stack.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stack.Pop()
		}
		in.operator(op, args, resources, depth)
	})
	return nil
}

// number returns operand i, 0 where it is missing.
func number(args []pdf.Value, i int) float64 {
	if i < 0 || i >= len(args) {
		return 0
	}
	return args[i].Float64()
}

func matrixOf(args []pdf.Value) matrix {
	var m matrix
	for i := range m {
		m[i] = number(args, i)
	}
	return m
}

func (in *interpreter) operator(op string, args []pdf.Value, resources pdf.Value, depth int) {
	s := &in.state
	switch op {
	case "q":
		in.saved = append(in.saved, *s)
	case "Q":
		if n := len(in.saved); n > 0 {
			*s = in.saved[n-1]
			in.saved = in.saved[:n-1]
		}
	case "cm":
		s.ctm = matrixOf(args).then(s.ctm)
	case "w":
		s.width = number(args, 0)
	case "gs":
		in.extended(resources.Key("ExtGState").Key(name(args)))
	case "BMC":
		in.marks = append(in.marks, false)
	case "BDC":
		in.marks = append(in.marks, len(args) == 2 && args[0].Name() == "OC" && in.d.off(resources.Key("Properties").Key(args[1].Name())))
	case "EMC":
		in.marks = in.marks[:max(len(in.marks)-1, 0)]
	case "sh":
		in.page.Shaded = true
	case "BI":
		panic(stop{errInlineImage})
	case "Do":
		in.object(resources.Key("XObject").Key(name(args)), resources, depth)
	case "g", "rg", "k", "sc", "scn":
		s.fill = color(args, s.fillAlpha)
	case "G", "RG", "K", "SC", "SCN":
		s.stroke = color(args, s.strokeAlpha)
	case "cs":
		s.fill = geometry.Color{A: s.fillAlpha}
	case "CS":
		s.stroke = geometry.Color{A: s.strokeAlpha}
	default:
		if !in.drawing(op, args) {
			in.showing(op, args, resources)
		}
	}
}

func name(args []pdf.Value) string {
	if len(args) == 0 {
		return ""
	}
	return args[len(args)-1].Name()
}

func (in *interpreter) extended(gs pdf.Value) {
	if a := gs.Key("ca"); !a.IsNull() {
		in.state.fillAlpha = uint8(a.Float64() * 255)
		in.state.fill.A = in.state.fillAlpha
	}
	if a := gs.Key("CA"); !a.IsNull() {
		in.state.strokeAlpha = uint8(a.Float64() * 255)
		in.state.stroke.A = in.state.strokeAlpha
	}
	if b := gs.Key("BM"); !b.IsNull() {
		in.state.blended = b.Name() != "Normal" && b.Name() != "Compatible"
	}
	if w := gs.Key("LW"); !w.IsNull() {
		in.state.width = w.Float64()
	}
}

// color reads 1, 3 or 4 components as grey, RGB or CMYK, whatever the colour space says; a pattern counts as mid grey.
func color(args []pdf.Value, alpha uint8) geometry.Color {
	level := func(v float64) uint8 { return uint8(min(max(v, 0), 1) * 255) }
	switch len(args) {
	case 1:
		if args[0].Kind() == pdf.Name {
			return geometry.Color{R: 128, G: 128, B: 128, A: alpha}
		}
		v := level(number(args, 0))
		return geometry.Color{R: v, G: v, B: v, A: alpha}
	case 3:
		return geometry.Color{R: level(number(args, 0)), G: level(number(args, 1)), B: level(number(args, 2)), A: alpha}
	case 4:
		k := 1 - number(args, 3)
		return geometry.Color{R: level((1 - number(args, 0)) * k), G: level((1 - number(args, 1)) * k), B: level((1 - number(args, 2)) * k), A: alpha}
	}
	return geometry.Color{R: 128, G: 128, B: 128, A: alpha}
}

func (in *interpreter) object(x, resources pdf.Value, depth int) {
	saved := in.state
	defer func() { in.state = saved }()
	in.order++
	if in.off() || in.d.off(x.Key("OC")) {
		return
	}
	switch x.Key("Subtype").Name() {
	case "Image":
		box := boxOf(in.state.ctm, 0, 0, 1, 1)
		in.page.Images = append(in.page.Images, box)
		if x.Key("SMask").IsNull() && x.Key("Mask").IsNull() && !x.Key("ImageMask").Bool() && in.state.fillAlpha == 255 && !in.state.blended {
			in.page.Pictures = append(in.page.Pictures, geometry.Picture{Box: box, Order: in.order, Whole: box})
		}
	case "Form":
		if m := x.Key("Matrix"); m.Len() == 6 {
			var values []pdf.Value
			for i := range 6 {
				values = append(values, m.Index(i))
			}
			in.state.ctm = matrixOf(values).then(in.state.ctm)
		}
		if b := x.Key("BBox"); b.Len() == 4 {
			in.state.clipTo(boxOf(in.state.ctm, b.Index(0).Float64(), b.Index(1).Float64(), b.Index(2).Float64(), b.Index(3).Float64()))
		}
		if r := x.Key("Resources"); !r.IsNull() {
			resources = r
		}
		if err := in.run(x, resources, depth+1); err != nil {
			panic(stop{err})
		}
	}
}

// emit adds one shown glyph; rendering is text space to page.
func (in *interpreter) emit(g glyph, rendering matrix, vertical bool) {
	text := strings.Map(text.Unify, strings.TrimFunc(g.text, text.Space))
	if text == "" {
		in.space = true
		if in.from == nil {
			o := rendering.apply(0, 0)
			in.from = &o
		}
		return
	}
	// The em box in text space: the baseline at 0. Digits have no descender and stand 0.68 em high.
	x0, x1, y0, y1 := 0.0, g.width, -0.12, 0.88
	if c := text[0]; c >= '0' && c <= '9' {
		y0, y1 = 0, 0.68
	}
	dx, dy := 0.0, 0.0
	if vertical {
		dx, dy = -g.width/2, -0.88
	}
	a, b := rendering.apply(x0+dx, y0+dy), rendering.apply(x1+dx, y1+dy)
	o, top := rendering.apply(dx, dy), rendering.apply(dx, dy+1)
	size := max(abs(top.Y-o.Y), abs(top.X-o.X))
	box := geometry.Box{X0: min(a.X, b.X), Y0: min(a.Y, b.Y), X1: max(a.X, b.X), Y1: max(a.Y, b.Y)}
	lead := 0.0
	if in.from != nil && abs(in.from.Y-o.Y) < 0.5 && in.from.X < o.X {
		lead = o.X - in.from.X
	}
	in.from = nil
	in.order++
	x, y := box.Center()
	in.page.Glyphs = append(in.page.Glyphs, geometry.Glyph{
		Text: text, X: o.X, Y: o.Y, Size: size, Space: in.space, Lead: lead, Slanted: geometry.Slanted(rendering[0], rendering[1]),
		White: in.state.fill.White() && in.state.mode&3 == 0, Unseen: in.state.mode&3 == 3,
		Box: box, Order: in.order, Ink: in.state.fill, Clipped: in.off() || in.state.clip != nil && !in.state.clip.Contains(x, y),
	})
	in.space = false
}

func abs(v float64) float64 { return max(v, -v) }
