package main

import (
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
)

// Lines fit, nothing is lost but spaces at their ends, and short text is left alone.
func TestWrapped(t *testing.T) {
	for _, s := range []string{"", "short", strings.Repeat("requests.received + ", 30), strings.Repeat("政府信息公开", 40), strings.Repeat("x", 350),
		"第1条 " + strings.Repeat("word 词 ", 60) + strings.Repeat("y", 120) + " end"} {
		lines := strings.Split(wrapped(s, "     "), "\n")
		for _, l := range lines {
			if text.StringWidth(l) > lineWidth {
				t.Errorf("%q takes %d columns", l, text.StringWidth(l))
			}
		}
		squeeze := func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, " ", ""), "\n", "") }
		if got := squeeze(strings.Join(lines, "")); got != squeeze(s) {
			t.Errorf("%q became %q", s, got)
		}
	}
	if got := wrapped("a b", "  "); got != "  a b" {
		t.Errorf("%q", got)
	}
}
