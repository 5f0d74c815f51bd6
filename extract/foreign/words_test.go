package foreign

import (
	"strings"
	"testing"
)

// Of several words that a text holds the first of the list is found, wherever it stands.
func TestWords(t *testing.T) {
	w := newWords("bet365", "必威", "足球比分", "足彩网")
	for _, text := range []string{
		"", "足", "足彩", "足彩网", "足球比分网", "足彩足彩网", "必威足彩网bet365", "足球比分必威", "bet36", "bbet365", "必", "年度报告",
		"足球比分足彩网", "\xe5\xbf",
	} {
		want := ""
		for _, s := range w.list {
			if strings.Contains(text, s) {
				want = s
				break
			}
		}
		if got := w.in([]byte(text)); got != want {
			t.Errorf("in %q: %q, want %q", text, got, want)
		}
	}
}
