package scan

import (
	"image"
	"slices"
	"testing"

	"github.com/gongkai-data/gongkai/extract/ocr"
	"github.com/gongkai-data/gongkai/extract/scan/bitmap"
)

// TestNumbered: numbers of a line that stand close are looked at together, others alone.
func TestNumbered(t *testing.T) {
	for text, want := range map[string][]span{
		"全年公开信息。":          nil,
		"共2428条，其中动态类171条": {{1, 5}, {12, 15}},
		"2023年1月1日":        {{0, 8}},
		"占7.5%":            {{1, 4}},
	} {
		if got := numbered([]rune(text)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, not %v", text, got, want)
		}
	}
}

// TestClearly: a line is one of words, without a second look, where nothing but ideographs is seen.
func TestClearly(t *testing.T) {
	for text, want := range map[string]bool{"总计": true, "自然人": true, "总": false, "一一": false, "无": false, "第3": false, "12": false, "其他8": false} {
		if got := clearly(ocr.Reading{Text: text, Clear: 0.99}); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
	if clearly(ocr.Reading{Text: "总计", Clear: 0.8}) || clearly(ocr.Reading{Text: "总计", Clear: 0.99, Number: "8"}) {
		t.Error("what is not clear, or may be a number, is taken for words")
	}
}

// TestGap: a line is cut where nothing is printed.
func TestGap(t *testing.T) {
	p := bitmap.NewPlane(40, 10)
	for i := range p.Pix {
		if x := i % 40; x >= 18 && x < 21 {
			p.Pix[i] = 255
		}
	}
	r := &reader{page: &bitmap.Page{Text: p}}
	if x := r.gap(image.Rect(5, 0, 35, 10)); x < 18 || x > 20 {
		t.Errorf("cut at %d, and white are 18 to 20", x)
	}
}
