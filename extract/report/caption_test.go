package report

import (
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

// A table headed with another year than the report's is told; it may be last year's, or its caption was left over.
func TestCaptions(t *testing.T) {
	grid := func(caption string) *extract.Grid {
		g := draw(caption+"|", "信息内容|本年处理决定数量", "行政许可|5")
		g.Cells[0].ColSpan = 2
		g.Cells = append(g.Cells[:1:1], g.Cells[2:]...)
		return g
	}
	for _, c := range []struct {
		above, caption string
		told           bool
	}{
		{"2022年主动公开政府信息情况", "第二十条第（五）项", true},
		{"2023年主动公开政府信息情况", "第二十条第（五）项", false},
		{"自2022年起，全区落实条例要求。", "第二十条第（五）项", false},
		{"二○二二年主动公开政府信息情况", "第二十条第（五）项", true},
		{"二〇二三年主动公开政府信息情况", "第二十条第（五）项", false},
		{"2022年至2023年情况", "第二十条第（五）项", false},
		{"", "2022年主动公开政府信息情况", true},
		{"", "2023年主动公开政府信息情况", false},
		{"", "主动公开政府信息情况统计表", false},
	} {
		d := &extract.Document{Title: "槿安县2023年政府信息公开工作年度报告", Blocks: []extract.Block{{Kind: extract.Paragraph, Text: "工作情况。"}, {Kind: extract.Paragraph, Text: c.above}, {Kind: extract.Table, Grid: grid(c.caption)}}}
		r := Build(d)
		told := len(r.Problems) == 1 && r.Problems[0].Kind == extract.DoubtfulIdentity && r.Problems[0].TableNo == 1
		if told != c.told || !c.told && len(r.Problems) > 0 || len(r.Facts) != 1 {
			t.Errorf("%q, %q: %+v %+v", c.above, c.caption, r.Problems, r.Facts)
		}
	}
}

// Of two tables with captions the one of the report's year is read, however the captions write their years.
func TestLastYearsTableInSpelledYears(t *testing.T) {
	for _, years := range [][2]string{{"2022", "2023"}, {"二〇二二", "二〇二三"}, {"二○二二", "２０２３"}} {
		d := &extract.Document{Title: "槿安县2023年政府信息公开工作年度报告"}
		for i, year := range years {
			d.Blocks = append(d.Blocks, extract.Block{Kind: extract.Paragraph, Text: year + "年主动公开政府信息情况"},
				extract.Block{Kind: extract.Table, Grid: draw("信息内容|本年处理决定数量", "行政许可|"+[]string{"4", "5"}[i])})
		}
		if r := Build(d); len(r.Facts) != 1 || r.Facts[0].Value == nil || *r.Facts[0].Value != 5 {
			t.Errorf("%s: %+v", years, r.Facts)
		}
	}
}

// A page's menus and lists name columns and other years' reports; the tag names this one.
// Without a tag that tells, the title is what stands last before the text.
func TestTitleBelowAMenu(t *testing.T) {
	d := &extract.Document{Title: "年报_槿安县人民政府"}
	for _, l := range []string{"槿安县荻港镇2021年政府信息公开工作年度报告", "槿安县荻港镇2020年政府信息公开工作年度报告", "槿安县荻港镇2022年政府信息公开工作年度报告", "本报告的统计期限为2022年1月1日至12月31日。", "一、总体情况", "槿安县荻港镇2023年政府信息公开工作年度报告"} {
		d.Blocks = append(d.Blocks, extract.Block{Kind: extract.Paragraph, Text: l})
	}
	if got := Build(d).Title; got != "槿安县荻港镇2022年政府信息公开工作年度报告" {
		t.Errorf("title %q", got)
	}
}

func TestTitleBesideLists(t *testing.T) {
	const tag, own = "槿安县2023年政府信息公开工作年度报告", "槿安县人民政府2023年政府信息公开年报"
	for lines, want := range map[string]string{
		"政府信息公开年报|一、总体情况": tag,
		"2021年槿安县政府信息公开工作年度报告|2022年槿安县政府信息公开工作年度报告|一、总体情况": tag,
		own + "|一、总体情况":           own,
		"一、总体情况|附：" + own + "|二、": tag,
	} {
		d := &extract.Document{Title: tag}
		for l := range strings.SplitSeq(lines, "|") {
			d.Blocks = append(d.Blocks, extract.Block{Kind: extract.Paragraph, Text: l})
		}
		if got := Build(d).Title; got != want {
			t.Errorf("%s: title %q, want %q", lines, got, want)
		}
	}
}
