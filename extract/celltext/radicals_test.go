package celltext

import "testing"

// TestUnify: radicals in labels, as PDF producers and pages write them, read as the characters that they look like.
func TestUnify(t *testing.T) {
	for s, want := range map[string]string{"第⼆⼗条第（⼀）项": "第二十条第（一）项", "⾃然⼈": "自然人", "⾏政复议⻚": "行政复议页", "规章": "规章", "本\uF98E\u6570\uF97E": "本年数量", "⸺": "—", "12": "12"} {
		if got := Unify(s); got != want {
			t.Errorf("%s reads %s, want %s", s, got, want)
		}
	}
}
