package geometry

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func rectangle(b Box) []Point {
	return []Point{{b.X0, b.Y0}, {b.X1, b.Y0}, {b.X1, b.Y1}, {b.X0, b.Y1}, {b.X0, b.Y0}}
}

func fill(c Color, boxes ...Box) Path {
	p := Path{Fill: true, FillColor: c}
	for _, b := range boxes {
		p.Subpaths = append(p.Subpaths, rectangle(b))
	}
	return p
}

func TestRules(t *testing.T) {
	white := Color{255, 255, 255, 255}
	blue := Color{0, 0, 200, 255}
	stroke := func(c Color, width float64) Path {
		return Path{Stroke: true, StrokeColor: c, LineWidth: width, Subpaths: [][]Point{{{10, 50}, {90, 50}}}}
	}
	square := Path{Stroke: true, StrokeColor: ink, LineWidth: 1, Subpaths: [][]Point{rectangle(Box{10, 10, 90, 90})}}
	for name, c := range map[string]struct {
		paths []Path
		want  int
	}{
		"stroke":                   {[]Path{stroke(ink, 1)}, 1},
		"white stroke":             {[]Path{stroke(white, 1)}, 0},
		"white on a colour":        {[]Path{fill(blue, Box{0, 0, 100, 100}), stroke(white, 1)}, 1},
		"transparent":              {[]Path{stroke(Color{}, 1)}, 0},
		"hairline alone":           {[]Path{stroke(ink, 0)}, 1},
		"hairline beside a square": {[]Path{square, stroke(ink, 0)}, 4},
		"band":                     {[]Path{stroke(ink, 20)}, 0},
		"bar":                      {[]Path{stroke(ink, 6)}, 1},
		"dark bar":                 {[]Path{fill(ink, Box{10, 50, 90, 56})}, 1},
		"row of small type":        {[]Path{fill(Color{220, 230, 240, 255}, Box{10, 50, 90, 56})}, 0},
		"thin fill":                {[]Path{fill(ink, Box{10, 50, 90, 50.75})}, 1},
		"fill without height":      {[]Path{fill(ink, Box{10, 50, 90, 50})}, 0},
		"background":               {[]Path{fill(blue, Box{10, 10, 90, 30})}, 0},
		"frame":                    {[]Path{fill(ink, Box{10, 10, 90, 90}, Box{11, 11, 89, 89})}, 4},
		"slanted":                  {[]Path{{Stroke: true, StrokeColor: ink, LineWidth: 1, Subpaths: [][]Point{{{10, 10}, {90, 60}}}}}, 0},
	} {
		if got := Rules(c.paths); len(got) != c.want {
			t.Errorf("%s: %d rules, want %d: %+v", name, len(got), c.want, got)
		}
	}
}

func TestEdges(t *testing.T) {
	var dashes, dots []Rule
	for i := range 20 {
		x := float64(10 + 6*i)
		dashes = append(dashes, Rule{Horizontal: true, At: 50, From: x, To: x + 3.5, Thick: 0.5})
		dots = append(dots, Rule{Horizontal: true, At: 50, From: x / 2, To: x/2 + 1, Thick: 1, Dot: true})
	}
	for name, c := range map[string]struct {
		rules []Rule
		want  int
	}{
		"dashes":       {dashes, 1},
		"dots":         {dots, 1},
		"three dots":   {dots[:3], 0},
		"far apart":    {[]Rule{{Horizontal: true, At: 50, From: 0, To: 20}, {Horizontal: true, At: 50, From: 40, To: 60}}, 2},
		"speck":        {[]Rule{{At: 50, From: 0, To: 2}}, 0},
		"cell by cell": {[]Rule{{At: 50, From: 0, To: 20}, {At: 50.4, From: 20, To: 40}}, 1},
	} {
		if got := Edges(c.rules); len(got) != c.want {
			t.Errorf("%s: %d edges, want %d: %+v", name, len(got), c.want, got)
		}
	}
}

func TestLatticeSpansAndOpenBorder(t *testing.T) {
	s := newSketch(1)
	// Two columns, three rows; the first row spans both columns; no border at the bottom.
	s.stroke(100, 700, 300, 700).stroke(100, 680, 300, 680).stroke(100, 660, 300, 660)
	s.stroke(100, 640, 100, 700).stroke(300, 640, 300, 700).stroke(200, 640, 200, 680)
	l := Lattices(Edges(Rules(s.Paths)))
	if len(l) != 1 || !l[0].OpenBottom || l[0].OpenTop || len(l[0].Regions) != 5 {
		t.Fatalf("%+v", l)
	}
	if r := l[0].Regions[0]; r.ColSpan != 2 || r.RowSpan != 1 {
		t.Errorf("first cell %+v", r)
	}
}

