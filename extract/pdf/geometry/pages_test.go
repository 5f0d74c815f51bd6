package geometry

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// tableAt draws a ruled table of four columns whose rows are 20 points high, from y downwards.
func tableAt(s *sketch, y float64, rows [][]string) *sketch {
	x := []float64{60, 130, 260, 320, 380}
	lines := []float64{y}
	for range rows {
		lines = append(lines, lines[len(lines)-1]-20)
	}
	s.grid(x, lines)
	for i, row := range rows {
		for k, text := range row {
			s.text(x[k]+4, lines[i+1]+6, 9, text)
		}
	}
	return s
}

func TestTableOverPages(t *testing.T) {
	head := []string{"项目", "内容", "自然人", "总计"}
	for name, c := range map[string]struct {
		upper, lower [][]string
		want         string
	}{
		"label goes on": {
			[][]string{head, {"", "3.补正后申请内容仍不", "7", "8"}},
			[][]string{{"", "明确", "", ""}, {"", "4.其他", "1", "2"}},
			"|项目|内容|自然人|总计 ||3.补正后申请内容仍不明确|7|8 ||4.其他|1|2",
		},
		"label goes on below a repeated header": {
			[][]string{head, {"", "3.补正后申请内容仍不", "7", "8"}},
			[][]string{head, {"", "明确", "", ""}, {"", "4.其他", "1", "2"}},
			"|项目|内容|自然人|总计 ||3.补正后申请内容仍不明确|7|8 |项目|内容|自然人|总计 ||4.其他|1|2",
		},
		"numbers below, label above": {
			[][]string{head, {"", "3.补正后申请内容仍不明确", "", ""}},
			[][]string{{"", "", "7", "8"}},
			"|项目|内容|自然人|总计 ||3.补正后申请内容仍不明确|7|8",
		},
		"blank rows are rows": {
			[][]string{head, {"", "规章", "1", "2"}},
			[][]string{{"", "行政规范性文件", "", ""}},
			"|项目|内容|自然人|总计 ||规章|1|2 |行政规范性文件||",
		},
		"whole rows stay apart": {
			[][]string{head, {"（四）无法提供", "1.本机关", "5", "6"}},
			[][]string{{"", "2.没有现成信息", "7", "8"}},
			"|项目|内容|自然人|总计 |（四）无法提供|1.本机关|5|6 |2.没有现成信息|7|8",
		},
		"group label in pieces": {
			[][]string{head, {"（四）无", "1.本机关", "5", "6"}},
			[][]string{{"法提供", "2.没有现成信息", "7", "8"}},
			"|项目|内容|自然人|总计 |（四）无法提供|1.本机关|5|6 |2.没有现成信息|7|8",
		},
	} {
		upper := tableAt(newSketch(1), 60+20*float64(len(c.upper)), c.upper).text(290, 30, 9, "- 1 -")
		lower := tableAt(newSketch(2), 780, c.lower).text(290, 30, 9, "- 2 -")
		got := strings.Join(compose(upper, lower), " ")
		if got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestTextBetweenPartsTables(t *testing.T) {
	upper := tableAt(newSketch(1), 100, [][]string{{"甲", "乙", "1", "2"}})
	lower := tableAt(newSketch(2).text(60, 790, 12, "四、另一张表"), 770, [][]string{{"丙", "丁", "3", "4"}})
	if got := compose(upper, lower); !slices.Equal(got, []string{"|甲|乙|1|2", "四、另一张表", "|丙|丁|3|4"}) {
		t.Errorf("%q", got)
	}
}

func TestFurniture(t *testing.T) {
	var pages []*sketch
	for n, number := range []string{"1", "2", "3"} {
		s := newSketch(n+1).text(100, 815, 9, "某县政府信息公开工作年度报告").text(300, 25, 9, number)
		s.text(100, 780, 12, "首段"+number+"不同。")
		s.text(100, 60, 12, "100")
		pages = append(pages, s)
	}
	want := []string{"首段1不同。", "100", "首段2不同。", "100", "首段3不同。", "100"}
	if got := compose(pages...); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

func TestPageNumbers(t *testing.T) {
	for text, want := range map[string]bool{
		"- 4 -": true, "— 4 —": true, "－４－": true, "第 4 页": true, "第4页 共9页": true, "4/9": true, "4": true, "Page 4 of 9": true,
		"4.5": false, "4件": false, "2024年": false, "-4-5": false, "": false,
	} {
		if _, got := printedNumber(text); got != want {
			t.Errorf("%q is a page number: %v, want %v", text, got, want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	first := newSketch(1).text(190, 780, 20, "某县年度报告")
	first.text(104, 740, 12, strings.Repeat("甲", 32)).text(80, 720, 12, strings.Repeat("乙", 34)).text(80, 700, 12, "末行5500 余条。")
	first.text(104, 680, 12, strings.Repeat("丙", 32)).text(80, 660, 12, strings.Repeat("丁", 34))
	second := newSketch(2).text(80, 780, 12, strings.Repeat("戊", 34)).text(80, 760, 12, "完。").text(104, 740, 12, "新段。")
	want := []string{
		"某县年度报告",
		strings.Repeat("甲", 32) + strings.Repeat("乙", 34) + "末行5500余条。",
		strings.Repeat("丙", 32) + strings.Repeat("丁", 34) + strings.Repeat("戊", 34) + "完。",
		"新段。",
	}
	if got := compose(first, second); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestPieces: text outside of ruled tables keeps its pieces, those of narrow neighbour cells apart, and the strips
// between rules that they stand in.
func TestPieces(t *testing.T) {
	s := newSketch(1).stroke(80, 760, 500, 760).stroke(80, 740, 500, 740).stroke(80, 720, 500, 720)
	s.text(100, 746, 10, "商业企业").text(144, 746, 10, "科研机构").text(230, 746, 10, "总计")
	s.text(100, 726, 10, "1.其他").text(200, 726, 10, "12").text(216, 726, 10, "-3").text(260, 726, 10, "4,567")
	s.text(80, 690, 10, "以上数据截至年底。")
	var got []string
	strip := 0
	for _, b := range Compose([]*Sheet{ReadPage(&s.Page, false)}) {
		for _, p := range b.Pieces {
			got = append(got, fmt.Sprintf("%d %d %.0f %s", p.Line, p.Strip, p.From, p.Text))
			strip = max(strip, p.Strip)
		}
	}
	want := []string{"1 1 10 商业企业", "1 1 14 科研机构", "1 1 23 总计", "2 2 10 1.其他", "2 2 20 12", "2 2 22 -3", "2 2 26 4,567", "3 0 8 以上数据截至年底。"}
	if !slices.Equal(got, want) {
		t.Errorf("\n%q\nwant\n%q", got, want)
	}
}

func FuzzLadder(f *testing.F) {
	f.Add([]byte("\x01\x10\x20\x30\x40\x02\x11\x21\x31\x41"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := newSketch(1)
		for len(data) >= 5 {
			a, b, c, d := float64(data[1])*3, float64(data[2])*3, float64(data[3])*3, float64(data[4])*3
			switch data[0] % 4 {
			case 0:
				s.stroke(a, b, c, b)
			case 1:
				s.stroke(a, b, a, d)
			case 2:
				s.text(a, b, 4+c/40, string(rune('0'+data[4]%10)))
			default:
				s.text(a, b, 4+c/40, string([]rune("一二（）公开、.12 Ａ")[int(data[4])%12]))
			}
			data = data[5:]
		}
		for _, b := range Compose([]*Sheet{ReadPage(&s.Page, false)}) {
			if b.Grid == nil {
				continue
			}
			seen := map[[2]int]bool{}
			for _, c := range b.Grid.Cells {
				for r := c.Row; r < c.Row+c.RowSpan; r++ {
					for k := c.Col; k < c.Col+c.ColSpan; k++ {
						if r >= b.Grid.Rows || k >= b.Grid.Cols || seen[[2]int{r, k}] {
							t.Fatalf("cell %+v overlaps another or leaves the %d by %d grid", c, b.Grid.Rows, b.Grid.Cols)
						}
						seen[[2]int{r, k}] = true
					}
				}
			}
		}
	})
}
