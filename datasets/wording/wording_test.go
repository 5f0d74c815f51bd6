package wording

import (
	"slices"
	"strings"
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

func section(n int32, text string) schema.Text {
	return schema.Text{Section: &n, Heading: "标题", Text: text}
}

func of(first, second []schema.Text) Comparison {
	return Of(Text{"甲镇 2022", first}, Text{"甲镇 2023", second})
}

// sides puts a comparison back together: the two texts, without spaces.
func sides(c Comparison) (first, second string) {
	for _, s := range c.Sections {
		for _, p := range s.Parts {
			if p.Kind != Added && p.Kind != MovedHere {
				first += p.Text
			}
			if p.Kind != Removed && p.Kind != MovedAway {
				second += p.Text
			}
		}
	}
	return strings.Join(strings.Fields(first), ""), strings.Join(strings.Fields(second), "")
}

func TestNumbersWordsAndMoves(t *testing.T) {
	first := []schema.Text{section(1, "2022年，全镇主动公开政府信息294条，其中财政类11条。我镇举办政务公开培训班两期。设立公开专栏一个。"), section(5, "仍有不足。")}
	second := []schema.Text{section(1, "2023年，全镇主动公开政府信息1,345条，其中财政类11条。设立公开专栏一个，并配备专人。"), section(5, "我镇举办政务公开培训班两期。仍有不足。")}
	c := of(first, second)
	if len(c.Numbers) != 1 || c.Numbers[0].First != "294" || c.Numbers[0].Second != "1,345" || c.Numbers[0].After != "条" || !strings.HasSuffix(c.Numbers[0].Before, "公开政府信息") {
		t.Errorf("numbers %+v", c.Numbers)
	}
	moved := map[Kind]Part{}
	var added []string
	for _, s := range c.Sections {
		for _, p := range s.Parts {
			switch p.Kind {
			case MovedAway, MovedHere:
				moved[p.Kind] = p
			case Added:
				added = append(added, p.Text)
			}
		}
	}
	if a, b := moved[MovedAway], moved[MovedHere]; a.Text != "我镇举办政务公开培训班两期。" || *a.Where != 5 || b.Text != a.Text || *b.Where != 1 {
		t.Errorf("moved %+v", moved)
	}
	if !slices.Contains(added, "，并配备专人") {
		t.Errorf("added %q", added)
	}
}

// A number is one that changed only where it counts the same thing.
func TestNumbersOfOtherThingsAreNotPaired(t *testing.T) {
	c := of([]schema.Text{section(1, "其中通知公告类113条，规划计划类114条，统计信息498条。2022年收到申请5件，2022年1月7日。共12次")},
		[]schema.Text{section(1, "其中规划计划类42条，政府采购类322条，工作动态类363条。2023年收到申请6件，2023年1月13日。共9.5次")})
	var got []string
	for _, n := range c.Numbers {
		got = append(got, n.Before+n.First+">"+n.Second+n.After)
	}
	if want := []string{"2023年收到申请5>6件", "共12>9.5次"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestASectionOfOneTextOnly(t *testing.T) {
	c := of([]schema.Text{{Text: "标题"}, section(1, "甲。")}, []schema.Text{section(1, "甲。"), section(2, "乙。")})
	if len(c.Sections) != 3 || c.Sections[0].Number != nil || c.Sections[0].Parts[0].Kind != Removed || c.Sections[1].Changed || c.Sections[2].Parts[0].Kind != Added {
		t.Errorf("%+v", c)
	}
}

func TestHostileTextsEnd(t *testing.T) {
	a, b := strings.Repeat("甲乙丙，", 10000), strings.Repeat("乙甲丁，", 10000)
	if first, second := sides(of([]schema.Text{section(1, a)}, []schema.Text{section(1, b)})); first != a || second != b {
		t.Error("the parts are not the texts")
	}
}

func FuzzParts(f *testing.F) {
	f.Add("2022年公开294条。培训两期，群众满意。", "培训两期，群众满意。2023年公开1,345条；")
	f.Add("。。\n甲”乙", "甲”乙\n\xff")
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = strings.ToValidUTF8(a, "?"), strings.ToValidUTF8(b, "?")
		first, second := sides(of([]schema.Text{section(1, a)}, []schema.Text{section(1, b)}))
		if first != strings.Join(strings.Fields(a), "") || second != strings.Join(strings.Fields(b), "") {
			t.Fatalf("%q and %q come back as %q and %q", a, b, first, second)
		}
	})
}

func TestWriteText(t *testing.T) {
	long := strings.Repeat("这一段两年相同。", 30)
	c := of([]schema.Text{section(1, long+"公开294条。\n收尾。"), section(2, "不变。")}, []schema.Text{section(1, long+"公开300条。\n收尾。"), section(2, "不变。")})
	var b strings.Builder
	if err := c.WriteText(&b, "zh"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"甲镇 2022 → 甲镇 2023", "公开 294 → 300 条", "公开[-294-]{+300+}条。", "……", "二、 相同"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("lacks %q:\n%s", want, b.String())
		}
	}
	if n := strings.Count(b.String(), "这一段两年相同"); n > 4 {
		t.Errorf("the same sentence %d times", n)
	}
}

func TestWriteHTML(t *testing.T) {
	c := of([]schema.Text{section(1, "公开294条<script>。")}, []schema.Text{section(1, "公开300条<script>。")})
	var b strings.Builder
	if err := c.WriteHTML(&b, "en"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<del>294</del>", "<ins>300</ins>", "&lt;script&gt;", "<html lang=\"en\">"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("lacks %q:\n%s", want, b.String())
		}
	}
}
