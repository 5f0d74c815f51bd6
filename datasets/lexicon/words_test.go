package lexicon

import (
	"slices"
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"全年主动公开政府信息294余条，其中财政类信息11条。": "全年 主动公开 政府信息 294 财政 类 信息 11",
		"积极推进政务公开工作\n优化营商环境":          "积极 推进 政务公开 工作 优化 营商环境",
		"12345热线与WeChat": "12345 热线 WeChat",
		"　\n，。":          "",
	} {
		if got := Words(text); !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func BenchmarkWords(b *testing.B) {
	text := strings.Repeat("2023年，我镇认真贯彻落实《中华人民共和国政府信息公开条例》，全年主动公开政府信息294余条，其中财政类信息11条，占3.7%。\n", 100)
	b.SetBytes(int64(len(text)))
	Words(text)
	for b.Loop() {
		Words(text)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := New(Field + Common()); err != nil {
			b.Fatal(err)
		}
	}
}

func TestTerms(t *testing.T) {
	for text, want := range map[string]string{
		"政务公开，ＷｅＣｈａｔ": "政务 公开 。 wechat",
		"寺口镇政府 信息公开":  "寺 口 镇 政府 信息 公开",
		"政府信息公开":      "政府 信息 公开",
		"共公开294条。\n无": "共 公开 294 条 。 无",
	} {
		if got := strings.Join(Terms(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
