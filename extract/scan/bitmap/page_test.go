package bitmap

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"
)

// drawing is a sheet with a table of four columns and five rows, whose first row is one cell, and characters in its
// cells and around it.
type drawing struct{ *image.RGBA }

var (
	columns = []int{100, 300, 450, 600, 800}
	rows    = []int{100, 160, 220, 280, 340, 400}
)

func sheet() drawing {
	d := drawing{image.NewRGBA(image.Rect(0, 0, 900, 1000))}
	draw.Draw(d, d.Bounds(), image.White, image.Point{}, draw.Src)
	for _, y := range rows {
		d.bar(100, y, 802, y+2, color.Black)
	}
	for i, x := range columns {
		top := 160
		if i == 0 || i == len(columns)-1 {
			top = 100
		}
		d.bar(x, top, x+2, 402, color.Black)
	}
	for y := 115; y < 400; y += 60 {
		for _, x := range columns[:4] {
			d.character(x+40, y)
			d.character(x+72, y)
		}
	}
	for y := 450; y < 950; y += 45 {
		for x := 100; x < 800; x += 34 {
			d.character(x, y+x%11)
		}
	}
	return d
}

func (d drawing) bar(x0, y0, x1, y1 int, c color.Color) {
	draw.Draw(d, image.Rect(x0, y0, x1, y1), image.NewUniform(c), image.Point{}, draw.Src)
}

// character is 28 pixels high and broad, with a stem.
func (d drawing) character(x, y int) {
	d.bar(x, y, x+3, y+28, color.Black)
	d.bar(x, y, x+28, y+3, color.Black)
	d.bar(x+25, y, x+28, y+28, color.Black)
	d.bar(x, y+25, x+28, y+28, color.Black)
}

// frame is the frame of a stamp.
func (d drawing) frame(c color.Color) {
	d.bar(330, 180, 560, 184, c)
	d.bar(330, 260, 560, 264, c)
	d.bar(330, 180, 334, 264, c)
	d.bar(556, 180, 560, 264, c)
}

// TestLattice: what stands in line with a rule, above, below or over a table, makes no rule longer, breaks none, and
// adds none.
func TestLattice(t *testing.T) {
	for name, change := range map[string]func(drawing){
		"plain": func(drawing) {},
		"stems below the table in line with its rules": func(d drawing) {
			for _, x := range columns {
				for y := 418; y < 900; y += 40 {
					d.bar(x, y, x+2, y+22, color.Black)
				}
			}
		},
		"stems in a merged cell in line with a rule below": func(d drawing) { d.bar(450, 116, 453, 144, color.Black) },
		"the frame of a stamp in colour":                   func(d drawing) { d.frame(color.RGBA{70, 70, 160, 255}) },
		"the frame of a stamp in black":                    func(d drawing) { d.frame(color.Black) },
		"gaps in a rule": func(d drawing) {
			for x := 130; x < 780; x += 90 {
				d.bar(x, 275, x+7, 287, color.White)
			}
		},
	} {
		d := sheet()
		change(d)
		p := Open(d.RGBA, 0)
		if len(p.Tables) != 1 {
			t.Errorf("%s: %d tables", name, len(p.Tables))
			continue
		}
		torn := 0
		for _, c := range p.Tables[0].Cells {
			if c.Torn {
				torn++
			}
		}
		if n := len(p.Tables[0].Cells); n != 17 || torn > 0 {
			t.Errorf("%s: %d cells of 17, %d torn, lines at %v and %v", name, n, torn, p.Tables[0].X, p.Tables[0].Y)
		}
	}
}

// TestPrintUnderAStamp: black print stays where a stamp in colour lies over it, and the stamp goes.
func TestPrintUnderAStamp(t *testing.T) {
	light, dark := NewPlane(4, 1), NewPlane(4, 1)
	copy(light.Pix, []uint8{255, 160, 20, 225}) // paper, blue stamp, print below it, red seal
	copy(dark.Pix, []uint8{255, 70, 5, 60})
	light.uncolour(dark)
	if light.Pix[1] < 240 || light.Pix[3] < 240 || light.Pix[2] > 40 {
		t.Errorf("paper, stamp, print, seal are %v", light.Pix)
	}
}

// TestSize: pages are scaled by their whole characters, of which most pieces of ink are parts.
func TestSize(t *testing.T) {
	d := sheet()
	for y := 455; y < 900; y += 45 {
		for x := 106; x < 800; x += 34 { // strokes within the characters
			d.bar(x+4, y+4, x+12, y+12, color.Black)
		}
	}
	light, _ := channels(d.RGBA)
	if _, h := light.sizes(); h < 26 || h > 30 {
		t.Errorf("characters of 28 pixels are taken for %d", h)
	}
}

// TestKeep: what stands around a cell is not shown with it.
func TestKeep(t *testing.T) {
	p := NewPlane(4, 3) // black
	p.Keep(image.Rect(1, 0, 3, 2))
	if want := "255 0 0 255 255 0 0 255 255 255 255 255"; strings.Trim(fmt.Sprint(p.Pix), "[]") != want {
		t.Errorf("kept %v, not %s", p.Pix, want)
	}
}
