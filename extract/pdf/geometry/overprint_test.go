package geometry

import "testing"

// TestNumbersRunOutOfTheirRows: rows of a fixed height, whose second lines are printed over the next row.
func TestNumbersRunOutOfTheirRows(t *testing.T) {
	for _, c := range []struct {
		name    string
		rest    string // second line of the number in the first row
		y       float64
		doubted int
	}{
		{"over the number below", "371", 684, 6},
		{"Chinese over the number below", "万元", 684, 3},
		{"the same text drawn twice", "25", 679.5, 0},
		{"a second line of its own", "371", 692, 0},
	} {
		s := newSketch(1)
		s.grid([]float64{100, 200, 260, 320}, []float64{710, 690, 670, 640})
		s.text(105, 700, 10, "一、本年新收").text(210, 702, 10, "27652").text(270, 700, 10, "11")
		s.text(105, 679, 10, "二、上年结转").text(210, 679, 10, "25").text(270, 679, 10, "12")
		s.text(105, 650, 10, "三、其他").text(210, 650, 10, "7").text(270, 650, 10, "8")
		s.text(210, c.y, 10, c.rest)
		n := 0
		for _, b := range Compose([]*Sheet{ReadPage(&s.Page, false)}) {
			if b.Grid == nil {
				continue
			}
			for _, k := range b.Grid.Cells {
				if k.Doubt != "" && k.Col > 0 {
					n++
				}
			}
		}
		if n != c.doubted {
			t.Errorf("%s: %d numbers in doubt, want %d", c.name, n, c.doubted)
		}
	}
}
