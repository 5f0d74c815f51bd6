package chart

import (
	"errors"
	"image/color"
	"testing"
)

// picture is a canvas of a picture, where this machine has a font for one.
func picture(t *testing.T) *pngCanvas {
	t.Helper()
	c, err := newPNG(plotHeight)
	if errors.Is(err, ErrNoFont) {
		t.Skip("no Chinese font here")
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A corner of a line, where three shapes lie over each other, is painted whichever way the line turns.
func TestCornersArePainted(t *testing.T) {
	for _, far := range []point{{100, 20}, {100, 180}, {20, 20}, {20, 180}} {
		c := picture(t)
		c.line(colours[0], 6, nil, []point{{20, 100}, {60, 100}, far})
		want := color.RGBA{colours[0].R, colours[0].G, colours[0].B, 255}
		for _, at := range []point{{40, 100}, {60, 100}, {(60 + far.x) / 2, (100 + far.y) / 2}} {
			if got := c.picture.RGBAAt(int(at.x*scale), int(at.y*scale)); got != want {
				t.Errorf("towards %v, at %v: %v", far, at, got)
			}
		}
	}
}

func TestDashes(t *testing.T) {
	got := dashed(point{0, 0}, point{0, 11}, []float64{2, 3})
	want := [][2]point{{{0, 0}, {0, 2}}, {{0, 5}, {0, 7}}, {{0, 10}, {0, 11}}}
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("piece %d: %v, want %v", i, got[i], want[i])
		}
	}
}

// A label that ends at a point lies left of it, one in the middle on both sides.
func TestAnchors(t *testing.T) {
	for a, want := range map[anchor][2]bool{start: {false, true}, middle: {true, true}, end: {true, false}} {
		c := picture(t)
		c.text(ink, 20, point{100, 100}, a, "数数")
		var sides [2]bool
		for x := 0; x < Width*scale; x++ {
			for y := 80 * scale; y < 105*scale; y++ {
				if c.picture.RGBAAt(x, y).A > 200 {
					if x < 98*scale {
						sides[0] = true
					} else if x > 102*scale {
						sides[1] = true
					}
				}
			}
		}
		if sides != want {
			t.Errorf("anchor %d: ink left and right %v, want %v", a, sides, want)
		}
	}
}
