package fit

import (
	"strings"
	"testing"
)

// In the text of a page whose cells stand at their tops, one number a line, a row of numbers may stand before the label
// that a cell centred: one between the header, or a piece of it, and the first label says so.
func TestNumbersAheadOfLabels(t *testing.T) {
	header := strings.Split(requestsHeader, "|")
	for _, between := range [][]string{nil, {"织", "构"}} {
		table := append(append(append([]string{}, header...), between...), "31 10", "17", "16", "19", "12", "105",
			"一、本年新收政府信息公开申请数量", "4", "0", "0", "1", "0", "0", "5", "二、上年结转政府信息公开申请数量", "9", "3", "1", "2", "0", "0", "15", "（一）予以公开")
		got := said(lines(table...)...)
		for _, k := range []string{"requests.received/natural_person", "requests.received/total", "requests.carried_in/business", "requests.carried_in/total"} {
			if got[k] != "unreadable" && got[k] != "" {
				t.Errorf("after %v: %s is %q", between, k, got[k])
			}
		}
	}
	counted := append(append([]string{}, header...), "1 2 3 4 5 6 7", "一、本年新收政府信息公开申请数量", "31", "10", "17", "16", "19", "12", "105")
	if got := said(lines(counted...)...)["requests.received/total"]; got != "105" {
		t.Errorf("below numbers that count the columns requests.received/total is %q", got)
	}
}
