package report

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract"
	"github.com/gongkai-data/gongkai/extract/lazyregexp"
	"github.com/gongkai-data/gongkai/normalize/number"
)

// The fee of 国办函〔2020〕109号, reported in words in section six: 收取信息处理费0元, 信息处理费收取情况：3940元, 未收取信息处理费.
var (
	feeAmount = lazyregexp.New(`信息处理费[^。；;，,0-9０-９元]{0,24}?[：:为共计人民币约总额是 　]*([0-9０-９][0-9０-９,，.．]*) *(万?元)`)
	feeBefore = lazyregexp.New(`收取([0-9０-９][0-9０-９,，.．]*) *(万?元)(?:的)?(?:政府信息公开)?信息处理费`)
	feeNone   = lazyregexp.New(`(?:未|没有|无|不)(?:发生|产生|曾)?(?:依申请公开|政府信息公开)?(?:收取|收费|收到)?(?:过|任何|相关|有关)*(?:依申请公开|政府信息公开|政府信息)?(?:的)?信息处理费|信息处理费[^。；;]{0,16}?(?:未收取|没有收取|未收费|未发生收|为零|为无|情况：无|情况:无)`)
	feeDoubt  = lazyregexp.New(`余元|多元|约[0-9]|累计|减免|免收|退还|以来`)
)

// processingFee reads processing_fee.amount where section six states it; a sentence that leaves any doubt gives no
// fact. The lines of the section are read as one text, for a page can break them anywhere.
func processingFee(s *story) (f extract.Fact, ok bool) {
	var text strings.Builder
	var starts []int
	var lines []line
	from, to := 0, 1<<30 // a report that lost its headings is searched whole
	for _, sec := range s.sections {
		if sec.Number == 6 {
			from, to = sec.Start, sec.End
		}
	}
	for _, l := range s.lines {
		if l.start >= from && l.start < to {
			starts = append(starts, text.Len())
			lines = append(lines, l)
			text.WriteString(l.text)
		}
	}
	at := 0
	for _, sentence := range strings.FieldsFunc(text.String(), func(r rune) bool { return r == '。' || r == '；' }) {
		offset := at + strings.Index(text.String()[at:], sentence)
		at = offset + len(sentence)
		named := strings.LastIndex(sentence, "信息处理费") // a heading before it runs into the sentence
		if named < 0 {
			continue
		}
		raw, v, ok := fee(sentence)
		if !ok {
			continue
		}
		source := lines[0]
		for i, start := range starts {
			if start <= offset+named {
				source = lines[i]
			}
		}
		f = extract.Fact{Indicator: "processing_fee.amount", State: v.State, Value: &v.Value, Raw: raw, Unit: number.CNY, Locator: source.place.Locator(),
			LabelPath: []string{"六、其他需要报告的事项", "信息处理费"}, ReadBy: extract.ReadByText}
		if p := source.place.Page; p > 0 {
			f.Page = &p
		}
		return f, true
	}
	return f, false
}

func fee(sentence string) (raw string, v number.Value, ok bool) {
	text := strings.NewReplacer(" ", "", "\u00a0", "", "\u3000", "").Replace(sentence)
	if feeDoubt.MatchString(text) {
		return "", v, false
	}
	var amounts [][]string
	amounts = append(amounts, feeAmount.FindAllStringSubmatch(text, -1)...)
	amounts = append(amounts, feeBefore.FindAllStringSubmatch(text, -1)...)
	none := feeNone.FindString(text)
	switch {
	case len(amounts) == 1 && none == "":
		m := amounts[0]
		v = number.Parse(m[1] + m[2])
		if v.State != number.Reported {
			return "", v, false
		}
		if v.Unit == number.CNY10k {
			v.Value, v.Unit = v.Value*10000, number.CNY
		}
		return m[1] + m[2], v, true
	case len(amounts) == 0 && none != "":
		return none, number.Value{State: number.Reported, Unit: number.CNY}, true
	}
	return "", v, false
}
