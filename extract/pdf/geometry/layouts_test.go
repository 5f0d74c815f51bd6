package geometry

import (
	"slices"
	"strings"
	"testing"
)

// TestStackedOutOfLine: two tables drawn one below the other, the second's column edges some points off, are one grid
// with the first one's columns, and each number stays in the cell that it was drawn in, even at its edge.
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

// TestSpreadDigits: numbers whose digits are set apart over the width of their cells are one number each, also those of
// two digits.
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

// TestSeal: the characters of a seal, in its own colour within its ring, belong to no cell; black digits under it do,
// and so do numbers of that colour elsewhere.
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

// TestRaisedMarks: the mark of a note, small and above the line behind a number, is no digit of it; a small number
// alone and a second line are.
func TestRaisedMarks(t *testing.T) {
	p := newSketch(1).grid([]float64{100, 200, 300, 400, 500}, []float64{700, 680, 660})
	p.text(140, 686, 10, "1510").text(160, 690, 5, "2")
	p.text(240, 686, 10, "33").text(250, 690, 6, "[1]")
	p.text(340, 688, 6, "7")
	p.text(440, 686, 10, "注").text(450, 691, 5, "①")
	p.text(140, 666, 10, "12").text(240, 666, 10, "5").text(246, 666, 5, "6").text(340, 666, 10, "8").text(440, 666, 10, "9")
	if got, want := compose(p), []string{"|1510|33|7|注", "|12|56|8|9"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestTwoPagesOnOneSheet: a table goes on from the left page to the right one, and each cell stands where it is
// displayed on the sheet.
func TestTwoPagesOnOneSheet(t *testing.T) {
	p := newSketch(3)
	p.Width, p.Height = 842, 595
	p.text(50, 560, 10, "二〇二四年政府信息公开工作年度报告的全部内容如下所示")
	p.grid([]float64{50, 200, 380}, []float64{80, 60, 40}).text(60, 66, 10, "行政许可").text(280, 66, 10, "11").text(60, 46, 10, "行政处罚").text(280, 46, 10, "12")
	p.grid([]float64{471, 621, 801}, []float64{560, 540, 520}).text(481, 546, 10, "行政强制").text(701, 546, 10, "13").text(481, 526, 10, "规章").text(701, 526, 10, "14")
	p.text(471, 490, 10, "三、收到和处理政府信息公开申请情况说明如下")
	var sheets []*Sheet
	for i, half := range Halves(&p.Page) {
		half.Number = i + 5
		s := ReadPage(half, false)
		s.Page = 3
		sheets = append(sheets, s)
	}
	blocks := Compose(sheets)
	if got, want := printed(blocks), []string{"二〇二四年政府信息公开工作年度报告的全部内容如下所示", "|行政许可|11", "|行政处罚|12", "|行政强制|13", "|规章|14", "三、收到和处理政府信息公开申请情况说明如下"}; !slices.Equal(got, want) {
		t.Fatalf("%q, want %q", got, want)
	}
	if g := blocks[1].Grid; g.Cells[7].Place.Locator() != "3:621.0,520.0,801.0,540.0" {
		t.Errorf("the last cell stands at %s", g.Cells[7].Place.Locator())
	}
	// A wide table is one.
	p = newSketch(1)
	p.Width, p.Height = 842, 595
	p.grid([]float64{50, 400, 450, 800}, []float64{500, 480, 460})
	for _, y := range []float64{486, 466} {
		p.text(60, y, 10, "政府信息公开申请数量").text(500, y, 10, "政府信息公开申请数量")
	}
	if n := len(Halves(&p.Page)); n != 1 {
		t.Errorf("a wide table was cut in %d", n)
	}
}

// TestNumberOverABorder: the empty cell that a number runs into may be its own.
func TestNumberOverABorder(t *testing.T) {
	p := newSketch(1).grid([]float64{100, 140, 180, 220}, []float64{700, 680})
	p.text(125, 686, 10, "4567890").text(200, 686, 10, "2")
	blocks := Compose([]*Sheet{ReadPage(&p.Page, false)})
	doubted := 0
	for _, c := range blocks[0].Grid.Cells {
		if c.Text == "" && c.Doubt == "" {
			t.Errorf("a blank cell beside a number that runs into it: %+v", c)
		}
		if c.Doubt != "" {
			doubted++
		}
	}
	if doubted != 1 {
		t.Errorf("%d cells in doubt", doubted)
	}
}

// TestDrawnNumbers: a cell without text in which a number is drawn or pasted as a picture is no blank; one with a
// background or a slanted line is.
func TestDrawnNumbers(t *testing.T) {
	outline := Path{Fill: true, FillColor: ink, Subpaths: [][]Point{{{110, 684}, {114, 690}, {114, 684}, {112, 680.5}, {110, 684}}}, Curved: true, Hull: Box{110, 680.5, 114, 692}}
	for name, c := range map[string]struct {
		draw  func(*sketch)
		doubt bool
	}{
		"outline": {func(s *sketch) { s.Paths = append(s.Paths, outline) }, true},
		"picture": {func(s *sketch) { s.Images = append(s.Images, Box{110, 683, 130, 697}) }, true},
		"background": {func(s *sketch) {
			s.Paths = append(s.Paths, Path{Fill: true, FillColor: Color{240, 240, 240, 255}, Subpaths: [][]Point{{{101, 681}, {139, 681}, {139, 699}, {101, 699}, {101, 681}}}})
		}, false},
		"slanted line": {func(s *sketch) { s.stroke(101, 681, 139, 699) }, false},
		"page picture": {func(s *sketch) { s.Images = append(s.Images, Box{0, 0, 595, 842}) }, false},
	} {
		p := newSketch(1).grid([]float64{100, 140, 180}, []float64{700, 680})
		p.text(160, 686, 10, "2")
		c.draw(p)
		g := Compose([]*Sheet{ReadPage(&p.Page, false)})
		for _, b := range g {
			if b.Grid != nil && (b.Grid.Cells[0].Doubt != "") != c.doubt {
				t.Errorf("%s: doubt %q", name, b.Grid.Cells[0].Doubt)
			}
		}
	}
}
