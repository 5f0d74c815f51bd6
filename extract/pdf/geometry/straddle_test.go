package geometry

import "testing"

// A number over a border puts both cells in doubt where both hold digits, and an empty one into which it runs; a long
// number that only touches the next cell, or runs into a label, does not.
func TestNumberIntoItsNeighbour(t *testing.T) {
	cell := func(col int, text string) TableCell {
		x := float64(col) * 30
		return TableCell{Region: Region{Col: col, RowSpan: 1, ColSpan: 1, Box: Box{x, 0, x + 30, 12}}, Text: text}
	}
	for _, c := range []struct {
		name   string
		number Box
		cells  []string
		doubt  []bool
	}{
		{"into a filled neighbour", Box{5, 1, 45, 11}, []string{"12345", "6", "7"}, []bool{true, true, false}},
		{"into an empty neighbour", Box{5, 1, 45, 11}, []string{"12345", "", "7"}, []bool{false, true, false}},
		{"over the edge only", Box{5, 1, 32, 11}, []string{"12345", "6", "7"}, []bool{false, false, false}},
		{"into a label", Box{5, 1, 45, 11}, []string{"12345", "规章", "7"}, []bool{false, false, false}},
	} {
		s := &Sheet{Tables: []*Table{{Cells: []TableCell{cell(0, c.cells[0]), cell(1, c.cells[1]), cell(2, c.cells[2])}}}, Straddle: []Straddle{{Box: c.number}}}
		s.doubtStraddled()
		for i, want := range c.doubt {
			if got := s.Tables[0].Cells[i].Doubt; (got != "") != want {
				t.Errorf("%s: the doubt of cell %d is %q", c.name, i, got)
			}
		}
	}
}
