package fit

import (
	"strings"
	"testing"
)

// Last year's table of text stands over this year's, which cannot be read: its numbers are not this year's.
func TestNumbersUnderAnotherYear(t *testing.T) {
	header := strings.Split("行政复议|行政诉讼|结果维持|结果纠正|其他结果|尚未审结|总计|未经复议直接起诉|复议后起诉|结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计", "|")
	last := strings.Split("3|1|0|2|6|4|0|0|1|5|2|0|0|0|2", "|")
	own := strings.Split("0||26||26||||20|20", "|")
	table := func(year string, values []string) []string {
		return append(append([]string{year}, header...), values...)
	}
	for _, year := range []string{"2022年", "上年度"} {
		got := said(lines(append(table(year, last), table("2023年", own)...)...)...)
		for _, k := range []string{"review.upheld", "review.total", "suit_direct.total", "suit_after_review.upheld"} {
			if got[k] != "unreadable" {
				t.Errorf("under %s: %s is %q, want unreadable", year, k, got[k])
			}
		}
	}
	if got := said(lines(table("2023年", last)...)...)["review.total"]; got != "6" {
		t.Errorf("under its own year review.total is %q, want 6", got)
	}
}
