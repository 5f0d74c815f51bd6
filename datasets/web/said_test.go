package web

import (
	"testing"

	"github.com/gongkai-data/gongkai/datasets/schema"
)

// A bound from below is said as it is broken, and in the language of the page.
func TestBoundFromBelow(t *testing.T) {
	c := schema.Check{Expression: "text_new_share >= 0.1", LHS: new(0.0022), RHS: new(0.1), Outcome: "fail"}
	zh := &request{lang: "zh"}
	if got := zh.Relation(c); got != "<" {
		t.Errorf("0.0022 %s 0.1", got)
	}
	if got := zh.Words(c.Expression); got != "新写比例 >= 0.1" {
		t.Errorf("%q", got)
	}
	if got := zh.Said("nearly all of the text is in earlier reports of the same issuer; see reuse"); got != "正文几乎全部见于本机关较早的年报" {
		t.Errorf("%q", got)
	}
	c.LHS = new(0.4)
	if got := zh.Relation(c); got != ">" {
		t.Errorf("0.4 %s 0.1", got)
	}
}
