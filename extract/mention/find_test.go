package mention

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/shared"
	"github.com/gongkai-data/gongkai/extract"
)

// TestSeed reads the whole seed report, tables included: its seven categories are parts of 294余, two of the shares are
// cut instead of rounded, and no row of its flattened tables is a mention.
func TestSeed(t *testing.T) {
	body, err := os.ReadFile(filepath.Join(shared.Path(t), "real", "sikou-2020.txt"))
	if err != nil {
		t.Fatal(err)
	}
	ms := Scan(string(body))
	if len(ms) != 9 {
		for _, m := range ms {
			t.Logf("%+v", m)
		}
		t.Fatalf("%d mentions, want the total, seven parts and one zero", len(ms))
	}
	total := ms[0]
	if total.Count != 294 || !total.Approximate || total.Unit != "条" || total.PartOf != nil || total.Cumulative {
		t.Errorf("total: %+v", total)
	}
	sum, cut := 0.0, 0
	for _, m := range ms[1:8] {
		if m.PartOf == nil || *m.PartOf != 0 || m.SharePct == nil || m.Unit != "条" || m.Partial || m.Channel || m.Category == nil {
			t.Errorf("part: %+v", m)
			continue
		}
		sum += m.Count
		exact := 100 * m.Count / total.Count
		for decimals := 0; decimals <= 2; decimals++ {
			unit := math.Pow10(decimals)
			if math.Abs(*m.SharePct*unit-math.Round(*m.SharePct*unit)) < 1e-9 {
				if math.Round(exact*unit) != math.Round(*m.SharePct*unit) {
					cut++
				}
				break
			}
		}
	}
	if sum != 296 || cut != 2 {
		t.Errorf("the parts sum to %v and %d shares are cut; want 296 and 2", sum, cut)
	}
	if z := ms[8]; z.Count != 0 || z.Indicator != "requests.received" {
		t.Errorf("zero: %+v", z)
	}
}

// TestFindSections: a mention carries the number of the section that it stands in.
func TestFindSections(t *testing.T) {
	text := "青禾镇2022年政府信息公开工作年度报告\n一、总体情况\n公开信息5条。\n三、收到和处理政府信息公开申请情况\n收到申请2件。"
	runes := []rune(text)
	at := func(s string) int {
		for i := range runes {
			if string(runes[i:min(len(runes), i+len([]rune(s)))]) == s {
				return i
			}
		}
		t.Fatalf("%q is not in the text", s)
		return -1
	}
	r := &extract.Report{Text: text, Sections: []extract.Section{{Number: 1, Start: at("一、"), End: at("三、") - 1}, {Number: 3, Start: at("三、"), End: len(runes)}}}
	Find(r)
	if len(r.Mentions) != 2 || *r.Mentions[0].Section != 1 || *r.Mentions[1].Section != 3 {
		t.Fatalf("%+v", r.Mentions)
	}
	if m := r.Mentions[1]; string(runes[m.StartOffset:m.EndOffset]) != "2件" || m.Sentence != "收到申请2件。" {
		t.Errorf("%+v", m)
	}
}

