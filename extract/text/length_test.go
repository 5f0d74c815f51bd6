package text

import (
	"strings"
	"testing"
)

func TestShort(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "abc": true, "abcd": false, "公开表": true, "公开表a": false, "𠀀𠀀𠀀": true, "𠀀𠀀𠀀a": false,
		"\xff\xff\xff\xff": false, strings.Repeat("公", 100): false,
	} {
		if got := Short(text, 3); got != want {
			t.Errorf("%q has at most 3 characters: %v, want %v", text, got, want)
		}
	}
}
