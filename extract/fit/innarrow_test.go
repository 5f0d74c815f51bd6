package fit

import "testing"

// Narrow columns break what stands in a cell over lines, and lines of text lose where columns end: a piece of a number
// is no number, and no cell is blank beside one.
func TestPiecesOfNumbersAreNotRead(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want map[string]string
	}{
		"the end of a number stands below the rest of it": {`第二十条第（八）项
  信息内   上一年项   本年增/减
  容     目数量
  行政事   332.
  业性收   0      748.0
  费`,
			map[string]string{"fees.items_last_year": "unreadable", "fees.items_change": "unreadable"}},
	} {
		got := said(Standard().Straighten(alignedLines(c.text), noHeading)...)
		for k, want := range c.want {
			if got[k] != want {
				t.Errorf("%s: %s is %q, want %q", name, k, got[k], want)
			}
		}
	}
}

// A comma between cells may stand within digits too: 6 8 4,289,518 is three cells or one number.
func TestCommasBetweenCellsAndDigits(t *testing.T) {
	got := said(lines("信息内容,本年制发件数,本年废止件数,现行有效件数", "规章,866,16,41", "行政规范性文件,6 8 4,289,518")...)
	for k, v := range got {
		if v != "unreadable" && v != "866" && v != "16" && v != "41" {
			t.Errorf("%s is %q", k, v)
		}
	}
}

// Two years that lost their columns leave both numbers of each row open.
func TestYearsInOneLine(t *testing.T) {
	got := said(lines("第二十条第（八）项", "信息内容 本年收费金额（单位：万元）", "2022年 2023年", "行政事业性收费 1144 664")...)
	if got["fees.amount"] != "unreadable" {
		t.Errorf("fees.amount is %q, want unreadable", got["fees.amount"])
	}
}
