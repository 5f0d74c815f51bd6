package report

import (
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// A heading that the end of a line cuts heads its section all the same, with its whole title.
func TestHeadingsOverTwoLines(t *testing.T) {
	for _, c := range []struct {
		upper, lower string
		number       int
	}{
		{"三、收到和处理政府信息公开申", "请情况", 3},
		{"一、总体情", "况", 1},
		{"二、主动公开政府信", "息情况", 2},
		{"四、政府信息公开行政复议、行", "政诉讼情况", 4},
		{"五、存在的主要问题及改", "进情况", 5},
		{"收到和处理政府信息公开申", "请情况", 3},
		{"基本", "情况", 0},
		{"一、总体情况", "2023年，全县工作平稳。", 1},
	} {
		d := &extract.Document{}
		for _, text := range []string{"云岭县2023年政府信息公开工作年度报告", c.upper, c.lower, "收到申请2件。"} {
			d.Blocks = append(d.Blocks, extract.Block{Kind: extract.Paragraph, Text: text})
		}
		s := Build(d).Sections
		if c.number == 0 && len(s) == 0 {
			continue
		}
		whole := c.upper + c.lower
		if c.upper == "一、总体情况" {
			whole = c.upper
		}
		if len(s) != 1 || s[0].Number != c.number || s[0].Title != whole {
			t.Errorf("%s⏎%s: %+v", c.upper, c.lower, s)
		}
	}
}
