package charset

import (
	"fmt"
	"unicode/utf8"
)

// Damage judges decoded text: a sentence for a person when more than one character in a thousand (and at least three) is U+FFFD or a control
// character, else "". Private-use characters are left out: GBK pages use them for rare names.
func Damage(text []byte, info Info) string {
	bad := info.Replacements
	for _, c := range text {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' || c == 0x7f {
			bad++
		}
	}
	if bad < 3 {
		return ""
	}
	n := utf8.RuneCount(text)
	if bad*1000 < n {
		return ""
	}
	return fmt.Sprintf("%d of %d characters could not be decoded or are control characters (declared %q, read as %s)", bad, n, info.Declared, info.Used)
}
