package report

import (
	"testing"

	"github.com/gongkai-data/gongkai/extract"
)

func TestFee(t *testing.T) {
	none := -1.0
	for text, want := range map[string]float64{
		"2023 年，区政府严格落实《政府信息公开信息处理费管理办法》，全年收取政府信息公开信息处理费 0 元": 0,
		"根据《政府信息公开信息处理费管理办法》，本年度收取信息处理费120元":                  120,
		"收取信息处理费情况：3940元":          3940,
		"2024年，全市共收取信息处理费3940 元":   3940,
		"本年度未收取信息处理费":              0,
		"本年度没有收取政府信息公开信息处理费":       0,
		"2022年度我单位未产生信息处理费":        0,
		"发出收费通知0件，总金额0元，实际收取总金额0元": none,
		"信息处理费总金额1.2万元":            12000,
		"按照《政府信息公开信息处理费管理办法》执行":    none,
		"收取信息处理费20元，减免信息处理费10元":    none,
		"未收取信息处理费，应收信息处理费30元":      none,
		"信息处理费300余元":               none,
		"信息处理费收取情况：无":              0,
		"收取500元信息处理费":              500,
		"发出信息处理费收费通知3件，收取信息处理费60元": 60,
	} {
		got := none
		if _, v, ok := fee(text); ok {
			got = v.Value
		}
		if got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// The place of the fee is the paragraph that states it, not the heading above.
func TestFeePlace(t *testing.T) {
	d := &extract.Document{Reader: "txt"}
	for i, text := range []string{"五、存在的主要问题及改进情况", "无。", "六、其他需要报告的事项", "本年度收取信息处理费120元。"} {
		d.Blocks = append(d.Blocks, extract.Block{Text: text, Place: extract.Place{LineStart: i + 1, LineEnd: i + 1}})
	}
	f := Build(d).Facts
	if len(f) != 1 || f[0].Indicator != "processing_fee.amount" || f[0].Locator != "line:4-4" {
		t.Errorf("%+v", f)
	}
}
