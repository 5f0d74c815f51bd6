package text

import (
	"slices"
	"testing"
)

func TestYear(t *testing.T) {
	for s, want := range map[string]int{
		"2020": 2020, "２０２０": 2020, "二〇二〇": 2020, "二○一九": 2019, "二◯一九": 2019, "二零二零": 2020, "二O二O": 2020, "二Ｏ二一": 2021, "一九九九": 1999,
		"": 0, "202": 0, "20201": 0, "二十": 0, "2020年": 0,
	} {
		if got, ok := Year(s); ok != (want != 0) || ok && got != want {
			t.Errorf("%s: %d, %v; want %d", s, got, ok, want)
		}
	}
}

func TestYears(t *testing.T) {
	for s, want := range map[string][]int{
		"二○二二年与2023年情况": {2022, 2023}, "２０２１年度": {2021}, "2023年": {2023}, "12023条": nil, "二零二三年度报告": {2023}, "一九九九年": nil,
	} {
		if got := Years(s); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", s, got, want)
		}
	}
	for s, want := range map[string]string{"青禾镇人民政府2025年": "青禾镇人民政府", "青禾镇二〇二五年度": "青禾镇", "青禾镇": "青禾镇"} {
		if got := WithoutYear(s); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
}

func TestSqueeze(t *testing.T) {
	for s, want := range map[string]string{
		" 甲县（文字版）\u00a0２０２３ 年\u200b，二○一九年、Ａ：": "甲县(文字版)2023年，二○一九年、A：", "政务公开\n年报": "政务公开年报",
	} {
		if got := Squeeze(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestGlosses(t *testing.T) {
	for s, want := range map[string]struct {
		bare string
		n    int
	}{
		"規(guī)范化（huà）建設": {"規范化建設", 2}, "甲镇(2023年)": {"甲镇(2023年)", 0}, "(a)条例": {"(a)条例", 0}, "報(bào)告(附件)": {"報告(附件)", 1},
	} {
		if got, n := WithoutGlosses(s); got != want.bare || n != want.n {
			t.Errorf("%s: %s (%d), want %s (%d)", s, got, n, want.bare, want.n)
		}
	}
}
