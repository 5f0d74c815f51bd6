package mention

import (
	"testing"
	"unicode/utf8"
)

// FuzzDecode compares the characters of a view and their places with those of the language, also of damaged text.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "信息12条", "a\xe4\xbf", "\xed\xa0\x80", "\xe0\x80\x80", "𠀀条", "\xef\xbf\xbd", "é—…", "\xe4\x41\x81", "\xff信"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v := &view{}
		if v.decode(text) != utf8.ValidString(text) {
			t.Fatalf("%q: validity differs", text)
		}
		if !utf8.ValidString(text) {
			return
		}
		k := 0
		for i, r := range text {
			if v.src[k] != r || v.bytes[k] != uint32(i) {
				t.Fatalf("%q: character %d is %q at %d, not %q at %d", text, k, v.src[k], v.bytes[k], r, i)
			}
			k++
		}
		if len(v.src) != k || len(v.bytes) != k+1 || v.bytes[k] != uint32(len(text)) {
			t.Fatalf("%q: %d characters, not %d", text, len(v.src), k)
		}
	})
}
