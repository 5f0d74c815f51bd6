package geometry

import (
	"slices"
	"strings"
	"testing"
)

// TestStackedOutOfLine: two tables drawn one below the other, the second's column edges some points off, are one grid with the first one's columns,
// and each number stays in the cell that it was drawn in, even at its edge.
func TestStackedOutOfLine(t *testing.T) {
	for _, shift := range []float64{-10, -5, -2, 0, 2, 5, 10} {
		x := []float64{100, 140, 180, 220, 260}
		var lower []float64
		for _, v := range x {
			lower = append(lower, v+shift)
		}
		p := newSketch(1).grid(x, []float64{700, 680, 660}).grid(lower, []float64{660, 640, 620})
		for r, y := range []float64{686, 666, 646, 626} {
			off := 0.0
			if r > 1 {
				off = shift
			}
			p.text(x[0]+off+2, y, 10, "甲乙").text(x[1]+off+1, y, 10, string(rune('1'+r))).text(x[2]+off+15, y, 10, "22")
			p.text(x[4]+off-6, y, 10, "3")
		}
		got := compose(p)
		want := []string{"|甲乙|1|22|3", "|甲乙|2|22|3", "|甲乙|3|22|3", "|甲乙|4|22|3"}
		if !slices.Equal(got, want) {
			t.Errorf("%v points off: %q, want %q", shift, got, want)
		}
	}
}

// TestSpreadDigits: numbers whose digits are set apart over the width of their cells are one number each, also those of two digits.
func TestSpreadDigits(t *testing.T) {
	spread := func(p *sketch, x0, x1, y float64, number string) {
		step := (x1 - x0 - 10) / float64(len(number)-1)
		for i, r := range number {
			p.text(x0+3+float64(i)*step, y, 9, string(r))
		}
	}
	p := newSketch(1).grid([]float64{100, 160, 220, 280}, []float64{700, 680, 660, 640})
	for i, number := range []string{"1234", "567", "89", "-12", "3.5", "4567", "7", "55", "901"} {
		x, y := 100+60*float64(i%3), 686-20*float64(i/3)
		if len(number) == 1 {
			p.text(x+28, y, 9, number)
			continue
		}
		spread(p, x, x+60, y, number)
	}
	want := []string{"|1234|567|89", "|-12|3.5|4567", "|7|55|901"}
	if got := compose(p); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	// Two numbers in each of some cells stay two.
	p = newSketch(1).grid([]float64{100, 160, 220, 280}, []float64{700, 680, 660})
	for i := range 6 {
		x, y := 100+60*float64(i%3), 686-20*float64(i/3)
		p.text(x+5, y, 9, "12").text(x+45, y, 9, "34")
	}
	if got := compose(p); strings.Contains(strings.Join(got, ""), "1234") {
		t.Errorf("two numbers were joined: %q", got)
	}
}

// TestSeal: the characters of a seal, in its own colour within its ring, belong to no cell; black digits under it do, and so do numbers of that colour
// elsewhere.
func TestSeal(t *testing.T) {
	red := Color{R: 220, G: 20, B: 20, A: 255}
	p := newSketch(1).grid([]float64{100, 200, 300}, []float64{700, 660, 620})
	p.text(140, 676, 10, "12").text(240, 676, 10, "34").text(140, 636, 10, "56").text(240, 636, 10, "78")
	p.text(100, 730, 10, "政府信息公开工作年度报告")
	n := len(p.Glyphs)
	p.text(150, 640, 6, "3701020012345").text(238, 668, 6, "9")
	for i := n; i < len(p.Glyphs); i++ {
		p.Glyphs[i].Ink = red
	}
	p.Paths = append(p.Paths, Path{Subpaths: [][]Point{{{130, 650}, {190, 710}, {250, 650}, {190, 590}, {130, 650}}}, Stroke: true, StrokeColor: red, LineWidth: 2,
		Curved: true, Hull: Box{130, 590, 250, 710}})
	if got := compose(p); !slices.Equal(got[1:], []string{"|12|34", "|56|78"}) {
		t.Errorf("%q", got)
	}
}
