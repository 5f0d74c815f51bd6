package chart

import (
	"fmt"
	"html"
	"image/color"
	"io"
	"math"
	"strconv"
	"strings"
)

// fonts are those of the reader's machine, which has the Chinese ones.
const fonts = `'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',Arial,sans-serif`

// svgCanvas is a canvas that becomes SVG. What neighbours have in common is said once: it opens an element for a
// style and closes it when the next one differs.
type svgCanvas struct {
	b             strings.Builder
	opened, ended string
}

func newSVG(height int) *svgCanvas {
	v := &svgCanvas{}
	fmt.Fprintf(&v.b, `<svg xmlns="http://www.w3.org/2000/svg" style="font-family:%s" width="%dpt" height="%dpt" viewBox="0 0 %d %d">`, fonts, Width, height, Width, height)
	return v
}

func (v *svgCanvas) writeTo(w io.Writer) error {
	v.open("", "</svg>\n")
	_, err := io.WriteString(w, v.b.String()+v.ended)
	return err
}

func (v *svgCanvas) open(element, end string) {
	if element != v.opened || element == "" {
		v.b.WriteString(v.ended + "\n" + element)
		v.opened, v.ended = element, end
	}
}

func (v *svgCanvas) path(style string, d ...string) {
	v.open(`<path style="`+style+`" d="`, `"/>`)
	for _, piece := range d {
		v.b.WriteString(piece)
	}
}

func (v *svgCanvas) polygon(c color.NRGBA, outline []point) {
	v.path("fill:"+hex(c), through(outline), "Z")
}

func (v *svgCanvas) circle(c color.NRGBA, at point, r float64) {
	arc := "A" + tenths(r) + "," + tenths(r) + " 0 1 1 "
	right, left := through([]point{{at.x + r, at.y}}), tenths(at.x-r)+","+tenths(at.y)
	v.path("fill:"+hex(c), right, arc, left, arc, right[1:], "Z")
}

func (v *svgCanvas) line(c color.NRGBA, width float64, dashes []float64, points []point) {
	style := "fill:none;stroke:" + hex(c) + ";stroke-width:" + tenths(width)
	for i, d := range dashes {
		style += []string{";stroke-dasharray:", ","}[min(i, 1)] + tenths(d)
	}
	v.path(style, through(points))
}

func (v *svgCanvas) text(c color.NRGBA, size float64, at point, a anchor, s string) {
	style := "font-size:" + tenths(size) + "px;fill:" + hex(c)
	if a != start {
		style += ";text-anchor:" + [...]string{middle: "middle", end: "end"}[a]
	}
	v.open(`<g style="`+style+`">`, "</g>")
	v.b.WriteString(`<text x="` + tenths(at.x) + `" y="` + tenths(at.y) + `">` + html.EscapeString(s) + "</text>")
}

// width of a text in the reader's fonts, which are not known here.
func (*svgCanvas) width(s string, size float64) float64 {
	w := 0.
	for _, r := range s {
		w += advance(r) * size
	}
	return w
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }

// tenths of a point are what can be seen.
func tenths(f float64) string { return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64) }

// through is a path from point to point.
func through(points []point) string {
	var b strings.Builder
	for i, p := range points {
		b.WriteString([]string{"M", "L"}[min(i, 1)] + tenths(p.x) + "," + tenths(p.y))
	}
	return b.String()
}
