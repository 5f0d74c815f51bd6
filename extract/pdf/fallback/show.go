package fallback

import (
	"fmt"
	"math"

	"github.com/ledongthuc/pdf"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// drawing runs the path operators (PDF 32000-1, 8.5). It reports whether op was one.
func (in *interpreter) drawing(op string, args []pdf.Value) bool {
	at := func(i int) geometry.Point { return in.state.ctm.apply(number(args, i), number(args, i+1)) }
	switch op {
	case "m":
		in.flush()
		in.start = at(0)
		in.sub = []geometry.Point{in.start}
	case "l":
		in.sub = append(in.sub, at(0))
	case "c":
		in.bulge(at(0), at(2), at(4))
		in.sub = append(in.sub, at(4))
	case "v", "y":
		in.bulge(at(0), at(2))
		in.sub = append(in.sub, at(2))
	case "h":
		in.close()
	case "re":
		in.flush()
		x, y, w, h := number(args, 0), number(args, 1), number(args, 2), number(args, 3)
		m := in.state.ctm
		in.path = append(in.path, []geometry.Point{m.apply(x, y), m.apply(x+w, y), m.apply(x+w, y+h), m.apply(x, y+h), m.apply(x, y)})
	case "S":
		in.paint(false, true)
	case "s":
		in.close()
		in.paint(false, true)
	case "f", "F", "f*":
		in.paint(true, false)
	case "B", "B*":
		in.paint(true, true)
	case "b", "b*":
		in.close()
		in.paint(true, true)
	case "n":
		in.flush()
		in.endPath()
	case "W", "W*":
		in.clipping = true
	default:
		return false
	}
	return true
}

// bulge notes the points of a curve.
func (in *interpreter) bulge(points ...geometry.Point) {
	in.curved = true
	in.hull = in.hull.Union(extent([][]geometry.Point{points}))
}

func (in *interpreter) close() {
	if len(in.sub) > 1 {
		in.sub = append(in.sub, in.start)
	}
}

func (in *interpreter) flush() {
	if len(in.sub) > 1 {
		in.path = append(in.path, in.sub)
	}
	in.sub = nil
}

func (in *interpreter) paint(fill, stroke bool) {
	in.flush()
	m := in.state.ctm
	scale := abs(m[0]*m[3] - m[1]*m[2])
	if in.order++; in.off() {
		in.endPath()
		return
	}
	in.page.Paths = append(in.page.Paths, geometry.Path{Order: in.order, Curved: in.curved, Hull: in.hull, Blended: in.state.blended,
		Subpaths: in.path, Fill: fill, Stroke: stroke, FillColor: in.state.fill, StrokeColor: in.state.stroke,
		LineWidth: in.state.width * math.Sqrt(scale),
	})
	in.endPath()
}

// endPath makes the path a clip where it was said to be one.
func (in *interpreter) endPath() {
	if in.clipping {
		in.state.clipTo(extent(in.path))
	}
	in.path, in.clipping, in.curved, in.hull = nil, false, false, geometry.Box{}
}

// showing runs the text operators (PDF 32000-1, 9.3 and 9.4).
func (in *interpreter) showing(op string, args []pdf.Value, resources pdf.Value) {
	s := &in.state
	switch op {
	case "BT":
		s.tm, s.tlm = matrix{1, 0, 0, 1, 0, 0}, matrix{1, 0, 0, 1, 0, 0}
		in.space = true
	case "Tf":
		if len(args) >= 2 {
			s.font, s.size = in.font(resources, args[0].Name()), number(args, 1)
		}
	case "Tc":
		s.charSpace = number(args, 0)
	case "Tw":
		s.wordSpace = number(args, 0)
	case "Tz":
		s.stretch = number(args, 0) / 100
	case "TL":
		s.leading = number(args, 0)
	case "Tr":
		s.mode = int(number(args, 0))
	case "Ts":
		s.rise = number(args, 0)
	case "Td":
		in.nextLine(number(args, 0), number(args, 1))
	case "TD":
		s.leading = -number(args, 1)
		in.nextLine(number(args, 0), number(args, 1))
	case "Tm":
		s.tm = matrixOf(args)
		s.tlm = s.tm
		in.space = true
	case "T*":
		in.nextLine(0, -s.leading)
	case "Tj":
		in.show(args)
	case "'":
		in.nextLine(0, -s.leading)
		in.show(args)
	case "\"":
		s.wordSpace, s.charSpace = number(args, 0), number(args, 1)
		in.nextLine(0, -s.leading)
		in.show(args)
	case "TJ":
		if len(args) == 0 {
			return
		}
		for i := range args[0].Len() {
			if v := args[0].Index(i); v.Kind() == pdf.String {
				in.show([]pdf.Value{v})
			} else {
				in.kern(v.Float64())
			}
		}
	}
}

func (in *interpreter) nextLine(x, y float64) {
	in.state.tlm = matrix{1, 0, 0, 1, x, y}.then(in.state.tlm)
	in.state.tm = in.state.tlm
	in.space = true
}

// kern moves by v thousandths of the em against the writing direction; a wide gap is as good as a space.
func (in *interpreter) kern(v float64) {
	s := &in.state
	if s.font != nil && s.font.vertical {
		in.advance(0, -v/1000*s.size)
	} else {
		in.advance(-v/1000*s.size*s.stretch, 0)
	}
	if v < -200 {
		in.space = true
	}
}

func (in *interpreter) advance(x, y float64) {
	in.state.tm = matrix{1, 0, 0, 1, x, y}.then(in.state.tm)
}

func (in *interpreter) show(args []pdf.Value) {
	s := &in.state
	if len(args) == 0 || s.font == nil {
		return
	}
	for _, g := range s.font.decode(args[len(args)-1].RawString()) {
		rendering := matrix{s.size * s.stretch, 0, 0, s.size, 0, s.rise}.then(s.tm).then(s.ctm)
		in.emit(g, rendering, s.font.vertical)
		extra := s.charSpace
		if g.space {
			extra += s.wordSpace
		}
		if s.font.vertical {
			in.advance(0, -s.size+extra)
		} else {
			in.advance((g.width*s.size+extra)*s.stretch, 0)
		}
	}
}

// font returns the font of a resource name. Fonts are cached over pages by the printed form of their dictionary, which
// is the only identity that the library gives.
func (in *interpreter) font(resources pdf.Value, name string) *font {
	if f, ok := in.fonts[name]; ok {
		return f
	}
	v := resources.Key("Font").Key(name)
	key := fmt.Sprint(v)
	f, ok := in.d.fonts[key]
	if !ok {
		f = loadFont(v)
		in.d.fonts[key] = f
	}
	in.fonts[name] = f
	return f
}