// TestPartial: a list that opens with 其中 or 主要包括 or ends in 等 does not claim to be complete, unless it reaches its
// total, names the rest or gives shares that make a hundred; channels overlap.
func TestPartial(t *testing.T) {
	for text, want := range map[string][]bool{
		"公开信息96条，主要包括部门动态47条、财政预决算2条。":    {false, true, true},
		"公开信息96条，其中部门动态47条、财政预决算2条等。":     {false, true, true},
		"公开信息49条，主要包括部门动态47条、财政预决算2条。":    {false, false, false},
		"公开信息96条，其中部门动态47条、财政预决算2条。":      {false, true, true},
		"公开信息96条，其中部门动态47条、其他信息2条。":       {false, false, false},
		"公开信息96条，分别为部门动态47条、财政预决算2条。":     {false, false, false},
		"公开信息96条（部门动态47条、其他2条）。":          {false, false, false},
		"规范性文件8件（新制定3件，修订1件）。":            {false, true, true},
		"公开信息96条（其中部门动态47条、财政预决算2条）。":     {false, true, true},
		"公开信息96条，其中动态47条，占49%，公告2条，占51%。": {false, false, false},
		"公开信息96条，其中微信公众号公开47条、网站公开60条。":   {false, false, false},
		"公开信息96条，具体如下：动态47条、公告2条。":        {false, false, false},
	} {
		ms := Scan(text)
		if len(ms) != len(want) {
			t.Errorf("%s: %d mentions", text, len(ms))
			continue
		}
		for i, m := range ms {
			if m.Partial != want[i] {
				t.Errorf("%s: mention %d partial %v", text, i, m.Partial)
			}
		}
	}
	ms := Scan("公开信息96条，其中微信公众号公开47条、网站公开60条。")
	if ms[0].Channel || !ms[1].Channel || !ms[2].Channel {
		t.Errorf("channels: %+v", ms)
	}
}

// TestNoCounts: numbers that count nothing.
func TestNoCounts(t *testing.T) {
	for _, text := range []string{
		"根据《中华人民共和国政府信息公开条例》第五十条、第20条和国办公开办函〔2021〕30号要求编制。",
		"统计期限为20111231日，2015年1-12月份，2020年1月1日至12月31日。",
		"电话：0535-5551234，传真0535-5551235，邮编265300，邮箱xx2013@163.com，网址www.abc12.gov.cn/col/col123/index.html。",
		"拨打12345热线，在20个工作日内答复，答复率100%，同比增长2.3%，上升1.5个百分点。",
		"严格落实三审三校，打通最后一公里，推进五公开，召开十九届四中全会学习会，一次性告知，三公经费公开。",
		"发布《惠企20条》，宣传“创业富民30条”，聚焦31个领域、4个方面，全市排名第3，前20名，6.2级地震。",
		"廿三里街道、七都镇、四季青镇。",
		"走进千家万户，办好百件实事，落实第1、2、3项任务，推行一件事一次办、一张网，“1+8+N”模式，7×24小时服务。",
		"同一信息在不同渠道发布的计为1条。",
		"安排1至2名工作人员，每季度更新3-5条。",
		"规章000\n行政规范性文件 0 0 0\n行政许可\t0\t0\t0\n一、本年新收政府信息公开申请数量 3 0 0 0 0 0 3\n（七）总计 | 5 | 0 | 5 |\n3\n0\n0",
		"（一）主动公开政府信息数 条 35\n2.政务微博公开政府信息数条12\n（四）政府信息公开专项经费 | 万元 | 5.5 |\n三、依申请公开情况\n（一）收到申请数 | 件 | 2 |",
		"个别部门未收到过申请，经验不足；没有建立依申请公开台账，我局无行政复议职能。",
		"未收到依申请公开答复的申请人可以申请行政复议，不服的有权提起行政诉讼。",
		"未公开的信息要及时公开，对无法提供、无正当理由的申请，未经复议直接起诉的，不得拖延。",
	} {
		for _, m := range Scan(text) {
			t.Errorf("%s: read %q %v %s", text, m.Label, m.Count, m.Unit)
		}
	}
}

// TestCategories: ids are unique and every label has an id of the list.
func TestCategories(t *testing.T) {
	ids := map[string]bool{}
	for _, c := range Categories() {
		if c.ID == "" || c.LabelZH == "" || c.LabelEN == "" || ids[c.ID] {
			t.Errorf("category %+v", c)
		}
		ids[c.ID] = true
	}
	for _, p := range passages(t, filepath.Join("testdata", "passages.jsonl")) {
		for _, m := range Scan(p.Snippet) {
			if m.Category != nil && !ids[*m.Category] {
				t.Errorf("%s: category %q is not in the list", m.Label, *m.Category)
			}
		}
	}
}
