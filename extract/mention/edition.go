package mention

import (
	"slices"
	"strings"
)

var editionWords = words("edition")

// isEdition reports a number that tells the edition of a document: 权责清单2024版, 《目录》（2版）.
func (v *view) isEdition(c *count) bool {
	if c.approx || !slices.Contains(editionWords, c.kind) {
		return false
	}
	numeral := string(v.run[c.numeral[0]:c.numeral[1]])
	if c.chinese {
		return len([]rune(numeral)) == 4 && !strings.ContainsAny(numeral, "十百千万亿") // 二〇二四版
	}
	alone := v.rune(c.start-1) == '(' && v.rune(c.end) == ')'
	return len(numeral) == 4 && (numeral[:2] == "19" || numeral[:2] == "20") || alone && strings.ContainsRune("》”」", v.rune(c.start-2))
}
