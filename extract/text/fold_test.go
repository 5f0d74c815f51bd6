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
