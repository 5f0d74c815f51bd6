package ocr

import (
	"slices"
	"testing"
)

// TestNarrow: a strip is squeezed by the mean of what falls together.
func TestNarrow(t *testing.T) {
	s := Strip{W: 4, H: 2, Pix: []uint8{0, 100, 200, 100, 255, 255, 0, 0}}
	if got := s.Narrow(0.5); got.W != 2 || got.H != 2 || !slices.Equal(got.Pix, []uint8{50, 150, 255, 0}) {
		t.Errorf("%+v", got)
	}
	if got := s.Narrow(0.01); got.W != 1 || len(got.Pix) != 2 {
		t.Errorf("%+v", got)
	}
}
