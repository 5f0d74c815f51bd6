package charset

import "unicode/utf8"

// Damage judges decoded text: how many of its characters are U+FFFD or control characters, when more than one in a
// thousand (and at least three) is, else 0, 0. Private-use characters are left out: GBK pages use them for rare names.
func Damage(text []byte, info Info) (bad, all int) {
	bad = info.Replacements
	for _, c := range text {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' || c == 0x7f {
			bad++
		}
	}
	if bad < 3 {
		return 0, 0
	}
	if all = utf8.RuneCount(text); bad*1000 < all {
		return 0, 0
	}
	return bad, all
}
