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

// editionAt reports that the digits at i are the year of an edition: 2023版, 2024年版.
func (v *view) editionAt(i int) bool {
	for isDigit(v.rune(i)) {
		i++
	}
	if v.rune(i) == '年' {
		i++
	}
	return slices.ContainsFunc(editionWords, func(w string) bool { return v.has(i, w) && v.unitAt(i) > 0 })
}
