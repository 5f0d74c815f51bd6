package geometry

import (
	"strings"
	"testing"
)

// cellsOf reads one page and returns the texts of its only table, row by row.
func cellsOf(t *testing.T, p *Page) string {
	t.Helper()
	s := ReadPage(p, false)
	if len(s.Tables) != 1 {
		t.Fatalf("%d tables, want 1", len(s.Tables))
	}
	var b strings.Builder
	row := 0
	for _, c := range s.Tables[0].Cells {
		if c.Row > row {
			b.WriteString(" / ")
			row = c.Row
		}
		b.WriteString("[" + c.Text + "]")
	}
	return b.String()
}

func TestCellsWithoutSharedBorders(t *testing.T) {
	blue, black, white := Color{200, 210, 240, 255}, Color{A: 255}, Color{255, 255, 255, 255}
	const want = "[项目][数量] / [规章][12] / [许可][7]"
	texts := []string{"项目", "数量", "规章", "12", "许可", "7"}
	for name, draw := range map[string]func(s *sketch, b Box){
		"backgrounds":     func(s *sketch, b Box) { s.Paths = append(s.Paths, fill(blue, b)) },
		"white on a dark": func(s *sketch, b Box) { s.Paths = append(s.Paths, fill(white, b)) },
		"single frames": func(s *sketch, b Box) {
			s.Paths = append(s.Paths, Path{Stroke: true, StrokeColor: ink, LineWidth: 0.75, Subpaths: [][]Point{rectangle(b)}})
		},
	} {
		s := newSketch(1)
		if name == "white on a dark" {
			s.Paths = append(s.Paths, fill(black, Box{99, 634, 307, 701}))
		}
		for i, text := range texts {
			x, y := 100+float64(i%2)*106, 680-float64(i/2)*22
			draw(s, Box{x, y, x + 100, y + 17})
			s.text(x+10, y+4, 10, text)
		}
		if got := cellsOf(t, &s.Page); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestBackgroundsThatAreNoCells(t *testing.T) {
	blue := Color{200, 210, 240, 255}
	rows := newSketch(1)
	stripes := newSketch(1)
	for i := range 8 {
		y := 680 - float64(i)*20
		for k := range 3 {
			x := 100 + float64(k)*100
			if i%2 == 0 {
				stripes.Paths = append(stripes.Paths, fill(blue, Box{x, y, x + 100, y + 20}))
			}
			rows.text(x+40, y+5, 10, "12")
			stripes.text(x+40, y+5, 10, "12")
		}
		rows.Paths = append(rows.Paths, fill(blue, Box{100, y, 250, y + 18}), fill(blue, Box{252, y, 400, y + 18}))
	}
	for name, s := range map[string]*sketch{"boxes over two columns": rows, "every other row": stripes} {
		if e := BoxRules(&s.Page, nil); e != nil {
			t.Errorf("%s: %d edges, want none", name, len(e))
		}
	}
}

func TestShadowsOfTextAreNoCells(t *testing.T) {
	s := newSketch(1)
	for i, text := range []string{"项目", "本年数量", "行政许可决定", "1234", "行政处罚", "7", "规章", "88"} {
		x, y := 100+float64(i%2)*100, 680-float64(i/2)*20
		s.Paths = append(s.Paths, fill(Color{220, 220, 220, 255}, Box{x, y, x + float64(len([]rune(text)))*11, y + 12}))
		s.text(x, y+2, 10, text)
	}
	if e := BoxRules(&s.Page, nil); e != nil {
		t.Errorf("%d edges, want none", len(e))
	}
}
