package geometry

import (
	"slices"
	"testing"
)

// TestUnitAndDigitOverThePage: narrow cells of one row are cut by a page behind a number's digits or before its unit.
func TestUnitAndDigitOverThePage(t *testing.T) {
	first, second := newSketch(1), newSketch(2)
	x := []float64{100, 200, 222, 244, 266}
	first.grid(x, []float64{120, 90, 60})
	first.text(110, 100, 10, "（六）其他处理").text(205, 100, 10, "1").text(227, 100, 10, "2").text(249, 100, 10, "3")
	first.text(110, 70, 10, "（七）总计").text(203, 70, 10, "134").text(227, 70, 10, "23").text(249, 70, 10, "8")
	second.grid(x, []float64{790, 760, 730})
	second.text(205, 770, 10, "件").text(227, 770, 10, "7")
	second.text(110, 740, 10, "四、结转下年度").text(205, 740, 10, "5").text(227, 740, 10, "6").text(249, 740, 10, "9")
	want := []string{"|（六）其他处理|1|2|3", "|（七）总计|134件|237|8", "|四、结转下年度|5|6|9"}
	if got := compose(first, second); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
