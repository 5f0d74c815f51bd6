package geometry

import (
	"slices"
	"strings"
	"testing"
)

// TestNumbersBrokenBetweenRules: a table with horizontal rules alone, whose narrow cells break numbers over two lines.
func TestNumbersBrokenBetweenRules(t *testing.T) {
	s := newSketch(1)
	for _, y := range []float64{720, 700, 672, 644} {
		s.stroke(80, y, 420, y)
	}
	s.text(230, 706, 9, "自然人").text(310, 706, 9, "企业").text(390, 706, 9, "总计")
	s.text(82, 690, 9, "1.属于国家秘密").text(236, 690, 9, "14").text(314, 690, 9, "3").text(392, 690, 9, "14").text(236, 679, 9, "5").text(392, 679, 9, "8")
	s.text(82, 662, 9, "2.其他法律行政").text(82, 651, 9, "法规禁止公开").text(236, 656, 9, "7").text(314, 656, 9, "2").text(392, 656, 9, "9")
	want := []string{"|自然人|企业|总计", "|1.属于国家秘密|14⏎5|3|14⏎8", "|2.其他法律行政法规禁止公开|7|2|9"}
	if got := compose(s); !slices.Equal(got, want) {
		t.Errorf("\n%q\nwant\n%q", got, want)
	}
}

// TestBrokenNumbersWithoutRules: nothing tells for sure which lines are one row, so every number of the table is in doubt.
func TestBrokenNumbersWithoutRules(t *testing.T) {
	draw := func(broken bool) *sketch {
		s := newSketch(1).text(230, 706, 9, "自然人").text(310, 706, 9, "企业").text(390, 706, 9, "总计")
		y := 690.0
		for _, label := range []string{"1.属于国家秘密", "2.重复申请", "3.其他"} {
			s.text(82, y, 9, label).text(236, y, 9, "14").text(314, y, 9, "3").text(392, y, 9, "17")
			if broken {
				s.text(236, y-11, 9, "5").text(392, y-11, 9, "5")
			}
			y -= 30
		}
		return s
	}
	for _, broken := range []bool{false, true} {
		blocks := Compose([]*Sheet{ReadPage(&draw(broken).Page, false)})
		doubted := 0
		for _, c := range blocks[0].Grid.Cells {
			if c.Doubt != "" {
				doubted++
			}
			if broken && c.Row == 1 && c.Col == 1 && c.Text != "14\n5" {
				t.Errorf("%q", c.Text)
			}
		}
		if (doubted == 9) != broken || doubted > 0 != broken {
			t.Errorf("broken %v: %d cells in doubt", broken, doubted)
		}
	}
}

// TestUnitsBesideNumbers: a column of units stands between labels and numbers, and headings bear a dash in it; each row keeps its own label.
func TestUnitsBesideNumbers(t *testing.T) {
	s := newSketch(1)
	for i, row := range []string{"（一）公开总数|条|45", "其中：规范性文件数|条|14", "制发文件总数|件|5", "（二）渠道的情况|——|", "1.公报公开数（计 1 条）|条|3", "2.网站公开数|条|42"} {
		y, cells := 700-float64(i)*14, strings.Split(row, "|")
		s.text(82, y, 9, cells[0]).text(330, y, 9, cells[1]).text(400, y, 9, cells[2])
	}
	want := []string{"|（一）公开总数|条|45", "|其中：规范性文件数|条|14", "|制发文件总数|件|5", "|（二）渠道的情况|——|", "|1.公报公开数（计1条）|条|3", "|2.网站公开数|条|42"}
	if got := compose(s); !slices.Equal(got, want) {
		t.Errorf("\n%q\nwant\n%q", got, want)
	}
}

// TestBrokenNumbersBesideWholeOnes: a row stands over a table whose numbers are broken, without a rule between; what it shows may be the rest
// of numbers on the page before.
func TestBrokenNumbersBesideWholeOnes(t *testing.T) {
	for _, between := range []string{"", "以下为分项情况。"} {
		s := newSketch(1)
		upper, lower := &Table{Free: 2, Box: Box{80, 700, 400, 720}, Cells: []TableCell{{Text: "8"}}}, &Table{Free: 3, Box: Box{80, 600, 400, 690}, Cells: []TableCell{{Text: "2", Doubt: brokenNumbers}}}
		ruled := &Table{Box: Box{80, 500, 400, 590}, Cells: []TableCell{{Text: "4"}}}
		p := ReadPage(&s.text(82, 694, 9, between).Page, false)
		p.Tables = []*Table{upper, lower, ruled}
		p.spreadDoubt()
		if got := upper.Cells[0].Doubt != ""; got != (between == "") || ruled.Cells[0].Doubt != "" {
			t.Errorf("with %q between: %v, ruled %q", between, got, ruled.Cells[0].Doubt)
		}
	}
}
