// Package foreign recognises copies of reports on hosts that are not the publisher's: in traditional script, with
// pinyin glosses, with swapped words.
package foreign

import (
	"bytes"
	"slices"
	"unicode/utf8"

	characters "github.com/gongkai-data/gongkai/extract/text"
)

// traditional are words that a report in traditional script cannot do without.
var traditional = [][]byte{[]byte("公開"), []byte("報告")}

// swapWindow is how far into a page, in bytes, swapped words are looked for: they stand in its title and all over its
// text.
const swapWindow = 32 << 10

// swapped are the words that hijacked domains put in place of common ones when they serve copies of official pages.
var swapped = []string{"uedbet", "必威", "足球比分", "澳门皇冠", "足彩网", "博彩", "bet365", "澳門皇冠", "六合彩", "娱乐城"}

// Sign is one that a page is a copy on a foreign host: the code of its sentence in the code book, and what stands in
// it.
type Sign struct {
	Code string
	Args []any
}

// Simplify takes UTF-8 text or HTML, recognises copies on foreign hosts and makes them readable: glosses dropped,
// traditional script turned into simplified, numbers never touched. A page in simplified script comes back as it is.
// signs is empty for a page that shows no sign of a foreign copy.
func Simplify(text []byte) (out []byte, signs []Sign) {
	for _, w := range swapped {
		if bytes.Contains(text[:min(len(text), swapWindow)], []byte(w)) {
			signs = append(signs, Sign{"foreign_word", []any{w}})
			break
		}
	}
	if slices.ContainsFunc(traditional, func(w []byte) bool { return bytes.Contains(text, w) }) {
		bare, glosses := characters.WithoutGlosses(string(text))
		if glosses >= 3 {
			text = []byte(bare)
			signs = append(signs, Sign{"foreign_glosses", []any{glosses}})
		}
		converted, changed, han := convert(text)
		if glosses >= 3 || changed >= 20 && changed*10 >= han {
			text = bytes.ReplaceAll(converted, []byte("规范性档案"), []byte("规范性文件")) // Taiwan's word for 文件
			signs = append(signs, Sign{"foreign_script", []any{changed, han}})
		}
	}
	return text, signs
}

// convert turns traditional characters into simplified ones and counts them among all Han characters.
func convert(text []byte) (out []byte, changed, han int) {
	out = make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			out = append(out, text[i])
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if characters.IsHan(r) {
			han++
			if s := characters.Simplified(r); s != r {
				changed++
				r = s
			}
		}
		out = utf8.AppendRune(out, r)
		i += n
	}
	return out, changed, han
}
