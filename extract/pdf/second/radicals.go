package second

import (
	"strings"

	"github.com/gongkai-data/gongkai/extract/text"
)

// unify replaces radicals by characters, and the two-em dash by the dash that it stands for in Chinese text.
func unify(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x2E80 && r < 0x2FE0 || r == 0x2E3A }) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == 0x2E3A {
			return '—'
		}
		return text.Unify(r)
	}, s)
}
