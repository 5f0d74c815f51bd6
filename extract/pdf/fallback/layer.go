package fallback

import (
	"fmt"
	"math"

	"github.com/ledongthuc/pdf"

	"github.com/gongkai-data/gongkai/extract/pdf/geometry"
)

// off reports whether a layer (optional content, PDF 32000-1, 8.11) is not shown. A layer is known by the printed form
// of its dictionary, which is the only identity that the library gives.
func (d *Document) off(layer pdf.Value) bool {
	if layer.IsNull() {
		return false
	}
	if layer.Key("Type").Name() == "OCMD" {
		groups := layer.Key("OCGs")
		if groups.Kind() != pdf.Array {
			return d.off(groups)
		}
		for i := range groups.Len() {
			if !d.off(groups.Index(i)) {
				return false
			}
		}
		return groups.Len() > 0
	}
	if d.layers == nil {
		d.layers = d.readLayers()
	}
	shown, named := d.layers[fmt.Sprint(layer)]
	return named && !shown
}

// readLayers says of each layer of the document whether it is shown at first.
func (d *Document) readLayers() map[string]bool {
	out := map[string]bool{}
	all := d.reader.Trailer().Key("Root").Key("OCProperties")
	start := all.Key("D")
	set := func(list pdf.Value, shown bool) {
		for i := range min(list.Len(), 1000) {
			out[fmt.Sprint(list.Index(i))] = shown
		}
	}
	set(all.Key("OCGs"), start.Key("BaseState").Name() != "OFF")
	set(start.Key("ON"), true)
	set(start.Key("OFF"), false)
	return out
}

// off reports whether the content at hand belongs to a layer that is not shown.
func (in *interpreter) off() bool {
	for _, m := range in.marks {
		if m {
			return true
		}
	}
	return false
}

// clipTo narrows the clip to a box that holds its path.
func (s *state) clipTo(b geometry.Box) {
	if s.clip != nil {
		b = geometry.Box{X0: max(b.X0, s.clip.X0), Y0: max(b.Y0, s.clip.Y0), X1: min(b.X1, s.clip.X1), Y1: min(b.Y1, s.clip.Y1)}
	}
	s.clip = &b
}

// extent returns the box that holds all points of a path; an empty one holds nothing.
func extent(path [][]geometry.Point) geometry.Box {
	b := geometry.Box{X0: math.Inf(1), Y0: math.Inf(1), X1: math.Inf(-1), Y1: math.Inf(-1)}
	for _, sub := range path {
		for _, p := range sub {
			b = geometry.Box{X0: min(b.X0, p.X), Y0: min(b.Y0, p.Y), X1: max(b.X1, p.X), Y1: max(b.Y1, p.Y)}
		}
	}
	return b
}

// boxOf returns the box on the page that holds a box of user space.
func boxOf(m matrix, x0, y0, x1, y1 float64) geometry.Box {
	return extent([][]geometry.Point{{m.apply(x0, y0), m.apply(x1, y0), m.apply(x0, y1), m.apply(x1, y1)}})
}

// annotations runs what lies over the content of a page: the appearances of fields, stamps and typed text (PDF 32000-1,
// 12.5.5).
func (in *interpreter) annotations(all pdf.Value, start matrix) (err error) {
	const hidden, noView, most = 2, 32, 5000
	defer func() {
		if r := recover(); r != nil {
			s, ok := r.(stop)
			if !ok {
				panic(r)
			}
			err = s.err
		}
	}()
	for i := range min(all.Len(), most) {
		a := all.Index(i)
		look := a.Key("AP").Key("N")
		if state := a.Key("AS").Name(); look.Kind() == pdf.Dict {
			look = look.Key(state)
		}
		if kind := a.Key("Subtype").Name(); look.Kind() != pdf.Stream || kind == "Link" || kind == "Popup" || a.Key("F").Int64()&(hidden|noView) != 0 {
			continue
		}
		r, b := a.Key("Rect"), look.Key("BBox")
		if r.Len() != 4 || b.Len() != 4 {
			continue
		}
		m := matrix{1, 0, 0, 1, 0, 0}
		if v := look.Key("Matrix"); v.Len() == 6 {
			for k := range m {
				m[k] = v.Index(k).Float64()
			}
		}
		box := boxOf(m, b.Index(0).Float64(), b.Index(1).Float64(), b.Index(2).Float64(), b.Index(3).Float64())
		place := boxOf(matrix{1, 0, 0, 1, 0, 0}, r.Index(0).Float64(), r.Index(1).Float64(), r.Index(2).Float64(), r.Index(3).Float64())
		if box.Width() <= 0 || box.Height() <= 0 {
			continue
		}
		sx, sy := place.Width()/box.Width(), place.Height()/box.Height()
		in.saved, in.marks, in.path, in.sub = nil, nil, nil, nil
		in.state = initial(matrix{sx, 0, 0, sy, place.X0 - box.X0*sx, place.Y0 - box.Y0*sy}.then(start))
		in.object(look, pdf.Value{}, 0)
	}
	return nil
}
