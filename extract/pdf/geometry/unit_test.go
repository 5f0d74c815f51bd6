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

// TestRepeatedHeaderWhoseLastRowWasCut: the page ends inside the last row of a header; the next one repeats the header
// whole and then shows the rest of that row.
func TestRepeatedHeaderWhoseLastRowWasCut(t *testing.T) {
	first, second := newSketch(1), newSketch(2)
	x := []float64{100, 180, 260, 340, 420}
	first.grid(x, []float64{120, 90, 60})
	second.grid(x, []float64{790, 760, 730, 700, 670})
	for i, text := range []string{"项目", "数量", "其中", "备注"} {
		first.text(105+float64(i)*80, 100, 10, text)
		second.text(105+float64(i)*80, 770, 10, text)
	}
	for i, text := range []string{"结果维持", "结果纠正", "其他结果", "尚未审结"} {
		half := []rune(text)
		first.text(105+float64(i)*80, 70, 10, string(half[:2]))
		second.text(105+float64(i)*80, 740, 10, text).text(105+float64(i)*80, 710, 10, string(half[2:]))
		second.text(105+float64(i)*80, 680, 10, "4")
	}
	want := []string{"|项目|数量|其中|备注", "|结果维持|结果纠正|其他结果|尚未审结", "|项目|数量|其中|备注", "|结果维持|结果纠正|其他结果|尚未审结", "|4|4|4|4"}
	if got := compose(first, second); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
