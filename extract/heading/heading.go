// Package heading knows the headings of the six legal sections of a report, as far as a reader needs them to find the report in a page.
package heading

import (
	"strings"
	"unicode/utf8"
)

// words of the six legal sections: first those of 2019 and later, then of the reports before.
var words = [6][]string{
	{"总体情况", "概述", "概况", "基本情况"},
	{"主动公开"},
	{"收到和处理", "依申请公开", "处理政府信息公开申请"},
	{"行政复议", "行政诉讼", "复议、诉讼"},
	{"主要问题", "存在问题", "存在的问题", "问题及改进"},
	{"其他需要报告", "其他需要说明", "需要报告的其他", "其他事项"},
}

// window is how far behind its numeral, in bytes, a heading names its section.
const window = 30 * 3

// Bit returns 1<<i for a line that opens with a Chinese numeral and the words of section i+1 (一、总体情况 gives 1), else 0. The line may be
// cut after 120 bytes and may lack its spaces.
func Bit(line string) uint8 {
	rest := strings.TrimPrefix(strings.TrimLeft(line, "\u3000\u00a0\ufeff\u200b#* "), "第")
	first, n := utf8.DecodeRuneInString(rest)
	if !strings.ContainsRune("一二三四五六七八九", first) {
		return 0
	}
	rest = strings.TrimLeft(strings.TrimPrefix(rest[n:], "部分"), " ")
	sep, n := utf8.DecodeRuneInString(rest)
	if !strings.ContainsRune("、.．,，:：。\u3000\u00a0·", sep) {
		return 0
	}
	if rest = rest[n:]; len(rest) > window {
		rest = rest[:window]
	}
	for i, ws := range words {
		for _, w := range ws {
			if strings.Contains(rest, w) {
				return 1 << i
			}
		}
	}
	return 0
}
