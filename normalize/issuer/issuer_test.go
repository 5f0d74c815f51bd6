package issuer

import (
	"strings"
	"testing"
)

// One body has one id over all spellings.
func TestSpellings(t *testing.T) {
	for want, inputs := range map[string][]Input{
		"370686107000": {
			{Name: "栖霞市寺口镇人民政府"}, {Name: "栖霞市寺口镇"}, {Name: "山东省烟台市栖霞市寺口镇政府"}, {Name: "烟台市寺口镇"},
			{Name: "寺口镇", SeedCode: "370686107000"}, {Name: "寺口镇政府", Meta: map[string]string{"siteidcode": "3706860001"}},
			{Name: "寺口镇人民政府", Meta: map[string]string{"sitename": "栖霞市人民政府门户网站"}}, {Name: " 栖霞市 寺口镇\u00a0"},
		},
		"310151000000": {{Name: "崇明县人民政府"}, {Name: "上海市崇明区人民政府"}, {Name: "崇明区"}},
		"440104003000": {{Name: "广州市越秀区北京街道办事处"}, {Name: "广州市越秀区人民政府北京街道办事处"}, {Name: "越秀区北京街"}, {Name: "越秀区北京街道"}},
	} {
		for _, in := range inputs {
			if got := Resolve(in); got.ID != want || got.State != Resolved {
				t.Errorf("%+v: %s %s %v, want %s", in, got.State, got.ID, got.Evidence, want)
			}
		}
	}
}

// One name of four bodies has four ids, and none where nothing tells which.
func TestSameName(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"徐州市鼓楼区人民政府", "", "320302000000"}, {"南京市鼓楼区人民政府", "", "320106000000"}, {"开封市鼓楼区人民政府", "", "410204000000"},
		{"福州市鼓楼区人民政府", "", "350102000000"}, {"鼓楼区人民政府", "徐州市鼓楼区人民政府办公室", "320302000000"}, {"鼓楼区人民政府", "", ""},
		{"城关镇人民政府", "", ""}, {"新华街道办事处", "", ""}, {"鼓楼区教育局", "", ""},
	} {
		got := Resolve(Input{Name: c.name, Text: c.text})
		if c.want == "" {
			if got.State != Ambiguous || !strings.HasPrefix(got.ID, "x-") || len(got.Candidates) < 2 || got.DivisionCode != nil {
				t.Errorf("%s: %+v, want ambiguous", c.name, got)
			}
			continue
		}
		if got.ID != c.want {
			t.Errorf("%s with %q: %s %s %v, want %s", c.name, c.text, got.State, got.ID, got.Evidence, c.want)
		}
	}
}
