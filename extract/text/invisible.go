package text

import "unicode"

// object stands in the place of a picture or another object within text.
const object = '\ufffc'

// Harmless reports the characters that show nothing and change nothing that a person reads: zero-width spaces and
// joiners, soft hyphens.
func Harmless(r rune) bool {
	return r >= 0x200b && r <= 0x200d || r == 0x2060 || r == 0xfeff || r == 0xad
}

// Damage reports the characters that nobody sees but that do not belong into text: control characters, marks that turn
// the direction, variation selectors, and the place of an object within the text. What stands beside one may have lost
// a character or show in another order.
func Damage(r rune) bool {
	switch {
	case r < 0x300:
		return r < 0x20 && !Space(r) || r >= 0x7f && r < 0xa0
	case r < 0x180b || r >= 0x3000 && r < 0xfe00:
		return r == 0x34f || r == 0x61c
	}
	return r >= 0x200e && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2061 && r <= 0x206f || r >= 0x180b && r <= 0x180e ||
		r >= 0xfe00 && r <= 0xfe0f || r == object || r >= 0xe0000 && r < 0xe1000
}

// Space reports white space. The vertical tab and NEL are control characters, and the Ogham space is drawn as a line.
func Space(r rune) bool {
	return unicode.IsSpace(r) && r != '\v' && r != 0x85 && r != 0x1680
}