func TestFrameIsNoTable(t *testing.T) {
	s := newSketch(1).grid([]float64{50, 550}, []float64{50, 800}).text(100, 400, 12, "正文")
	if got := compose(s); !slices.Equal(got, []string{"正文"}) {
		t.Errorf("%q", got)
	}
}

func TestNumbersAndBorders(t *testing.T) {
	x, y := []float64{100, 130, 160}, []float64{700, 680, 660}
	for name, c := range map[string]struct {
		draw func(s *sketch)
		want []string
	}{
		"tight neighbours":      {func(s *sketch) { s.text(101, 686, 11, "10210").text(131.5, 686, 11, "10926") }, []string{"|10210|10926", "||"}},
		"stands out of a cell":  {func(s *sketch) { s.text(94, 686, 10, "1234567").text(140, 666, 10, "8") }, []string{"|1234567|", "||8"}},
		"broken number":         {func(s *sketch) { s.text(105, 690, 8, "1234").text(113, 682, 8, "5") }, []string{"|12345|", "||"}},
		"two numbers":           {func(s *sketch) { s.text(105, 690, 8, "12").text(105, 682, 8, "34") }, []string{"|12⏎34|", "||"}},
		"sign and point":        {func(s *sketch) { s.text(105, 686, 8, "- 13").text(135, 686, 8, "8. 5") }, []string{"|-13|8.5", "||"}},
		"space inside":          {func(s *sketch) { s.text(105, 686, 8, "1 2") }, []string{"|1 2|", "||"}},
		"printed twice in bold": {func(s *sketch) { s.text(105, 686, 10, "77").text(105.3, 686, 10, "77") }, []string{"|77|", "||"}},
	} {
		s := newSketch(1).grid(x, y)
		c.draw(s)
		if got := compose(s); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestVerticalText(t *testing.T) {
	s := newSketch(1).grid([]float64{100, 140, 200}, []float64{700, 600})
	y := 685.0
	for _, r := range "三、本年度" {
		s.text(122, y, 10, string(r))
		y -= 11
	}
	y = 685
	for _, r := range "办理结果" {
		s.text(108, y, 10, string(r))
		y -= 11
	}
	s.text(150, 650, 10, "5")
	if got := compose(s); !slices.Equal(got, []string{"|三、本年度办理结果|5"}) {
		t.Errorf("%q", got)
	}
}

// TestRandomGrids draws tables with random spans and a value of its own in every cell: each must come back in its
// place.
func TestRandomGrids(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for round := range 300 {
		rows, cols := 2+r.IntN(12), 2+r.IntN(9)
		x, y := []float64{40}, []float64{800}
		for range cols {
			x = append(x, x[len(x)-1]+25+r.Float64()*30)
		}
		for range rows {
			y = append(y, y[len(y)-1]-12-r.Float64()*30)
		}
		s := newSketch(1)
		taken := make([]bool, rows*cols)
		var want []string
		for i := range rows {
			line := ""
			for k := range cols {
				if taken[i*cols+k] {
					continue
				}
				w, h := 1, 1
				if r.IntN(4) == 0 && k+1 < cols && !taken[i*cols+k+1] {
					w = 2
				}
				if w == 1 && r.IntN(5) == 0 && i+1 < rows {
					h = 2
				}
				for a := i; a < i+h; a++ {
					for b := k; b < k+w; b++ {
						taken[a*cols+b] = true
					}
				}
				x0, x1, y0, y1 := x[k], x[k+w], y[i+h], y[i]
				s.stroke(x0, y0, x1, y0).stroke(x0, y1, x1, y1).stroke(x0, y0, x0, y1).stroke(x1, y0, x1, y1)
				text := fmt.Sprint(100 + i*cols + k)
				s.text((x0+x1)/2-6, (y0+y1)/2-3, 8, text)
				line += "|" + text
			}
			if line != "" { // a row that only spans cross is no row that anyone can see
				want = append(want, line)
			}
		}
		if got := compose(s); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Fatalf("round %d:\n%s\nwant\n%s", round, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
