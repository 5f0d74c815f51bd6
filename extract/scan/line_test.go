package scan

import (
	"testing"

	"github.com/gongkai-data/gongkai/extract/ocr"
)

// seen is what two models make of one picture.
func seen(six string, a float64, four string, b float64) both {
	return both{ocr.Reading{Text: six, Number: six, Sure: a}, ocr.Reading{Text: four, Number: four, Sure: b}}
}

// TestJudge: a number is sure where both models agree in two pictures, and none stands that either doubts with some
// belief.
func TestJudge(t *testing.T) {
	for name, c := range map[string]struct {
		pictures []both
		number   string
		sure     bool
	}{
		"agreed twice":                  {[]both{seen("34", 1, "34", 0.6), seen("34", 1, "34", 0.7)}, "34", true},
		"agreed once":                   {[]both{seen("34", 1, "34", 0.99), seen("34", 1, "", 0)}, "34", false},
		"believed to be something else": {[]both{seen("34", 1, "34", 0.99), seen("34", 1, "84", 0.6)}, "", false},
		"two numbers":                   {[]both{seen("34", 1, "34", 1), seen("84", 1, "84", 1)}, "", false},
		"never agreed":                  {[]both{seen("34", 0.4, "84", 0.4), seen("34", 0.4, "31", 0.3)}, "", false},
		"one digit, half believed":      {[]both{seen("7", 1, "7", 0.6), seen("7", 1, "7", 0.7)}, "7", false},
		"hardly believed":               {[]both{seen("34", 1, "34", 0.2), seen("34", 1, "34", 0.3)}, "34", false},
	} {
		number, sure := judge(c.pictures)
		if number != c.number || (sure >= certain) != c.sure {
			t.Errorf("%s: %q, %.3f", name, number, sure)
		}
	}
}

// TestWording: what may be a number is a label where ideographs are seen, and no label where a number is.
func TestWording(t *testing.T) {
	words := func(six, four string) both { return both{ocr.Reading{Text: six}, ocr.Reading{Text: four}} }
	for name, c := range map[string]struct {
		first, second both
		want          bool
	}{
		"two ideographs":         {seen("21", 0.2, "8", 0.9), words("纠正", "8"), true},
		"one, seen by both":      {seen("8", 0.1, "8", 0.1), words("总", "总"), true},
		"one, against a number":  {words("总", ""), both{ocr.Reading{Text: "总"}, ocr.Reading{Text: "8", Number: "8", Sure: 0.9}}, false},
		"a number":               {seen("34", 1, "34", 1), seen("34", 1, "34", 1), false},
		"一, which may be a dash": {words("一", "-"), words("一", "一"), false},
	} {
		if got := wording(c.first, c.second); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestPointless: a speck behind a number is no point; a point within one stays.
func TestPointless(t *testing.T) {
	for text, want := range map[string]string{"119.": "119", "17.25": "17.25", ".": ".", "-": "-"} {
		if got := pointless(ocr.Reading{Number: text, Sure: 1}); got.Number != want || got.Number != text && got.Sure >= certain {
			t.Errorf("%q becomes %q, %.2f", text, got.Number, got.Sure)
		}
	}
}

// TestWorded: of two readings of a label the one in ideographs stands where both are as clear.
func TestWorded(t *testing.T) {
	if a, b := worded(ocr.Reading{Text: "Fo", Clear: 0.8}), worded(ocr.Reading{Text: "总计", Clear: 0.6}); a >= b {
		t.Errorf("Fo %.2f, 总计 %.2f", a, b)
	}
}
