package fallback

import (
	"slices"
	"testing"
)

func TestMapTokens(t *testing.T) {
	got := mapTokens("2 beginbfchar <01> <4E00>\n<02><1d360> endbfchar 1 beginbfrange <03> <04> [<0031> <00\n32>] endbfrange << /Type >> end")
	want := []string{"beginbfchar", "<01>", "<4E00>", "<02>", "<1d360>", "endbfchar", "beginbfrange", "<03>", "<04>", "[", "<0031>", "<00\n32>", "]", "endbfrange"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for token, want := range map[string]string{"<4E00>": "一", "<1d360>": "\U0001D360", "<D834DF60>": "\U0001D360", "<00\n32>": "2", "<>": "\uFFFD"} {
		if got := character(token, 0); got != want {
			t.Errorf("%s is %q, want %q", token, got, want)
		}
	}
}
