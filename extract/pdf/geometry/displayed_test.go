package geometry

import "testing"

// TestDisplayed: a picture on a part of a page that was turned to be read has its places on the page.
func TestDisplayed(t *testing.T) {
	s := &Sheet{Number: 1, Page: 1, Width: 300, Height: 200, Left: 50, Bottom: 400, Pictured: true}
	s.TurnedBy(1) // the picture is 200 wide and 300 high as displayed
	s.Tables = []*Table{{Box: Box{10, 20, 30, 60}, X: []float64{10, 30}, Y: []float64{60, 20},
		Cells: []TableCell{{Region: Region{RowSpan: 1, ColSpan: 1, Box: Box{10, 20, 30, 60}}, Text: "7"}}}}
	b := Compose([]*Sheet{s})
	if len(b) != 1 || b[0].Grid == nil {
		t.Fatalf("blocks %+v", b)
	}
	// The lower left corner of what was turned clockwise was the lower right one.
	if got, want := b[0].Grid.Cells[0].Place.Box, [4]float64{50 + 200 - 60, 400 + 10, 50 + 200 - 20, 400 + 30}; got != want {
		t.Errorf("the cell stands at %v, not %v", got, want)
	}
}
