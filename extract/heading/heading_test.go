package heading

import (
	"testing"

	"github.com/gongkai-data/gongkai/extract/text"
)

// Every way to ask names the same section for the headings of the forms in force.
func TestTheUsesAgree(t *testing.T) {
	seen := ""
	for section, heading := range map[int]string{
		1: "一、总体情况", 2: "二、主动公开政府信息情况", 3: "三、收到和处理政府信息公开申请情况", 4: "四、政府信息公开行政复议、行政诉讼情况",
		5: "五、存在的主要问题及改进情况", 6: "六、其他需要报告的事项",
	} {
		_, bare := text.SplitOrdinal(heading)
		folded := text.Fold(bare)
		if Named(folded) != section || Chapter(folded) != section || Bit(heading) != 1<<(section-1) || Name(section) != folded {
			t.Errorf("%s: name %d, chapter %d, line %b, first name %s", heading, Named(folded), Chapter(folded), Bit(heading), Name(section))
		}
		seen += heading
	}
	if n := Topics(seen); n != 6 {
		t.Errorf("%d topics of 6", n)
	}
	if n := Topics("我县召开春季植树动员大会，各部门参加。"); n != 0 {
		t.Errorf("a news item treats %d topics", n)
	}
}
