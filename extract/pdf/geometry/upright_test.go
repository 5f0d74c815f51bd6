package geometry

import (
	"math"
	"testing"
)

// slantedText sets glyphs along a line that rises by the angle.
func (s *sketch) slantedText(x, y, size, angle float64, text string) {
	for _, r := range text {
		s.Glyphs = append(s.Glyphs, Glyph{Text: string(r), X: x, Y: y, Size: size, Box: Box{x, y, x + size, y + size}, Slanted: Slanted(math.Cos(angle), math.Sin(angle))})
		x, y = x+size*math.Cos(angle), y+size*math.Sin(angle)
	}
}

func ruledPage() *sketch {
	s := newSketch(1)
	for i := range 4 {
		y := 700 - float64(i)*20
		s.stroke(100, y, 300, y)
	}
	s.stroke(100, 640, 100, 700).stroke(200, 640, 200, 700).stroke(300, 640, 300, 700)
	s.text(110, 685, 10, "行政处罚决定").text(210, 685, 10, "651").text(110, 665, 10, "行政强制决定").text(210, 665, 10, "84").text(110, 645, 10, "行政许可决定").text(210, 645, 10, "9487")
	return s
}

const ruledText = "[行政处罚决定][651] / [行政强制决定][84] / [行政许可决定][9487]"

func TestWatermarkStaysOutOfCells(t *testing.T) {
	s := ruledPage()
	s.slantedText(150, 640, 16, math.Pi/6, "内部2024资料")
	if got := cellsOf(t, &s.Page); got != ruledText {
		t.Errorf("%s, want %s", got, ruledText)
	}
}

// Digits of numbers that are set one below the other, cell after cell, make slanted lines; they are upright all the
// same.
func TestUprightDigitsOnASlantedLineAreKept(t *testing.T) {
	s := newSketch(1)
	for _, y := range []float64{640, 700} {
		s.stroke(100, y, 160, y)
	}
	for x := 100.0; x <= 160; x += 20 {
		s.stroke(x, 640, x, 700)
	}
	s.text(106, 680, 10, "3").text(106, 669, 10, "4").text(106, 658, 10, "2").text(126, 669, 10, "6").text(146, 680, 10, "1").text(146, 669, 10, "2").text(146, 658, 10, "9")
	if n := len(dropSlanted(s.Glyphs)); n != 7 {
		t.Errorf("%d glyphs of 7 kept", n)
	}
}

func TestSidewaysPages(t *testing.T) {
	for turns := range 4 {
		p := ruledPage().Page
		// Turn the page counter-clockwise by as many quarters, as a displayed page that lies on its side.
		turn := turned{turns: (4 - turns) % 4, width: p.Width, height: p.Height}
		for i := range p.Glyphs {
			g := &p.Glyphs[i]
			g.Box = turn.box(g.Box)
			g.X, g.Y = turn.point(g.X, g.Y)
		}
		for _, path := range p.Paths {
			for _, sub := range path.Subpaths {
				for j, q := range sub {
					sub[j].X, sub[j].Y = turn.point(q.X, q.Y)
				}
			}
		}
		if turns&1 == 1 {
			p.Width, p.Height = p.Height, p.Width
		}
		if got := cellsOf(t, &p); got != ruledText {
			t.Errorf("%d turns: %s, want %s", turns, got, ruledText)
		}
		blocks := Compose([]*Sheet{ReadPage(&p, false)})
		number := p.Glyphs[6].Box // the first digit of 651
		x, y := number.Center()
		b := blocks[0].Grid.Cells[1].Place.Box
		if !(Box{b[0], b[1], b[2], b[3]}).Contains(x, y) {
			t.Errorf("%d turns: the cell is placed at %v, its number at %v", turns, b, number)
		}
	}
}

func TestTextSetDownwardsIsNotTurned(t *testing.T) {
	s := newSketch(1)
	for k := range 4 {
		for i, r := range "三本年度办理结果共12件" {
			s.text(500-float64(k)*20, 700-float64(i)*12, 12, string(r))
		}
	}
	if n := sideways(s.Glyphs); n != 0 {
		t.Errorf("turned by %d", n)
	}
}
