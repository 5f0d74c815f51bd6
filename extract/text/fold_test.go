package text

import "testing"

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"（一） 予以公开": "一予以公开", "本年制發(fā)件數(shù)": "本年制发件数", "商 业 企\n业": "商业企业",
		"３．要求提供公开出版物": "3要求提供公开出版物", "危及“三安全一稳定”": "危及三安全一稳定", "本年增/减": "本年增减",
	} {
		if got := Fold(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]Ordinal{"（三）不予公开": {2, 3}, "三、本年度办理结果": {1, 3}, "8.属于": {3, 8}, "三安全": {}, "1、申请人": {3, 1}, "十二、其他": {1, 12}} {
		if got, _ := SplitOrdinal(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

// Radicals are the characters that they look like.
func TestRadicals(t *testing.T) {
	for s, want := range map[string]string{"⾏政许可": "行政许可", "⼀、本年新收": "一本年新收", "⻚": "页", "本\uf98e": "本年"} {
		if got := Fold(s); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
	if num, _ := SplitOrdinal("⼆、上年结转"); num != (Ordinal{1, 2}) {
		t.Errorf("numbering %v", num)
	}
}
