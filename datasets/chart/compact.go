package chart

import (
	"fmt"
	"strings"

	"github.com/gongkai-data/gongkai/extract/lazyregexp"
)

// fonts are those of the reader's machine, which has the Chinese ones: the face of the drawing only measures.
const fonts = `'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',Arial,sans-serif`

var (
	drawnPath = lazyregexp.New(`^<path d="([^"]*)" style="([^"]*)" />$`)
	drawnText = lazyregexp.New(`^<text x="([^"]*)" y="([^"]*)" transform="scale\(1, -1\)" style="font-family:Liberation Sans;font-variant:normal;font-weight:normal;font-style:normal;([^"]*)">(.*)</text>$`)
)

var finer = lazyregexp.New(`(\.\d)\d+`)

// tenths leaves of the numbers of a path what can be seen: tenths of a point.
func tenths(s string) string { return finer.ReplaceAllString(s, "$1") }

// compact writes a drawing of vgsvg, whose lines are each a path or a text, at half its length: what neighbours have in
// common is said once. Each element of vgsvg says its whole style, and stands upside down in a picture that stands
// upside down.
func compact(svg string, height int) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" style="font-family:%s" width="%dpt" height="%dpt" viewBox="0 0 %d %d">`, fonts, Width, height, Width, height)
	_, body, _ := strings.Cut(svg, "<g ")
	_, body, _ = strings.Cut(body, "\n") // behind the element that turns the picture
	body, _, _ = strings.Cut(body, "\n</g>\n</svg>")
	group, end := "", ""
	open := func(g, last string) {
		if g != group {
			b.WriteString(end + "\n" + g)
			group, end = g, last
		}
	}
	body = strings.ReplaceAll(body, "\n\tstyle=", " style=")
	for line := range strings.SplitSeq(body, "\n") {
		if m := drawnPath.FindStringSubmatch(line); m != nil {
			open(fmt.Sprintf(`<path transform="matrix(1 0 0 -1 0 %d)" style="%s" d="`, height, m[2]), `"/>`)
			b.WriteString(tenths(m[1]))
		} else if m := drawnText.FindStringSubmatch(line); m != nil {
			open(fmt.Sprintf(`<g transform="translate(0 %d)" style="%s">`, height, m[3]), `</g>`)
			b.WriteString(`<text x="` + tenths(m[1]) + `" y="` + tenths(m[2]) + `">` + m[4] + `</text>`)
		} else {
			open(fmt.Sprintf(`<g transform="matrix(1 0 0 -1 0 %d)">`, height), `</g>`)
			b.WriteString(line)
		}
	}
	b.WriteString(end + "\n</svg>\n")
	return b.String()
}
