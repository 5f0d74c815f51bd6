package fit

import "testing"

// Only the damage that leaves one label is mended.
func TestDamagedLabels(t *testing.T) {
	among := func(a axis, section int) (out []*node) {
		for _, fam := range Standard().lex.families {
			for _, n := range fam.all {
				if n.axis == a && fam.section == section {
					out = append(out, n)
				}
			}
		}
		return out
	}
	key := func(text string, a axis, section int) string {
		if n := nearest(text, among(a, section), &Standard().set); n != nil {
			return n.key
		}
		return ""
	}
	for text, want := range map[string]string{
		"3.补正后申请内容仍不":  "requests.unavailable.unclear_after_correction",
		"2.其他法律行政法止公开": "requests.denied.prohibited_by_law",
		"（一）予公开":       "requests.granted",
		"（七）计":         "requests.resolved",
		"（六）计":         "",
		"计":            "",
		"予公开":          "", // 予以公开 or 不予公开
		"申请":           "",
		"行政检查事项":       "",
	} {
		if got := key(text, rowAxis, 3); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	for _, text := range []string{"一、上年新收政府信息公开申请数量", "一、本年答复政府信息公开申请数量", "四、上年度继续办理", "9.不属于国家秘密", "2.正常申请"} {
		if got := key(text, rowAxis, 3); got != "" {
			t.Errorf("%s is taken for %s", text, got)
		}
	}
	for _, text := range []string{"上年废止件数", "拟废止件数", "累计处理决定数量", "现行无效件数", "本年不予许可决定数量", "本年处理决定金额"} {
		if got := key(text, columnAxis, 2); got != "" {
			t.Errorf("%s is taken for %s", text, got)
		}
	}
	for _, text := range []string{"行政检查", "行政确认", "行政处理", "行政裁决", "行政征收"} {
		if got := key(text, rowAxis, 2); got != "" {
			t.Errorf("%s is taken for %s", text, got)
		}
	}
}
