package geometry

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract"
)

// sketch builds pages for the tests: text set solid, rules as strokes.
type sketch struct{ Page }

func newSketch(number int) *sketch {
	return &sketch{Page{Number: number, Width: 595, Height: 842}}
}

// text sets a string from (x, y) on; a space moves by half an em.
func (s *sketch) text(x, y, size float64, text string) *sketch {
	space := true
	for _, r := range text {
		width := size
		if r < 0x2000 {
			width = size / 2
		}
		if r != ' ' {
			box := Box{x + 0.05*width, y - 0.08*size, x + 0.95*width, y + 0.82*size}
			if r >= '0' && r <= '9' {
				box.Y0, box.Y1 = y, y+0.68*size
			}
			s.Glyphs = append(s.Glyphs, Glyph{Text: string(r), X: x, Y: y, Size: size, Space: space, Box: box})
		}
		space = r == ' '
		x += width
	}
	return s
}

var ink = Color{A: 255}

func (s *sketch) stroke(x0, y0, x1, y1 float64) *sketch {
	s.Paths = append(s.Paths, Path{Subpaths: [][]Point{{{x0, y0}, {x1, y1}}}, Stroke: true, StrokeColor: ink, LineWidth: 0.5})
	return s
}

// grid rules a table with the given column and row lines.
func (s *sketch) grid(x, y []float64) *sketch {
	for _, v := range x {
		s.stroke(v, y[0], v, y[len(y)-1])
	}
	for _, h := range y {
		s.stroke(x[0], h, x[len(x)-1], h)
	}
	return s
}

// compose reads the pages and prints paragraphs as they are and each row of a grid with its cells parted by '|'.
func compose(pages ...*sketch) []string {
	var sheets []*Sheet
	for _, p := range pages {
		sheets = append(sheets, ReadPage(&p.Page, false))
	}
	return printed(Compose(sheets))
}

func printed(blocks []extract.Block) []string {
	var out []string
	for _, b := range blocks {
		if b.Grid == nil {
			out = append(out, b.Text)
			continue
		}
		rows := make([]string, b.Grid.Rows)
		for _, c := range b.Grid.Cells {
			rows[c.Row] += "|" + strings.ReplaceAll(c.Text, "\n", "⏎")
		}
		out = append(out, rows...)
	}
	return out
}
